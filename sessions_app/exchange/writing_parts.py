"""Writes what sessions stand on: rooms, tracks, speakers; finds those that are there already."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.text import slugify

from accounts.codes import new_code
from accounts.names import fold
from forum.editions.models import Edition
from sessions_app.exchange.programme import Programme, Who
from sessions_app.exchange.texts import language_of, split_name
from sessions_app.sessions.models import Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Room

LANGUAGES = ("kk", "ru", "en")
NAMELESS_ROOM = {
    "name_kk": "Зал көрсетілмеген",
    "name_ru": "Зал не указан",
    "name_en": "Room not named",
}
NAMELESS_CODE = "unnamed"


def _names(thing: Room | Track) -> set[str]:
    return {getattr(thing, f"name_{language}") or "" for language in LANGUAGES} - {""}


def free_slug(name: str, taken: set[str], prefix: str) -> str:
    """Make a code of a name that is not `taken`, and take it."""
    begin = slugify(name)[:50] or prefix
    slug, number = begin, 1
    while slug in taken:
        number += 1
        slug = f"{begin}-{number}"
    taken.add(slug)
    return slug


def _column(field: str, text: str, main: str) -> dict[str, str]:
    return {f"{field}_{language_of(text, declared=[], main=main)}": text}


def fresh_codes(taken: Collection[str], count: int) -> list[str]:
    """Make `count` codes that are not `taken`."""
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {new_code()} - set(taken)
    return list(codes)


def write_rooms(edition: Edition, programme: Programme) -> dict[str, Room]:
    """Return a room for each name; one without a name is for sessions without a room."""
    existing = list(Room.objects.filter(edition=edition))
    found = {name: room for room in existing for name in _names(room)}
    by_guid = {room.guid: room for room in existing if room.guid}
    guids = [place.guid for place in programme.places if place.guid]
    taken = {room.code for room in existing}
    last = max((room.position for room in existing), default=0)
    made: list[Room] = []
    for place in programme.places:
        if place.name in found:
            continue
        known = by_guid.get(place.guid) if place.guid and guids.count(place.guid) == 1 else None
        if known and not _names(known) & {other.name for other in programme.places}:
            for column, text in _column("name", place.name, programme.main_language).items():
                setattr(known, column, text)
            known.save()
            found[place.name] = known
            continue
        room = Room(
            edition=edition,
            code=free_slug(place.name, taken, "room"),
            guid=place.guid,
            capacity=place.capacity,
            position=min(last + len(made) + 1, 32767),
            **_column("name", place.name, programme.main_language),
        )
        made.append(room)
        found[place.name] = room
    if any(item.starts_at and not item.room for item in programme.items):
        nameless = next((room for room in existing if room.code == NAMELESS_CODE), None)
        if nameless is None:
            nameless = Room(
                edition=edition, code=NAMELESS_CODE, shared=True, position=32767, **NAMELESS_ROOM
            )
            made.append(nameless)
        found[""] = nameless
    Room.objects.bulk_create(made)
    return found


def write_tracks(edition: Edition, programme: Programme) -> dict[str, Track]:
    """Return a track for each name."""
    existing = list(Track.objects.filter(edition=edition))
    found = {name: track for track in existing for name in _names(track)}
    taken = {track.code for track in existing}
    made: list[Track] = []
    for name in programme.tracks:
        if name not in found:
            place = min(len(existing) + len(made) + 1, 32767)
            track = Track(
                edition=edition,
                code=free_slug(name, taken, "track"),
                position=place,
                colour=(place - 1) % Track.COLOURS + 1,
                **_column("name", name, programme.main_language),
            )
            made.append(track)
            found[name] = track
    Track.objects.bulk_create(made)
    return found


def full_names(speaker: Speaker) -> set[str]:
    """Return the speaker's whole name in each language that has one."""
    names = set()
    for language in LANGUAGES:
        given = getattr(speaker, f"given_name_{language}")
        family = getattr(speaker, f"family_name_{language}")
        names.add(" ".join(filter(None, [given, family])))
    return names - {""}


def write_speakers(edition: Edition, programme: Programme) -> dict[str, Speaker]:
    """Return a speaker for each person, found by the file's id, else by name in any spelling."""
    existing = list(Speaker.objects.filter(edition=edition))
    by_source = {speaker.source_id: speaker for speaker in existing if speaker.source_id}
    by_name = _by_folded_name(existing, keep=programme.people)
    made: list[Speaker] = []
    changed: list[Speaker] = []
    found: dict[str, Speaker] = {}
    codes = iter(fresh_codes({s.code for s in existing}, len(programme.people)))
    for key, who in programme.people.items():
        speaker = by_source.get(key) or by_name.pop(fold(who.name), None)
        if speaker is None:
            speaker = Speaker(edition=edition, code=next(codes), source_id=key)
            _update(speaker, who, programme.main_language)
            made.append(speaker)
        elif _update(speaker, who, programme.main_language):
            changed.append(speaker)
        found[key] = speaker
    Speaker.objects.bulk_create(made, batch_size=500)
    columns = [
        f"{field}_{language}"
        for field in ("given_name", "family_name", "position", "biography")
        for language in LANGUAGES
    ]
    Speaker.objects.bulk_update(changed, columns, batch_size=200)
    return found


def _by_folded_name(existing: Iterable[Speaker], *, keep: dict[str, Who]) -> dict[str, Speaker]:
    """Index by name whom no key of the file finds; of two with one name, neither."""
    index: dict[str, Speaker | None] = {}
    for speaker in existing:
        if speaker.source_id not in keep:
            for name in {fold(name) for name in full_names(speaker)}:
                index[name] = None if name in index else speaker
    return {name: speaker for name, speaker in index.items() if speaker}


def _update(speaker: Speaker, who: Who, main: str) -> bool:
    """Bring a speaker to what the file says; an empty field of the file changes nothing."""
    wanted: dict[str, Any] = {}
    if fold(who.name) not in {fold(name) for name in full_names(speaker)}:
        language = language_of(who.name, declared=[], main=main)
        given, family = split_name(who.name)
        wanted |= {f"given_name_{language}": given, f"family_name_{language}": family}
    for field, text in (("position", who.position), ("biography", who.biography)):
        if text:
            wanted |= _column(field, text, main)
    wanted = {field: text for field, text in wanted.items() if getattr(speaker, field) != text}
    for field, text in wanted.items():
        setattr(speaker, field, text)
    return bool(wanted)
