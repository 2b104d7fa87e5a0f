"""What a reader switched off does not go, whenever it was switched off."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from forum.mailing import actions, sending
from forum.mailing.topics import TOPICS, topic_of
from forum.models import LetterKind, Registration, Topic
from forum.subscriptions.actions import switch_off, switch_on
from forum.subscriptions.models import Way, readers

from .conftest import Mailbox, Writer

pytestmark = pytest.mark.django_db
SUMMARY = LetterKind.DAY_SUMMARY


def off(person: User, topic: Topic = Topic.SUMMARIES) -> None:
    switch_off(person, topic=topic, way=Way.PAGE, by=person, now=timezone.now())


def on(person: User, topic: Topic = Topic.SUMMARIES) -> None:
    switch_on(person, topic=topic, way=Way.PAGE, by=person, now=timezone.now())


def test_every_kind_says_whether_it_can_be_switched_off() -> None:
    assert set(TOPICS) == set(LetterKind)


def test_what_was_switched_off_before_is_written_as_withdrawn(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    off(reader)
    letter = write(1, kind=SUMMARY, recipient=reader)
    sending.send_due(by="w")
    assert (letter.cancelled_at, letter.unwanted_at) == (letter.created_at, letter.created_at)
    assert mailbox.letters == []


def test_what_was_switched_off_after_it_was_planned_does_not_go(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    letter = write(1, kind=SUMMARY, recipient=reader)
    off(reader)
    write(2)
    sending.send_due(by="w")
    letter.refresh_from_db()
    assert letter.unwanted_at
    assert letter.unwanted_at == letter.cancelled_at
    assert mailbox.addresses == ["p2@example.org"]


def test_what_is_switched_off_while_a_sender_holds_it_does_not_go(
    write: Writer, reader: User, mailbox: Mailbox, now: dt.datetime
) -> None:
    write(1, kind=SUMMARY, recipient=reader)
    held = sending.claim(by="w", now=now)
    off(reader)
    assert [sending._begin(letter, by="w") for letter in held] == [False]
    assert mailbox.letters == []


def test_what_is_on_again_is_planned_anew(write: Writer, reader: User, mailbox: Mailbox) -> None:
    write(1, kind=SUMMARY, recipient=reader)
    off(reader)
    sending.send_due(by="w")
    on(reader)
    write(1, kind=SUMMARY, recipient=reader)
    sending.send_due(by="w")
    assert len(mailbox.letters) == 1


def test_another_topic_and_what_cannot_be_switched_off_go(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    off(reader)
    write(1, kind=LetterKind.EDITION_REMINDER, recipient=reader)
    write(2, kind=LetterKind.CANCELLED, recipient=reader)
    sending.send_due(by="w")
    assert len(mailbox.letters) == 2


def test_another_reader_gets_theirs(write: Writer, reader: User, mailbox: Mailbox) -> None:
    off(User.objects.create_user("p2@example.org"))
    write(1, kind=SUMMARY, recipient=reader)
    sending.send_due(by="w")
    assert len(mailbox.letters) == 1


def test_what_somebody_sends_again_by_hand_goes(
    write: Writer, reader: User, mailbox: Mailbox, now: dt.datetime
) -> None:
    off(reader)
    letter = write(1, kind=SUMMARY, recipient=reader)
    actions.resend(letter, by=User.objects.create_user("staff@example.org"), now=now)
    sending.send_due(by="w")
    assert len(mailbox.letters) == 1


def test_readers_are_those_who_did_not_switch_it_off(reader: User) -> None:
    other = User.objects.create_user("p2@example.org")
    off(reader)
    assert list(readers(User.objects.all(), topic_of(SUMMARY))) == [other]
    assert readers(User.objects.all(), topic_of(LetterKind.CANCELLED)).count() == 2
    assert readers(Registration.objects.all(), Topic.SUMMARIES, person="person").count() == 0


def test_switching_off_twice_is_once_and_each_time_is_remembered(reader: User) -> None:
    off(reader)
    off(reader)
    on(reader)
    off(reader)
    assert [bool(choice.on_again_at) for choice in reader.switched_off.order_by("pk")] == [
        True,
        False,
    ]
