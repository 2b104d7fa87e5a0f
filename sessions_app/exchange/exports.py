"""Writes the newest release as schedule.json and schedule.xml, strictly by their schemas."""

import datetime as dt
import json
import re
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from lxml import etree

from accounts.tables.values import plain
from forum.editions.models import Edition
from sessions_app.exchange.published import (
    Published,
    Show,
    acronym_of,
    address_of,
    derived_guid,
    guid_of_room,
    number_of,
    slug_of,
)
from sessions_app.sessions.models import Appearance, Kind
from sessions_app.timetable.models import Room

GENERATOR = {"name": "civil-forum", "version": "1"}
SLOT = "00:05"
_ZONE = re.compile(r"^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")
_CODE = re.compile(r"[0-9A-Z]{6}")


def schedule_json(published: Published) -> bytes:
    """Write schedule.json in the language that is active."""
    edition, days = published.edition, published.days
    rooms = {show.room.pk: show.room for show in published.held}
    conference: dict[str, Any] = {
        "acronym": acronym_of(edition),
        "title": plain(edition.name) or edition.slug,
        "start": days[0].isoformat(),
        "end": days[-1].isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "url": f"{settings.BASE_URL}/{_language()}/{edition.slug}/programme/",
        "tracks": [{"name": name} for name in _tracks(published)],
        "rooms": [_json_room(edition, room) for room in _in_order(rooms.values())],
        "days": [_json_day(published, index, day) for index, day in enumerate(days, start=1)],
    }
    # The schema takes no zone of three parts and none of Etc; then the dates' offsets must do.
    if _ZONE.search(edition.time_zone):
        conference["time_zone_name"] = edition.time_zone
    schedule = {
        "version": _version(published),
        "base_url": f"{settings.BASE_URL}/",
        "conference": conference,
    }
    generator = {**GENERATOR, "url": f"{settings.BASE_URL}/"}
    return json.dumps({"generator": generator, "schedule": schedule}, ensure_ascii=False).encode()


def schedule_xml(published: Published) -> bytes:
    """Write schedule.xml in the language that is active."""
    edition, days = published.edition, published.days
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", {**GENERATOR, "system": settings.BASE_URL})
    _add(root, "url", f"{settings.BASE_URL}/{edition.slug}/schedule.xml")
    _add(root, "version", _version(published))
    conference = etree.SubElement(root, "conference")
    for name, text in (
        ("title", edition.name or edition.slug),
        ("acronym", acronym_of(edition)),
        ("start", days[0].isoformat()),
        ("end", days[-1].isoformat()),
        ("days", str(len(days))),
        ("timeslot_duration", SLOT),
        ("base_url", f"{settings.BASE_URL}/"),
        ("time_zone_name", edition.time_zone),
    ):
        _add(conference, name, text)
    for track in _tracks(published):
        etree.SubElement(conference, "track", name=track)
    for index, day in enumerate(days, start=1):
        _xml_day(root, published, index, day)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _version(published: Published) -> str:
    release = published.release
    return str(release.number) if release else "0"


def _tracks(published: Published) -> list[str]:
    tracks = {show.session.track for show in published.held if show.session.track}
    ordered = sorted(tracks, key=lambda track: (track.position, track.pk))
    return list(dict.fromkeys(plain(track.name) for track in ordered))


def _in_order(rooms: Any) -> list[Room]:
    return sorted(rooms, key=lambda room: (room.position, room.pk))


def _bounds(edition: Edition, day: dt.date) -> tuple[str, str]:
    """Return when a day begins and ends, in the edition's zone."""
    following = day + dt.timedelta(days=1)
    return edition.beginning_of(day).isoformat(), edition.beginning_of(following).isoformat()


def _by_room(published: Published, day: dt.date) -> list[tuple[Room, list[Show]]]:
    held: dict[int, list[Show]] = defaultdict(list)
    rooms: dict[int, Room] = {}
    for show in published.held:
        if show.day == day:
            held[show.room.pk].append(show)
            rooms[show.room.pk] = show.room
    return [(room, held[room.pk]) for room in _in_order(rooms.values())]


