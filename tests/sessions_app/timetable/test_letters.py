"""Reminders and summaries: the right people, once, at the right hour, and never too late."""

import datetime as dt
import logging
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.mailing import actions
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter, LetterKind, Registration, Topic
from forum.registrations.planners import organiser_summaries
from forum.subscriptions.actions import switch
from forum.subscriptions.models import Way
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from sessions_app.timetable.planners import day_summaries, edition_reminders, session_reminders

from .conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _published(edition: Edition, speaker: Speaker) -> None:
    edition.published_at = edition.registration_opens_at = NOW
    edition.save()
    speaker.email, speaker.language = "speaker@example.org", "kk"
    speaker.save()


@pytest.fixture
def delegates(edition: Edition) -> list[Registration]:
    """One confirmed, one waiting, one cancelled."""
    states = [
        {"confirmed_at": NOW},
        {"waiting_since": NOW},
        {"confirmed_at": NOW, "cancelled_at": NOW},
    ]
    return [
        Registration.objects.create(
            edition=edition,
            person=User.objects.create_user(f"p{number}@example.org", language="ru"),
            code=f"R{number}",
            category="ngo",
            registered_at=NOW,
            **state,
        )
        for number, state in enumerate(states, start=1)
    ]


def release(edition: Edition) -> None:
    publish(edition, by=None, note="", now=NOW)


def waiting_letters() -> list[str]:
    return list(Letter.objects.unfinished().order_by("pk").values_list("to_address", flat=True))


def test_a_speaker_is_reminded_an_hour_before_once(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
) -> None:
    placed("Ашылу", hall, "10:00", "11:00", speaker)
    release(edition)
    assert carry_out([session_reminders], now=at("09:00") - MINUTE) == 0
    assert carry_out([session_reminders], now=at("09:00")) == 1
    assert carry_out([session_reminders], now=at("09:01")) == 0
    letter = Letter.objects.get()
    assert (letter.to_address, letter.useful_until) == ("speaker@example.org", at("10:00"))
    assert "10:00–11:00  Ашылу (Үлкен зал)" in letter.text


def test_three_sessions_of_a_day_are_one_letter(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
) -> None:
    for start, end in (("10:00", "11:00"), ("12:00", "13:00"), ("15:00", "16:00")):
        placed(f"Отырыс {start}", hall, start, end, speaker)
    release(edition)
    for clock in ("09:00", "11:30", "14:30"):
        carry_out([session_reminders], now=at(clock))
    letter = Letter.objects.get()
    assert letter.text.count("Отырыс") == 3


def test_after_an_outage_nothing_is_said_of_what_has_begun(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
) -> None:
    placed("Ашылу", hall, "10:00", "11:00", speaker)
    release(edition)
    assert carry_out([session_reminders], now=at("10:00")) == 0


def test_a_moved_sessions_reminder_dies_and_is_planned_anew(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
) -> None:
    placement = placed("Ашылу", hall, "10:00", "11:00", speaker)
    release(edition)
    carry_out([session_reminders], now=at("09:00"))
    Placement.objects.filter(pk=placement.pk).update(starts_at=at("14:00"), ends_at=at("15:00"))
    release(edition)
    assert carry_out([session_reminders], now=at("09:10")) == 0
    assert waiting_letters() == []
    assert carry_out([session_reminders], now=at("13:00")) == 1
    Placement.objects.filter(pk=placement.pk).update(starts_at=at("10:00"), ends_at=at("11:00"))
    release(edition)
    assert carry_out([session_reminders], now=at("09:30")) == 1


def test_of_a_cancelled_session_nobody_is_reminded(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
) -> None:
    placed("Ашылу", hall, "10:00", "11:00", speaker)
    release(edition)
    carry_out([session_reminders], now=at("09:00"))
    Session.objects.update(cancelled_at=NOW)
    carry_out([session_reminders], now=at("09:01"))
    assert waiting_letters() == []


