"""Reminders to answer: a week, two weeks, three days before; one a step, to who did not answer."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter
from sessions_app.invitations import actions
from sessions_app.invitations.planners import answer_reminders
from sessions_app.invitations.times import answer_by, begins_at, step_due
from sessions_app.models import Session, Speaker

from .conftest import DAY, FIRST_DAY, NOW

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def run(now: dt.datetime) -> int:
    return carry_out([answer_reminders], now=now, hidden_too=True)


@pytest.fixture
def invited(speaker: Speaker, session: Session) -> Speaker:
    assert session.edition == speaker.edition
    actions.invite(speaker.edition, [speaker], by=None, now=NOW)
    return Speaker.objects.get(pk=speaker.pk)


def before(edition: Edition, days: float) -> dt.datetime:
    return begins_at(edition) - days * DAY


def test_after_a_week_once(invited: Speaker) -> None:
    due = NOW + 7 * DAY
    assert [run(due - MINUTE), run(due), run(due + MINUTE)] == [0, 1, 0]
    letter = Letter.objects.get(kind="speaker_reminder")
    assert (letter.to_address, letter.language) == (invited.email, "ru")
    assert invited.link_secret in letter.text


def test_three_letters_in_all_and_none_once_it_has_begun(
    invited: Speaker, edition: Edition
) -> None:
    days = int((begins_at(edition) + 2 * DAY - NOW) / DAY)
    # NOW is noon in Astana; the last is due at ten in the morning.
    sent = [day for day in range(days) if run(NOW + day * DAY)]
    assert sent == [7, 14, (FIRST_DAY - NOW.date()).days - 3]
    assert invited.confirmed_at is None


@pytest.mark.parametrize("answer", ["confirm", "decline"])
def test_who_answered_is_left_in_peace(invited: Speaker, answer: str) -> None:
    how = {"reason": ""} if answer == "decline" else {}
    getattr(actions, answer)(invited, by=None, now=NOW, **how)
    assert run(NOW + 7 * DAY) == 0


def test_without_an_address_nothing_is_written(invited: Speaker) -> None:
    Speaker.objects.update(email="")
    assert run(NOW + 7 * DAY) == 0
    Speaker.objects.update(person=User.objects.create_user("p@example.org"))
    assert run(NOW + 7 * DAY) == 1
    assert Letter.objects.get(kind="speaker_reminder").to_address == "p@example.org"
    assert invited.email != ""


def test_who_was_not_invited_is_not_reminded(speaker: Speaker) -> None:
    assert run(NOW + 7 * DAY) == 0
    assert speaker.invited_at is None


def test_after_an_outage_one_letter_goes_for_all_steps(invited: Speaker, edition: Edition) -> None:
    assert run(before(edition, 1)) == 1
    assert run(before(edition, 0.5)) == 0
    assert invited.invited_at == NOW


def test_a_late_step_keeps_its_distance_to_the_next(invited: Speaker) -> None:
    late = NOW + 13.5 * DAY
    assert [run(late), run(NOW + 14 * DAY), run(late + 2 * DAY)] == [1, 0, 1]
    assert invited.invited_at == NOW


def test_one_sent_by_hand_puts_the_next_off(invited: Speaker) -> None:
    actions.remind(invited.edition, [invited], now=NOW + 6 * DAY)
    assert [run(NOW + 7 * DAY), run(NOW + 8 * DAY)] == [0, 1]


def test_a_new_link_begins_anew(invited: Speaker) -> None:
    run(NOW + 7 * DAY)
    actions.renew_link(invited, by=None, now=NOW + 7 * DAY)
    assert run(NOW + 14 * DAY) == 0
    assert Letter.objects.unfinished().count() == 0
    later = NOW + 15 * DAY
    actions.invite(invited.edition, [invited], by=None, now=later)
    assert run(later + 7 * DAY) == 1


def test_whose_sessions_are_all_cancelled_is_not_asked_any_more(invited: Speaker) -> None:
    Session.objects.update(cancelled_at=NOW)
    assert run(NOW + 7 * DAY) == 0
    Session.objects.all().delete()
    assert run(NOW + 7 * DAY) == 1
    assert invited.invited_at == NOW


def test_an_archived_edition_writes_nothing(invited: Speaker) -> None:
    Edition.objects.update(archived_at=NOW)
    assert run(NOW + 7 * DAY) == 0
    assert invited.invited_at == NOW


@pytest.mark.parametrize(("ahead", "step"), [(1.5, ""), (5, "last"), (9, "last")])
def test_who_is_invited_late_is_not_reminded_at_once(
    edition: Edition, ahead: float, step: str
) -> None:
    invited_at = before(edition, ahead)
    steps = {
        step_due(edition, invited_at=invited_at, now=before(edition, n / 10)) for n in range(90)
    }
    assert steps - {""} == {step} - {""}


def test_answers_are_awaited_for_two_weeks_or_until_the_last_reminder(edition: Edition) -> None:
    assert answer_by(edition, invited_at=NOW) == dt.date(2098, 9, 15)
    assert answer_by(edition, invited_at=before(edition, 8)) == FIRST_DAY - 4 * DAY
    assert answer_by(edition, invited_at=before(edition, 2)) == FIRST_DAY - 2 * DAY


def test_three_speakers_cost_as_many_queries_as_one(invited: Speaker, other: Speaker) -> None:
    costs = []
    for count in (1, 2):
        if count == 2:
            actions.invite(other.edition, [other], by=None, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert run(NOW + 7 * DAY) == count
        costs.append(len(asked))
        Letter.objects.filter(kind="speaker_reminder").delete()
    assert costs[0] == costs[1]
    assert invited.pk != other.pk


def test_the_demo_never_begins_so_that_anybody_can_try_it(invited: Speaker) -> None:
    Edition.objects.filter(pk=invited.edition.pk).update(is_demo=True)
    later = before(invited.edition, -400)
    Speaker.objects.update(invited_at=None)
    demo = Edition.objects.get(pk=invited.edition.pk)
    actions.invite(demo, [Speaker.objects.get()], by=None, now=later)
    actions.confirm(Speaker.objects.get(), by=None, now=later)
    assert Speaker.objects.get().confirmed_at == later
