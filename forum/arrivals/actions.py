"""What happens at the doors: a scan is judged and kept, one is taken back, a device comes and goes.

A check-in takes no place and so holds no edition and no quota: 18,000 people pass, and the row of
one registration is enough. It stays right beside a cancelling, which locks that row too.
"""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

import pghistory
from django.db import IntegrityError

from accounts.locks import bounded_wait
from accounts.models import User
from forum.arrivals.clocks import believed, forum_day
from forum.arrivals.deciding import against, merged
from forum.arrivals.errors import NotIn, ReasonMissing, Unreadable
from forum.arrivals.models import MAIN, Device, How, Scan, Verdict
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.tickets.codes import ForgedTicket, NotATicket, Ticket, read_payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a device tells of one scan; exactly one of `payload` and `code` says of whom."""

    nonce: uuid.UUID
    how: How
    scanned_at: dt.datetime
    """By the device's own clock."""
    gate: str = MAIN
    payload: str = ""
    """What the camera or the scanner read."""
    code: str = ""
    """The code of the registration that was chosen by name."""
    told: str = ""
    """The verdict that the device gave without a network; "" when it asks us."""
    known_offset: dt.timedelta | None = None
    """By how much the device's clock was slow when it had the network last."""


def check_in(
    edition: Edition,
    *,
    sighting: Sighting,
    device: Device,
    by: User,
    now: dt.datetime,
    offset: dt.timedelta = dt.timedelta(),
) -> Scan:
    """Judge one scan and keep it, whatever comes of it; the same scan sent again changes nothing.

    One that the device decided on alone is judged by the moment it was made, others by `now`.
    `offset` is by how much the device's clock is slow. Raises accounts.locks.Busy where another
    writer holds the registration for too long.
    """
    told = {"user": by.pk, "step": "check_in", "why": device.name}
    try:
        with pghistory.context(**told), bounded_wait():
            return _kept(sighting, edition) or _judged(
                sighting, edition, device=device, by=by, now=now, offset=offset
            )
    except IntegrityError as error:
        # Two tabs of a device sent the same scan at once.
        if kept := _kept(sighting, edition):
            return kept
        if Scan.objects.filter(nonce=sighting.nonce).exists():
            raise Unreadable from error
        raise


def undo(scan: Scan, *, by: User, reason: str, now: dt.datetime) -> Scan:
    """Take a mistaken check-in back, with the reason; raises NotIn where nobody was let in."""
    if not reason.strip():
        raise ReasonMissing
    if scan.registration_id is None:
        raise NotIn
    with pghistory.context(user=by.pk, step="undo_check_in", why=reason), bounded_wait():
        registration = Registration.objects.select_for_update(no_key=True).get(
            pk=scan.registration_id
        )
        current = Scan.objects.select_for_update(no_key=True).get(pk=scan.pk)
        if not current.is_standing:
            raise NotIn
        current.undone_at, current.undone_by, current.undo_reason = now, by, reason.strip()
        current.save(update_fields=["undone_at", "undone_by", "undo_reason"])
        first = registration.scans.standing().order_by("judged_at").first()
        registration.arrived_at = first.judged_at if first else None
        registration.save(update_fields=["arrived_at"])
    return current


def enrol(edition: Edition, *, name: str, by: User, now: dt.datetime) -> Device:
    """Set a device up for the doors of an edition."""
    return Device.objects.create(edition=edition, name=name, enrolled_by=by, enrolled_at=now)


def revoke(device: Device, *, by: User, now: dt.datetime) -> Device:
    """Bar a device, a lost phone for example: it gets no list and lets nobody in any more."""
    with bounded_wait():
        current = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
        if current.revoked_at is None:
            current.revoked_at, current.revoked_by = now, by
            current.save(update_fields=["revoked_at", "revoked_by"])
    return current


def heard_from(device: Device, *, offset: dt.timedelta, now: dt.datetime) -> None:
    """Note that a device called, and by how much its clock is slow."""
    seconds = round(offset.total_seconds())
    Device.objects.filter(pk=device.pk).update(seen_at=now, clock_offset=seconds)


def _kept(sighting: Sighting, edition: Edition) -> Scan | None:
    """Return the scan that was kept under this number before, knowing now what was told."""
    scans = edition.scans.select_related("registration__person", "registration__organisation")
    kept = scans.filter(nonce=sighting.nonce).first()
    if kept and sighting.told and not kept.told:
        # The answer was lost on its way, and the device decided by itself.
        kept.told = sighting.told
        kept.save(update_fields=["told"])
    return kept


def _judged(
    sighting: Sighting,
    edition: Edition,
    *,
    device: Device,
    by: User,
    now: dt.datetime,
    offset: dt.timedelta,
) -> Scan:
    judged_at, doubt = now, ""
    if sighting.told:
        judged_at, doubt = believed(
            edition,
            sighting.scanned_at,
            offset=offset,
            known_offset=sighting.known_offset,
            now=now,
        )
    scan = Scan(
        edition=edition,
        device=device,
        nonce=sighting.nonce,
        gate=sighting.gate,
        how=sighting.how,
        day=forum_day(edition, judged_at),
        scanned_at=sighting.scanned_at,
        judged_at=judged_at,
        received_at=now,
        clock_offset=round(offset.total_seconds()),
        clock_doubt=doubt,
        told=sighting.told,
        by=by,
    )
    _decide(scan, sighting)
    scan.save(force_insert=True)
    registration = scan.registration
    if scan.is_standing and registration:
        earlier = registration.arrived_at
        registration.arrived_at = min(earlier, judged_at) if earlier else judged_at
        if registration.arrived_at != earlier:
            registration.save(update_fields=["arrived_at"])
    return scan


def _decide(scan: Scan, sighting: Sighting) -> None:
    """Fill in of whom a scan is and what comes of it; the registration's row is locked."""
    if sighting.payload:
        scan.payload_hash = hashlib.sha256(sighting.payload.encode()).hexdigest()
    try:
        ticket = read_payload(sighting.payload) if sighting.payload else None
    except NotATicket:
        scan.verdict = Verdict.UNKNOWN
    except ForgedTicket:
        scan.verdict = Verdict.FORGED
    else:
        scan.verdict = _verdict(scan, ticket, code=sighting.code)
    if scan.device.revoked_at:
        scan.verdict = Verdict.REVOKED


def _verdict(scan: Scan, ticket: Ticket | None, *, code: str) -> Verdict:
    if ticket and ticket.edition != scan.edition.slug:
        return Verdict.OTHER_EDITION
    registration = _locked(scan.edition, ticket.code if ticket else code)
    if registration is None:
        return Verdict.UNKNOWN
    scan.registration = registration
    number = ticket.number if ticket else None
    found = against(registration, number=number, gate=scan.gate, day=scan.day, at=scan.judged_at)
    if found is None and _is_in(scan):
        found = Verdict.ALREADY_IN
    return merged(found or Verdict.WELCOME, scan.told, registration)


def _locked(edition: Edition, code: str) -> Registration | None:
    """Lock the registration; drafts are nobody's business at the door."""
    held = Registration.objects.select_for_update(of=("self",), no_key=True)
    registration = (
        held.select_related("person", "organisation")
        .filter(edition=edition, code=code, registered_at__isnull=False)
        .first()
    )
    if registration:
        registration.edition = edition
    return registration


def _is_in(scan: Scan) -> bool:
    same = Scan.objects.standing().filter(
        registration=scan.registration, gate=scan.gate, day=scan.day
    )
    return same.exists()
