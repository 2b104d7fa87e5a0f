"""Whose ticket a person may open: one's own, while the place is one's own."""

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.models import Registration


def get_own_ticketed(edition: Edition, *, person: User) -> Registration:
    """Return the confirmed registration of `person`; else a 404 that says why."""
    mine = edition.registrations.confirmed().filter(person=person)
    registration = mine.select_related("organisation__region", "person").first()
    if registration is None:
        raise Http404(_("You have no ticket: it comes when your place is confirmed."))
    registration.edition = edition
    return registration
