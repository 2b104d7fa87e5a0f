"""Writes a programme of any size that has no clash: rooms, sessions, speakers, the draft."""

import datetime as dt
import math

from accounts.codes import ALPHABET
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Kind, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room

PERIODS_A_DAY = 12
PERIOD = dt.timedelta(minutes=45)
FIRST_PERIOD = dt.time(9)
ROOMS = 20
KINDS = (Kind.BREAKOUT, Kind.PANEL, Kind.ROUND_TABLE, Kind.DIALOGUE, Kind.MASTER_CLASS)
ABSTRACT = "Өлшеуге арналған ойдан шығарылған сессия. " * 8


def add_programme(edition: Edition, *, sessions: int) -> None:
    """Add `sessions` sessions over the edition's days, each with a speaker and a moderator."""
    days = edition.days
    rooms = _add_rooms(edition, max(ROOMS, math.ceil(sessions / (len(days) * PERIODS_A_DAY))))
    speakers = _add_speakers(edition, max(2 * len(rooms), sessions))
    made = _add_sessions(edition, sessions)
    placements, appearances = [], []
    for place, session in enumerate(made):
        period, room = divmod(place, len(rooms))
        day, in_day = days[period % len(days)], period // len(days)
        start = dt.datetime.combine(day, FIRST_PERIOD, tzinfo=edition.zone) + in_day * PERIOD
        placements.append(
            Placement(session=session, room=rooms[room], starts_at=start, ends_at=start + PERIOD)
        )
        # Those who speak at the same time stand side by side in the list, so nobody is in two.
        appearances += [
            Appearance(
                session=session,
                speaker=speakers[(2 * place + order) % len(speakers)],
                role=role,
                position=order,
            )
            for order, role in enumerate((Role.SPEAKER, Role.MODERATOR))
        ]
    Placement.objects.bulk_create(placements)
    Appearance.objects.bulk_create(appearances)


def _add_rooms(edition: Edition, count: int) -> list[Room]:
    return Room.objects.bulk_create(
        Room(
            edition=edition,
            code=f"R{number}",
            name_kk=f"{number}-зал",
            name_ru=f"Зал {number}",
            name_en=f"Room {number}",
            capacity=100,
            position=number,
        )
        for number in range(1, count + 1)
    )


def _add_speakers(edition: Edition, count: int) -> list[Speaker]:
    return Speaker.objects.bulk_create(
        Speaker(
            edition=edition,
            code=numbered_code(number),
            given_name_kk="Үлгі",
            given_name_ru="Образец",
            given_name_en="Sample",
            family_name_kk=f"Спикер {number:04d}",
            family_name_ru=f"Спикеров-{number:04d}",
            family_name_en=f"Speaker {number:04d}",
            position_kk=f"ҚҚ «Мысал-{number}», директор",
            position_ru=f"ОФ «Пример-{number}», директор",
            position_en=f"Example-{number} Foundation, director",
        )
        for number in range(count)
    )


def _add_sessions(edition: Edition, count: int) -> list[Session]:
    tracks = Track.objects.bulk_create(
        Track(
            edition=edition,
            code=f"T{number}",
            name_kk=f"{number}-бағыт",
            name_ru=f"Направление {number}",
            name_en=f"Track {number}",
            colour=number,
            position=number,
        )
        for number in range(1, Track.COLOURS + 1)
    )
    return Session.objects.bulk_create(
        Session(
            edition=edition,
            code=numbered_code(number),
            kind=KINDS[number % len(KINDS)],
            track=tracks[number % len(tracks)],
            title_kk=f"Азаматтық қоғам және мемлекет: {number}-сессия",
            title_ru=f"Гражданское общество и государство: сессия {number}",
            title_en=f"Civil society and the state: session {number}",
            abstract_kk=ABSTRACT,
            working_languages=["kk", "ru"],
        )
        for number in range(count)
    )


def numbered_code(number: int) -> str:
    """Write `number` in the codes' alphabet: unique without asking the database."""
    code = ""
    for _place in range(6):
        number, sign = divmod(number, len(ALPHABET))
        code = ALPHABET[sign] + code
    return code
