"""The texts of old letters are erased; to whom, when and why they went is kept."""

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from forum.mailing import actions, tasks
from forum.mailing.emails import Calendar
from forum.models import Letter

from .conftest import Writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_ago(now: dt.datetime, settings: Settings) -> dt.datetime:
    settings.MAIL_KEPT_DAYS = 30
    return now - dt.timedelta(days=31)


def finished(letter: Letter, at: dt.datetime, **state: dt.datetime) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(created_at=at, **state)
    letter.refresh_from_db()
    return letter


def test_old_texts_go_and_the_rest_stays(
    write: Writer, now: dt.datetime, long_ago: dt.datetime
) -> None:
    calendar = Calendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST")
    old = finished(write(1, calendar=calendar), long_ago, begun_at=now, sent_at=now)
    failed = finished(write(2), long_ago, failed_at=now)
    uncertain = finished(write(3), long_ago, begun_at=now, uncertain_at=now)
    waiting = finished(write(4), long_ago)
    young = finished(write(5), now, begun_at=now, sent_at=now)
    assert actions.purge(now=now) == 3
    told = Letter.objects.order_by("pk").values_list("pk", "subject", "text", "purged_at")
    assert list(told) == [
        (old.pk, "Хат 1", "", now),
        (failed.pk, "Хат 2", "", now),
        (uncertain.pk, "Хат 3", "", now),
        (waiting.pk, "Хат 4", "Сәлем 4\n", None),
        (young.pk, "Хат 5", "Сәлем 5\n", None),
    ]
    old.refresh_from_db()
    assert (old.html, old.calendar, old.sent_at, old.to_address) == ("", "", now, "p1@example.org")
    assert (actions.purge(now=now), tasks.purge()) == (0, 0)


def test_every_part_of_many_is_erased(
    write: Writer, now: dt.datetime, long_ago: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "PURGED_AT_ONCE", 2)
    for number in range(5):
        finished(write(number), long_ago, missed_at=now)
    assert (actions.purge(now=now), Letter.objects.exclude(text="").count()) == (5, 0)


def test_what_is_erased_is_not_sent_again(
    write: Writer, now: dt.datetime, long_ago: dt.datetime, reader: User
) -> None:
    old = finished(write(1), long_ago, begun_at=now, sent_at=now)
    actions.purge(now=now)
    for again in (actions.resend, actions.send_copy_to):
        with pytest.raises(actions.Purged):
            again(old, by=reader, now=now)
    assert Letter.objects.count() == 1


def test_a_copy_to_oneself_says_so_and_carries_no_calendar(write: Writer, now: dt.datetime) -> None:
    calendar = Calendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST")
    first = write(1, calendar=calendar)
    clerk = User.objects.create_user("clerk@example.org", language="ru")
    copy = actions.send_copy_to(first, by=clerk, now=now)
    assert (copy.to_address, copy.subject, copy.language) == (
        "clerk@example.org",
        "Копия: Хат 1",
        "kk",
    )
    assert (copy.text, copy.calendar, copy.recipient, copy.asked_by) == (
        "Сәлем 1\n",
        "",
        None,
        clerk,
    )
    # It is no sending again: the first still goes to its reader, and can be sent again after.
    Letter.objects.filter(pk=first.pk).update(begun_at=now, sent_at=now)
    assert actions.resend(first, by=clerk, now=now).to_address == "p1@example.org"


def test_only_an_uncertain_letter_is_said_to_have_arrived(write: Writer, now: dt.datetime) -> None:
    letter = write(1)
    with pytest.raises(actions.NotUncertain):
        actions.settle_as_arrived(letter, now=now)
    Letter.objects.update(begun_at=now, uncertain_at=now)
    settled = actions.settle_as_arrived(letter, now=now)
    assert (settled.sent_at, settled.uncertain_at) == (now, None)
    with pytest.raises(actions.NotUncertain):
        actions.settle_as_arrived(letter, now=now)
