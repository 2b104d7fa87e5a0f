"""Whose badges an organiser may open: those of their edition; everybody else gets a 404."""

from django.http import Http404
from django.utils.translation import gettext as _

from forum.badges.models import BadgeBatch
from forum.badges.wanted import badge_holders
from forum.editions.models import Edition
from forum.registrations.models import Registration


def get_badge_holder(edition: Edition, code: str) -> Registration:
    """Return the registration `code` of the edition, if its place is confirmed."""
    found = badge_holders(edition).select_related("person", "organisation", "badge")
    # PostgreSQL takes no null byte in a text, not even to compare with.
    holder = found.filter(code=code.upper()).first() if code.isalnum() else None
    if holder is None:
        raise Http404(_("Nobody with this code has a place in this edition."))
    holder.edition = edition
    return holder


def get_batch(edition: Edition, code: str) -> BadgeBatch:
    """Return a batch of badges that was asked for in the edition."""
    batch = BadgeBatch.objects.filter(edition=edition, code=code).first()
    if batch is None:
        raise Http404(_("There are no such badges."))
    return batch
