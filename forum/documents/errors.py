"""Why a document is refused: each error's text is a sentence that one may read."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import locks
from accounts.refusals import Refusal
from forum.editions.models import Edition


class DocumentError(Refusal):
    """What was asked cannot be done; `str()` says why, in the reader's language."""


class NotConfirmed(DocumentError):
    """An invitation is for whom has a place."""

    sentence = gettext_lazy("A letter of invitation is for those who have a confirmed place.")


class ForumOver(DocumentError):
    """Nobody is invited to what is over."""

    sentence = gettext_lazy("This forum is over; nobody is invited to it any more.")


class NotThere(DocumentError):
    """A certificate is for whom was at the forum."""

    sentence = gettext_lazy(
        "A certificate is for those who were at the forum: no arrival is recorded."
    )


class TooEarly(DocumentError):
    """Certificates are not open yet."""


class NoName(DocumentError):
    """Neither spelling of the name can be printed."""

    sentence = gettext_lazy(
        "The name is missing, or has letters that we cannot print. Have it written in Latin or "
        "Cyrillic letters first."
    )


class AlreadyWithdrawn(DocumentError):
    """The document holds no more."""

    sentence = gettext_lazy("This document was withdrawn already.")


class Busy(DocumentError, locks.Busy):
    """Another writer held what this one needed; the same may be asked again."""

    sentence = locks.Busy.sentence


def too_early(edition: Edition, opens: dt.datetime) -> TooEarly:
    """Say from when on there are certificates, in the edition's zone."""
    day = date_format(opens.astimezone(edition.zone), "DATETIME_FORMAT")
    return TooEarly(_("Certificates are issued from this time on: %(day)s.") % {"day": day})
