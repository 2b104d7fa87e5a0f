"""The desk's pages of seats: how full sessions are, who sits and waits, and who is put first."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.models import Registration
from sessions_app.seats import actions
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room

from .conftest import NOW, take

pytestmark = pytest.mark.django_db
LIST = "/en/12/desk/seats/"


@pytest.fixture(autouse=True)
def _demo(edition: Edition) -> None:
    """Let the sessions of 2025 not have begun yet."""
    edition.is_demo = True
    edition.save()


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser, "django.contrib.auth.backends.ModelBackend")
    return client


def people(session: Session, page: str = "") -> str:
    return f"{LIST}{session.code}/{page}"


def shown(client: Client, query: str = "") -> list[str]:
    """Return the titles of the sessions that the list shows."""
    page = client.get(LIST + query)
    assert page.status_code == 200
    return [row.slot.session.title_kk for row in page.context["rows"]]


def test_sessions_stand_in_order_of_time_with_how_full_they_are(
    desk: Client, coming: list[Registration], sessions: list[Session]
) -> None:
    for one in coming[:3]:
        take(one, sessions[0])
    rows = desk.get(LIST).context["rows"]
    told = [(row.slot.session.title_kk, row.seating.taken, row.seating.waiting) for row in rows]
    assert told == [("Су", 2, 1), ("Кітап", 0, 0), ("Ауа", 0, 0)]


@pytest.mark.usefixtures("air")
def test_filters_show_what_is_full_and_where_somebody_waits(
    desk: Client, coming: list[Registration], water: Session, books: Session
) -> None:
    for one in coming[:3]:
        take(one, water)
    Session.objects.filter(pk=books.pk).update(seat_limit=1)
    take(coming[3], books)
    assert shown(desk, "?show=full") == ["Су", "Кітап"]
    assert shown(desk, "?show=waiting") == ["Су"]
    assert shown(desk, "?show=short") == []
    Room.objects.update(capacity=1)
    assert shown(desk, "?show=short") == ["Су"]


@pytest.mark.usefixtures("sessions")
def test_a_search_finds_titles_in_any_spelling(desk: Client) -> None:
    assert shown(desk, "?q=китап") == ["Кітап"]


def test_sessions_without_seats_stand_there_once_they_are_starred(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    Session.objects.filter(pk=water.pk).update(has_seats=False)
    assert shown(desk, "?show=without") == []
    actions.star(coming[0].person, water, now=NOW)
    assert shown(desk, "?show=without") == ["Су"]


def test_fewer_than_three_stars_are_not_counted_out(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    counts = []
    for one in [None, *coming[:3]]:
        if one:
            actions.star(one.person, water, now=NOW)
        counts.append(desk.get(LIST).context["rows"][0].stars)
    assert counts == [0, None, None, 3]


def test_the_people_of_a_session_stand_in_their_order(
    desk: Client, coming: list[Registration], water: Session, organiser: User
) -> None:
    seats = [take(one, water) for one in coming]
    actions.move_up(seats[3], by=organiser, reason="A reason", now=NOW)
    page = desk.get(people(water))
    told = [(seat.registration, seat.status.value, seat.place) for seat in page.context["seats"]]
    assert told == [
        (coming[0], "taken", None),
        (coming[1], "taken", None),
        (coming[3], "waiting", 1),
        (coming[2], "waiting", 2),
    ]
    assert "A reason" in page.content.decode()


def test_somebody_is_moved_up_with_a_reason(
    desk: Client, coming: list[Registration], water: Session, organiser: User
) -> None:
    for one in coming:
        take(one, water)
    form = {"code": coming[3].code, "reason": "Speaks there"}
    answer = desk.post(people(water, "move-up/"), form)
    assert (answer.status_code, answer["Location"]) == (302, people(water))
    seat = Seat.objects.get(registration=coming[3])
    assert (seat.moved_up_by, seat.moved_up_reason) == (organiser, "Speaks there")


def test_without_a_reason_nobody_is_moved_up(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    for one in coming:
        take(one, water)
    answer = desk.post(people(water, "move-up/"), {"code": coming[3].code, "reason": " "})
    assert answer.status_code == 422
    assert not Seat.objects.exclude(moved_up_at=None)


def test_who_does_not_wait_is_not_moved_up(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    take(coming[0], water)
    form = {"code": coming[0].code, "reason": "X"}
    answer = desk.post(people(water, "move-up/"), form)
    assert answer.status_code == 422
    assert "does not wait" in answer.content.decode()


def test_a_free_seat_is_given_by_the_registrations_number(
    desk: Client, delegate: Registration, water: Session
) -> None:
    answer = desk.post(people(water, "give/"), {"code": " deleg1 "})
    assert answer.status_code == 302
    assert Seat.objects.taken().get().registration == delegate
    assert Letter.objects.get().recipient == delegate.person


@pytest.mark.parametrize("code", ["", "NOSUCH", "a\0b", "'; DROP TABLE", "x" * 300, "٣٤"])
def test_a_number_that_nobody_has_is_refused(desk: Client, water: Session, code: str) -> None:
    assert desk.post(people(water, "give/"), {"code": code}).status_code == 422
    assert desk.post(people(water, "move-up/"), {"code": code, "reason": "x"}).status_code == 422
    assert Seat.objects.count() == 0


def test_a_seat_that_is_not_free_is_not_given(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    for one in coming[:2]:
        take(one, water)
    answer = desk.post(people(water, "give/"), {"code": coming[2].code})
    assert answer.status_code == 422
    assert "No seat is free in this session." in answer.content.decode()


def test_the_people_go_out_as_a_workbook_without_formulas(
    desk: Client, coming: list[Registration], water: Session
) -> None:
    User.objects.filter(pk=coming[0].person_id).update(family_name="=1+1")
    for one in coming[:3]:
        take(one, water)
    answer = desk.get(people(water, "people.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [one.code for one in coming[:3]]
    assert rows[1][1] == "'=1+1"
    assert [row[6] for row in rows[1:]] == ["Your seat", "Your seat", "On the waiting list"]


def test_the_same_as_csv(desk: Client, coming: list[Registration], water: Session) -> None:
    take(coming[0], water)
    answer = desk.get(people(water, "people.csv"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith(f"{coming[0].code};")


def test_another_kind_of_file_is_a_404(desk: Client, water: Session) -> None:
    assert desk.get(people(water, "people.pdf")).status_code == 404


def test_queries_do_not_grow(
    desk: Client, coming: list[Registration], sessions: list[Session]
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    addresses = [LIST, people(sessions[0]), people(sessions[0], "people.csv")]
    take(coming[0], sessions[0])
    few = [asked(address) for address in addresses]
    for one in coming[1:]:
        take(one, sessions[0])
        actions.star(one.person, sessions[1], now=NOW)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 10


@pytest.mark.parametrize("who", ["delegate", "stranger"])
def test_the_desk_is_the_organisers(
    client: Client, delegate: Registration, water: Session, who: str
) -> None:
    if who == "delegate":
        client.force_login(delegate.person, "django.contrib.auth.backends.ModelBackend")
    for page in ("", "people.csv"):
        assert client.get(people(water, page)).status_code in (404, 302)
    for page in ("give/", "move-up/"):
        client.post(people(water, page), {"code": delegate.code, "reason": "x"})
    assert Seat.objects.count() == 0


def test_the_desk_leads_there(desk: Client) -> None:
    assert f'href="{LIST}"' in desk.get("/en/12/desk/").content.decode()
