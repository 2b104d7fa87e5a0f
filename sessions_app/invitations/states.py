"""How far it is with a speaker: invited, answered, and what is still lacking."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.speakers.models import Speaker


class Answer(models.TextChoices):
    """Where an invitation stands; derived, never stored."""

    NOT_INVITED = "not_invited", _("Not invited")
    AWAITED = "awaited", _("No answer")
    CONFIRMED = "confirmed", pgettext_lazy("speaker", "Confirmed")
    DECLINED = "declined", pgettext_lazy("speaker", "Declined")


UNANSWERED = Q(confirmed_at=None, declined_at=None)
WITHOUT_ADDRESS = Q(email="") & (Q(person=None) | Q(person__is_active=False))
_NO_BIOGRAPHY = Q(
    *(
        Q(**{f"biography_{language}": ""}) | Q(**{f"biography_{language}": None})
        for language in ("kk", "ru", "en")
    )
)
FILTERS = {
    "not_invited": (pgettext_lazy("speakers", "Not invited"), UNANSWERED & Q(invited_at=None)),
    "invited": (_("Invited"), Q(invited_at__isnull=False)),
    "awaited": (_("No answer"), UNANSWERED & Q(invited_at__isnull=False)),
    "confirmed": (pgettext_lazy("speakers", "Confirmed"), Q(confirmed_at__isnull=False)),
    "declined": (pgettext_lazy("speakers", "Declined"), Q(declined_at__isnull=False)),
    "no_email": (_("No e-mail"), WITHOUT_ADDRESS),
    "no_photo": (_("No photo"), Q(photo="")),
    "no_biography": (_("No biography"), _NO_BIOGRAPHY),
}
"""The desk's filters, each with its words and its question."""


def answer_of(speaker: Speaker) -> Answer:
    """Derive where the invitation stands."""
    if speaker.confirmed_at:
        return Answer.CONFIRMED
    if speaker.declined_at:
        return Answer.DECLINED
    return Answer.AWAITED if speaker.invited_at else Answer.NOT_INVITED


def has_address(speaker: Speaker) -> bool:
    """Whether a letter would reach the speaker."""
    return bool(speaker.email or (speaker.person and speaker.person.is_active))
