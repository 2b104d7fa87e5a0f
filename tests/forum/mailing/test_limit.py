"""A limit of letters a minute holds over all senders together, and loses no letter."""

import datetime as dt
import threading

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from forum.mailing import sending
from forum.mailing.allowance import KEPT
from forum.models import Letter, SendingMinute

from .conftest import Mailbox, Writer

pytestmark = pytest.mark.django_db


def claimed(now: dt.datetime, *, by: str = "a", limit: int = 50) -> int:
    return len(sending.claim(by=by, now=now, limit=limit))


def test_a_minute_takes_no_more_than_the_limit(
    write: Writer, now: dt.datetime, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 3
    for number in range(5):
        write(number)
    minute = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    end = minute + dt.timedelta(seconds=59)
    taken = [claimed(minute, limit=2), claimed(end, by="b"), claimed(end, by="c")]
    assert (taken, claimed(end + dt.timedelta(seconds=1))) == ([2, 1, 0], 2)


def test_without_a_limit_no_minute_is_counted(write: Writer, now: dt.datetime) -> None:
    write(1)
    assert (claimed(now), SendingMinute.objects.count()) == (1, 0)


def test_what_a_minute_does_not_take_goes_in_the_next(
    mailbox: Mailbox, write: Writer, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 2
    for number in range(3):
        write(number)
    sent = sending.send_due(by="a")
    # Where the clock's minute ended meanwhile, the next one's allowance is used as well.
    minutes = SendingMinute.objects.count()
    assert (sent, len(mailbox.letters)) == (min(3, 2 * minutes), min(3, 2 * minutes))
    SendingMinute.objects.all().delete()
    sending.send_due(by="b")
    assert sorted(mailbox.addresses) == [f"p{number}@example.org" for number in range(3)]


def test_a_letter_in_a_hurry_goes_before_a_mailing(
    write: Writer, now: dt.datetime, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 1
    write(1, kind="day_summary")
    urgent = write(2)
    assert [letter.pk for letter in sending.claim(by="a", now=now)] == [urgent.pk]


def test_minutes_long_past_are_forgotten(
    write: Writer, now: dt.datetime, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 1
    old = now - KEPT - dt.timedelta(minutes=1)
    SendingMinute.objects.create(minute=old, letters=1)
    write(1)
    claimed(now)
    assert list(SendingMinute.objects.values_list("letters", flat=True)) == [1]
    assert not SendingMinute.objects.filter(minute=old).exists()


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_share_one_allowance(
    write: Writer, now: dt.datetime, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 10
    for number in range(40):
        write(number)
    start, taken = threading.Barrier(4), []

    def run(name: str) -> None:
        start.wait()
        taken.append(claimed(now, by=name, limit=4))
        taken.append(claimed(now, by=f"{name}2", limit=4))
        connection.close()

    senders = [threading.Thread(target=run, args=(name,)) for name in "abcd"]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (sum(taken), Letter.objects.filter(claimed_at=now).count()) == (10, 10)
