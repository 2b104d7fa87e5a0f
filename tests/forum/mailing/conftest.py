"""A mail server that receives for real, and letters to send to it."""

import asyncio
import datetime as dt
import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from forum import embedded
from forum.mailing import actions
from forum.mailing.emails import Content
from forum.models import Edition, Letter, LetterKind


class Mailbox:
    """What arrived, and how the server answers; each answer serves one letter of that address."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answers_to_address: dict[str, str] = {}
        self.answer_to_data: Callable[[Envelope], str] = lambda _envelope: "250 taken"

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list
    ) -> list:
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if answer := self.answers_to_address.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        self.recipients.append(address)
        return "250 known"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.answer_to_data(envelope)
        if answer == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 nobody hears this"
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append(message)
        return answer

    @property
    def addresses(self) -> list[str]:
        return [str(letter["To"]) for letter in self.letters]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """Receive on a free port; the settings lead there."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=embedded.free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 5
    yield box
    controller.stop()


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def edition(now: dt.datetime) -> Edition:
    return Edition.objects.create(
        number=12,
        year=now.year,
        slug="12",
        name_kk="XII Азаматтық форум",
        name_en="12th Civil Forum",
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=31),
        published_at=now,
    )


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("p1@example.org", given_name="Үлгі", language="kk")


Writer = Callable[..., Letter]


def drafted(number: int, *, now: dt.datetime, **changes: Any) -> Letter:
    told: dict[str, Any] = {
        "kind": LetterKind.CONFIRMED,
        "key": f"test:{number}",
        "edition": None,
        "content": Content("kk", f"Хат {number}", f"Сәлем {number}\n", f"<p>Сәлем {number}</p>"),
        "recipient": None,
        "address": f"p{number}@example.org",
        "now": now,
    }
    return actions.draft(**(told | changes))


@pytest.fixture
def write(now: dt.datetime) -> Writer:
    """Queue the letter `number`."""

    def queue(number: int = 1, **changes: Any) -> Letter:
        return actions.queue(drafted(number, now=now, **changes), now=now)

    return queue
