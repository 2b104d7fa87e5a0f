"""Reads schedule.xml in the dialects of pentabarf, frab, pretalx, wafer and the c3voc tools.

Events are found wherever they stand: under day and room, under day alone, or at the top.
"""

import codecs
import functools
import re
from itertools import islice

from django.utils.translation import gettext as _
from lxml import etree

from accounts.tables.books import is_too_deep
from sessions_app.exchange.raw import (
    RawDay,
    RawEvent,
    RawPerson,
    RawRoom,
    RawSchedule,
    UnreadableSchedule,
    names_in,
)

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_ALIASES = {"kz1048": "kz1048", "kz-1048": "kz1048", "rk1048": "kz1048", "strk1048-2002": "kz1048"}
MOST_ATTRIBUTES = 50
_EVENTS = {"event", "entry"}  # EuroPython wrote entries
_OTHER_EVENTS = {"talk", "session", "lecture", "presentation", "item"}
_TEXTS = (
    ("guid", ("guid", "uuid")),
    ("id", ("id",)),
    ("code", ("code",)),
    ("title", ("title", "name")),
    ("subtitle", ("subtitle",)),
    ("abstract", ("abstract", "summary")),
    ("description", ("description",)),
    ("date", ("date", "startdate")),
    ("start", ("start", "starttime", "time")),
    ("end", ("end", "endtime")),
    ("duration", ("duration", "length")),
    ("room", ("room", "location")),
    ("track", ("track",)),
    ("type", ("type", "category")),
    ("language", ("language", "lang")),
    ("url", ("url", "originurl", "confurl", "fullconfurl")),
)
_PEOPLE = {"persons", "speakers", "presenters"}
_PERSON = {"person", "speaker", "presenter"}
_NAMES = ("publicname", "name", "fullpublicname", "displayname")


def read_xml(content: bytes) -> RawSchedule:
    """Read the bytes of a schedule.xml; raises UnreadableSchedule."""
    root = _parse(content)
    schedule = next((node for node in root.iter(etree.Element) if _name(node) == "schedule"), None)
    events = _event_names(root if schedule is None else schedule)
    if schedule is None and not events & _EVENTS:
        raise UnreadableSchedule(
            _("This XML is no schedule: it has no <schedule>. Choose a schedule.xml.")
        )
    top = root if schedule is None else schedule
    raw = RawSchedule()
    conference = _child(top, "conference")
    if conference is not None:
        _read_conference(raw, conference)
    days: dict[etree._Element, RawDay] = {}
    rooms: dict[str, RawRoom] = {}
    for node in top.iter(etree.Element):
        name = _name(node)
        if name == "day" and _name(node.getparent()) not in events:
            days[node] = _day(node, position=len(days) + 1)
        elif name in events:
            raw.add([_event(node, days)])
        elif name == "room" and _name(node.getparent()) not in events and (room := _label(node)):
            rooms.setdefault(room, RawRoom(room, _get(node, "guid"), _get(node, "capacity")))
    raw.days, raw.rooms = list(days.values()), list(rooms.values())
    return raw


def _event_names(top: etree._Element) -> set[str]:
    """Return what the file calls its sessions: a <session> may also be what holds its events."""
    found = {name for node in top.iter(etree.Element) if (name := _name(node))}
    return _EVENTS & found or _OTHER_EVENTS & found


def _day(node: etree._Element, *, position: int) -> RawDay:
    return RawDay.of(
        date=_get(node, "date") or _text(node, "date"),
        start=_get(node, "start"),
        end=_get(node, "end"),
        index=_get(node, "index"),
        position=position,
    )


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
    except UnicodeDecodeError as error:
        raise _unreadable_signs(error.start, content) from error
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_INVALID_ENCODING:
            raise _unreadable_signs(0, content) from error
        if is_too_deep(error):
            raise UnreadableSchedule(
                _("The XML is nested too deeply for a schedule. Choose a schedule.xml.")
            ) from error
        line = getattr(error, "lineno", None)
        raise UnreadableSchedule(
            _("The XML is broken or cut off near line %(line)s. Export the programme again.")
            % {"line": line or 1}
        ) from error


def _unreadable_signs(position: int, content: bytes) -> UnreadableSchedule:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        position = position or error.start
    return UnreadableSchedule(
        _(
            "Near line %(line)d are signs that are not in the encoding that the file declares."
            " Save the file as UTF-8."
        )
        % {"line": content.count(b"\n", 0, position) + 1}
    )


