"""Which sessions the desk's page of needs hears of."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Edition, Organiser, Registration
from forum.needs.gatherings import Tally
from sessions_app.audiences.gatherings import gatherings_of, tallies_of_seats
from sessions_app.models import Placement, Room, Session
from sessions_app.releases.actions import publish
from sessions_app.seats.models import Seat

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 10, 1, 7, tzinfo=dt.UTC)


@pytest.fixture
def edition() -> Edition:
    edition = Edition.objects.create(
        slug="12",
        year=2025,
        name_en="12th Civil Forum",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )
    room = Room.objects.create(edition=edition, code="main", name_en="Main", name_kk="Басты зал")
    kinds = ("plenary", "breakout", "ceremony", "plenary")
    for number, kind in enumerate(kinds):
        session = Session.objects.create(
            edition=edition,
            code=f"S{number}",
            title_en=f"{kind} {number}",
            kind=kind,
            working_languages=["ru"],
            interpretation_languages=["kk"],
            sign_language=True,
        )
        starts = dt.datetime(2025, 10, 15, 5 + number, tzinfo=dt.UTC)
        Placement.objects.create(
            session=session, room=room, starts_at=starts, ends_at=starts + dt.timedelta(hours=1)
        )
    return edition


def test_before_the_first_release_there_is_none(edition: Edition) -> None:
    assert list(gatherings_of(edition)) == []


def test_what_everybody_comes_to_is_told_with_what_it_offers(edition: Edition) -> None:
    publish(edition, by=None, note="", now=NOW)
    Session.objects.filter(code="S3").update(cancelled_at=NOW)
    told = list(gatherings_of(edition))
    assert [one.title.text for one in told] == ["plenary 0", "ceremony 2"]
    first = told[0]
    assert (first.day, first.place.text) == (dt.date(2025, 10, 15), "Басты зал")
    assert (first.working_languages, first.interpretation) == ({"ru"}, {"kk"})
    assert (first.sign_language, first.hearing_loop, first.group) == (True, False, None)


def test_the_desk_shows_them(edition: Edition, client: Client) -> None:
    publish(edition, by=None, note="", now=NOW)
    person = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=edition, person=person)
    client.force_login(person)
    page = client.get("/en/12/desk/needs/sessions/").content.decode()
    assert "plenary 0" in page
    assert "breakout 1" not in page
    assert 'href="/en/12/programme/S0/"' in page


def test_a_session_with_seats_counts_who_holds_one(edition: Edition) -> None:
    publish(edition, by=None, note="", now=NOW)
    session = Session.objects.get(code="S1")
    Session.objects.filter(pk=session.pk).update(has_seats=True)
    for number, told in enumerate([{}, {}, {"waiting_since": NOW, "taken_at": None}]):
        person = User.objects.create_user(f"p{number}@example.org")
        registration = Registration.objects.create(
            edition=edition,
            person=person,
            code=f"CODE{number}",
            category="ngo",
            languages=["kk"],
            needs=["sign"],
            registered_at=NOW,
            confirmed_at=NOW,
        )
        seat: dict[str, object] = {"taken_at": NOW, **told}
        Seat.objects.create(registration=registration, session=session, **seat)
    (one,) = [one for one in gatherings_of(edition) if one.group]
    assert (one.title.text, one.group) == ("breakout 1", session.pk)
    assert tallies_of_seats(edition, [session.pk]) == {
        session.pk: [Tally(count=2, languages=frozenset({"kk"}), needs=frozenset({"sign"}))]
    }


def test_who_lost_the_place_at_the_forum_does_not_count(edition: Edition) -> None:
    session = Session.objects.get(code="S1")
    registration = Registration.objects.create(
        edition=edition,
        person=User.objects.create_user("p@example.org"),
        code="CODE",
        category="ngo",
        registered_at=NOW,
        confirmed_at=NOW,
        cancelled_at=NOW,
    )
    Seat.objects.create(registration=registration, session=session, taken_at=NOW)
    assert tallies_of_seats(edition, [session.pk]) == {}
