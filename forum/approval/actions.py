"""Deciding on many registrations, and taking that back: a part at a time, each part committed.

A part holds the batch's row, then the edition's. Nobody who holds an edition looks for a batch.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from accounts.codes import new_code
from accounts.models import User
from forum.approval.errors import CannotUndo, DecidedSince, NobodyChosen, NoReason
from forum.approval.models import UNDONE_BY, WITH_REASONS, DecisionBatch, Step
from forum.approval.places import limits_for
from forum.celery import app
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations import decisions
from forum.registrations.errors import Busy
from forum.registrations.many import AT_A_TIME, FIRST_COME, IN_LINE, WAITING_FIRST, Outcome
from forum.registrations.models import Registration, Status

logger = logging.getLogger(__name__)

AT_ONCE = 100
"""So many are decided on while the organiser waits; more, by a worker."""
TASK = "forum.approval.tasks.carry_out"
ORDERS = {
    **dict.fromkeys(Step, FIRST_COME),
    Step.CONFIRM: IN_LINE,
    Step.MOVE_UP: IN_LINE,
    # So no place that becomes free goes to one of them on the way.
    Step.REOPEN: WAITING_FIRST,
}
"""In which order a step comes to those chosen."""
PLAIN = {
    Step.APPROVE: decisions.approve_all,
    Step.CONFIRM: decisions.confirm_all,
    Step.REOPEN: decisions.reopen_all,
    Step.MOVE_BACK: decisions.move_back_all,
}
"""The steps for which nobody is told a reason."""


def decide(
    edition: Edition,
    registrations: Iterable[int],
    *,
    step: Step,
    by: User,
    language: str,
    now: dt.datetime,
    reasons: Mapping[str, str] | None = None,
) -> DecisionBatch:
    """Decide on each of `registrations` (ids of the edition's; others are left out).

    Raises NobodyChosen, or NoReason where those who read one would read none. `language` is that
    in which the organiser reads the refusals.
    """
    told = {name: text for name, text in (reasons or {}).items() if text}
    if step in (*WITH_REASONS, Step.MOVE_UP) and not told:
        raise NoReason
    chosen = edition.registrations.filter(pk__in=list(registrations))
    return _begin(
        DecisionBatch(
            edition=edition,
            step=step,
            by=by,
            reasons=told,
            language=language,
            asked_at=now,
            chosen=list(chosen.order_by(*ORDERS[step]).values_list("pk", flat=True)),
        )
    )


def undo(batch: DecisionBatch, *, by: User, language: str, now: dt.datetime) -> DecisionBatch:
    """Take back what `batch` did, for exactly those to whom it was done. Raises CannotUndo."""
    if not batch.can_be_undone:
        raise CannotUndo
    step = UNDONE_BY[Step(batch.step)]
    done = batch.edition.registrations.filter(pk__in=batch.done)
    try:
        return _begin(
            DecisionBatch(
                edition=batch.edition,
                step=step,
                by=by,
                language=language,
                asked_at=now,
                chosen=list(done.order_by(*ORDERS[step]).values_list("pk", flat=True)),
                undoes=batch,
            )
        )
    except IntegrityError as error:
        raise CannotUndo from error


def carry_on(batch: DecisionBatch) -> bool:
    """Carry out the next part of `batch`; False where nothing is left, or another one is at it."""
    with transaction.atomic():
        rows = DecisionBatch.objects.select_for_update(skip_locked=True, of=("self",))
        mine = rows.select_related("by").filter(pk=batch.pk, finished_at=None).first()
        if mine is None:
            return False
        now = timezone.now()
        with locked_edition(mine.edition_id, by=mine.by, busy=Busy) as edition:
            _do_part(mine, edition, now=now)
        if mine.position >= mine.count:
            mine.finished_at = now
        mine.save(update_fields=["position", "done", "refused", "results", "finished_at"])
    return not mine.is_finished


def _begin(batch: DecisionBatch) -> DecisionBatch:
    """Write the batch down; carry it out if it is small, else let a worker do it."""
    if not batch.chosen:
        raise NobodyChosen
    batch.code = new_code()
    with transaction.atomic():
        batch.save(force_insert=True)
        if batch.count > AT_ONCE:
            transaction.on_commit(lambda: _tell_worker(batch))
    if batch.count <= AT_ONCE:
        _carry_out_now(batch)
    batch.refresh_from_db()
    return batch


def _carry_out_now(batch: DecisionBatch) -> None:
    try:
        while carry_on(batch):
            pass
    except Busy:
        # What is done is done; the sweep goes on within a minute.
        logger.info("The decision %s waits: many are registering.", batch.code)


def _tell_worker(batch: DecisionBatch) -> None:
    try:
        app.send_task(TASK, [batch.pk], retry=False, ignore_result=True)
    except Exception as error:
        # The broker's clients raise errors of a dozen classes; the sweep finds the batch.
        logger.warning("No worker could be told (%s); the next sweep carries on.", error)


def _do_part(batch: DecisionBatch, edition: Edition, *, now: dt.datetime) -> None:
    """Decide on the next few, under the edition's lock, and note what came of it."""
    part = batch.chosen[batch.position : batch.position + AT_A_TIME]
    batch.position += len(part)
    overtaken = _decided_since(batch, edition, part) if batch.undoes_id else []
    outcomes = _decide(batch, edition, set(part) - set(overtaken), now=now)
    with override(batch.language):
        refused = [(one, error) for outcome in outcomes for one, error in outcome.refused]
        batch.refused += [[one.pk, str(error)] for one, error in refused]
        batch.refused += [[pk, str(DecidedSince())] for pk in overtaken]
        done = [one for outcome in outcomes for one in outcome.done]
        batch.done += [one.pk for one in done]
        if batch.step in (Step.APPROVE, Step.CONFIRM):
            _note_results(batch, edition, done)


def _decide(
    batch: DecisionBatch, edition: Edition, part: set[int], *, now: dt.datetime
) -> list[Outcome]:
    by, step = batch.by, Step(batch.step)
    if step in WITH_REASONS:
        act = decisions.decline_all if step == Step.DECLINE else decisions.cancel_all
        return [
            act(edition, pks, by=by, reason=reason, now=now)
            for reason, pks in _by_reason(batch, edition, part).items()
        ]
    if step == Step.MOVE_UP:
        reason = batch.reason_for(batch.language)
        return [decisions.move_up_all(edition, part, by=by, reason=reason, now=now)]
    return [PLAIN[step](edition, part, by=by, now=now)]


def _by_reason(batch: DecisionBatch, edition: Edition, part: set[int]) -> dict[str, list[int]]:
    """Part them by the reason that each reads, in the language of their letters."""
    found: dict[str, list[int]] = {}
    rows = edition.registrations.filter(pk__in=part).order_by(*FIRST_COME)
    for pk, language in rows.values_list("pk", "person__language"):
        found.setdefault(batch.reason_for(language), []).append(pk)
    return found


def _decided_since(batch: DecisionBatch, edition: Edition, part: list[int]) -> list[int]:
    """Return whose newest decision is another one than that which `batch` takes back."""
    undone = batch.undoes
    assert undone is not None
    by, since = undone.by_id, undone.asked_at
    marks = {
        Step.APPROVE: Q(approved_by=by, approved_at__gte=since, confirmed_by=None),
        Step.CONFIRM: Q(confirmed_by=by, confirmed_at__gte=since),
        Step.MOVE_UP: Q(moved_up_by=by, moved_up_at__gte=since),
        Step.DECLINE: Q(declined_by=by, declined_at__gte=since),
    }
    rows = edition.registrations.filter(marks[Step(undone.step)], pk__in=part, cancelled_at=None)
    if undone.step != Step.DECLINE:
        rows = rows.filter(declined_at=None)
    return sorted(set(part) - set(rows.values_list("pk", flat=True)))


def _note_results(batch: DecisionBatch, edition: Edition, done: list[Registration]) -> None:
    """Count the confirmed, and those who wait by the narrowest limit that is full for them."""
    edition.refresh_from_db(fields=["places_taken"])
    limits = limits_for(edition, done)
    waiting = Counter(batch.results.get("waiting", {}))
    for one in done:
        if one.status == Status.WAITING:
            waiting[next((limit.name for limit in limits.full(one)), "")] += 1
    confirmed = len(done) - sum(one.status == Status.WAITING for one in done)
    batch.results = {
        "confirmed": batch.results.get("confirmed", 0) + confirmed,
        "waiting": dict(waiting),
    }
