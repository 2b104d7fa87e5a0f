"""Deciding on many registrations: some under one lock, so that others register between."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F, OrderBy

from accounts.models import User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations.current import hold
from forum.registrations.errors import Busy, RegistrationError
from forum.registrations.models import Registration

AT_A_TIME = 25
"""So many are decided on under one lock."""
FIRST_COME = (F("registered_at").asc(), F("pk").asc())
IN_LINE = (
    F("moved_up_at").asc(nulls_last=True), F("waiting_since").asc(nulls_last=True), *FIRST_COME,
)  # fmt: skip
WAITING_FIRST = (F("confirmed_at").asc(nulls_first=True), *FIRST_COME)


@dataclass
class Outcome:
    """What came of deciding on many: those done, and of each other one why not."""

    done: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, RegistrationError]] = field(default_factory=list)


def decide_on_each(
    edition: Edition,
    registrations: Iterable[int],
    decide: Callable[[Registration], object],
    *,
    by: User,
    step: str,
    why: str = "",
    order: tuple[OrderBy, ...] = FIRST_COME,
    first: Callable[[Edition], object] | None = None,
    then: Callable[[Edition], object] | None = None,
) -> Outcome:
    """Decide on each; `first` is done under each lock, `then` at the end, under the last one."""
    chosen = edition.registrations.filter(pk__in=list(registrations))
    ordered = list(chosen.order_by(*order).values_list("pk", flat=True))
    outcome = Outcome()
    for chunk in _chunks(ordered):
        with locked_edition(edition.pk, by=by, step=step, why=why, busy=Busy) as locked:
            if first:
                first(locked)
            for pk in chunk:
                current = hold(pk, locked)
                try:
                    decide(current)
                    outcome.done.append(current)
                except RegistrationError as error:
                    outcome.refused.append((current, error))
            if then and chunk[-1] == ordered[-1]:
                then(locked)
    return outcome


def _chunks(order: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(order), AT_A_TIME):
        yield order[start : start + AT_A_TIME]
