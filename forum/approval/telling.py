"""What came of a decision on many, in sentences; and whether it can still be taken back."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.approval.models import DecisionBatch, Step
from forum.registrations.decisions import UNDO
from forum.registrations.models import Registration

MOST_NAMES, MOST_SENTENCES = 3, 8


@dataclass(frozen=True)
class Story:
    """A decision on many as its organiser reads of it."""

    batch: DecisionBatch
    sentences: list[str]
    quiet_until: dt.datetime | None
    """Until then its letters rest, and what is taken back nobody hears of."""

    @property
    def percent(self) -> int:
        """How much of it is carried out."""
        return 100 * self.batch.position // max(self.batch.count, 1)


def story_of(batch: DecisionBatch, *, now: dt.datetime) -> Story:
    """Tell what came of `batch` so far."""
    quiet_until = batch.asked_at + UNDO
    return Story(
        batch,
        [*_done(batch), *_refused(batch)],
        quiet_until if now < quiet_until else None,
    )


def _done(batch: DecisionBatch) -> Iterator[str]:
    if batch.step in (Step.APPROVE, Step.CONFIRM):
        yield from _places(batch)
        return
    count = len(batch.done)
    said = {
        Step.DECLINE: ngettext(
            "%(count)s registration is declined.", "%(count)s registrations are declined.", count
        ),
        Step.CANCEL: ngettext(
            "%(count)s registration is cancelled.", "%(count)s registrations are cancelled.", count
        ),
        Step.MOVE_UP: ngettext(
            "%(count)s registration is moved up.", "%(count)s registrations are moved up.", count
        ),
        Step.MOVE_BACK: ngettext(
            "%(count)s registration waits at its own turn again.",
            "%(count)s registrations wait at their own turns again.",
            count,
        ),
        Step.REOPEN: ngettext(
            "The decision on %(count)s registration is taken back.",
            "The decisions on %(count)s registrations are taken back.",
            count,
        ),
    }
    if count:
        yield said[Step(batch.step)] % {"count": count}


def _places(batch: DecisionBatch) -> Iterator[str]:
    if confirmed := batch.results.get("confirmed", 0):
        said = ngettext(
            "%(count)s registration is confirmed.",
            "%(count)s registrations are confirmed.",
            confirmed,
        )
        yield said % {"count": confirmed}
    waiting = Counter(batch.results.get("waiting", {}))
    rest = sum(waiting.values())
    for name, count in waiting.most_common(MOST_SENTENCES):
        if not name:
            continue
        rest -= count
        said = ngettext(
            "%(count)s is on the waiting list: no place is free in “%(quota)s”.",
            "%(count)s are on the waiting list: no place is free in “%(quota)s”.",
            count,
        )
        yield said % {"count": count, "quota": name}
    if rest:
        yield _("On the waiting list for other places: %(count)s.") % {"count": rest}


def _refused(batch: DecisionBatch) -> Iterator[str]:
    by_sentence: dict[str, list[int]] = defaultdict(list)
    for pk, sentence in batch.refused:
        by_sentence[sentence].append(pk)
    shown = [pk for pks in list(by_sentence.values())[:MOST_SENTENCES] for pk in pks[:MOST_NAMES]]
    rows = Registration.objects.filter(pk__in=shown).select_related("person")
    names = {one.pk: str(one.person) for one in rows}
    for sentence, pks in list(by_sentence.items())[:MOST_SENTENCES]:
        said = ngettext(
            "%(count)s is left as it was (%(names)s). %(why)s",
            "%(count)s are left as they were (%(names)s). %(why)s",
            len(pks),
        )
        told = [names[pk] for pk in pks[:MOST_NAMES] if pk in names]
        more = ["…"] if len(pks) > MOST_NAMES else []
        yield said % {"count": len(pks), "names": ", ".join(told + more), "why": sentence}
    if rest := sum(map(len, list(by_sentence.values())[MOST_SENTENCES:])):
        yield _("And %(count)s more were refused.") % {"count": rest}
