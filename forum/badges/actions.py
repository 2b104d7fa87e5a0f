"""Printing badges: who asks, what a worker makes of it, and what counts as printed.

A worker claims a batch, writes after each part how far it is, and ends it together with the marks
of what was printed. Whoever claims a batch anew takes it from a worker that fell silent: that one's
next word finds another claim, and it stops.
"""

import datetime as dt
import logging
import secrets
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from accounts.codes import new_code
from accounts.locks import bounded_wait
from accounts.models import Region, User
from forum.badges.errors import NobodyWanted, NothingPrinted, NotStartable, UnderWay
from forum.badges.models import (
    SILENCE,
    Badge,
    BadgeBatch,
    BadgeBatchQuerySet,
    Failure,
    Layout,
    State,
    Wanted,
)
from forum.badges.printing import AT_ONCE, bind, print_badges
from forum.badges.wanted import badge_holders, digest_of, wanted_badges
from forum.celery import app
from forum.editions.models import Edition
from forum.registrations.models import Registration

logger = logging.getLogger(__name__)

MAKE_TASK = "forum.badges.tasks.make_batch"
FOLDER = "badges"
CODE_LENGTH = 10
ROWS = 3000
Clock = Callable[[], dt.datetime]


class _Superseded(Exception):
    """Another worker has claimed the batch."""


def print_one(registration: Registration, *, by: User, now: dt.datetime) -> bytes:
    """Return one badge as a PDF of A6, and mark it as printed by `by`."""
    with transaction.atomic():
        found = badge_holders(registration.edition).select_related("person", "organisation")
        holder = found.get(pk=registration.pk)
        content, incomplete = print_badges(registration.edition, [holder], layout=Layout.A6, at=now)
        _mark([(holder.pk, digest_of(holder), bool(incomplete))], by=by, batch=None, now=now)
    return content


@bounded_wait()
def ask(
    edition: Edition,
    *,
    wanted: Wanted | str,
    category: str,
    region: Region | None,
    layout: Layout | str,
    by: User,
    now: dt.datetime,
) -> BadgeBatch:
    """Have a worker make the badges; raises NobodyWanted, or UnderWay where one is at it."""
    locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if locked.badge_batches.alive(now=now).exists():
        raise UnderWay
    total = wanted_badges(locked, wanted=wanted, category=category, region=region).count()
    if not total:
        raise NobodyWanted
    batch = BadgeBatch.objects.create(
        edition=locked,
        code=new_code(CODE_LENGTH),
        wanted=wanted,
        category=category,
        region=region,
        layout=layout,
        asked_at=now,
        asked_by=by,
        total=total,
    )
    tell_workers(batch.code)
    return batch


@bounded_wait()
def start_again(batch: BadgeBatch, *, now: dt.datetime) -> BadgeBatch:
    """Have a batch made anew that failed, or whose worker stopped; else raises NotStartable."""
    Edition.objects.select_for_update(no_key=True).get(pk=batch.edition_id)
    current = BadgeBatch.objects.select_for_update().get(pk=batch.pk)
    if current.state(now=now) not in (State.FAILED, State.STOPPED):
        raise NotStartable
    if BadgeBatch.objects.filter(edition=batch.edition_id).alive(now=now).exists():
        raise UnderWay
    current.asked_at, current.claim, current.done = now, "", 0
    current.heard_at = current.failed_at = None
    current.failure = ""
    current.save(update_fields=["asked_at", "claim", "done", "heard_at", "failed_at", "failure"])
    tell_workers(current.code)
    return current


@bounded_wait()
def take_back(batch: BadgeBatch) -> int:
    """Count what the batch printed as not printed: the paper was lost, or never came out."""
    printed, _kinds = Badge.objects.filter(batch=batch).delete()
    if not printed:
        raise NothingPrinted
    return printed


def make(code: str, *, clock: Clock) -> None:
    """Make the batch `code`, in the worker; nothing where another worker is at it or was."""
    batch = _claim(code, now=clock())
    if batch is None:
        return
    try:
        _make(batch, clock=clock)
    except _Superseded:
        logger.warning("Another worker has taken over the badges %s.", code)
    except Exception:
        _held(batch).update(failed_at=clock(), failure=Failure.FAULT)
        raise


def tell_workers(code: str) -> None:
    """Wake a worker when the transaction is committed; a planner finds what nobody was told."""
    transaction.on_commit(lambda: _send_task(code))


