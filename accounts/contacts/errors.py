"""Why something about a contact is refused: each error's text is a sentence to read."""

from django.utils.translation import gettext_lazy

from accounts import locks
from accounts.refusals import Refusal


class ContactError(Refusal):
    """What was asked cannot be done; `str()` says why, in the reader's language."""


class AlreadyAsked(ContactError):
    """The person has a live row for this organisation."""

    sentence = gettext_lazy(
        "This person is a contact of this organisation already, or has asked to be."
    )


class AlreadyConfirmed(ContactError):
    """Somebody said yes before."""

    sentence = gettext_lazy("This contact is confirmed already.")


class AlreadyEnded(ContactError):
    """It was declined, taken back or ended before."""

    sentence = gettext_lazy("This has ended already: it was declined, taken back or ended.")


class NotYours(ContactError):
    """Neither staff with the right nor a confirmed contact of the same organisation."""

    sentence = gettext_lazy(
        "Only the organisers, or a colleague who is a confirmed contact of the same organisation, "
        "can do this."
    )


class ByOneself(ContactError):
    """Nobody says of themselves that they speak for an organisation."""

    sentence = gettext_lazy("Nobody confirms themselves. Ask a colleague or the organisers.")


class OnlyStaff(ContactError):
    """The body is suspended or in liquidation."""

    sentence = gettext_lazy(
        "The register has this organisation as suspended or in liquidation. Only the organisers "
        "can confirm new contacts of it: write to them."
    )


class Busy(ContactError, locks.Busy):
    """A lock could not be had in time, or the organisation was merged meanwhile."""

    sentence = gettext_lazy("Somebody else is changing this at the moment. Please try again.")
