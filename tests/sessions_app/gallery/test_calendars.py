"""The calendar files of every letter, as Outlook, Google and Apple want them (RFC 5545, 6047)."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from forum.mailing.emails import to_message
from sessions_app.gallery.examples import examples

LONGEST = 75
"""Octets of a line, without its end."""


@pytest.fixture(scope="module")
def messages(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, EmailMessage]]:  # noqa: ARG001
    """Give the messages of the letters that carry a calendar, as a mail server gets them."""
    found = {}
    with django_db_blocker.unblock():
        for shown in examples(now=timezone.now(), languages=["kk"]):
            letter = shown.letter
            if not letter.calendar:
                continue
            letter.edition = letter.recipient = None  # They are taken back by now.
            body = to_message(letter, now=timezone.now()).message().as_bytes(linesep="\r\n")
            read = email.message_from_bytes(body, policy=email.policy.default)
            assert isinstance(read, EmailMessage)
            found[shown.name] = read
        yield found


def parts(message: EmailMessage, kind: str) -> list[EmailMessage]:
    return [
        part
        for part in message.walk()
        if part.get_content_type() == kind and isinstance(part, EmailMessage)
    ]


def test_letters_that_change_a_readers_days_carry_a_calendar(
    messages: dict[str, EmailMessage],
) -> None:
    kinds = {name.split("-")[0] for name in messages}
    assert kinds == {"confirmed", "place_offered", "cancelled", "reopened", "programme_change"}


def test_the_part_names_the_method_that_stands_in_the_file(
    messages: dict[str, EmailMessage],
) -> None:
    shown = 0
    for message in messages.values():
        for part in parts(message, "text/calendar"):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            calendar = Calendar.from_ical(content)
            assert part["Content-Type"].params["method"] == str(calendar["METHOD"])
            assert part["Content-Type"].params["charset"] == "utf-8"
            shown += 1
    assert shown >= 4


def test_what_is_shown_is_what_is_attached(messages: dict[str, EmailMessage]) -> None:
    for message in messages.values():
        attached = parts(message, "application/ics")
        assert attached
        assert attached[0].get_filename() == "forum.ics"
        for part in parts(message, "text/calendar"):
            (one,) = attached
            same = {bytes(file.get_payload(decode=True)) for file in (part, one)}
            assert len({content.replace(b"\r\n", b"\n") for content in same}) == 1


def test_every_event_has_what_a_calendar_needs(messages: dict[str, EmailMessage]) -> None:
    for message in messages.values():
        for part in parts(message, "application/ics"):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            assert content.count(b"\n") == content.count(b"\r\n")
            assert max(len(line) for line in content.split(b"\r\n")) <= LONGEST
            calendar = Calendar.from_ical(content)
            assert calendar.errors == []
            assert (
                calendar["VERSION"],
                calendar["METHOD"] in ("REQUEST", "PUBLISH", "CANCEL"),
            ) == (
                "2.0",
                True,
            )
            for event in calendar.walk("VEVENT"):
                needed = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER")
                assert [name for name in needed if name not in event] == []
                assert event.errors == []
                off = calendar["METHOD"] == "CANCEL"
                assert event["STATUS"] == ("CANCELLED" if off else "CONFIRMED")
                if calendar["METHOD"] == "REQUEST":
                    assert "ATTENDEE" in event
