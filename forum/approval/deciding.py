"""A decision as an organiser sends it: on whom, which, why; and what is asked before."""

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from accounts.languages import Language
from accounts.models import User
from forum.approval import actions
from forum.approval.choosing import chosen_of, read_choice, texts_of
from forum.approval.errors import NobodyChosen, NoStep
from forum.approval.forms import Form, form_for
from forum.approval.models import DecisionBatch, Step
from forum.approval.steps import ASKED_FIRST
from forum.editions.models import Edition

SAMPLE = 10


class Decision:
    """What was sent from the list, one registration's page, the line, or the page that asks."""

    def __init__(self, posted: QueryDict, *, edition: Edition, now: dt.datetime) -> None:
        self.posted, self.edition, self.now = texts_of(posted), edition, now
        self.language = reader_language()
        step = self.posted.get("step")
        self.step = Step(step) if step in Step.values else None
        self.choice = read_choice(posted)
        self.chosen = chosen_of(edition, self.choice, now=now)
        self.is_answer = "confirmed" in posted

    @cached_property
    def languages(self) -> list[tuple[str, int]]:
        """How many of those chosen read each language, the most frequent first."""
        rows = self.chosen.order_by().values_list("person__language").annotate(number=Count("pk"))
        return sorted(rows, key=lambda row: -row[1])

    @property
    def count(self) -> int:
        """How many are chosen."""
        return sum(number for _language, number in self.languages)

    @cached_property
    def form(self) -> Form:
        """The form that asks before; it knows which languages are read."""
        assert self.step is not None
        return form_for(
            self.step,
            self.posted if self.is_answer else None,
            edition=self.edition,
            language=self.language,
            needed={language for language, _number in self.languages},
        )

    @property
    def is_open(self) -> bool:
        """Whether something has to be asked first: of all of a list, or where people read why."""
        if self.step is None or not self.count:
            return False
        asks = self.step in ASKED_FIRST or self.choice.every
        return asks and not (self.is_answer and self.form.is_valid())

    def carry_out(self, *, by: User) -> DecisionBatch:
        """Decide. Raises NoStep, NobodyChosen, NoReason."""
        if self.step is None:
            raise NoStep
        if not self.count:
            raise NobodyChosen
        return actions.decide(
            self.edition,
            self.chosen.values_list("pk", flat=True),
            step=self.step,
            by=by,
            reasons=self.form.reasons() if self.is_answer and self.form.is_valid() else {},
            language=self.language,
            now=self.now,
        )

    def question(self) -> dict[str, Any]:
        """Return what the page that asks shows."""
        return {
            "edition": self.edition,
            "step": self.step,
            "form": self.form,
            "count": self.count,
            "readers": [(Language(one).label, number) for one, number in self.languages],
            "sample": list(self.chosen.select_related("person", "organisation")[:SAMPLE]),
            "more": max(self.count - SAMPLE, 0),
            "hidden": [*self.choice.hidden(), *self._told()],
            "back": self.back(),
        }

    def back(self, batch: DecisionBatch | None = None) -> str:
        """Return the address of the page that it came from, which tells of `batch`."""
        page, told = "desk_registrations", self.choice.asked.told()
        codes: list[str] = []
        if self.posted.get("from") == "one" and self.choice.codes:
            page, told, codes = "desk_registration", {}, self.choice.codes[:1]
        elif self.posted.get("from") == "waiting":
            page, told = "desk_registrations_waiting", {"line": self.posted.get("line", "")}
        if batch:
            told["batch"] = batch.code
        return reverse(page, args=[self.edition.slug, *codes]) + "?" + urlencode(told)

    def _told(self) -> list[tuple[str, str]]:
        """Return the hidden fields that say the decision, and where it came from, again."""
        names = ("step", "from", "line")
        return [(name, self.posted[name]) for name in names if self.posted.get(name)]


def reader_language() -> Language:
    """Return the language of the page."""
    return Language((get_language() or Language.KAZAKH)[:2])
