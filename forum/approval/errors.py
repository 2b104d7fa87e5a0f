"""Why the desk refuses something: each error's text is a sentence that a person may read."""

from django.utils.translation import gettext_lazy

from forum.registrations.errors import RegistrationError


class NobodyChosen(RegistrationError):
    """No registration was chosen, or none of those chosen is of this edition."""

    sentence = gettext_lazy("Choose registrations first: tick the boxes before them.")


class NoStep(RegistrationError):
    """Nothing known was to be done with them."""

    sentence = gettext_lazy("Choose what is to be done with them.")


class NoReason(RegistrationError):
    """Who is refused must read why."""

    sentence = gettext_lazy("Write why, in at least one language.")


class CannotUndo(RegistrationError):
    """The decision is not carried out yet, was taken back already, or cannot be."""

    sentence = gettext_lazy("This cannot be taken back, or somebody has done so already.")


class DecidedSince(RegistrationError):
    """Somebody has decided anew since the decision that is being taken back."""

    sentence = gettext_lazy("Somebody has decided anew since; that decision stands.")