def remove_outdated(*, now: dt.datetime) -> int:
    """Remove the files that were kept for long enough, and those that no batch names."""
    removed = BadgeBatch.objects.outdated(now=now).update(file="")
    # In this order: a file lies there before its batch names it, and while that is unfinished.
    lying = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    if lying and not BadgeBatch.objects.unfinished().exists():
        named = set(BadgeBatch.objects.exclude(file="").values_list("file", flat=True))
        for name in {f"{FOLDER}/{one}" for one in lying} - named:
            default_storage.delete(name)
    return removed


def _send_task(code: str) -> None:
    try:
        app.send_task(MAKE_TASK, [code], retry=False, ignore_result=True)
    except Exception as error:
        # The broker's clients raise errors of a dozen classes; none is worth a failed request.
        logger.warning("No worker could be told (%s); the planner tells one.", error)


def _claim(code: str, *, now: dt.datetime) -> BadgeBatch | None:
    """Take a batch that nobody makes, or whose worker fell silent."""
    claim = secrets.token_hex(8)
    free = Q(heard_at__isnull=True) | Q(heard_at__lte=now - SILENCE)
    taken = BadgeBatch.objects.unfinished().filter(free, code=code)
    if not taken.update(claim=claim, heard_at=now, done=0):
        return None
    return BadgeBatch.objects.select_related("edition", "region", "asked_by").get(code=code)


def _held(batch: BadgeBatch) -> BadgeBatchQuerySet:
    return BadgeBatch.objects.unfinished().filter(pk=batch.pk, claim=batch.claim)


def _tell(batch: BadgeBatch, *, done: int, total: int, now: dt.datetime) -> None:
    if not _held(batch).update(done=done, total=total, heard_at=now):
        raise _Superseded


def _make(batch: BadgeBatch, *, clock: Clock) -> None:
    edition = batch.edition
    asked = wanted_badges(
        edition, wanted=batch.wanted, category=batch.category, region=batch.region
    )
    keys = list(asked.values_list("pk", flat=True))
    if not keys:
        _held(batch).update(failed_at=clock(), failure=Failure.NOBODY)
        return
    printed: list[tuple[int, str, bool]] = []
    with tempfile.TemporaryDirectory(prefix="badges-") as place:
        parts = []
        for first in range(0, len(keys), AT_ONCE):
            chosen = keys[first : first + AT_ONCE]
            holders = list(_holders(edition, chosen))
            content, incomplete = print_badges(
                edition, holders, layout=batch.layout, at=batch.asked_at
            )
            printed += [(one.pk, digest_of(one), one.pk in incomplete) for one in holders]
            parts.append(Path(place) / f"{first:06}.pdf")
            parts[-1].write_bytes(content)
            _tell(batch, done=first + len(chosen), total=len(keys), now=clock())
        whole = Path(place) / "whole.pdf"
        bind(parts, whole)
        _finish(batch, whole, printed, now=clock())


def _holders(edition: Edition, keys: list[int]) -> Iterable[Registration]:
    """Read again at the last moment: who was cancelled meanwhile gets no badge."""
    found = badge_holders(edition).filter(pk__in=keys).select_related("person", "organisation")
    return found.order_by("person__sort_key", "pk")


def _finish(
    batch: BadgeBatch, whole: Path, printed: list[tuple[int, str, bool]], *, now: dt.datetime
) -> None:
    """Keep the file, and mark what it holds as printed, both or neither."""
    with whole.open("rb") as content:
        name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.pdf", File(content))
    try:
        with transaction.atomic():
            if not _held(batch).update(
                file=name, finished_at=now, heard_at=now, done=len(printed), total=len(printed)
            ):
                raise _Superseded
            _mark(printed, by=batch.asked_by, batch=batch, now=now)
    except BaseException:
        default_storage.delete(name)
        raise


def _mark(
    printed: list[tuple[int, str, bool]],
    *,
    by: User | None,
    batch: BadgeBatch | None,
    now: dt.datetime,
) -> None:
    Badge.objects.bulk_create(
        [
            Badge(
                registration_id=pk,
                printed_at=now,
                printed_by=by,
                batch=batch,
                digest=digest,
                incomplete=incomplete,
            )
            for pk, digest, incomplete in printed
        ],
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["printed_at", "printed_by", "batch", "digest", "incomplete"],
    )
