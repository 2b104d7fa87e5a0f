"""Whose registration a person may open: one's own, or a 404."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.errors import (
    AlreadyRegistered,
    RegistrationError,
    registration_window_error,
)
from forum.registrations.models import Registration


def find_own_registration(edition: Edition, *, person: User) -> Registration | None:
    """Return the live registration of `person`; failing that, the one cancelled last."""
    mine = edition.registrations.filter(person=person).select_related("organisation__region")
    return mine.order_by("-cancelled_at", "-pk").first()


def reason_against(
    edition: Edition, *, person: User | AnonymousUser, now: dt.datetime
) -> RegistrationError | None:
    """Say why `person` cannot register now; None when the form may be shown."""
    if person.is_authenticated:
        mine = find_own_registration(edition, person=person)
        if mine and not mine.cancelled_at:
            return AlreadyRegistered()
    return registration_window_error(edition, now=now)


def get_live_registration(edition: Edition, *, person: User) -> Registration:
    """Return the registration that `person` may change or cancel; else a 404."""
    registration = find_own_registration(edition, person=person)
    if registration is None or registration.cancelled_at:
        raise Http404(_("You are not registered for this edition."))
    registration.edition = edition
    return registration


def place_in_queue(registration: Registration) -> int:
    """Tell how manieth a waiting registration is; the first is 1."""
    return Registration.objects.ahead_of(registration).count() + 1
