"""With which device one stands at an edition's doors, and whom one finds there by name."""

import uuid

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.names import fold
from forum.arrivals.errors import UnknownDevice
from forum.arrivals.listing import listed
from forum.arrivals.models import Device, Scan
from forum.editions.models import Edition
from forum.registrations.models import Registration

MOST_FOUND = 20
MOST_WORDS = 5


def get_device(edition: Edition, key: uuid.UUID | None) -> Device:
    """Return the device with this key, a barred one too; raises UnknownDevice."""
    device = edition.devices.filter(key=key).first() if key else None
    if device is None:
        raise UnknownDevice
    return device


def get_scan(edition: Edition, nonce: uuid.UUID | None) -> Scan:
    """Return the scan with this number; else a 404."""
    scans = edition.scans.select_related("registration__person")
    scan = scans.filter(nonce=nonce).first() if nonce else None
    if scan is None:
        raise Http404(_("There is no such scan."))
    return scan


def find_by_name(edition: Edition, asked: str) -> list[Registration]:
    """Return up to MOST_FOUND who fit every word, in any spelling, or have the code."""
    words = fold(asked).split()[:MOST_WORDS]
    if not words:
        return []
    named = Q()
    for word in words:
        named &= Q(person__search_key__contains=word)
    coded = Q(code__startswith=asked.strip().upper()[:12].replace("\0", ""))
    found = listed(edition).filter(named | coded).select_related("person", "organisation")
    return list(found.order_by("person__sort_key", "pk")[:MOST_FOUND])
