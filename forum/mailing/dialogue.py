"""The dialogue with a mail server, in steps: what it means for a letter when one of them fails."""

import smtplib
from collections.abc import Container
from contextlib import suppress
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import sanitize_address

READY_FOR_DATA = 354
GOOD = (250, 251)
TAKEN = range(200, 300)
TEMPORARY = 400
PERMANENT = 500


class NoConnection(Exception):
    """The mail server does not take our letters at all now; the letters are not to blame."""


class Refused(Exception):
    """The letter was refused for good; the text is the server's."""


class Postponed(Exception):
    """The letter was certainly not taken, but may be later; the text says why."""


class Uncertain(Exception):
    """The letter was handed over whole and no answer came: it may have gone."""


def opened(connection: BaseEmailBackend) -> None:
    """Open the connection where it is not; raises NoConnection."""
    try:
        connection.open()
        if isinstance(connection, SMTPBackend) and connection.connection:
            connection.connection.ehlo_or_helo_if_needed()
    # smtplib encodes hosts, names and passwords, and fails on what has no such form.
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        closed(connection)
        raise NoConnection(f"{type(error).__name__}: {error}") from error


def closed(connection: BaseEmailBackend) -> None:
    """Close the connection, whatever the server has to say to that."""
    with suppress(OSError, smtplib.SMTPException):
        connection.close()


def hand_over(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Give `message` to the open `connection`; returns when it was taken.

    Raises Refused, Postponed or Uncertain; after a lost connection it can be opened anew. Raises
    NoConnection when the server takes nothing from us as the sender.
    """
    if not isinstance(connection, SMTPBackend):
        connection.send_messages([message])
        return
    # Before the first word: what cannot be built leaves the server with no half of a letter.
    body = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    # A domain such as пошта.қаз goes over the wire in its ASCII form.
    address = sanitize_address(message.to[0], "utf-8")
    _greet(connection, parseaddr(message.from_email)[1])
    smtp = connection.connection
    assert smtp is not None, "open the connection first"
    try:
        _talk(smtp, address, body)
    except (Refused, Postponed):
        _forget(smtp, connection)
        raise
    except Uncertain:
        # Its late answer would be taken for the next letter's.
        closed(connection)
        raise


def _greet(connection: SMTPBackend, sender: str) -> None:
    """Name the sender. Who is refused here is we, not the letter: that can be put right.

    A connection that took its number of letters says no or hangs up, and a new one says yes.
    """
    try:
        _name(connection, sender)
    except TimeoutError as error:
        closed(connection)
        raise NoConnection(f"{type(error).__name__}: {error}") from error
    except (OSError, smtplib.SMTPException, Refused, Postponed):
        closed(connection)
        opened(connection)
        try:
            _name(connection, sender)
        except (OSError, smtplib.SMTPException, Refused, Postponed) as error:
            closed(connection)
            raise NoConnection(f"{type(error).__name__}: {error}") from error


def _name(connection: SMTPBackend, sender: str) -> None:
    assert connection.connection is not None, "open the connection first"
    _expect(connection.connection.mail(sender), GOOD)


def _talk(smtp: smtplib.SMTP, address: str, body: bytes) -> None:
    try:
        _expect(smtp.rcpt(address), GOOD)
        _expect(smtp.docmd("DATA"), (READY_FOR_DATA,))
    except (OSError, smtplib.SMTPException) as error:
        raise Postponed(f"{type(error).__name__}: {error}") from error
    try:
        smtp.send(_dotted(body))
        answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(f"{type(error).__name__}: {error}") from error
    if answer[0] < TEMPORARY and answer[0] not in TAKEN:
        raise Uncertain(f"{answer[0]} {answer[1].decode(errors='replace')}")
    _expect(answer, TAKEN)


def _expect(answer: tuple[int, bytes], good: Container[int]) -> None:
    code, words = answer
    if code in good:
        return
    text = f"{code} {words.decode(errors='replace')}"
    raise Refused(text) if code >= PERMANENT else Postponed(text)


def _dotted(body: bytes) -> bytes:
    """Double a dot that begins a line, which would end the letter, and end it ourselves."""
    lines = body if body.endswith(b"\r\n") else body + b"\r\n"
    dotted = lines.replace(b"\r\n.", b"\r\n..")
    return (b"." + dotted if dotted.startswith(b".") else dotted) + b".\r\n"


def _forget(smtp: smtplib.SMTP, connection: SMTPBackend) -> None:
    """Begin anew after a refusal, on the same connection where the server lets us."""
    try:
        _expect(smtp.rset(), GOOD)
    except (OSError, smtplib.SMTPException, Refused, Postponed):
        closed(connection)
