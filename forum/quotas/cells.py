"""Where a number of places stands: for a category of a region, for one of them, or for all."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from forum.quotas.models import Category


class Cell(NamedTuple):
    """One field of the table of regions by categories.

    `category` "" is every category, `region` (its id) None every region; both together are the
    edition's own number of places.
    """

    category: str
    region: int | None


EVERYBODY = Cell("", None)


def cell_name(category: str, region: object = None) -> str:
    """Name a cell for people; `region` is its name, or the region itself."""
    parts = [str(Category(category).label) if category else "", str(region) if region else ""]
    return " · ".join(filter(None, parts)) or _("The whole edition")
