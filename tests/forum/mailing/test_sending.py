"""The sender, before a mail server that takes, refuses, puts off and hangs up."""

import datetime as dt
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from forum import embedded
from forum.mailing import sending, tasks
from forum.mailing.emails import Calendar, Content
from forum.models import Edition, Letter, LetterKind

from .conftest import Mailbox, Writer

pytestmark = pytest.mark.django_db


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    names = ("sent", "failed", "missed", "cancelled", "uncertain")
    return next((name for name in names if getattr(letter, f"{name}_at")), "waits")


def test_each_letter_goes_once_over_one_connection(mailbox: Mailbox, write: Writer) -> None:
    for number in (1, 2, 3):
        write(number)
    assert sending.send_due(by="a") == 3
    assert sending.send_due(by="b") == 0
    assert mailbox.addresses == ["p1@example.org", "p2@example.org", "p3@example.org"]
    assert mailbox.connections == 1


def test_a_domain_in_kazakh_goes_over_the_wire_in_ascii(mailbox: Mailbox, write: Writer) -> None:
    letter = write(1, address="p1@пошта.қаз")
    assert sending.send_due(by="a") == 1
    assert state(letter) == "sent"
    assert mailbox.recipients == ["p1@xn--80a1acn3a.xn--80ao21a"]


def test_the_headers_are_those_of_a_machine(
    mailbox: Mailbox, write: Writer, edition: Edition
) -> None:
    edition.contact_email = "team@example.org"
    edition.save()
    letter = write(1, edition=edition)
    sending.send_due(by="a")
    (got,) = mailbox.letters
    assert got["Subject"] == "Хат 1"
    assert got["From"].addresses[0].addr_spec == "forum@example.org"
    assert got["Reply-To"] == "team@example.org"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Message-ID"] == got["Message-ID"].strip() != ""
    assert got["Date"].datetime >= letter.created_at.replace(microsecond=0)
    assert got.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]