def _as_utf8(content: bytes) -> bytes:
    """Decode what declares an encoding that Python knows; libxml2 knows fewer of them."""
    marked = content.startswith(codecs.BOM_UTF8)
    content = content.removeprefix(codecs.BOM_UTF8)
    if content[:1] == b"<" and content[1:2] == b"\0":  # UTF-16 without a mark
        content = content.decode("utf-16-le").encode("utf-8", "surrogatepass")
    declared = _DECLARATION.match(content[:300])
    if not declared:
        return content.lstrip() if content[:1].isspace() else content
    encoding = declared[1].decode().lower()
    text = content[declared.end() :]
    # A mark at the beginning tells more than the declaration; and who could read that byte by byte
    # has no UTF-16, whatever it says.
    if not marked and not encoding.startswith(("utf", "ucs")):
        text = text.decode(_ALIASES.get(encoding, encoding)).encode("utf-8", "surrogatepass")
    return text.lstrip()


def _name(node: etree._Element | None) -> str:
    """Return the tag without its namespace, folded: dialects differ in both."""
    return "" if node is None or not isinstance(node.tag, str) else _folded(node.tag)


@functools.lru_cache(1024)
def _folded(tag: str) -> str:
    return tag.rpartition("}")[2].lower().replace("_", "").replace("-", "")


def _get(node: etree._Element, attribute: str) -> str:
    for name in islice(node.attrib, MOST_ATTRIBUTES):
        if _folded(str(name)) == attribute:
            return str(node.get(name)).strip()
    return ""


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if _name(child) == name), None)


def _text(node: etree._Element, *names: str) -> str:
    """Return the text of the first child of these names that has one."""
    for name in names:
        for child in node:
            if _name(child) == name and (text := _inner(child)):
                return text
    return ""


def _label(node: etree._Element) -> str:
    """Return what a room or track is called: by an attribute, a child, or its own text."""
    return _get(node, "name") or _text(node, "name", "title") or (node.text or "").strip()


def _field(node: etree._Element, *names: str) -> str:
    """Return a child's text, its label where it has parts, or an attribute of the node."""
    for name in names:
        for child in node:
            if _name(child) != name:
                continue
            named = _child(child, "name") is not None or "name" in child.attrib
            if text := _label(child) if named else _inner(child):
                return text
    return next(filter(None, (_get(node, name) for name in names)), "")


def _inner(node: etree._Element) -> str:
    """Return a node's text; markup that was not escaped is kept, to be cleaned like the rest."""
    if not len(node):
        return (node.text or "").strip()
    parts = [node.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in node]
    return "".join(parts).strip()


def _read_conference(raw: RawSchedule, node: etree._Element) -> None:
    raw.title = _text(node, "title", "name")
    raw.zone = _text(node, "timezonename", "timezone")
    raw.day_change = _text(node, "daychange")
    raw.city, raw.venue = _text(node, "city"), _text(node, "venue")
    raw.start = _text(node, "start", "startdate")
    raw.end = _text(node, "end", "enddate")
    for child in node.iter(etree.Element):
        if _name(child) == "track":
            raw.tracks.append(_label(child))


def _event(node: etree._Element, days: dict[etree._Element, RawDay]) -> RawEvent:
    event = RawEvent()
    for field, names in _TEXTS:
        setattr(event, field, _field(node, *names))
    for above in node.iterancestors():
        if _name(above) == "room" and not event.room:
            event.room = _label(above)
        elif above in days:
            event.day = days[above].date
    event.day = event.day or _text(node, "day")
    event.persons = _persons(node)
    links = _child(node, "links")
    for child in links if links is not None else ():
        event.links.append(_get(child, "href") or _inner(child))
    return event


def _persons(node: etree._Element) -> list[RawPerson]:
    """Read people in a list of them, or beside each other, or several in one text."""
    found = []
    for child in node:
        if _name(child) in _PEOPLE and not len(child):
            found += [RawPerson(name=name) for name in names_in(child.text or "")]
        elif _name(child) in _PEOPLE:
            found += [_person(person) for person in child if _name(person) in _PERSON]
        elif _name(child) in _PERSON:
            found.append(_person(child))
    return found


def _person(node: etree._Element) -> RawPerson:
    first, last = _text(node, "firstname"), _text(node, "lastname", "surname")
    name = _text(node, *_NAMES) or " ".join(filter(None, [first, last]))
    return RawPerson(
        name=name or (node.text or "").strip() or _get(node, "name"),
        id=_field(node, "id"),
        code=_field(node, "code"),
        guid=_field(node, "guid", "uuid"),
        role=_field(node, "role"),
        biography=_text(node, "biography", "bio", "description"),
        position=_text(node, "position", "jobtitle"),
    )
