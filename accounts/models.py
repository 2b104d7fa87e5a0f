"""The app's table of contents: its features' models."""

from accounts.organisations.models import LegalForm, Organisation, OrganisationKind, Region
from accounts.privacy.models import Consent, ConsentText, Purpose
from accounts.users.models import User

__all__ = [
    "Consent",
    "ConsentText",
    "LegalForm",
    "Organisation",
    "OrganisationKind",
    "Purpose",
    "Region",
    "User",
]
