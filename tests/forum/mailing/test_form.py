"""A letter as a mail server and a mail program get it."""

import datetime as dt
import email
import email.policy
import re
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from forum.mailing import actions, emails, sending
from forum.mailing.emails import CHOICE, Content
from forum.models import Letter, LetterKind, Topic
from forum.subscriptions.models import is_off

from .conftest import Mailbox, Writer

pytestmark = pytest.mark.django_db
WORDS = Content("ru", "Тема", f"Слова\n\n{CHOICE}\n", f"<p>Слова</p>{CHOICE}")


def arrived(mailbox: Mailbox) -> EmailMessage:
    sending.send_due(by="w")
    (letter,) = mailbox.letters
    return letter


def switch_of(letter: EmailMessage) -> str:
    return str(letter["List-Unsubscribe"]).strip().removeprefix("<").removesuffix(">")


def test_what_can_be_switched_off_says_so_to_the_mail_program(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    write(1, kind=LetterKind.DAY_SUMMARY, recipient=reader)
    letter = arrived(mailbox)
    address = switch_of(letter)
    assert address.startswith(f"{settings.BASE_URL}/kk/accounts/letters/summaries/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = address.removeprefix(settings.BASE_URL)
    Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert is_off(reader, Topic.SUMMARIES)


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.PROGRAMME_CHANGE])
def test_what_cannot_be_switched_off_has_no_such_header(
    write: Writer, reader: User, mailbox: Mailbox, kind: LetterKind
) -> None:
    write(1, kind=kind, recipient=reader)
    letter = arrived(mailbox)
    assert (letter["List-Unsubscribe"], letter["List-Unsubscribe-Post"]) == (None, None)


def test_who_has_no_account_has_nothing_to_switch(write: Writer, mailbox: Mailbox) -> None:
    write(1, kind=LetterKind.SESSION_REMINDER, recipient=None)
    assert arrived(mailbox)["List-Unsubscribe"] is None


def test_text_and_html_say_how_it_is_switched_off(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    write(1, kind=LetterKind.DAY_SUMMARY, recipient=reader, content=WORDS)
    letter = arrived(mailbox)
    text, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    (address,) = re.findall(r"Отключить такие письма: (\S+)", text.get_content())
    assert address.startswith(f"{settings.BASE_URL}/ru/accounts/letters/summaries/")
    assert f'href="{address}"' in html.get_content()
    assert CHOICE not in text.get_content() + html.get_content()


def test_elsewhere_nothing_of_it_is_left(write: Writer, reader: User) -> None:
    letter = write(1, kind=LetterKind.CONFIRMED, recipient=reader, content=WORDS)
    assert (letter.text, letter.html) == ("Слова\n", "<p>Слова</p>")


def test_the_headers_are_those_of_a_letter_that_a_program_wrote(
    write: Writer, reader: User, mailbox: Mailbox
) -> None:
    written = write(1, recipient=reader)
    letter = arrived(mailbox)
    domain = emails.sender_address().rpartition("@")[2]
    assert str(letter["From"]).endswith(f"<{emails.sender_address()}>")
    assert str(letter["Message-ID"]).endswith(f"@{domain}>")
    assert letter["Message-ID"] == emails.message_id(written)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "kk"
    once = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Reply-To")
    assert [name for name in once if len(letter.get_all(name) or []) > 1] == []


def test_every_line_of_it_fits_a_mail_server(reader: User, now: dt.datetime) -> None:
    """RFC 5322 allows 998 signs; a server breaks longer lines, and a signature with them."""
    html = "<p>" + "Ұзақ сөз " * 500 + "</p>"
    letter = actions.draft(
        kind=LetterKind.DAY_SUMMARY,
        key="k",
        edition=None,
        content=Content("kk", "Тақырып " * 40, "Сөз " * 900, html),
        recipient=reader,
        now=now,
    )
    body = emails.to_message(letter, now=now).message().as_bytes()
    assert max(len(line) for line in body.splitlines()) <= 998
    read = email.message_from_bytes(body, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    content = read.get_body(("html",))
    assert content
    assert content.get_content().strip() == html


def test_an_odd_name_makes_no_header(reader: User, now: dt.datetime) -> None:
    letter = Letter(subject="Тема\r\nBcc: p66@example.org", language="ru", to_address=reader.email)
    message = emails.to_message(letter, now=now).message()
    assert message["Bcc"] is None