def test_the_evening_before_who_holds_a_place_gets_the_day(
    edition: Edition, hall: Room, placed: Placer, delegates: list[Registration]
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    release(edition)
    assert len(delegates) == 3
    evening = at("18:00") - DAY
    assert carry_out([day_summaries], now=evening - MINUTE) == 0
    assert carry_out([day_summaries], now=evening) == 1
    assert carry_out([day_summaries], now=evening + MINUTE) == 0
    letter = Letter.objects.get()
    assert (letter.to_address, letter.language, letter.useful_until) == (
        "p1@example.org",
        "ru",
        at("12:00"),
    )
    assert "10:00–11:00  Ашылу (Үлкен зал)" in letter.text


def test_for_who_switched_them_off_nothing_is_written_until_they_are_on_again(
    edition: Edition, hall: Room, placed: Placer, delegates: list[Registration]
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    release(edition)
    evening, person = at("18:00") - DAY, delegates[0].person
    told: dict[str, Any] = {"way": Way.PAGE, "by": person, "now": evening}
    switch(person, topic=Topic.SUMMARIES, on=False, **told)
    assert carry_out([day_summaries], now=evening) == 0
    assert not Letter.objects.exists()
    switch(person, topic=Topic.SUMMARIES, on=True, **told)
    assert carry_out([day_summaries], now=evening + MINUTE) == 1


def test_a_summary_that_would_be_too_late_is_not_written(
    edition: Edition, hall: Room, placed: Placer, delegates: list[Registration]
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    release(edition)
    assert len(delegates) == 3
    assert carry_out([day_summaries], now=at("12:00")) == 0


def test_the_reminder_of_the_day_before_is_for_who_held_a_place_then(
    delegates: list[Registration],
) -> None:
    due = at("10:00") - 2 * DAY
    Registration.objects.filter(pk=delegates[1].pk).update(confirmed_at=due + MINUTE)
    assert carry_out([edition_reminders], now=due + 2 * MINUTE) == 1
    assert carry_out([edition_reminders], now=due + 3 * MINUTE) == 0
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_address) == (LetterKind.EDITION_REMINDER, "p1@example.org")


def test_the_reminder_says_when_doors_open_and_where(
    edition: Edition, hall: Room, delegates: list[Registration], placed: Placer
) -> None:
    Edition.objects.update(starts_on=at("00:00").date(), venue_kk="Орталық (демо)")
    for title, start, end in (("Тіркеу", "08:30", "09:30"), ("Ашылу", "09:30", "10:00")):
        placement = placed(title, hall, start, end)
        if title == "Тіркеу":
            Session.objects.filter(pk=placement.session_id).update(kind="check_in")
    edition.refresh_from_db()
    release(edition)
    User.objects.filter(pk=delegates[0].person_id).update(language="en")
    assert carry_out([edition_reminders], now=at("10:00") - DAY) == 1
    letter = Letter.objects.get()
    for words in (letter.text, letter.html):
        assert "The doors open at 08:30." in words
        assert "The first session begins at 09:30." in words
        assert "Орталық (демо)" in words
        assert "/en/12/programme/" in words


def test_the_reminder_names_no_hour_while_nothing_is_published(
    delegates: list[Registration],
) -> None:
    User.objects.filter(pk=delegates[0].person_id).update(language="en")
    assert carry_out([edition_reminders], now=at("10:00") - 2 * DAY) == 1
    assert "begins at" not in Letter.objects.get().text


@pytest.mark.parametrize("field", ["archived_at", "published_at"])
def test_an_archived_or_hidden_edition_writes_nothing(
    delegates: list[Registration], field: str
) -> None:
    assert len(delegates) == 3
    Edition.objects.update(**{field: NOW if field == "archived_at" else None})
    assert carry_out([edition_reminders], now=at("10:00") - 2 * DAY) == 0


def test_organisers_read_every_morning_who_is_new(
    edition: Edition, delegates: list[Registration]
) -> None:
    boss = User.objects.create_user("boss@example.org", language="en")
    User.objects.create_user("stranger@example.org")
    edition.team.create(person=boss)
    morning = dt.datetime(2025, 10, 2, 8, 0, tzinfo=edition.zone)
    assert len(delegates) == 3
    assert carry_out([organiser_summaries], now=morning) == 1
    assert carry_out([organiser_summaries], now=morning + MINUTE) == 0
    letter = Letter.objects.get()
    assert (letter.to_address, letter.subject) == (
        "boss@example.org",
        "2 new registrations: Twelfth",
    )
    assert (
        "Hold a place: 1\nAwait approval: 0\nWait for a place: 1\nLetters not sent: 0"
        in letter.text
    )


def test_a_broken_rule_stops_no_other_and_is_logged(
    edition: Edition, delegates: list[Registration], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(edition: Edition, *, now: dt.datetime) -> list[list[Letter]]:
        raise ZeroDivisionError(edition, now)

    assert len(delegates) == 3
    with caplog.at_level(logging.ERROR):
        assert carry_out([broken, edition_reminders], now=at("10:00") - 2 * DAY) == 1
    assert f"The rule broken failed for {edition.slug}." in caplog.text


def test_who_cancels_gets_no_reminder_that_was_written(
    edition: Edition, delegates: list[Registration]
) -> None:
    carry_out([edition_reminders], now=at("10:00") - 2 * DAY)
    ours = Letter.objects.filter(edition=edition, recipient=delegates[0].person)
    assert actions.withdraw(ours, now=NOW) == 1
    assert waiting_letters() == []


def test_a_delegate_for_whom_nothing_can_be_drafted_stops_nobody(
    edition: Edition,
    hall: Room,
    placed: Placer,
    delegates: list[Registration],
    caplog: pytest.LogCaptureFixture,
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    release(edition)
    Registration.objects.filter(pk=delegates[1].pk).update(confirmed_at=NOW)
    User.objects.filter(pk=delegates[0].person_id).update(language="xx")
    with caplog.at_level(logging.ERROR):
        assert carry_out([day_summaries], now=at("18:00") - DAY) == 1
    assert waiting_letters() == ["p2@example.org"]
    assert f"No letter could be drafted for Registration {delegates[0].pk}." in caplog.text


def test_three_delegates_cost_as_many_queries_as_one(
    edition: Edition, hall: Room, placed: Placer, delegates: list[Registration]
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    release(edition)
    costs = []
    for _count in range(2):
        with CaptureQueriesContext(connection) as queries:
            carry_out([day_summaries], now=at("18:00") - DAY)
        costs.append((Letter.objects.count(), len(queries)))
        Letter.objects.all().delete()
        Registration.objects.update(confirmed_at=NOW, cancelled_at=None)
    assert len(delegates) == 3
    assert costs == [(1, costs[0][1]), (3, costs[0][1])]
