"""Merges organisations that stand in the list twice: everything moves, nothing is deleted.

The relations are walked, so features above need not be known here; where a constraint of theirs
would break they hear `organisations_merging` before. A row that is written meanwhile with the
organisation that goes is led to the one that stays (accounts.organisations.merged).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pghistory
from django.db import IntegrityError
from django.db.models import ForeignObjectRel, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.locks import Busy, bounded_wait
from accounts.names import fold, translated
from accounts.organisations.models import LikelyDouble, Organisation, RegisterStatus
from accounts.organisations.signals import (
    merge_begins,
    organisations_merged,
    organisations_merging,
)
from accounts.refusals import Refusal
from accounts.users.models import User

FILLED = (*translated("name"), "legal_form", "region")
"""What the organisation that is kept takes from the other where it has nothing itself."""


class MergeError(Refusal):
    """The organisations cannot be merged so; `str()` says why, in the reader's language."""

    sentence = gettext_lazy("Choose at least two different organisations.")


class MergedAlready(MergeError):
    """Somebody else merged one of them a moment ago."""

    def __init__(self, organisation: Organisation) -> None:
        sentence = _("%(gone)s was merged into %(kept)s meanwhile. Look at the list again.")
        names = {"gone": organisation, "kept": organisation.merged_into}
        super().__init__(sentence % names)


class CannotMove(MergeError):
    """A constraint of some feature forbids that its rows point at the other organisation."""

    sentence = gettext_lazy(
        "Something that belongs to one of them stands in the way, so nothing was changed. Write to "
        "those who look after the software."
    )


def merge(
    keep: Organisation,
    *,
    gone: Sequence[Organisation],
    by: User,
    reason: str,
    now: dt.datetime,
) -> Organisation:
    """Move all that belongs to each of `gone` to `keep`, and hide them; all of them or none.

    Raises a MergeError, or Busy where somebody else holds what is needed.
    """
    if not gone or keep.pk in {one.pk for one in gone}:
        raise MergeError
    history = pghistory.context(user=by.pk, step="merge", why=reason)
    with history, bounded_wait(Busy):
        told: dict[str, Any] = {"sender": Organisation, "by": by, "now": now}
        for one in gone:
            merge_begins.send(keep=keep, gone=one, **told)
        held = _held({keep.pk, *(one.pk for one in gone)})
        kept = held.pop(keep.pk)
        for one in held.values():
            organisations_merging.send(keep=kept, gone=one, **told)
            LikelyDouble.objects.filter(Q(first=one) | Q(second=one)).delete()
            _move(one, to=kept)
            _join(kept, one)
            one.merged_into, one.merged_at = kept, now
            one.merged_by, one.merge_reason = by, reason
            # In this order: for a moment the number would be there twice.
            one.save()
            kept.save()
            organisations_merged.send(keep=kept, gone=one, **told)
    return kept


def _held(numbers: set[int]) -> dict[int, Organisation]:
    """Lock the rows in the order of their numbers, so that two merges cannot wait for each other.

    `FOR UPDATE` and nothing weaker: who writes a row that points at one of them waits too.
    """
    rows = Organisation.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    held = {one.pk: one for one in rows}
    if len(held) < len(numbers):
        raise MergeError
    for one in held.values():
        if one.merged_into_id:
            raise MergedAlready(one)
    return held


def relations() -> Iterator[ForeignObjectRel]:
    """Name every foreign key that points at an organisation, but for those of history."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if (
            isinstance(relation, ForeignObjectRel)
            and not relation.many_to_many
            and not hasattr(relation.related_model, "pgh_tracked_model")
        ):
            yield relation


def _move(gone: Organisation, *, to: Organisation) -> None:
    try:
        for relation in relations():
            rows: Any = relation.related_model._base_manager  # type: ignore[union-attr]
            name = relation.field.name  # type: ignore[attr-defined]
            rows.filter(**{name: gone}).update(**{name: to})
    except IntegrityError as error:
        raise CannotMove from error


def _join(kept: Organisation, gone: Organisation) -> None:
    """Fill what the kept one lacks, and let a search by the other's names and number find it."""
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    if kept.register_status == RegisterStatus.UNKNOWN:
        kept.register_status = gone.register_status
    if not kept.bin:
        kept.bin, gone.bin = gone.bin, None
    own = {fold(getattr(kept, name) or "") for name in translated("name")} | {"", kept.bin or ""}
    lines = [
        *kept.other_names.splitlines(),
        *(getattr(gone, name) or "" for name in translated("name")),
        gone.bin or "",
        *gone.other_names.splitlines(),
    ]
    new = {fold(line): line.strip() for line in reversed(lines)}
    kept.other_names = "\n".join(line for key, line in reversed(new.items()) if key not in own)
