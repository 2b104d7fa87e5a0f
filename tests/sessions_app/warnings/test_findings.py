"""The whole draft at once: how often the database is asked, and what moves would bring."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room, RoomAvailability
from sessions_app.timetable.moves import Move, Spot
from sessions_app.warnings.access import Finding, findings_if, findings_of
from sessions_app.warnings.models import Rule
from tests.sessions_app.warnings.conftest import Maker, at, make_speaker, rules

pytestmark = pytest.mark.django_db

QUERIES = 2


def only(edition: Edition) -> Finding:
    found = findings_of(edition)
    assert len(found) == 1
    return found[0]


def to(session: Session, room: Room, start: str, end: str) -> Move:
    return Move(session, Spot(room, at(start), at(end)))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_queries_do_not_grow(edition: Edition, hall: Room, session: Maker, count: int) -> None:
    RoomAvailability.objects.create(room=hall, starts_at=at("17:00"), ends_at=at("18:00"))
    for number in range(count):
        speaker = make_speaker(edition, f"P{number}", f"Speaker {number}")
        session(f"Water {number}", hall, "10:00-11:00", speaker=speaker)
    with CaptureQueriesContext(connection) as asked:
        assert len(findings_of(edition)) == count + count * (count - 1) // 2
    assert len(asked) == QUERIES


def test_another_edition_is_not_looked_at(hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", title_kk="")
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=hall.edition.starts_on, ends_on=hall.edition.ends_on
    )
    assert findings_of(other) == []


def test_it_is_said_in_the_readers_language(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", title_kk="", title_ru="Вода")
    with translation.override("ru"):
        assert only(edition).sentence == "У заседания «Вода» нет названия на казахском языке."


def test_a_clash_leads_to_both_sessions_on_the_board(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:00-11:00")
    assert [(link.label, link.address) for link in only(edition).links] == [
        ("Water", "/en/12/desk/timetable/?session=S00000"),
        ("Forest", "/en/12/desk/timetable/?session=S00001"),
    ]


def test_a_title_is_mended_in_the_sessions_record(
    edition: Edition, hall: Room, session: Maker
) -> None:
    water = session("Water", hall, "10:00-11:00", title_kk="")
    assert [(link.label, link.address, link.permission) for link in only(edition).links] == [
        ("Water", "/en/12/desk/timetable/?session=S00000", ""),
        (
            "Change “Water”",
            f"/admin/sessions_app/session/{water.pk}/change/",
            "sessions_app.view_session",
        ),
    ]


def test_who_has_not_confirmed_has_a_page_at_the_desk(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    Speaker.objects.update(confirmed_at=None)
    assert [(link.label, link.address) for link in only(edition).links] == [
        ("Water", "/en/12/desk/timetable/?session=S00000"),
        ("Aigul Example", "/en/12/desk/speakers/SPK001/"),
    ]


def test_a_clash_keeps_its_key_while_it_lasts(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    forest = session("Forest", hall, "10:30-11:30")
    before = only(edition).key
    Placement.objects.filter(session=forest).update(starts_at=at("09:30"), ends_at=at("10:30"))
    assert only(edition).key == before


def test_another_hour_at_which_a_room_is_away_is_another_problem(
    edition: Edition, hall: Room, session: Maker
) -> None:
    RoomAvailability.objects.create(room=hall, starts_at=at("17:00"), ends_at=at("18:00"))
    water = session("Water", hall, "10:00-11:00")
    before = only(edition).key
    Placement.objects.filter(session=water).update(starts_at=at("12:00"), ends_at=at("13:00"))
    assert only(edition).key != before


def test_a_move_that_would_clash_is_foreseen_and_not_made(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    forest = session("Forest", annex, "10:00-11:00")
    found = findings_if(edition, [to(forest, hall, "10:30", "11:30")])
    assert [finding.rule for finding in found] == [Rule.ROOM_TWICE]
    assert rules(edition) == []


def test_moves_are_foreseen_together(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    water = session("Water", hall, "10:00-11:00")
    forest = session("Forest", annex, "10:00-11:00")
    swap = [to(water, annex, "10:00", "11:00"), to(forest, hall, "10:00", "11:00")]
    assert findings_if(edition, swap) == []
    assert [finding.rule for finding in findings_if(edition, swap[:1])] == [Rule.ROOM_TWICE]


def test_taking_a_session_out_is_foreseen(edition: Edition, hall: Room, session: Maker) -> None:
    water = session("Water", hall, "10:00-11:00")
    found = findings_if(edition, [Move(water, None)])
    assert [finding.rule for finding in found] == [Rule.NOT_PLACED]


def test_a_move_into_another_editions_room_is_passed_over(
    edition: Edition, hall: Room, session: Maker
) -> None:
    water = session("Water", hall, "10:00-11:00")
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    foreign = Room.objects.create(edition=other, code="A", name_en="Foreign", capacity=1)
    assert findings_if(edition, [to(water, foreign, "10:00", "11:00")]) == []
