"""Which records have a history, in all their languages."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

Kept = TypeVar("Kept", bound=type[Model])


class _AnyColumn(pgtrigger.Condition):
    """Whether an update changed any column that the model has by now, but for some."""

    def __init__(self, exclude: Sequence[str]) -> None:
        self.exclude = list(exclude)

    def resolve(self, model: type[Model]) -> str:
        return str(pgtrigger.AnyChange(exclude=self.exclude).resolve(model))


def tracked(*, exclude: Sequence[str] = (), deletions: bool = False) -> Callable[[Kept], Kept]:
    """Make triggers keep a snapshot of each insert and update of a model, but for `exclude`.

    pghistory's own condition names the columns that a model has when it is declared, and so would
    miss a change in `title_ru`: modeltranslation adds those later. Ours is asked when the trigger
    is made.
    """
    events = [
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=_AnyColumn(exclude)),
        *([pghistory.DeleteEvent()] if deletions else []),
    ]
    return pghistory.track(*events, exclude=list(exclude))
