"""What was typed into the table of places, and what was seen there before."""

import datetime as dt
import uuid
from collections.abc import Mapping
from http import HTTPStatus

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forum.allocation.numbers import NoNumber, read_places
from forum.editions.models import Edition
from forum.quotas.actions import Changed, Wish, set_many
from forum.quotas.cells import Cell
from forum.quotas.errors import CellsRefused, ChangedMeanwhile, NoNumberOfPlaces, QuotaError

LONGEST = 20


class PlacesForm:
    """Fields named `p.<key>`, each beside what stood there as `s.<key>`.

    A field that is not sent, or not changed, is left as it is; all others are saved, or none.
    After `save` refused, `errors` and `typed` say by key what is wrong and what was typed.
    """

    def __init__(self, data: QueryDict | None, cells: Mapping[str, Cell]) -> None:
        self.data = data
        self.keys = {cell: key for key, cell in cells.items()}
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.sentence = ""
        self.status = HTTPStatus.OK
        self.changed: Mapping[Cell, Changed] = {}
        self.wishes = self._read(data, cells) if data is not None else {}

    def save(self, edition: Edition, *, by: User, now: dt.datetime) -> bool:
        """Save what was changed, if the form was sent and all of it may be."""
        if self.data is None:
            return False
        self.status = HTTPStatus.UNPROCESSABLE_ENTITY
        if self.errors:
            return False
        try:
            self.changed = set_many(
                edition, self.wishes, by=by, now=now, undoes=_uuid(self.data.get("undoes", ""))
            )
        except CellsRefused as error:
            self.errors = {self.keys[cell]: said for cell, said in error.sentences.items()}
            if isinstance(error, ChangedMeanwhile):
                self.status = HTTPStatus.CONFLICT
        except QuotaError as error:
            self.sentence = str(error)
        else:
            return True
        return False

    @property
    def said(self) -> str:
        """What was saved, in a sentence."""
        if not self.changed:
            return _("Nothing was changed.")
        count = len(self.changed)
        told = ngettext(
            "%(count)s number of places is saved.", "%(count)s numbers of places are saved.", count
        )
        return told % {"count": count}

    def _read(self, data: QueryDict, cells: Mapping[str, Cell]) -> dict[Cell, Wish]:
        wishes = {}
        for key, cell in cells.items():
            typed = data.get(f"p.{key}")
            if typed is None or typed.strip() == (seen := data.get(f"s.{key}", "")):
                continue
            # PostgreSQL takes no null byte, and neither does a page.
            self.typed[key] = typed.replace("\0", "")[:LONGEST]
            try:
                wishes[cell] = Wish(read_places(typed), seen=_seen(seen))
            except NoNumber:
                self.errors[key] = str(NoNumberOfPlaces.sentence)
        return wishes


def _seen(text: str) -> int | None:
    """Read what stood there; what cannot be read stands nowhere."""
    try:
        return read_places(text)
    except NoNumber:
        return -1


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
