"""Letters that wait for who comes no more are taken back; a speaker is told all the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.models import Edition, Letter, Registration
from sessions_app.releases import attendance
from sessions_app.sessions.models import Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Room

from .conftest import NOW, Again, place, registered, unplace
from .telling import TO_15, come_no_more, early, said, sent, tell, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]


@pytest.fixture
def moved(public: Edition, plenary: Session, again: Again) -> Session:
    """The plenary, published, and moved to eight by a second release of which nobody was told."""
    assert public.published_at, "nobody is told of what is not public"
    again()
    sent(tell())
    early(plenary)
    again()
    return plenary


@pytest.mark.usefixtures("moved")
def test_who_comes_no_more_is_not_told_of_what_they_would_have_attended(
    delegate: Registration, edition: Edition
) -> None:
    registered(edition, "stays@example.org")
    tell()
    assert waiting() == ["delegate@example.org", "stays@example.org"]
    come_no_more(delegate)
    assert tell() == []
    assert waiting() == ["stays@example.org"]


def test_who_comes_again_hears_of_it_with_the_next_release(
    delegate: Registration, moved: Session, again: Again
) -> None:
    tell()
    come_no_more(delegate)
    tell()
    Registration.objects.filter(pk=delegate.pk).update(cancelled_at=None)
    place(moved, moved.placement.room, "15:00", "16:00")
    again()
    (letter,) = tell()
    assert said(letter) == [
        f"«Пленарлық отырыс» переносится: было — 16 октября, четверг, 09:00–10:00; {TO_15}"
    ]


@pytest.mark.usefixtures("moved")
def test_a_speaker_who_comes_no_more_as_a_delegate_is_told_of_their_session(
    talk: Session, hall: Room, delegate: Registration, again: Again
) -> None:
    Speaker.objects.filter(code="AIGUL").update(person=delegate.person, email="")
    place(talk, hall, "15:00", "16:00")
    again()
    tell()
    come_no_more(delegate)
    tell()
    assert waiting() == ["delegate@example.org"]


@pytest.mark.usefixtures("moved")
def test_a_letter_that_began_to_go_is_not_taken_back(delegate: Registration) -> None:
    (letter,) = tell()
    Letter.objects.filter(pk=letter.pk).update(begun_at=NOW)
    come_no_more(delegate)
    tell()
    letter.refresh_from_db()
    assert letter.cancelled_at is None


def test_who_attends_in_another_way_is_told_without_a_registration(
    talk: Session, again: Again, monkeypatch
) -> None:
    person = User.objects.create_user("seat@example.org", language="ru")
    seats = [attendance.Attendant(person.pk, "ru", {talk.pk})]
    monkeypatch.setattr(attendance, "_ways", [*attendance._ways])
    attendance.attends(lambda _edition, _sessions: seats)
    again()
    sent(tell())
    unplace(talk)
    again()
    tell()
    tell()
    assert waiting() == ["aigul@example.org", "seat@example.org"]


def test_of_the_letters_of_those_who_come_no_more_nothing_grows(
    edition: Edition, plenary: Session, again: Again
) -> None:
    guests = [registered(edition, f"{number}@example.org") for number in range(4)]
    again()
    sent(tell())
    early(plenary)
    again()
    tell()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            tell()
        return len(queries)

    come_no_more(guests[0])
    few = asked()
    come_no_more(*guests[1:])
    assert (asked(), waiting()) == (few, [])
