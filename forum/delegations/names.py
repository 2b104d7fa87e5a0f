"""By which name a contact knows a delegate."""

from forum.registrations.models import Registration


def shown_name(registration: Registration) -> str:
    """Return what the contact typed; of who registered themselves, the name that they gave."""
    named = getattr(registration, "nomination", None)
    return str((named or registration.person).full_name)
