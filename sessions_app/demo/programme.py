"""Writes a demo programme into an edition: tracks, rooms, sessions, speakers, the draft."""

import datetime as dt
import hashlib
import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence

from accounts.codes import ALPHABET
from forum.editions.models import Edition
from sessions_app.demo.content_editions import Texts
from sessions_app.demo.content_programme import DemoRoom, DemoSession
from sessions_app.demo.content_speakers import (
    BIOGRAPHY,
    FICTIONAL_SPEAKERS,
    PLENARY_KEY,
    PLENARY_SPEAKERS,
    ROLES_BY_KIND,
    speaker_name,
    speaker_position,
)
from sessions_app.sessions.models import Appearance, Kind, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room


def in_languages(field: str, texts: Texts) -> dict[str, str]:
    """Spread `texts` over the three columns of a translated field."""
    return {f"{field}_{language}": text for language, text in texts._asdict().items()}


def demo_code(key: str) -> str:
    """Make the same code for the same key, so that links to the demo work after a new load."""
    digest = hashlib.sha256(key.encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:6])


def add_tracks(edition: Edition, tracks: Mapping[str, Texts]) -> dict[str, Track]:
    """Add the tracks, each with a colour of its own."""
    made = Track.objects.bulk_create(
        Track(edition=edition, code=code, colour=place, position=place, **in_languages("name", n))
        for place, (code, n) in enumerate(tracks.items(), start=1)
    )
    return {track.code: track for track in made}


def add_rooms(edition: Edition, rooms: Mapping[str, DemoRoom]) -> dict[str, Room]:
    """Add the rooms; one without seats is shared."""
    made = Room.objects.bulk_create(
        Room(
            edition=edition,
            code=code,
            capacity=room.capacity,
            interpretation_languages=list(room.interpretation),
            sign_language=room.sign_language,
            hearing_loop=room.hearing_loop,
            step_free=room.step_free,
            stream=room.stream,
            shared=room.capacity is None,
            position=place,
            guid=uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{edition.slug}/room/{code}"),
            **in_languages("name", room.name),
        )
        for place, (code, room) in enumerate(rooms.items(), start=1)
    )
    return {room.code: room for room in made}


def add_sessions(
    edition: Edition,
    sessions: Iterable[DemoSession],
    *,
    tracks: Mapping[str, Track],
    rooms: Mapping[str, Room],
) -> dict[str, Session]:
    """Add the sessions and place each in the draft."""
    told = sorted(sessions, key=lambda session: (session.day, session.start, session.room))
    made = Session.objects.bulk_create(
        Session(
            edition=edition,
            code=demo_code(f"{edition.slug}/session/{session.key}"),
            guid=uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{edition.slug}/session/{session.key}"),
            kind=session.kind,
            track=tracks.get(session.track),
            working_languages=list(session.languages),
            interpretation_languages=list(session.interpretation),
            sign_language=session.sign_language,
            **in_languages("title", session.title),
            **in_languages("abstract", session.abstract),
        )
        for session in told
    )
    Placement.objects.bulk_create(
        Placement(
            session=row,
            room=rooms[session.room],
            starts_at=_moment(edition, session.day, session.start),
            ends_at=_moment(edition, session.day, session.end),
        )
        for session, row in zip(told, made, strict=True)
    )
    return {session.key: row for session, row in zip(told, made, strict=True)}


def add_fictional_speakers(edition: Edition, *, now: dt.datetime) -> list[Speaker]:
    """Add the fictional speakers, each with a position in a fictional organisation."""
    languages = itertools.cycle(("kk", "ru", "en"))
    return Speaker.objects.bulk_create(
        Speaker(
            edition=edition,
            code=demo_code(f"{edition.slug}/speaker/{number}"),
            email=f"s{number:02d}@example.org",
            language=next(languages),
            confirmed_at=now,
            **in_languages("given_name", speaker_name(number)[0]),
            **in_languages("family_name", speaker_name(number)[1]),
            **in_languages("position", speaker_position(number)),
            **in_languages("biography", BIOGRAPHY),
        )
        for number in range(1, FICTIONAL_SPEAKERS + 1)
    )


def cast(sessions: Mapping[str, Session], speakers: Sequence[Speaker]) -> None:
    """Give every session its people in turn; the plenary's speakers are real, its moderator not."""
    turn = itertools.cycle(speakers)
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=next(turn), role=role, position=place)
        for key, session in sessions.items()
        for place, role in enumerate(_roles(key, session), start=1)
    )


def add_plenary_speakers(edition: Edition, plenary: Session, *, now: dt.datetime) -> None:
    """Add the real people of the plenary, the reader with whom he represented."""
    speakers = Speaker.objects.bulk_create(
        Speaker(
            edition=edition,
            code=demo_code(f"{edition.slug}/speaker/{person.family_name.en}"),
            confirmed_at=now,
            **in_languages("given_name", person.given_name),
            **in_languages("family_name", person.family_name),
            **in_languages("position", person.position),
        )
        for person in PLENARY_SPEAKERS
    )
    nobody = Texts("", "", "")
    Appearance.objects.bulk_create(
        Appearance(
            session=plenary,
            speaker=speaker,
            role=person.role,
            position=place,
            **in_languages("behalf_of", person.behalf_of or nobody),
            **in_languages("behalf_of_position", person.behalf_of_position or nobody),
        )
        for place, (speaker, person) in enumerate(
            zip(speakers, PLENARY_SPEAKERS, strict=True), start=2
        )
    )


def _roles(key: str, session: Session) -> tuple[Role, ...]:
    if key == PLENARY_KEY:
        return (Role.MODERATOR,)
    return ROLES_BY_KIND.get(Kind(session.kind), ())


def _moment(edition: Edition, day: int, clock: str) -> dt.datetime:
    return dt.datetime.combine(
        edition.days[day - 1], dt.time.fromisoformat(clock), tzinfo=edition.zone
    )
