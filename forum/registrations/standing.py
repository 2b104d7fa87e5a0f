"""At which place of which line somebody waits, and why: the narrowest full quota says it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from forum.quotas.models import Quota
from forum.registrations.models import Registration, Status
from forum.registrations.querysets import RegistrationQuerySet


@dataclass(frozen=True)
class Turn:
    """A place in a line. Without `quota` the line is the edition's; `places` is how many it has.

    `places` None: nothing is full, and the desk gives the free places.
    """

    place: int
    quota: Quota | None
    places: int | None


def turn_of(registration: Registration) -> Turn:
    """Return the turn of who waits: the first is 1.

    Who wait for the same places stand in one line: those of the narrowest quota that is full.
    """
    registration.edition.refresh_from_db(fields=["places_taken"])
    return turns_of([registration], full=registration.full_quotas())[registration.pk]


def place_in_line(registration: Registration, quota: Quota | None) -> int:
    """Return at which place of the line of `quota`, or of the edition's, somebody waits."""
    return _places({registration.pk: quota})[registration.pk]


def turns_of(registrations: Iterable[Registration], *, full: Sequence[Quota]) -> dict[int, Turn]:
    """Return by id the turns of those who wait, all of one edition, in one question.

    `full` are the full quotas that any of them may fall under; the edition knows its places taken.
    """
    waiting = [one for one in registrations if one.status == Status.WAITING]
    if not waiting:
        return {}
    edition = waiting[0].edition
    lines = {one.pk: _narrowest(one, full) for one in waiting}
    is_full = edition.capacity is not None and edition.places_taken >= edition.capacity
    of_all = edition.capacity if is_full else None
    return {
        pk: Turn(place, quota, quota.places if quota else of_all)
        for pk, place in _places(lines).items()
        for quota in [lines[pk]]
    }


def _narrowest(registration: Registration, full: Sequence[Quota]) -> Quota | None:
    mine = [quota for quota in full if quota.is_for(registration)]
    return max(mine, key=_narrowness, default=None)


def _narrowness(quota: Quota) -> tuple[bool, bool, bool]:
    return bool(quota.organisation_id), bool(quota.region_id), bool(quota.category)


def _places(lines: dict[int, Quota | None]) -> dict[int, int]:
    """Count, for each id, who stands before it in its line, and itself."""
    members: dict[int, list[int]] = defaultdict(list)
    for pk, quota in lines.items():
        members[quota.pk if quota else 0].append(pk)
    line = Case(
        *(When(pk__in=pks, then=Value(quota)) for quota, pks in members.items()),
        output_field=IntegerField(),
    )
    counted = Registration.objects.filter(pk__in=lines).annotate(line=line).order_by()
    ahead = _ahead().values("edition").annotate(number=Count("pk")).values("number")
    place = Coalesce(Subquery(ahead, output_field=IntegerField()), 0) + 1
    return dict(counted.annotate(place=place).values_list("pk", "place"))


def _ahead() -> RegistrationQuerySet:
    """Those in the `line` of an outer row who stand before it, as `ahead_of` has it for one."""
    earlier = Q(waiting_since__lt=OuterRef("waiting_since")) | Q(
        waiting_since=OuterRef("waiting_since"), pk__lt=OuterRef("pk")
    )
    nobody_moved_it = Q(IsNull(OuterRef("moved_up_at"), True))
    ahead = (
        Q(moved_up_at__lt=OuterRef("moved_up_at"))
        | Q(moved_up_at=OuterRef("moved_up_at")) & earlier
        | Q(moved_up_at__isnull=False) & nobody_moved_it
        | Q(moved_up_at__isnull=True) & nobody_moved_it & earlier
    )
    line = Quota.objects.filter(pk=OuterRef(OuterRef("line"))).of(
        OuterRef("category"), region=OuterRef("region"), organisation=OuterRef("organisation")
    )
    of_all = Q(Exact(OuterRef("line"), 0))
    found = Registration.objects.waiting().filter(ahead, edition=OuterRef("edition"))
    return found.filter(of_all | Exists(line)).order_by()
