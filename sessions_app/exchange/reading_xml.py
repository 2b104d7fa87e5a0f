"""Reads schedule.xml in the dialects of pentabarf, frab, pretalx, wafer and the c3voc tools.

Events are found wherever they stand: under day and room, under day alone, or at the top.
"""

import re

from django.utils.translation import gettext as _
from lxml import etree

from sessions_app.exchange.raw import (
    RawDay,
    RawEvent,
    RawPerson,
    RawRoom,
    RawSchedule,
    UnreadableSchedule,
)

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_ALIASES = {"kz1048": "kz1048", "kz-1048": "kz1048", "rk1048": "kz1048", "strk1048-2002": "kz1048"}
_EVENTS = {"event", "entry"}  # EuroPython wrote entries
_TEXTS = (
    ("title", ("title",)),
    ("subtitle", ("subtitle",)),
    ("abstract", ("abstract",)),
    ("description", ("description",)),
    ("date", ("date",)),
    ("start", ("start",)),
    ("end", ("end",)),
    ("duration", ("duration",)),
    ("room", ("room",)),
    ("track", ("track",)),
    ("type", ("type", "category")),
    ("language", ("language",)),
    ("url", ("url", "origin_url", "conf_url", "full_conf_url")),
)


def read_xml(content: bytes) -> RawSchedule:
    """Read the bytes of a schedule.xml; raises UnreadableSchedule."""
    root = _parse(content)
    schedule = next((node for node in root.iter(etree.Element) if _name(node) == "schedule"), None)
    if schedule is None:
        raise UnreadableSchedule(
            _("This XML is no schedule: it has no <schedule>. Choose a schedule.xml.")
        )
    raw = RawSchedule()
    conference = _child(schedule, "conference")
    if conference is not None:
        _read_conference(raw, conference)
    rooms: dict[str, RawRoom] = {}
    for node in schedule.iter(etree.Element):
        name = _name(node)
        if name == "day":
            raw.days.append(RawDay(_get(node, "date"), _get(node, "start"), _get(node, "end")))
        elif name in _EVENTS:
            raw.add([_event(node)])
        elif name == "room" and _name(node.getparent()) not in _EVENTS and _get(node, "name"):
            rooms.setdefault(_get(node, "name"), RawRoom(_get(node, "name"), _get(node, "guid")))
    raw.rooms = list(rooms.values())
    return raw


def _parse(content: bytes) -> etree._Element:
    # Entities of one's own are no part of the format; refusing them all leaves nothing to expand.
    if b"<!ENTITY" in content.replace(b"\0", b""):
        raise UnreadableSchedule(
            _("The XML defines entities of its own, which a schedule never needs. Remove them.")
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_as_utf8(content), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        line = getattr(error, "lineno", None)
        raise UnreadableSchedule(
            _("The XML is broken or cut off near line %(line)s. Export the programme again.")
            % {"line": line or 1}
        ) from error


def _as_utf8(content: bytes) -> bytes:
    """Decode what declares an encoding that Python knows; libxml2 knows fewer of them."""
    declared = _DECLARATION.match(content[:300])
    if not declared:
        return content.lstrip()
    encoding = declared[1].decode().lower()
    if encoding.startswith(("utf", "ucs")):
        return content.lstrip()
    text = content[declared.end() :].decode(_ALIASES.get(encoding, encoding))
    return text.encode("utf-8", "surrogatepass").lstrip()


def _name(node: etree._Element | None) -> str:
    """Return the tag without its namespace, folded: dialects differ in both."""
    if node is None or not isinstance(node.tag, str):
        return ""
    return node.tag.rpartition("}")[2].lower()


def _get(node: etree._Element, attribute: str) -> str:
    return str(node.get(attribute) or "").strip()


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if _name(child) == name), None)


def _text(node: etree._Element, *names: str) -> str:
    """Return the text of the first child of these names that has one."""
    for name in names:
        for child in node:
            if _name(child) == name and (text := _inner(child)):
                return text
    return ""


def _inner(node: etree._Element) -> str:
    """Return a node's text; markup that was not escaped is kept, to be cleaned like the rest."""
    if not len(node):
        return (node.text or "").strip()
    parts = [node.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in node]
    return "".join(parts).strip()


def _read_conference(raw: RawSchedule, node: etree._Element) -> None:
    raw.title = _text(node, "title", "name")
    raw.zone = _text(node, "time_zone_name", "timezone", "time_zone")
    raw.day_change = _text(node, "day_change")
    raw.city, raw.venue = _text(node, "city"), _text(node, "venue")
    raw.start, raw.end = _text(node, "start"), _text(node, "end")
    for child in node.iter(etree.Element):
        if _name(child) == "track":
            raw.tracks.append(_get(child, "name") or _inner(child))


def _event(node: etree._Element) -> RawEvent:
    event = RawEvent(guid=_get(node, "guid"), id=_get(node, "id"), code=_get(node, "code"))
    for field, names in _TEXTS:
        setattr(event, field, _text(node, *names))
    event.guid = event.guid or _text(node, "guid")
    for above in node.iterancestors():
        if _name(above) == "room" and not event.room:
            event.room = _get(above, "name")
        elif _name(above) == "day":
            event.day = _get(above, "date")
    for child in node:
        if _name(child) in {"persons", "speakers"}:
            event.persons += [_person(p) for p in child if _name(p) in {"person", "speaker"}]
    links = _child(node, "links")
    for child in links if links is not None else ():
        event.links.append(_get(child, "href") or _inner(child))
    return event


def _person(node: etree._Element) -> RawPerson:
    name = _text(node, "name", "public_name") if len(node) else (node.text or "").strip()
    return RawPerson(
        name=name or _get(node, "name"),
        id=_get(node, "id"),
        code=_get(node, "code"),
        guid=_get(node, "guid"),
        role=_get(node, "role"),
        biography=_text(node, "biography", "description"),
    )
