"""What concerns one person at one edition."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Contact, User
from forum.models import Edition, Letter, Registration, Role
from sessions_app.invitations.emails import personal_address
from sessions_app.models import Speaker

MOST_LETTERS = 20


def letters_of(person: User, *, edition: Edition) -> list[Letter]:
    """Return the newest letters written to `person` about `edition`, without their HTML."""
    letters = Letter.objects.filter(recipient=person, edition=edition, cancelled_at__isnull=True)
    return list(letters.defer("html", "calendar").order_by("-created_at", "-pk")[:MOST_LETTERS])


@dataclass(frozen=True)
class Part:
    """What a person is at an edition besides a delegate."""

    role: str
    """What they do in its team, a Role; "" for who is not of it."""
    speakers: list[int]
    """The ids of the speakers that they are: one, or none; more where the list has them twice."""
    speaker_page: str
    """Where they answer as a speaker; "" for who is none."""


def part_of(person: User, *, edition: Edition) -> Part:
    """Read what part `person` has in the edition, with one query."""
    speakers = Speaker.objects.filter(edition=edition, person=OuterRef("pk")).order_by("pk")
    told = JSONObject(**{name: name for name in ("pk", "code", "language", "link_secret")})
    role = edition.team.filter(person=OuterRef("pk")).values("role")[:1]
    rows = User.objects.filter(pk=person.pk).values_list(
        Subquery(role), ArraySubquery(speakers.values_list(told))
    )
    found, known = rows.get()
    mine = [Speaker(**one) for one in known]
    return Part(
        role=Role.ORGANISER if person.is_superuser else found or "",
        speakers=[one.pk for one in mine],
        speaker_page=personal_address(mine[0], edition) if mine else "",
    )


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
