"""The app's table of contents: its features' models."""

from forum.editions.models import ContentStamp, Edition, Organiser
from forum.mailing.models import Letter, LetterKind
from forum.needs.models import NeedsErasure, NeedsView
from forum.quotas.models import Approval, Category, CategoryRule, Quota
from forum.registrations.models import Need, Registration, Status

__all__ = [
    "Approval",
    "Category",
    "CategoryRule",
    "ContentStamp",
    "Edition",
    "Letter",
    "LetterKind",
    "Need",
    "NeedsErasure",
    "NeedsView",
    "Organiser",
    "Quota",
    "Registration",
    "Status",
]
