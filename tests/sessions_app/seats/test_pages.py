"""The page of seats, the part of a session's page, and the programme's marks."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.seats import actions
from sessions_app.seats.models import Seat
from sessions_app.sessions.actions import cancel
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room

from .conftest import NOW, Again, place, standing, take

pytestmark = pytest.mark.django_db
PART = {"X-Part": "1"}


@pytest.fixture(autouse=True)
def _demo(edition: Edition) -> None:
    """Let the sessions of 2025 not have begun yet."""
    edition.is_demo = True
    edition.save()


@pytest.fixture
def browser(client: Client, delegate: Registration) -> Client:
    client.force_login(delegate.person, "django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, session: Session | None = None) -> str:
    told = {"edition": "12"} | ({"code": session.code} if session else {})
    return reverse(name, kwargs=told)


def buttons(page: str) -> list[str]:
    """Read the words of the buttons, without what only screen readers hear."""
    found = re.findall(r"<button class=\"btn[^>]*>([^<]*)", page)
    return [words.strip() for words in found]


def test_a_seat_is_taken_with_one_press_and_said(
    browser: Client, water: Session, delegate: Registration
) -> None:
    page = browser.post(url("seat_take", water), follow=True)
    assert page.redirect_chain == [(f"/kk/12/me/seats/#s-{water.code}", 302)]
    assert "«Су» отырысында орныңыз бар." in page.content.decode()
    assert Seat.objects.get().registration == delegate


def test_the_page_offers_what_can_be_done(
    browser: Client, sessions: list[Session], delegate: Registration
) -> None:
    take(delegate, sessions[0])
    page = browser.get(url("seats")).content.decode()
    assert buttons(page) == ["Орынды қайтару", "Оның орнына осыны алу", "Орын алу"]
    assert "Сізде 1 орын бар." in page


@pytest.mark.usefixtures("sessions")
def test_sessions_at_one_time_stand_together(browser: Client) -> None:
    page = browser.get(url("seats")).content.decode()
    blocks = page.split('class="seat-block"')[1:]
    assert [block.count('<li class="offer') for block in blocks] == [2, 1]


def test_who_waits_reads_the_place_and_why(
    browser: Client, coming: list[Registration], water: Session
) -> None:
    for one in [*coming[1:], coming[0]]:
        take(one, water)
    page = browser.get(url("seats")).content.decode()
    assert "Күту тізімінде: №2" in page
    assert "Орын босағанда, оны тізімде бірінші тұрған" in page
    assert "Күтуді тоқтату" in page


def test_who_holds_another_seat_reads_what_keeps_them_waiting(
    browser: Client, coming: list[Registration], water: Session, books: Session
) -> None:
    for one in [*coming[1:3], coming[0]]:
        take(one, water)
    take(coming[0], books)
    page = browser.get(url("seats")).content.decode()
    assert "Бұл уақытта сіздің «Кітап» отырысында орныңыз бар." in page


def test_a_clash_is_refused_with_the_other_sessions_name(
    browser: Client, delegate: Registration, water: Session, books: Session
) -> None:
    take(delegate, water)
    page = browser.post(url("seat_take", books))
    assert page.status_code == 409
    assert "Бұл уақытта сіздің «Су» отырысында орныңыз бар: 16 қазан" in page.content.decode()
    assert standing(books)[1] == 0


def test_another_is_taken_instead(
    browser: Client, delegate: Registration, water: Session, books: Session
) -> None:
    take(delegate, water)
    assert browser.post(url("seat_take", books), {"instead": "1"}).status_code == 302
    assert (standing(water)[1], standing(books)[1]) == (0, 1)


def test_a_seat_is_given_back(browser: Client, delegate: Registration, water: Session) -> None:
    take(delegate, water)
    page = browser.post(url("seat_give_back", water), follow=True)
    assert "«Су» отырысындағы орныңызды қайтардыңыз." in page.content.decode()
    assert standing(water)[1] == 0


def test_giving_back_what_one_does_not_have_is_refused(browser: Client, water: Session) -> None:
    assert browser.post(url("seat_give_back", water)).status_code == 409


def test_who_has_no_place_at_the_forum_is_told_so(browser: Client, water: Session) -> None:
    Registration.objects.update(confirmed_at=None)
    assert browser.post(url("seat_take", water)).status_code == 409
    page = browser.get(url("seats")).content.decode()
    assert "тіркелуі расталған делегаттарға" in page
    assert buttons(page) == []


def test_seats_that_clash_since_a_session_moved_stand_on_top(
    browser: Client, delegate: Registration, sessions: list[Session], large: Room, again: Again
) -> None:
    water, _books, air = sessions
    take(delegate, water)
    take(delegate, air)
    place(water, large, "11:00", "12:00")
    again()
    page = browser.get(url("seats")).content.decode()
    assert "Орындарыңыздың бірін таңдаңыз" in page
    assert buttons(page)[:1] != []
    assert "Осы орынды қалдыру" in page
    browser.post(url("seat_take", air), {"instead": "1"})
    assert "Орындарыңыздың бірін таңдаңыз" not in browser.get(url("seats")).content.decode()


def test_a_seat_in_a_cancelled_session_can_still_be_given_back(
    browser: Client, delegate: Registration, water: Session
) -> None:
    take(delegate, water)
    cancel(water, now=NOW)
    page = browser.get(url("seats")).content.decode()
    assert "Болмайды" in page
    assert browser.post(url("seat_give_back", water)).status_code == 302


def test_a_star_is_set_and_taken_back(
    browser: Client, delegate: Registration, water: Session
) -> None:
    browser.post(url("star", water), {"star": "1"})
    assert water.stars.get().person == delegate.person
    browser.post(url("star", water), {"star": "0"})
    assert water.stars.count() == 0


def test_a_session_without_seats_is_starred_and_stands_below(
    browser: Client, water: Session
) -> None:
    Session.objects.update(has_seats=False)
    browser.post(url("star", water), {"star": "1"})
    page = browser.get(url("seats")).content.decode()
    assert "Нені көргім келеді" in page
    assert "Орны шектеулі отырыс жоқ" in page


def test_a_script_gets_the_part_of_a_session(browser: Client, water: Session) -> None:
    part = browser.get(url("seat", water), headers=PART)
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert buttons(part.content.decode()) == ["Орын алу"]
    part = browser.post(url("seat_take", water), headers=PART)
    assert buttons(part.content.decode()) == ["Орынды қайтару"]
    assert 'role="status"' in part.content.decode()


def test_a_script_reads_a_refusal_in_the_part(
    browser: Client, delegate: Registration, water: Session, books: Session
) -> None:
    take(delegate, water)
    part = browser.post(url("seat_take", books), headers=PART)
    assert part.status_code == 409
    assert buttons(part.content.decode()) == ["Оның орнына осыны алу"]


def test_a_strangers_script_gets_nothing(client: Client, water: Session) -> None:
    assert client.get(url("seat", water), headers=PART).status_code == 204
    assert client.get(url("marks")).json() == {}


def test_a_stranger_is_asked_to_sign_in(client: Client, water: Session) -> None:
    for name in ("seat_take", "seat_give_back", "star"):
        answer = client.post(url(name, water))
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)
    assert Seat.objects.count() == 0


def test_the_marks_tell_ones_own_by_code(
    browser: Client, coming: list[Registration], water: Session, air: Session, books: Session
) -> None:
    take(coming[0], water)
    for one in [*coming[1:3], coming[0]]:
        take(one, air)
    actions.star(coming[0].person, books, now=NOW)
    told = json.loads(browser.get(url("marks")).content)
    assert told.pop("token")
    assert told == {"seats": {water.code: "taken", air.code: "waiting"}, "stars": [books.code]}


def test_nobody_sees_anothers_seats(
    client: Client, coming: list[Registration], water: Session
) -> None:
    take(coming[0], water)
    client.force_login(coming[1].person, "django.contrib.auth.backends.ModelBackend")
    assert client.get(url("marks")).json()["seats"] == {}
    assert "Сіздің орныңыз" not in client.get(url("seats")).content.decode()


def test_the_programme_and_the_session_say_whether_seats_are_free(
    client: Client, coming: list[Registration], water: Session
) -> None:
    pages = [url("programme"), url("session", water)]
    assert ["Бос орын бар" in client.get(page).content.decode() for page in pages] == [True, True]
    for one in coming[:2]:
        take(one, water)
    assert ["Орын қалмады" in client.get(page).content.decode() for page in pages] == [True, True]


def test_a_page_is_kept_while_seats_are_taken_and_no_state_changes(
    client: Client, coming: list[Registration], books: Session
) -> None:
    before = client.get(url("programme"))["ETag"]
    take(coming[0], books)
    assert client.get(url("programme"))["ETag"] == before


def test_seats_of_older_releases_are_not_told(
    client: Client, books: Session, large: Room, again: Again
) -> None:
    place(books, large, "15:00", "16:00")
    again()
    page = client.get(reverse("release", kwargs={"edition": "12", "number": 1}))
    assert "Бос орын бар" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    browser: Client,
    coming: list[Registration],
    sessions: list[Session],
    count: int,
    django_assert_num_queries: object,
) -> None:
    for session in sessions[:count]:
        actions.star(coming[0].person, session, now=NOW)
    take(coming[0], sessions[0])
    for one in [*coming[1:3], coming[0]]:
        take(one, sessions[2])
    browser.get(url("seats"))
    with django_assert_num_queries(8):  # type: ignore[operator]
        browser.get(url("seats"))


@pytest.mark.parametrize("code", ["NOSUCH", "0", "S99999"])
def test_what_is_not_in_the_programme_is_a_404(browser: Client, code: str) -> None:
    for name in ("seat_take", "seat_give_back", "star"):
        address = reverse(name, kwargs={"edition": "12", "code": code})
        assert browser.post(address).status_code == 404
    assert browser.get(f"/kk/12/me/seats/{code}/").status_code == 404


@pytest.mark.parametrize("body", [b"instead=%00&star=%00", b"\xff\xfe=1", b"x" * 100_000])
def test_garbage_is_no_error(browser: Client, water: Session, body: bytes) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = browser.post(url("seat_take", water), body, content_type=kind)
    assert answer.status_code < 500


@pytest.mark.parametrize("name", ["seat_take", "seat_give_back", "star"])
def test_these_are_posted(browser: Client, water: Session, name: str) -> None:
    assert browser.get(url(name, water)).status_code == 405


def test_a_session_of_another_edition_is_not_found(browser: Client, water: Session) -> None:
    Edition.objects.create(
        slug="13",
        year=2027,
        starts_on="2027-10-15",
        ends_on="2027-10-16",
        name_kk="X",
        published_at=timezone.now(),
    )
    address = reverse("seat_take", kwargs={"edition": "13", "code": water.code})
    assert browser.post(address).status_code == 404


def test_the_person_is_the_only_one_who_acts_for_themself(
    client: Client, organiser: User, water: Session
) -> None:
    client.force_login(organiser, "django.contrib.auth.backends.ModelBackend")
    assert client.post(url("seat_take", water)).status_code == 409
