"""What a device asks: scans as JSON, a mark, a key; read without trusting any of it."""

import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forum.arrivals.actions import Sighting
from forum.arrivals.errors import TooMany, Unreadable
from forum.arrivals.gates import is_gate
from forum.arrivals.listing import HASH_SIGNS, Mark, codes_by_hash
from forum.arrivals.models import MAIN, How, Verdict
from forum.editions.models import Edition
from forum.tickets.codes import MOST_SIGNS

MOST_SCANS = 500
"""Scans in one request; a device with more sends them in turn."""
_OFFLINE = frozenset(Verdict) - {
    *(Verdict.REVOKED, Verdict.FORGED, Verdict.ENDED_SINCE, Verdict.TURNED_AWAY)
}
"""What a device can decide alone: all but the seal, and what only two devices together show."""
_HASH = re.compile(rf"[0-9a-f]{{{HASH_SIGNS}}}")
_CODE = re.compile(r"[0-9A-Z]{1,12}")
_MARK = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Upload:
    """What a device sent: its scans in their order, and by how much its clock is slow."""

    sightings: list[Sighting | None]
    """None where a scan could not be read."""
    offset: dt.timedelta


def read_upload(edition: Edition, body: bytes, *, now: dt.datetime) -> Upload:
    """Read `{"clock": ms, "scans": [{"nonce", "how", "at": ms, …}]}`.

    Raises Unreadable where it is nothing of the kind, TooMany above MOST_SCANS. A single scan that
    is nonsense must not hold up the others for ever.
    """
    try:
        told = json.loads(body)
        clock, scans = _moment(told["clock"]), told["scans"]
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(scans, list):
        raise Unreadable
    if len(scans) > MOST_SCANS:
        raise TooMany(
            _("At most %(most)s scans can be sent at once. Send them in parts.")
            % {"most": MOST_SCANS}
        )
    hashes = {one["hash"] for one in scans if isinstance(one, dict) and _is_hash(one.get("hash"))}
    codes = codes_by_hash(edition, hashes)
    return Upload([_sighting(one, codes) for one in scans], now - clock)


def read_mark(text: str | None) -> Mark | None:
    """Read how far a device knows the list; None for nonsense, and the whole list is sent."""
    found = _MARK.fullmatch(text or "")
    return Mark(int(found[1]), int(found[2])) if found else None


def read_start(text: str | None) -> int:
    """Read after how many rows to go on; 0 for nonsense."""
    return int(text) if text and _NUMBER.fullmatch(text) else 0


def read_gate(text: str | None) -> str:
    """Read at which gate a device stands; nonsense is the main entrance."""
    return text if text and is_gate(text) else MAIN


def read_key(text: str | None) -> uuid.UUID | None:
    """Read a device's key, or the number of a scan; None for nonsense."""
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None


def _sighting(one: Any, codes: dict[str, str]) -> Sighting | None:
    """Read one scan; None where it is nonsense."""
    try:
        payload, told, offset = one.get("payload", ""), one.get("told", ""), one.get("offset")
        hashed, gate = one.get("hash"), one.get("gate", MAIN)
        code = codes.get(hashed, "") if _is_hash(hashed) else one.get("code", "")
        sighting = Sighting(
            nonce=uuid.UUID(one["nonce"]),
            how=How(one["how"]),
            scanned_at=_moment(one["at"]),
            gate=gate,
            payload=payload,
            code=code,
            told=told,
            known_offset=None if offset is None else dt.timedelta(milliseconds=_whole(offset)),
        )
        # A lone half of a pair of signs is no text: it could be neither compared nor kept.
        readable = len(payload.encode()) <= MOST_SIGNS and _is_code(code)
        known = is_gate(gate) and (told == "" or told in _OFFLINE)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError):
        return None
    named = bool(payload or code or hashed)
    return sighting if readable and known and named else None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and (not value or _CODE.fullmatch(value) is not None)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _moment(milliseconds: object) -> dt.datetime:
    """Read a moment as scripts tell it: milliseconds since 1970, while PostgreSQL can hold it."""
    moment = dt.datetime.fromtimestamp(_whole(milliseconds) / 1000, tz=dt.UTC)
    if moment.year > 9000:
        raise ValueError
    return moment
