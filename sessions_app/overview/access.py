"""What concerns one person at one edition."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from accounts.models import Contact, User
from forum.models import Edition, Letter, Registration, Role
from sessions_app.invitations.emails import personal_address
from sessions_app.models import Release, Slot, Speaker

MOST_LETTERS = 20


def letters_of(person: User, *, edition: Edition) -> list[Letter]:
    """Return the newest letters written to `person` about `edition`, without their HTML."""
    letters = Letter.objects.filter(recipient=person, edition=edition, cancelled_at__isnull=True)
    return list(letters.defer("html", "calendar").order_by("-created_at", "-pk")[:MOST_LETTERS])


def slots_of(person: User, *, edition: Edition) -> QuerySet[Slot]:
    """Return where and when `person` speaks, in the newest release, in order of time."""
    newest = Release.objects.filter(edition=edition).newest()
    mine = Slot.objects.filter(release__in=newest, speakers__speaker__person=person)
    return mine.select_related("session", "room").order_by("during").distinct()


def seats_of(person: User, *, edition: Edition) -> QuerySet[Slot]:
    """Return what `person` has a seat in, or waits for, as the newest release holds it, in order.

    Each with `taken_at` and `choose_until` of the seat.
    """
    newest = Release.objects.filter(edition=edition).newest()
    mine = Slot.objects.filter(
        release__in=newest,
        session__seats__registration__person=person,
        session__seats__released_at=None,
    )
    mine = mine.annotate(
        taken_at=F("session__seats__taken_at"), choose_until=F("session__seats__choose_until")
    )
    return mine.select_related("session", "room").order_by("during")


def speaker_page_of(person: User, *, edition: Edition) -> str:
    """Return the address of the page where `person` answers as a speaker; "" for who is none."""
    speaker = Speaker.objects.filter(edition=edition, person=person).order_by("pk").first()
    return personal_address(speaker, edition) if speaker else ""


def role_of(person: User, *, edition: Edition) -> str:
    """Return what `person` does in the edition's team; "" for who is not of it."""
    if person.is_superuser:
        return Role.ORGANISER
    return edition.team.filter(person=person).values_list("role", flat=True).first() or ""


@dataclass(frozen=True)
class Contacts:
    """Who speaks for the organisation of a registration, and whether the reader speaks for any."""

    names: list[str]
    speaks: bool


def contacts_around(person: User, registration: Registration | None) -> Contacts:
    """Return the contacts of the organisation for which `person` comes; names alone."""
    organisation = registration.organisation_id if registration else None
    confirmed = Contact.objects.confirmed().filter(
        Q(person=person) | Q(organisation__isnull=False, organisation=organisation)
    )
    found = list(confirmed.select_related("person").order_by("person__sort_key", "pk"))
    names = [str(one.person) for one in found if one.organisation_id == organisation]
    return Contacts(names, any(one.person_id == person.pk for one in found))
