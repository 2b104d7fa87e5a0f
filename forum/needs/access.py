"""Who may see what delegates need: counts for organisers, single people for very few."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import fold
from forum.editions.models import Edition, Organiser, Role
from forum.needs.models import NeedsErasure
from forum.registrations.models import Need, Registration


@dataclass(frozen=True)
class NeedsDesk:
    """An edition's page of needs as one person may see it."""

    edition: Edition
    sees_people: bool
    """Whether single people, and counts however small."""
    runs: bool
    """Whether the other pages of the desk open, too."""


def get_needs_desk(slug: str, *, person: User | AnonymousUser) -> NeedsDesk:
    """Return the desk for the edition's organisers, and for staff who prepare it; else a 404."""
    if isinstance(person, User):
        team = Organiser.objects.filter(edition__slug=slug, person=person, role=Role.ORGANISER)
        mine = team.select_related("edition").first()
        everywhere = person.is_staff and person.has_perm("forum.view_needs")
        edition = mine.edition if mine else None
        if edition is None and everywhere:
            edition = Edition.objects.filter(slug=slug).first()
        if edition:
            sees = everywhere or (mine is not None and mine.sees_needs_since is not None)
            runs = mine is not None or person.is_superuser
            return NeedsDesk(edition, sees_people=sees, runs=runs)
    raise Http404(_("There is no such page, or it is not open to you."))


def get_needs_of_people(slug: str, *, person: User | AnonymousUser) -> NeedsDesk:
    """Return the desk for who may see single people; everybody else gets the same 404."""
    desk = get_needs_desk(slug, person=person)
    if not desk.sees_people:
        raise Http404(_("There is no such page, or it is not open to you."))
    return desk


def people_with_needs(
    edition: Edition, *, typed: str = "", need: str = ""
) -> QuerySet[Registration]:
    """Return who holds a place and needs something, by the Kazakh alphabet.

    `typed` is any part of a name or e-mail in any spelling, or the beginning of a code.
    """
    found = edition.registrations.filter(holds=True).exclude(needs=[], needs_note="")
    if need in Need:
        found = found.filter(needs__contains=[need])
    for word in fold(typed).split():
        found = found.filter(Q(code__istartswith=word) | Q(person__search_key__contains=word))
    found = found.select_related("person", "organisation")
    return found.order_by("person__sort_key", "pk")


def last_erasure(edition: Edition) -> NeedsErasure | None:
    """Return when the needs of the whole edition were erased last."""
    return NeedsErasure.objects.filter(edition=edition, whole=True).first()
