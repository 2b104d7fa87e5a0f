"""What may be done with an edition: show it, put it on the home page, archive it."""

import datetime as dt

from django.dispatch import Signal
from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.models import User
from forum.editions.models import Edition, Organiser

places_added = Signal()
"""Sent with `edition`, `now` and `by` when an edition has more places than before."""


class EditionError(ValueError):
    """It cannot be done; the text says why."""


@bounded_wait()
def publish(edition: Edition, *, now: dt.datetime) -> Edition:
    """Let strangers see the edition."""
    current = _locked(edition)
    if current.published_at:
        raise EditionError(_("“%(edition)s” is published already.") % {"edition": current})
    current.published_at = now
    current.save(update_fields=["published_at"])
    return current


@bounded_wait()
def make_current(edition: Edition, *, now: dt.datetime) -> Edition:
    """Put the edition on the home page, in the place of the one that was there."""
    # One order of locks for all, so that two who do this at once cannot block each other.
    editions = {
        one.pk: one for one in Edition.objects.select_for_update(no_key=True).order_by("pk")
    }
    current = editions[edition.pk]
    if not current.published_at or current.archived_at:
        raise EditionError(
            _("“%(edition)s” is not published, or archived. Publish it first.")
            % {"edition": current}
        )
    if current.current_since:
        raise EditionError(_("“%(edition)s” is on the home page already.") % {"edition": current})
    Edition.objects.filter(current_since__isnull=False).update(current_since=None)
    current.current_since = now
    current.save(update_fields=["current_since"])
    return current


@bounded_wait()
def archive(edition: Edition, *, now: dt.datetime) -> Edition:
    """Close the edition: it leaves the home page and nobody registers any more."""
    current = _locked(edition)
    if current.archived_at:
        raise EditionError(_("“%(edition)s” is archived already.") % {"edition": current})
    current.archived_at = now
    current.current_since = None
    current.save(update_fields=["archived_at", "current_since"])
    return current


def tell_places_added(edition: Edition, *, by: User, now: dt.datetime) -> None:
    """Say that there are more places than before: those who wait may move up."""
    places_added.send(sender=Edition, edition=edition, by=by, now=now)


@bounded_wait()
def let_see_needs(organiser: Organiser, *, sees: bool, by: User, now: dt.datetime) -> Organiser:
    """Let an organiser see what single delegates need (forum-facts §6), or no longer."""
    current = Organiser.objects.select_for_update().get(pk=organiser.pk)
    if sees != bool(current.sees_needs_since):
        current.sees_needs_since, current.sees_needs_by = (now, by) if sees else (None, None)
        current.save(update_fields=["sees_needs_since", "sees_needs_by"])
    return current


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
