"""The dialogue with a mail server, in steps: what it means for a letter when one of them fails."""

import smtplib
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import sanitize_address

READY_FOR_DATA = 354
TAKEN = 250
GOOD = (250, 251)
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
    except (OSError, smtplib.SMTPException) as error:
        raise NoConnection(f"{type(error).__name__}: {error}") from error


def hand_over(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Give `message` to the open `connection`; returns when it was taken.

    Raises Refused, Postponed or Uncertain; after a lost connection it can be opened anew.
    """
    if not isinstance(connection, SMTPBackend):
        connection.send_messages([message])
        return
    smtp = connection.connection
    assert smtp is not None, "open the connection first"
    try:
        _talk(smtp, message)
    except (Refused, Postponed, Uncertain):
        _forget(smtp, connection)
        raise


def _talk(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    body = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    try:
        _greet(smtp, message)
        # A domain such as пошта.қаз goes over the wire in its ASCII form.
        _expect(smtp.rcpt(sanitize_address(message.to[0], "utf-8")), GOOD)
        _expect(smtp.docmd("DATA"), (READY_FOR_DATA,))
    except (OSError, smtplib.SMTPException) as error:
        raise Postponed(f"{type(error).__name__}: {error}") from error
    try:
        smtp.send(_dotted(body))
        answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(f"{type(error).__name__}: {error}") from error
    _expect(answer, (TAKEN,))


def _greet(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    """Name the sender. Who is refused here is we, not the letter; that can be put right."""
    try:
        _expect(smtp.mail(parseaddr(message.from_email)[1]), GOOD)
    except Refused as error:
        raise Postponed(str(error)) from error


def _expect(answer: tuple[int, bytes], good: tuple[int, ...]) -> None:
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
        smtp.rset()
    except (OSError, smtplib.SMTPException):
        connection.close()
