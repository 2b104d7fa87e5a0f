"""When organisations are merged, their places in each edition become one quota. Nobody loses one.

Lock order as everywhere: the editions first, before the organisations.
"""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, Q

from accounts.models import Organisation, User
from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations import queue
from forum.registrations.models import Registration


def hold_editions(**_signal: object) -> None:
    """Hold every edition: in any of them somebody may register for one of the two just now."""
    list(Edition.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def join_quotas(*, keep: Organisation, gone: Organisation, **_signal: object) -> None:
    """Give the kept organisation, in each edition, room for all who hold places of the two."""
    taken = _taken_together(keep, gone)
    pairs: dict[int, dict[int, Quota]] = defaultdict(dict)
    rows = Quota.objects.filter(organisation__in=[keep, gone]).select_for_update(of=("self",))
    for quota in rows.order_by("pk"):
        assert quota.organisation_id is not None
        pairs[quota.edition_id][quota.organisation_id] = quota
    for edition_id, quotas in pairs.items():
        _join(quotas.get(keep.pk), quotas.get(gone.pk), keep, taken.get(edition_id, 0))


def _join(mine: Quota | None, theirs: Quota | None, keep: Organisation, taken: int) -> None:
    stays = mine or theirs
    assert stays is not None
    if theirs and theirs != stays:
        if theirs.own_places:
            stays.places = _wider(stays.places, theirs.places)
            stays.own_places = True
        # Before its registrations move, or they would be counted in both.
        theirs.delete()
    if stays.places is not None and stays.places < taken:
        stays.places, stays.own_places = taken, True
    stays.organisation = keep
    stays.save(update_fields=["organisation", "places", "own_places"])


def _wider(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)


def _taken_together(keep: Organisation, gone: Organisation) -> dict[int, int]:
    held = Registration.objects.filter(organisation__in=[keep, gone]).order_by()
    counts = held.values_list("edition").annotate(taken=Count("pk", filter=Q(holds=True)))
    return dict(counts)


def fill_freed(*, keep: Organisation, by: User, now: dt.datetime, **_signal: object) -> None:
    """Give the places that the joined quota has free to those of the organisation who wait."""
    waiting = Registration.objects.waiting().filter(organisation=keep).order_by()
    for edition in Edition.objects.filter(pk__in=waiting.values("edition")).order_by("pk"):
        queue.fill(edition, now=now, by=by)
