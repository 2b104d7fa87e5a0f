"""What the desk for registrations opens, of an edition that one organises; else a 404."""

from django.http import Http404
from django.utils.translation import gettext as _

from forum.approval.models import DecisionBatch
from forum.editions.models import Edition
from forum.registrations.models import Registration


def get_registration_at_desk(edition: Edition, code: str) -> Registration:
    """Return a registration of the edition."""
    rows = edition.registrations.select_related(
        "person", "organisation", "region", "registered_by", "endorsed_by", "replaces__person",
        "replaced_by__person",
    )  # fmt: skip
    # PostgreSQL takes no null byte in a text, not even to compare with.
    registration = rows.filter(code=code.replace("\0", "")).first()
    if registration is None:
        raise Http404(_("There is no such registration."))
    registration.edition = edition
    return registration


def get_live_registration_at_desk(edition: Edition, code: str) -> Registration:
    """Return a registration of the edition that has not ended."""
    registration = get_registration_at_desk(edition, code)
    if not registration.is_live:
        raise Http404(_("This registration has ended; register the person anew."))
    return registration


def get_batch(edition: Edition, code: str) -> DecisionBatch:
    """Return a decision on many of the edition."""
    batch = find_batch(edition, code)
    if batch is None:
        raise Http404(_("There is no such decision."))
    return batch


def find_batch(edition: Edition, code: str) -> DecisionBatch | None:
    """Return a decision on many of the edition, if there is one with that code."""
    if not code:
        return None
    rows = DecisionBatch.objects.filter(edition=edition, code=code.replace("\0", ""))
    batch = rows.select_related("by", "undone_by").first()
    if batch:
        batch.edition = edition
    return batch
