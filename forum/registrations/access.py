"""Whose registration a person may open: one's own, or a 404."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
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
    """Return the live registration of `person`; failing that, the newest one."""
    return own_registrations(edition, person=person).first()


def own_registrations(edition: Edition, *, person: User) -> QuerySet[Registration]:
    """Return the registrations of `person`: the live one first, then the one that ended last."""
    mine = edition.registrations.filter(person=person)
    ended = Coalesce("cancelled_at", "declined_at")
    newest = mine.order_by(ended.desc(nulls_first=True), "-pk")
    return newest.select_related("organisation__region", "region")


def find_live_registration(
    edition: Edition, *, person: User | AnonymousUser
) -> Registration | None:
    """Return the registration of `person` that has not ended, which may be a draft."""
    if not person.is_authenticated:
        return None
    return edition.registrations.live().filter(person=person).order_by("pk").first()


def reason_against(
    edition: Edition, *, mine: Registration | None, now: dt.datetime
) -> RegistrationError | None:
    """Say why whose live registration is `mine` cannot register now; None when they can."""
    if mine and mine.registered_at:
        return AlreadyRegistered()
    return registration_window_error(edition, now=now)


def get_own_registration(edition: Edition, *, person: User) -> Registration:
    """Return the registration of `person`, however it stands; else a 404."""
    registration = find_own_registration(edition, person=person)
    if registration is None:
        raise Http404(_("You are not registered for this edition."))
    registration.edition = edition
    return registration


def get_live_registration(edition: Edition, *, person: User) -> Registration:
    """Return the registration that `person` may change or cancel; else a 404."""
    registration = get_own_registration(edition, person=person)
    if not registration.is_live:
        raise Http404(_("You are not registered for this edition."))
    return registration
