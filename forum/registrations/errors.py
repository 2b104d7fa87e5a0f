"""Why a registration is refused: each error's text is a sentence that a person may read."""

import datetime as dt

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import locks
from accounts.models import User
from accounts.refusals import Refusal
from forum.editions.models import Edition
from forum.quotas.models import Quota


class RegistrationError(Refusal):
    """What was asked cannot be done now; `str()` says why, in the reader's language."""


class NotOpen(RegistrationError):
    """Registration for the edition has not begun, or is over."""

    sentence = gettext_lazy("Registration for this edition is closed.")


class AlreadyRegistered(RegistrationError):
    """The person holds a live registration for this edition."""

    sentence = gettext_lazy("You are registered for this edition already.")


class AlreadyCancelled(RegistrationError):
    """The registration was ended before."""

    sentence = gettext_lazy("This registration was cancelled already.")


class AlreadyDeclined(RegistrationError):
    """The organisers have said no."""

    sentence = gettext_lazy("This registration was declined.")


class HasArrived(RegistrationError):
    """The person is at the forum."""

    sentence = gettext_lazy("The person has arrived at the forum; this cannot be changed any more.")


class CategoryClosed(RegistrationError):
    """The organisers take nobody more in this category."""

    sentence = gettext_lazy(
        "Registration in this category is closed. Choose another, or write to the organisers."
    )


class RegionMissing(RegistrationError):
    """Places of the category are kept by region, and none is known."""

    sentence = gettext_lazy("Say from which region you come: the places are kept by region.")


class ApprovalNeeded(RegistrationError):
    """A confirmed registration cannot slip into a category that somebody has to approve."""

    sentence = gettext_lazy(
        "In this category each registration is approved first. Cancel yours and register anew, or "
        "write to the organisers."
    )


class NotAwaiting(RegistrationError):
    """Nothing is to be decided: it was decided already, or needs no approval."""

    sentence = gettext_lazy("This registration awaits no approval; perhaps a colleague was faster.")


class NotUndoable(RegistrationError):
    """There is no decision to take back, or the person registered anew since."""

    sentence = gettext_lazy("There is no decision here that can be taken back.")


class NoOffer(RegistrationError):
    """No place is offered to this registration."""

    sentence = gettext_lazy("No place is offered to you at the moment.")


class OfferLapsed(RegistrationError):
    """The time for accepting is over; the place went to the next."""

    sentence = gettext_lazy(
        "The time for accepting this place is over, and the next in line has it. You can register "
        "again."
    )


class ConsentMissing(RegistrationError):
    """Nothing may be stored of a person who did not agree to it."""

    sentence = gettext_lazy("Without your consent to process your data we cannot register you.")


class NeedsConsentMissing(RegistrationError):
    """What somebody needs is health-related, and kept only where they agreed to that apart."""

    sentence = gettext_lazy(
        "What a person needs is kept only with their consent. Tick that consent, or leave the"
        " needs empty."
    )


class EditionOver(RegistrationError):
    """The edition's last day has passed."""

    sentence = gettext_lazy("This edition is over; its registrations can no longer be changed.")


class NoFreePlace(RegistrationError):
    """Every place of the edition is taken."""

    sentence = gettext_lazy(
        "No place is free. Cancel another registration first, or raise the number of places."
    )


class OrganisationGone(RegistrationError):
    """The organisation was deleted, or merged into another, while the form was open."""

    sentence = gettext_lazy("This organisation is no longer in the list. Find it again, or add it.")


class NotWaiting(RegistrationError):
    """The registration holds a place already."""

    sentence = gettext_lazy("This registration is confirmed already.")


class NotInLine(RegistrationError):
    """Only who stands on the waiting list can be moved up in it."""

    sentence = gettext_lazy("This registration does not stand on the waiting list.")


class Busy(RegistrationError, locks.Busy):
    """A lock could not be had in time; the same request may be sent again."""

    sentence = gettext_lazy("Very many people are registering at this moment. Please try again.")


def quota_full(quota: Quota) -> NoFreePlace:
    """Say which quota has no free place."""
    sentence = _("No place is free in the quota “%(quota)s”: all %(places)s are taken.")
    places = number_format(quota.places or 0, force_grouping=True)
    return NoFreePlace(sentence % {"quota": quota, "places": places})


def registered_already(person: User) -> AlreadyRegistered:
    """Say it to a clerk, who reads of somebody else."""
    sentence = _("%(person)s is registered for this edition already.")
    return AlreadyRegistered(sentence % {"person": person})


def clerk_window_error(edition: Edition, *, now: dt.datetime) -> RegistrationError | None:
    """Say why not even staff may register somebody at `now`: they may outside the window."""
    if edition.registration_is_open(now=now):
        return None
    if edition.is_past(now=now):
        return EditionOver()
    if not edition.published_at:
        return NotOpen(_("This edition is not published yet. Publish it first."))
    return None


def registration_window_error(edition: Edition, *, now: dt.datetime) -> NotOpen | None:
    """Say why nobody may register at `now`; None while registration is open."""
    if edition.registration_is_open(now=now):
        return None
    opens = edition.registration_opens_at
    if opens is None and not edition.archived_at:
        return NotOpen(_("The organisers have not yet said when registration opens."))
    if opens and now < opens and not edition.archived_at:
        day = date_format(opens.astimezone(edition.zone), "DATETIME_FORMAT")
        return NotOpen(_("Registration has not opened yet. It opens: %(day)s.") % {"day": day})
    return NotOpen()
