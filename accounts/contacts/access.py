"""For whom a person speaks: what they may open, or a 404."""

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.contacts.models import Contact, ContactQuerySet
from accounts.organisations.models import Organisation, OrganisationQuerySet
from accounts.users.models import User


def organisations_of(person: User) -> OrganisationQuerySet:
    """Return the organisations for which `person` speaks, confirmed."""
    mine = Contact.objects.confirmed().filter(person=person)
    return Organisation.objects.filter(pk__in=mine.values("organisation")).order_by("sort_key")


def own_contacts(person: User) -> ContactQuerySet:
    """Return all that `person` is or asked to be, the live ones first, then the newest."""
    mine = Contact.objects.filter(person=person).select_related("organisation__region")
    return mine.order_by("-ended_at", "-asked_at", "-pk")


def get_organisation_as_contact(code: str, *, person: User) -> Organisation:
    """Return the organisation with this code for which `person` speaks; else a 404."""
    found = organisations_of(person).filter(code=code.upper()).select_related("region").first()
    if found is None:
        raise Http404(_("You are not a contact of such an organisation."))
    return found


def get_contact_of(organisation: Organisation, *, code: str) -> Contact:
    """Return the live contact with this code of an organisation; else a 404."""
    live = organisation.contacts.live().select_related("person")
    found = live.filter(code=code.upper()).first()
    if found is None:
        raise Http404(_("This organisation has no such contact."))
    return found


def get_own_contact(code: str, *, person: User) -> Contact:
    """Return the live contact with this code that is `person`'s own; else a 404."""
    live = Contact.objects.live().select_related("organisation")
    found = live.filter(person=person, code=code.upper()).first()
    if found is None:
        raise Http404(_("You have not asked for that, or it has ended."))
    return found
