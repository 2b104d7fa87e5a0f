"""The outbox: a letter is written once, withdrawn, and sent again by people."""

import datetime as dt
import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from kombu import pools
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from forum import embedded
from forum.celery import app
from forum.mailing import actions
from forum.models import Letter

from .conftest import Writer

pytestmark = pytest.mark.django_db


def test_a_letter_of_one_key_is_written_once(write: Writer) -> None:
    first = write(1)
    assert write(1, address="other@example.org") == first
    assert list(Letter.objects.values_list("to_address", flat=True)) == ["p1@example.org"]


def test_a_letter_dies_with_the_transaction_that_wrote_it(write: Writer) -> None:
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0


def forget_connections() -> None:
    """Have Celery connect anew; it has no public way to drop its pools."""
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Lead Celery to a port where nobody listens."""
    nobody = f"127.0.0.1:{embedded.free_port()}"
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis://{nobody}/0")
    forget_connections()
    yield nobody
    monkeypatch.undo()
    forget_connections()


def test_a_dead_broker_breaks_no_request(
    write: Writer,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    dead_broker: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        write(1)
    assert dead_broker in caplog.text
    assert "the next sweep sends" in caplog.text
    assert Letter.objects.unfinished().count() == 1


def test_what_is_withdrawn_may_be_written_again(write: Writer, now: dt.datetime) -> None:
    first = write(1)
    assert actions.withdraw(Letter.objects.all(), now=now) == 1
    assert write(1) != first
    assert Letter.objects.unfinished().count() == 1


def test_what_has_begun_is_not_withdrawn(write: Writer, now: dt.datetime) -> None:
    write(1)
    Letter.objects.update(claimed_at=now, begun_at=now)
    assert actions.withdraw(Letter.objects.all(), now=now) == 0


def test_sent_again_is_a_copy_that_says_who_asked(
    write: Writer, reader: User, now: dt.datetime
) -> None:
    first = write(1)
    Letter.objects.update(begun_at=now, failed_at=now, failure="550 unknown")
    copy = actions.resend(first, by=reader, now=now)
    assert (copy.copy_of, copy.asked_by, copy.text) == (first, reader, first.text)
    first.refresh_from_db()
    assert first.failure == "550 unknown"


def test_a_letter_on_its_way_is_not_sent_again(
    write: Writer, reader: User, now: dt.datetime
) -> None:
    first = write(1)
    with pytest.raises(actions.OnItsWay):
        actions.resend(first, by=reader, now=now)
    Letter.objects.update(failed_at=now)
    actions.resend(first, by=reader, now=now)
    with pytest.raises(actions.OnItsWay):
        actions.resend(first, by=reader, now=now)
    assert Letter.objects.count() == 2


def test_sending_an_uncertain_letter_again_settles_it(
    write: Writer, reader: User, now: dt.datetime
) -> None:
    first = write(1)
    Letter.objects.update(claimed_at=now, begun_at=now, uncertain_at=now)
    copy = actions.resend(first, by=reader, now=now)
    assert list(Letter.objects.uncertain()) == []
    assert list(Letter.objects.unfinished()) == [copy]
