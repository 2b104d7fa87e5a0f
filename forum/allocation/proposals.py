"""Proposes how a category's places are shared out among the regions; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region
from forum.allocation.apportioning import Claim, apportion
from forum.allocation.matrix import Field, Matrix
from forum.quotas.cells import Cell
from forum.quotas.kinds import KIND_OF
from forum.quotas.models import Category


class Method(TextChoices):
    """By what the places are shared out."""

    EQUAL = "equal", _("Equal shares")
    ORGANISATIONS = "organisations", _("By the number of organisations")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an organiser asks for. `numbers` are typed ones, by region's id, in place of ours."""

    category: Category
    total: int
    method: Method
    least: int
    numbers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Share:
    """A region's part: its weight, what it has today (None: no limit), and what it would have."""

    region: Region
    field: Field
    weight: int
    places: int
    is_raised: bool

    @property
    def more(self) -> int | None:
        """By how many places it would grow; None where there was no limit."""
        return None if self.field.places is None else self.places - self.field.places


def count_organisations(category: Category) -> dict[int, int]:
    """Count those in our list that may send delegates of `category`, by region."""
    kind = KIND_OF.get(category)
    known = Organisation.objects.filter(region__isnull=False)
    rows = (known.filter(kind=kind) if kind else known).order_by()
    return dict(rows.values_list("region").annotate(number=Count("pk")))


def propose(
    wanted: Wanted, *, matrix: Matrix, regions: Sequence[Region], counted: Mapping[int, int]
) -> list[Share]:
    """Share the places out, never below what is taken; raises NotEnough.

    `counted` are the organisations in our list, by region.
    """
    by_cell = {field.cell: field for field in matrix.fields}
    fields = {region.pk: by_cell[Cell(wanted.category, region.pk)] for region in regions}
    weights = {
        region.pk: wanted.numbers.get(region.pk, counted.get(region.pk, 0)) for region in regions
    }
    shares = apportion(
        wanted.total,
        (
            Claim(
                key=region.pk,
                position=position,
                weight=1 if wanted.method == Method.EQUAL else weights[region.pk],
                floor=max(wanted.least, fields[region.pk].counts.taken),
            )
            for position, region in enumerate(regions)
        ),
    )
    return [
        Share(
            region=region,
            field=fields[region.pk],
            weight=weights[region.pk],
            places=shares.places[region.pk],
            is_raised=region.pk in shares.raised,
        )
        for region in regions
    ]