def _length(show: Show) -> str:
    """Write hours and minutes; the schema has two digits for the hours."""
    minutes = round((show.ends_at - show.starts_at).total_seconds() / 60)
    hours, minutes = divmod(min(max(minutes, 1), 99 * 60 + 59), 60)
    return f"{hours:02}:{minutes:02}"


def _facts(show: Show) -> dict[str, str]:
    """Return what both formats say of a session, as text."""
    session = show.session
    local = show.starts_at.astimezone(session.edition.zone)
    return {
        "room": plain(show.room.name),
        "title": plain(session.title),
        "subtitle": plain(session.subtitle),
        "type": str(Kind(session.kind).label),
        "date": local.isoformat(),
        "start": f"{local:%H:%M}",
        "duration": _length(show),
        "abstract": plain(session.abstract),
        "slug": slug_of(show),
        "track": plain(session.track.name) if session.track else "",
        "language": ", ".join(session.working_languages),
        "description": plain(session.description),
        "url": address_of(show, _language()),
    }


def _json_room(edition: Edition, room: Room) -> dict[str, Any]:
    return {
        "name": plain(room.name),
        "guid": str(guid_of_room(edition, room)),
        "capacity": room.capacity,
    }


def _json_day(published: Published, index: int, day: dt.date) -> dict[str, Any]:
    begin, end = _bounds(published.edition, day)
    rooms: dict[str, list[dict[str, Any]]] = {}
    for room, shows in _by_room(published, day):
        rooms.setdefault(plain(room.name), []).extend(_json_event(show) for show in shows)
    return {
        "index": index,
        "date": day.isoformat(),
        "day_start": begin,
        "day_end": end,
        "rooms": rooms,
    }


def _json_event(show: Show) -> dict[str, Any]:
    facts: dict[str, Any] = _facts(show)
    session = show.session
    facts |= {
        "id": number_of(session.code),
        "guid": str(session.guid),
        "end": show.ends_at.astimezone(session.edition.zone).isoformat(),
        "track": facts["track"] or None,
        "language": facts["language"] or None,
        "persons": [_json_person(appearance) for appearance in show.appearances],
        "links": [{"url": session.link, "type": "related"}] if session.link else [],
    }
    if session.code.isascii() and session.code.isalnum() and session.code.isupper():
        facts["code"] = session.code
    return facts


def _json_person(appearance: Appearance) -> dict[str, Any]:
    speaker = appearance.speaker
    name = plain(speaker.name)
    return {
        "name": name,
        "public_name": name,
        "guid": str(derived_guid(appearance.session.edition, f"speakers/{speaker.code}")),
        "code": speaker.code,
        "role": appearance.role,
        "position": plain(speaker.position),
        "biography": plain(speaker.biography),
    }


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = plain(text)


def _xml_day(root: etree._Element, published: Published, index: int, day: dt.date) -> None:
    begin, end = _bounds(published.edition, day)
    node = etree.SubElement(
        root, "day", index=str(index), date=day.isoformat(), start=begin, end=end
    )
    for room, shows in _by_room(published, day):
        guid = str(guid_of_room(published.edition, room))
        held = etree.SubElement(node, "room", name=plain(room.name), guid=guid)
        for show in shows:
            _xml_event(held, show)


def _xml_event(parent: etree._Element, show: Show) -> None:
    session = show.session
    node = etree.SubElement(
        parent, "event", id=str(number_of(session.code)), guid=str(session.guid)
    )
    if _CODE.fullmatch(session.code):
        node.set("code", session.code)
    for name, text in _facts(show).items():
        etree.SubElement(node, name).text = text
    persons = etree.SubElement(node, "persons")
    for appearance in show.appearances:
        speaker = appearance.speaker
        guid = str(derived_guid(session.edition, f"speakers/{speaker.code}"))
        person = etree.SubElement(persons, "person", id=str(number_of(speaker.code)), guid=guid)
        person.text = plain(speaker.name)
    links = etree.SubElement(node, "links")
    if session.link:
        etree.SubElement(links, "link", href=plain(session.link)).text = plain(session.link)
