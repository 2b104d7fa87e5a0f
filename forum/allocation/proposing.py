"""The page of a proposal: what is asked for, what comes of it, and what keeps it from coming."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.models import Region
from forum.allocation.apportioning import NotEnough
from forum.allocation.forms import ProposalForm
from forum.allocation.matrix import Field, Matrix
from forum.allocation.proposals import Method, Share, count_organisations, propose
from forum.quotas.cells import Cell
from forum.quotas.models import Category


class Line(NamedTuple):
    """A region's share, and the field in which another number of organisations is typed.

    `places` and `seen` are sent when the proposal is saved.
    """

    share: Share
    number: BoundField
    more: str
    places: str
    seen: str


class ProposalPage:
    """Reads the address's query; without one it begins with equal shares of the NGOs' places."""

    def __init__(
        self, asked: Mapping[str, Any], *, matrix: Matrix, regions: Sequence[Region]
    ) -> None:
        self.matrix, self.regions = matrix, regions
        chosen = asked.get("category", "")
        category = Category(chosen) if chosen in Category else Category.NGO
        fields = {field.cell: field for field in matrix.fields}
        self.counted = count_organisations(category)
        begun = {"category": category, "method": Method.EQUAL, "least": ""}
        begun["total"] = str(_today(fields[Cell(category, None)]))
        told = {name: asked.get(name, value) for name, value in begun.items()}
        told |= {f"n.{one.code}": asked.get(f"n.{one.code}", "") for one in regions}
        self.form = ProposalForm(told, regions=regions, counted=self.counted)
        self.sentence = ""
        self.status = HTTPStatus.OK
        self.lines = self._lines()

    @property
    def wanted_fields(self) -> list[BoundField]:
        """The fields above the table."""
        return [self.form[name] for name in ("category", "total", "method", "least")]

    @property
    def number_fields(self) -> list[BoundField]:
        """The fields in the table."""
        return [self.form[f"n.{region.code}"] for region in self.regions]

    @property
    def total(self) -> int:
        """The places that are shared out."""
        return sum(line.share.places for line in self.lines)

    @property
    def changes_anything(self) -> bool:
        """Whether any number would be another than today's."""
        return any(line.share.more != 0 for line in self.lines)

    @property
    def by_organisations(self) -> bool:
        """Whether the numbers of organisations count."""
        return self.form["method"].value() == Method.ORGANISATIONS

    def _lines(self) -> list[Line]:
        if not self.form.is_valid():
            self.status = HTTPStatus.UNPROCESSABLE_ENTITY
            return []
        try:
            shares = propose(
                self.form.wanted(),
                matrix=self.matrix,
                regions=self.regions,
                counted=self.counted,
            )
        except NotEnough as error:
            self.status = HTTPStatus.UNPROCESSABLE_ENTITY
            self.sentence = _(
                "So many places are not enough: what is taken and the least number for each region "
                "need %(needed)s together. Share out at least so many, or lower the least number."
            ) % {"needed": error.needed}
            return []
        return [self._line(share) for share in shares]

    def _line(self, share: Share) -> Line:
        today = share.field.places
        return Line(
            share,
            self.form[f"n.{share.region.code}"],
            more=_signed(share.more),
            places=str(share.places),
            seen="" if today is None else str(today),
        )


def _today(field: Field) -> int:
    """Say how many places a category has: by its own number, its regions', or who holds one."""
    return field.counts.taken if field.given is None else field.given


def _signed(more: int | None) -> str:
    if not more:
        return ""
    return f"+{more}" if more > 0 else f"−{-more}"
