"""Why badges are refused: each error's text is a sentence that one may read."""

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal


class BadgeError(Refusal):
    """What was asked cannot be done; `str()` says why, in the reader's language."""


class NobodyWanted(BadgeError):
    """The filter leaves nobody."""

    sentence = _("Nobody needs such a badge: all that you chose are printed, or nobody is chosen.")


class UnderWay(BadgeError):
    """A worker makes badges of this edition."""

    sentence = _("Badges are being made already. Wait until they are ready.")


class NotStartable(BadgeError):
    """The batch is ready, or a worker makes it."""

    sentence = _("These badges need not be started again: they are ready, or being made.")


class NothingPrinted(BadgeError):
    """No badge counts as printed by this batch."""

    sentence = _("No badge counts as printed by this file any more.")
