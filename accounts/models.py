"""The app's table of contents: its features' models."""

from accounts.contacts.models import Contact, ContactStatus
from accounts.organisations.models import (
    LegalForm,
    LikelyDouble,
    Organisation,
    OrganisationKind,
    Region,
    RegisterStatus,
)
from accounts.privacy.models import Consent, ConsentText, Purpose
from accounts.users.models import User

__all__ = [
    "Consent",
    "ConsentText",
    "Contact",
    "ContactStatus",
    "LegalForm",
    "LikelyDouble",
    "Organisation",
    "OrganisationKind",
    "Purpose",
    "Region",
    "RegisterStatus",
    "User",
]
