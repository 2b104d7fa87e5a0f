"""How many places each organisation has, and which have others as an exception."""

import datetime as dt
from contextlib import AbstractContextManager

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from forum.editions.actions import tell_places_added
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.quotas.actions import MOST_PLACES, Unseen, more_places, oversold_told
from forum.quotas.errors import (
    MOST_NAMES,
    CapBelowHeld,
    NoException,
    NoNumberOfPlaces,
    OrganisationGone,
    QuotaError,
    ReasonMissing,
    RuleChanged,
)
from forum.quotas.models import Quota

STEP = "organisation quotas"
BATCH = 2000


def set_organisation_cap(
    edition: Edition,
    cap: int | None,
    *,
    by: User,
    now: dt.datetime,
    seen: int | Unseen | None = Unseen.ANYTHING,
) -> Edition:
    """Give every organisation `cap` places (None: as many as come), but for the exceptions.

    Those who have registered somebody get a row at once, the others when they do. Raises
    CapBelowHeld with the names of those who hold more, RuleChanged, NoNumberOfPlaces.
    """
    if cap is not None and not 1 <= cap <= MOST_PLACES:
        raise NoNumberOfPlaces(_("Write a number of places from 1 on, or leave the field empty."))
    with _locked(edition, by=by) as held:
        if seen not in (Unseen.ANYTHING, held.organisation_cap):
            raise RuleChanged
        before, held.organisation_cap = held.organisation_cap, cap
        ordinary = Quota.objects.filter(edition=held, organisation__isnull=False, own_places=False)
        if cap is None:
            ordinary.delete()
        else:
            _refuse_held(held, cap)
            with oversold_told():
                ordinary.exclude(places=cap).update(places=cap)
                _add_missing(held, cap)
        held.save(update_fields=["organisation_cap"])
        if more_places(before, cap):
            tell_places_added(held, by=by, now=now)
    return held


def give_exception(
    edition: Edition,
    organisation: Organisation,
    *,
    places: int,
    reason: str,
    by: User,
    now: dt.datetime,
) -> Quota:
    """Give one organisation other places than the rest; raises a QuotaError.

    The reason stands in the history.
    """
    if not 0 <= places <= MOST_PLACES:
        raise NoNumberOfPlaces
    if not reason.strip():
        raise ReasonMissing
    with _locked(edition, by=by, why=reason.strip()) as held:
        organisation = _kept(organisation)
        rows = Quota.objects.select_for_update().filter(edition=held, organisation=organisation)
        quota = rows.first() or Quota(edition=held, organisation=organisation, places=None)
        _refuse_taken(held, organisation, places)
        before = quota.places if quota.pk else held.organisation_cap
        quota.places, quota.own_places = places, True
        with oversold_told():
            quota.save()
        if more_places(before, places):
            tell_places_added(held, by=by, now=now)
    return quota


def end_exception(
    edition: Edition, organisation: Organisation, *, by: User, now: dt.datetime
) -> None:
    """Give an organisation as many places as the rest have again; raises a QuotaError."""
    with _locked(edition, by=by) as held:
        rows = Quota.objects.select_for_update().filter(edition=held, organisation=organisation)
        quota = rows.filter(own_places=True).first()
        if quota is None:
            raise NoException
        before, cap = quota.places, held.organisation_cap
        if cap is None:
            quota.delete()
        else:
            _refuse_taken(held, organisation, cap)
            quota.places, quota.own_places = cap, False
            with oversold_told():
                quota.save(update_fields=["places", "own_places"])
        if more_places(before, cap):
            tell_places_added(held, by=by, now=now)


def _locked(edition: Edition, *, by: User, why: str = "") -> AbstractContextManager[Edition]:
    return locked_edition(edition.pk, by=by, step=STEP, why=why)


def _kept(organisation: Organisation) -> Organisation:
    """Return it, or the one into which staff merged it since; raises OrganisationGone."""
    known = Organisation.objects.select_related("merged_into").filter(pk=organisation.pk)
    if (found := known.first()) is None:
        raise OrganisationGone
    return found.merged_into or found


def _refuse_held(edition: Edition, cap: int) -> None:
    """Raise where an organisation without an exception holds more than `cap` places."""
    exceptions = Quota.objects.filter(edition=edition, own_places=True).values("organisation")
    held = edition.registrations.filter(holds=True, organisation__isnull=False)
    over = (
        held.exclude(organisation__in=exceptions)
        .order_by()
        .values("organisation")
        .annotate(number=Count("pk"))
        .filter(number__gt=cap)
    )
    if count := over.count():
        first = [row["organisation"] for row in over.order_by("-number")[:MOST_NAMES]]
        names = Organisation.objects.filter(pk__in=first).order_by("sort_key", "pk")
        raise CapBelowHeld([str(one) for one in names], cap=cap, count=count)


def _refuse_taken(edition: Edition, organisation: Organisation, places: int) -> None:
    taken = edition.registrations.filter(holds=True, organisation=organisation).count()
    if places < taken:
        raise QuotaError(
            _(
                "%(organisation)s: places held already: %(taken)s. Cancel registrations first, or "
                "give at least so many."
            )
            % {"organisation": organisation, "taken": taken}
        )


def _add_missing(edition: Edition, cap: int) -> None:
    """Count the places of every organisation that has registered somebody."""
    known = Quota.objects.filter(edition=edition, organisation__isnull=False)
    coming = edition.registrations.sent().filter(organisation__isnull=False)
    missing = coming.exclude(organisation__in=known.values("organisation")).order_by()
    Quota.objects.bulk_create(
        (
            Quota(edition=edition, organisation_id=organisation, places=cap)
            for organisation in missing.values_list("organisation", flat=True).distinct()
        ),
        batch_size=BATCH,
    )
