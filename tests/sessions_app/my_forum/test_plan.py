"""My forum shows one's days, by few queries however many they hold."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from forum.models import Letter, Registration
from sessions_app.models import Appearance, Kind, Room, Session, Speaker, Star
from sessions_app.my_forum.plan import days_of
from tests.sessions_app.releases.conftest import place
from tests.sessions_app.seats.conftest import NOW, Again, take

pytestmark = pytest.mark.django_db


def told(registration: Registration, *, is_coming: bool = True) -> list[tuple[str, str]]:
    """Return the titles of the days' sessions, each with what it is to the person."""
    days = days_of(registration.person, edition=registration.edition, is_coming=is_coming)
    facts = ("speaks", "taken_at", "choose_until", "has_seat", "is_starred")
    return [
        (slot.session.title_kk, " ".join(fact for fact in facts if getattr(slot, fact)))
        for _day, slots in days
        for slot in slots
    ]


def test_days_hold_what_is_ones_own_and_what_is_for_everybody(
    coming: list[Registration], water: Session, books: Session, air: Session, again: Again
) -> None:
    for one in coming[:3]:
        take(one, water)
    Star.objects.create(person=coming[2].person, session=books)
    Session.objects.filter(pk=air.pk).update(kind=Kind.PLENARY)
    assert told(coming[0]) == [("Су", "taken_at has_seat"), ("Ауа", "")]
    assert told(coming[2]) == [("Су", "has_seat"), ("Кітап", "is_starred"), ("Ауа", "")]
    assert told(coming[3]) == [("Ауа", "")]
    assert told(coming[3], is_coming=False) == []
    speaker = Speaker.objects.create(edition=air.edition, code="S1", person=coming[3].person)
    Appearance.objects.create(session=books, speaker=speaker)
    again()
    assert told(coming[3], is_coming=False) == [("Кітап", "speaks")]


def test_seats_that_clash_are_to_be_chosen_from(
    client: Client, delegate: Registration, sessions: list[Session], again: Again
) -> None:
    water, _books, air = sessions
    take(delegate, water)
    take(delegate, air)
    third = Room.objects.create(edition=air.edition, code="third", position=2)
    place(air, third, "10:30", "11:30")
    again()
    client.force_login(delegate.person)
    page = client.get(f"/en/{delegate.edition.slug}/me/").text
    assert page.count("Some of your seats are at the same time now. Choose one of them") == 1


def test_my_forum_asks_as_often_for_much_as_for_little(
    client: Client, delegate: Registration, sessions: list[Session], large: Room, again: Again
) -> None:
    organisation = Organisation.objects.create(name_kk="Үлгі қоры")
    Registration.objects.filter(pk=delegate.pk).update(organisation=organisation)
    delegate.edition.is_demo = True
    delegate.edition.save()
    speaker = Speaker.objects.create(
        edition=delegate.edition, code="S1", person=delegate.person, given_name_kk="Үлгі"
    )
    path = f"/en/{delegate.edition.slug}/me/"

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    take(delegate, sessions[0])
    place(sessions[0], large, "15:00", "16:00")
    again()
    client.force_login(delegate.person)
    count()
    little = count()
    Star.objects.bulk_create(Star(person=delegate.person, session=one) for one in sessions)
    Appearance.objects.create(session=sessions[1], speaker=speaker)
    Letter.objects.bulk_create(
        Letter(
            edition=delegate.edition,
            recipient=delegate.person,
            to_address=delegate.person.email,
            kind="confirmed",
            language="en",
            subject="A letter",
            dedupe_key=f"test:{number}",
            created_at=NOW,
        )
        for number in range(30)
    )
    place(sessions[2], large, "17:00", "18:00")
    again()
    assert (little, count()) == (10, 10)