def test_a_calendar_is_shown_and_attached(mailbox: Mailbox, write: Writer) -> None:
    write(1, calendar=Calendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST"))
    sending.send_due(by="a")
    alternative, attached = mailbox.letters[0].iter_parts()
    shown = list(alternative.iter_parts())[2]
    assert (shown.get_content_type(), shown.get_param("method")) == ("text/calendar", "REQUEST")
    assert (attached.get_content_type(), attached.get_filename()) == (
        "application/ics",
        "forum.ics",
    )


def test_a_subject_cannot_add_a_header(mailbox: Mailbox, write: Writer) -> None:
    write(1, content=Content("kk", "Хат\r\nBcc: all@example.org", "Сәлем\n", "<p>Сәлем</p>"))
    sending.send_due(by="a")
    assert mailbox.letters[0]["Subject"] == "Хат Bcc: all@example.org"
    assert mailbox.letters[0]["Bcc"] is None


def test_a_line_that_is_a_dot_does_not_end_the_letter(mailbox: Mailbox, write: Writer) -> None:
    write(1, content=Content("en", "Dots", "before\n.\n..after\n", "<p>.</p>"))
    sending.send_due(by="a")
    body = mailbox.letters[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == ["before", ".", "..after"]


def test_who_is_refused_for_good_has_failed_and_stops_nobody(
    mailbox: Mailbox, write: Writer
) -> None:
    mailbox.answers_to_address["p1@example.org"] = "550 5.1.1 no such mailbox"
    refused, taken = write(1), write(2)
    sending.send_due(by="a")
    assert (state(refused), state(taken)) == ("failed", "sent")
    assert refused.failure == "550 5.1.1 no such mailbox"
    assert mailbox.connections == 1


def test_who_is_put_off_is_tried_again_after_growing_pauses(
    mailbox: Mailbox, write: Writer
) -> None:
    mailbox.answers_to_address["p1@example.org"] = "451 4.7.1 greylisted"
    letter = write(1)
    pauses = []
    for _attempt in sending.PAUSES:
        sending.send_due(by="a")
        letter.refresh_from_db()
        assert letter.retry_at is not None
        pauses.append(round((letter.retry_at - dt.datetime.now(dt.UTC)).total_seconds() / 60))
        assert sending.send_due(by="a") == 0
        Letter.objects.update(retry_at=None)
    assert pauses == [1, 5, 15, 60, 120, 240, 480]
    sending.send_due(by="a")
    assert (state(letter), letter.attempts) == ("failed", 8)


def test_what_was_put_off_arrives_later(mailbox: Mailbox, write: Writer) -> None:
    mailbox.answers_to_address["p1@example.org"] = "451 4.7.1 greylisted"
    letter = write(1)
    sending.send_due(by="a")
    mailbox.answers_to_address.clear()
    Letter.objects.update(retry_at=None)
    sending.send_due(by="a")
    assert (state(letter), letter.failure, mailbox.addresses) == ("sent", "", ["p1@example.org"])


def test_without_a_mail_server_letters_wait_and_are_not_to_blame(
    settings: Settings, mailbox: Mailbox, write: Writer
) -> None:
    open_port = settings.EMAIL_PORT
    settings.EMAIL_PORT = embedded.free_port()
    letter = write(1)
    assert sending.send_due(by="a") == 0
    assert mailbox.letters == []
    assert (state(letter), letter.attempts, letter.begun_at) == ("waits", 0, None)
    settings.EMAIL_PORT = open_port
    Letter.objects.update(retry_at=None)
    assert sending.send_due(by="a") == 1


def test_no_answer_after_the_last_line_is_uncertain_and_the_next_goes(
    mailbox: Mailbox, write: Writer
) -> None:
    mailbox.answer_to_data = lambda envelope: (
        "hang up" if envelope.rcpt_tos == ["p1@example.org"] else "250 taken"
    )
    lost, taken = write(1), write(2)
    sending.send_due(by="a")
    assert (state(lost), state(taken)) == ("uncertain", "sent")
    assert sending.send_due(by="b") == 0
    assert list(Letter.objects.uncertain()) == [lost]


def test_what_is_too_late_is_missed(mailbox: Mailbox, write: Writer, now: dt.datetime) -> None:
    late = write(1, useful_until=now - dt.timedelta(seconds=1))
    timely = write(2, useful_until=now + dt.timedelta(hours=1))
    sending.send_due(by="a")
    assert (state(late), state(timely)) == ("missed", "sent")
    assert mailbox.addresses == ["p2@example.org"]


def test_what_is_not_due_waits(mailbox: Mailbox, write: Writer, now: dt.datetime) -> None:
    write(1, due_at=now + dt.timedelta(hours=1))
    assert sending.send_due(by="a") == 0
    assert mailbox.letters == []


def test_what_a_dead_sender_claimed_is_free_after_the_lease(
    mailbox: Mailbox, write: Writer, now: dt.datetime
) -> None:
    letter = write(1)
    sending.claim(by="dead", now=now)
    sending.recover(now=now + dt.timedelta(seconds=179))
    assert sending.send_due(by="b") == 0
    sending.recover(now=now + dt.timedelta(seconds=181))
    assert sending.send_due(by="b") == 1
    assert state(letter) == "sent"
    assert mailbox.addresses == ["p1@example.org"]


def test_what_a_dead_sender_had_begun_is_uncertain_and_never_resent(
    mailbox: Mailbox, write: Writer, now: dt.datetime
) -> None:
    letter = write(1)
    sending.claim(by="dead", now=now)
    Letter.objects.update(begun_at=now)
    sending.recover(now=now + dt.timedelta(seconds=181))
    assert sending.send_due(by="b") == 0
    assert state(letter) == "uncertain"
    assert mailbox.letters == []


def test_a_sender_that_lost_its_claim_sends_nothing(
    mailbox: Mailbox, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    claim = sending.claim

    def slow(**how: Any) -> list[Letter]:
        mine = claim(**how)
        Letter.objects.update(claimed_by="another")
        return mine

    monkeypatch.setattr(sending, "claim", slow)
    assert sending.send_due(by="slow") == 0
    assert mailbox.letters == []


def test_the_sweep_sends_what_nobody_was_told_of(mailbox: Mailbox, write: Writer) -> None:
    write(1)
    assert tasks.sweep() == 1
    assert mailbox.addresses == ["p1@example.org"]


def test_a_confirmation_does_not_wait_behind_a_bulk(write: Writer, now: dt.datetime) -> None:
    for number in range(3):
        write(number, kind=LetterKind.DAY_SUMMARY)
    mine = write(9)
    assert sending.claim(by="a", now=now, limit=1) == [mine]
