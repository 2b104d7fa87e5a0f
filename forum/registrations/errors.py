"""Why a registration is refused: each error's text is a sentence that a person may read."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import locks
from accounts.models import User
from forum.editions.models import Edition


class RegistrationError(ValueError):
    """What was asked cannot be done now; `str()` says why, in the reader's language."""

    sentence = gettext_lazy("This cannot be done now. Please try again later.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)


class NotOpen(RegistrationError):
    """Registration for the edition has not begun, or is over."""

    sentence = gettext_lazy("Registration for this edition is closed.")


class AlreadyRegistered(RegistrationError):
    """The person holds a live registration for this edition."""

    sentence = gettext_lazy("You are registered for this edition already.")


class AlreadyCancelled(RegistrationError):
    """The registration was ended before."""

    sentence = gettext_lazy("This registration was cancelled already.")


class ConsentMissing(RegistrationError):
    """Nothing may be stored of a person who did not agree to it."""

    sentence = gettext_lazy("Without your consent to process your data we cannot register you.")


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


class Busy(RegistrationError, locks.Busy):
    """A lock could not be had in time; the same request may be sent again."""

    sentence = gettext_lazy("Very many people are registering at this moment. Please try again.")


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
