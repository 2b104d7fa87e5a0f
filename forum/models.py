"""The app's table of contents: its features' models."""

from forum.approval.models import DecisionBatch
from forum.arrivals.models import Device, Scan
from forum.badges.models import Badge, BadgeBatch
from forum.delegations.models import DelegateInvitation, EndorsementDenial, Nomination
from forum.documents.models import Document
from forum.editions.models import ContentStamp, Edition, Organiser, Role
from forum.mailing.models import Letter, LetterKind, SendingMinute
from forum.needs.models import NeedsErasure, NeedsView
from forum.quotas.models import Approval, Category, CategoryRule, Quota
from forum.registrations.models import Need, Registration, Status
from forum.subscriptions.models import SwitchedOff, Topic

__all__ = [
    "Approval",
    "Badge",
    "BadgeBatch",
    "Category",
    "CategoryRule",
    "ContentStamp",
    "DecisionBatch",
    "DelegateInvitation",
    "Device",
    "Document",
    "Edition",
    "EndorsementDenial",
    "Letter",
    "LetterKind",
    "Need",
    "NeedsErasure",
    "NeedsView",
    "Nomination",
    "Organiser",
    "Quota",
    "Registration",
    "Role",
    "Scan",
    "SendingMinute",
    "Status",
    "SwitchedOff",
    "Topic",
]
