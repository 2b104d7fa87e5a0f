"""A letter's words from its templates, and the message that a mail server gets."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.letters import fragment_inlined, inlined
from accounts.messages import Message
from accounts.models import User
from forum.editions.models import Edition
from forum.mailing.backends import KIND_HEADER
from forum.mailing.models import Letter
from forum.mailing.topics import topic_of
from forum.subscriptions.links import choice_url
from forum.subscriptions.models import Topic

SUBJECT_LENGTH = 300
CALENDAR_FILE = "forum.ics"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BLANK_LINES = re.compile(r"\n{3,}")
NAME = "\ue000"
"""Stands for a reader's name in what is composed once for many; a sign that no text holds."""
CHOICE = "\ue001"
"""Stands where a letter will say how to switch such letters off; a sign that no text holds."""


@dataclass(frozen=True)
class Content:
    """What a letter says, in one language."""

    language: str
    subject: str
    text: str
    html: str

    def named(self, name: str) -> "Content":
        """Put a reader's name in, where SOMEBODY was greeted."""
        text = self.text.replace(NAME, one_line(name))
        return replace(self, text=text, html=self.html.replace(NAME, escape(name)))


@dataclass(frozen=True)
class Somebody:
    """A person whose name is put in later: composing takes a millisecond, and naming none."""

    short_name: str = NAME


@dataclass(frozen=True)
class Calendar:
    """A calendar file that goes with a letter, and what the reader's calendar does with it.

    `file` may hold several, one behind the other, each with a METHOD of its own.
    """

    file: str
    method: str


def compose(
    folder: str, *, language: str, edition: Edition | None, context: Mapping[str, Any]
) -> Content:
    """Render `folder`/subject.txt, text.txt and letter.html for one reader.

    Whoever's request or worker this is: the words are in `language`, times in the edition's zone;
    a letter about no edition has the site's.
    """
    zone = edition.zone if edition else timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone):
        given = {"edition": edition, "language": language, "choice": CHOICE, **context}
        subject = one_line(render_to_string(f"{folder}/subject.txt", given))
        text = render_to_string(f"{folder}/text.txt", given)
        html = render_to_string(f"{folder}/letter.html", given | {"subject": subject})
    return Content(language, subject[:SUBJECT_LENGTH], _tidy(text), inlined(html))


def for_reader(content: Content, *, kind: str, reader: User | None) -> Content:
    """Put in how `reader` switches letters of `kind` off; nothing, where that cannot be."""
    topic = topic_of(kind)
    text = html = ""
    if reader and topic:
        url = choice_url(reader.pk, topic, language=content.language)
        text, html = (words.replace(CHOICE, url) for words in _choice(content.language, topic))
    return replace(
        content,
        text=_tidy(content.text.replace(CHOICE, text)),
        html=content.html.replace(CHOICE, html),
    )


@cache
def _choice(language: str, topic: Topic) -> tuple[str, str]:
    """Say in text and HTML, with CHOICE where the address is, that `topic` can be switched off."""
    with translation.override(language):
        given = {"topic": topic.label, "url": CHOICE}
        text = render_to_string("forum/mailing/_choice.txt", given)
        html = render_to_string("forum/mailing/_choice.html", given)
    return text, fragment_inlined(html)


def one_line(text: str) -> str:
    """Make of `text` what a header may hold: one line, without control signs."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)) + "\n"


def site_url(name: str, *, language: str, **kwargs: object) -> str:
    """Return the whole address of the page `name` in `language`, for a letter."""
    with translation.override(language):
        return settings.BASE_URL + reverse(name, kwargs=kwargs)


def sender_address() -> str:
    """Return the bare address from which all letters come."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def message_id(letter: Letter) -> str:
    """Derive the Message-ID from the key: the same letter, sent twice, is one in a mailbox."""
    digest = hashlib.sha256(letter.dedupe_key.encode()).hexdigest()[:32]
    return f"<{digest}@{sender_address().rpartition('@')[2]}>"


def to_message(letter: Letter, *, now: dt.datetime) -> Message:
    """Build the message: text and HTML, and where there is one the calendar, shown and attached."""
    with translation.override(letter.language):
        sender = formataddr((_("Civil Forum of Kazakhstan"), sender_address()))
    reply_to = letter.edition.contact_email if letter.edition else ""
    message = Message(
        subject=one_line(letter.subject),
        body=letter.text,
        from_email=sender,
        to=[letter.to_address],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": message_id(letter),
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            KIND_HEADER: letter.kind,
            **_one_click(letter),
        },
    )
    message.attach_alternative(letter.html, "text/html")
    _add_calendars(message, letter)
    return message


def _one_click(letter: Letter) -> dict[str, str]:
    """Let the mail program switch such letters off by itself (RFC 8058), where that can be."""
    topic = topic_of(letter.kind)
    if not topic or not letter.recipient_id:
        return {}
    url = choice_url(letter.recipient_id, topic, language=letter.language)
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _add_calendars(message: Message, letter: Letter) -> None:
    """Attach the letter's files; a single event is shown by mail programs as well.

    Outlook reads one event of what stands in the text, and then the words are not seen for it.
    """
    files = filter(None, re.split(r"(?=^BEGIN:VCALENDAR)", letter.calendar, flags=re.MULTILINE))
    if letter.calendar and letter.calendar.count("BEGIN:VEVENT") <= 1:
        kind = f"text/calendar; method={letter.calendar_method}"
        message.attach_alternative(letter.calendar, kind)
    for number, file in enumerate(files, start=1):
        name = CALENDAR_FILE if number == 1 else f"forum-{number}.ics"
        # As bytes: of text Django would make escapes like \u0424 here, that no calendar reads.
        message.attach(name, file.encode(), "application/ics")
