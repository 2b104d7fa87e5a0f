"""The app's table of contents: its features' models."""

from forum.editions.models import ContentStamp, Edition, Organiser
from forum.mailing.models import Letter, LetterKind
from forum.registrations.models import Category, Need, Registration, Status

__all__ = [
    "Category",
    "ContentStamp",
    "Edition",
    "Letter",
    "LetterKind",
    "Need",
    "Organiser",
    "Registration",
    "Status",
]
