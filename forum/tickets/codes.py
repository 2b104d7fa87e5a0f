"""What stands in a ticket's QR code, and how it is known to be ours.

`CF1.<edition>.<code>.<number>.<seal>`, in signs of QR's alphanumeric mode alone, so that the code
stays small enough for an old camera. `number` counts the tickets issued for a registration: only
the newest holds. The seal is 80 bits of an HMAC under SECRET_KEY over everything before it.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from forum.registrations.models import Registration

VERSION = "CF1"
SALT = "forum.tickets.codes/1"
"""Keeps the seal apart from everything else that is signed with SECRET_KEY."""
SEAL_BYTES = 10
MOST_SIGNS = 500
"""No ticket in an address is longer; what else a camera or a scanner reads is not looked at."""
_TICKET = re.compile(
    rf"(?<![A-Z0-9]){VERSION}\.(?P<edition>[A-Z0-9$-]+)\.(?P<code>[A-Z0-9]+)"
    r"\.(?P<number>[1-9][0-9]{0,4})\.(?P<seal>[A-Z2-7]{16})(?![A-Z0-9])"
)


class TicketError(Refusal):
    """What was scanned is no ticket of ours; `str()` is a sentence that a person may read."""

    sentence = gettext_lazy("This is no ticket of the forum.")


class NotATicket(TicketError):
    """It does not look like a ticket at all: another QR code, or a part of one."""


class ForgedTicket(TicketError):
    """It looks like a ticket, but we did not make it."""

    sentence = gettext_lazy("This ticket is not genuine.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a genuine ticket says. Whether it holds, the registration knows."""

    edition: str
    """The edition's slug."""
    code: str
    """The registration's code."""
    number: int
    """Which of the tickets issued for the registration it is, from 1."""

    def __str__(self) -> str:
        return self.sealed_with(settings.SECRET_KEY)

    def sealed_with(self, key: str) -> str:
        """Return what the QR code says when it is made under `key`."""
        words = f"{beginning_of_payloads(self.edition)}{self.code}.{self.number}"
        return f"{words}.{_seal(words, key)}"

    @property
    def hashes(self) -> list[str]:
        """What a device's list holds of it: a hash for each key under which it may be printed."""
        return [ticket_hash(self.sealed_with(key)) for key in _keys()]


def ticket_of(registration: Registration) -> Ticket:
    """Return the newest ticket of `registration`, whose edition is read."""
    return Ticket(registration.edition.slug, registration.code, registration.ticket_number)


def ticket_payload(registration: Registration) -> str:
    """Return what the QR code of the newest ticket says."""
    return str(ticket_of(registration))


def beginning_of_payloads(slug: str) -> str:
    """Return what every ticket of an edition begins with: a device tells others' by it."""
    return f"{VERSION}.{_written(slug)}."


def read_payload(text: str) -> Ticket:
    """Return the genuine ticket in `text`, in whatever case, with blanks or an address around it.

    Raises NotATicket or ForgedTicket. The seal is compared in constant time, with every key that
    SECRET_KEY_FALLBACKS still names: a key that was changed spoils no printed badge.
    """
    found = _TICKET.search(unquote(text).upper()) if len(text) <= MOST_SIGNS else None
    if found is None:
        raise NotATicket
    words, seal = found[0].rpartition(".")[0], found["seal"]
    genuine = [constant_time_compare(seal, _seal(words, key)) for key in _keys()]
    if not any(genuine):
        raise ForgedTicket
    return Ticket(_read(found["edition"]), found["code"], int(found["number"]))


def ticket_hash(payload: str) -> str:
    """Return the SHA-256 of a payload in hexadecimal digits.

    A device carries these instead of the codes: from its list nobody can make a ticket.
    """
    return hashlib.sha256(payload.encode()).hexdigest()


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _seal(words: str, key: str) -> str:
    mac = salted_hmac(SALT, words, secret=key, algorithm="sha256").digest()
    return base64.b32encode(mac[:SEAL_BYTES]).decode()


def _written(slug: str) -> str:
    """Write a slug in signs that QR's alphanumeric mode has, and that keep its case."""
    plain = "abcdefghijklmnopqrstuvwxyz0123456789-"
    return "".join(
        sign.upper() if sign in plain else "".join(f"${byte:02X}" for byte in sign.encode())
        for sign in slug
    )


def _read(written: str) -> str:
    """Return the slug that `_written` made `written` from."""
    parts = re.findall(r"\$([0-9A-F]{2})|(.)", written)
    return b"".join(bytes.fromhex(byte) or sign.lower().encode() for byte, sign in parts).decode()
