"""Why something about a speaker is refused: each error's text is a sentence that one may read."""

from django.utils.translation import gettext_lazy as _

from accounts import locks
from accounts.refusals import Refusal


class InvitationError(Refusal):
    """What was asked cannot be done; `str()` says why, in the reader's language."""


class TooLate(InvitationError):
    """The forum has begun, and only the organisers may still answer for the speaker."""

    sentence = _(
        "The forum has begun: this can no longer be answered here. Write to the organisers."
    )


class Archived(InvitationError):
    """The edition is closed for everybody."""

    sentence = _("This forum is in the archive: nothing of it is changed any more.")


class TooMany(InvitationError):
    """The session has as many materials as it may."""

    sentence = _("This session has ten files already. Delete one first.")


class AlreadyThere(InvitationError):
    """The same file was given before, perhaps by a second press of the button."""

    sentence = _("This file is there already.")


class Busy(InvitationError, locks.Busy):
    """Another writer held what this one needed; a page that says nothing of it answers 503."""

    sentence = locks.Busy.sentence
