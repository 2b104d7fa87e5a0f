"""Batches: who is in one, how far it is, and what becomes of it when a worker dies."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import Organisation, Region, User
from forum.badges import actions
from forum.badges.errors import NobodyWanted, NothingPrinted, NotStartable, UnderWay
from forum.badges.models import KEPT, SILENCE, Badge, BadgeBatch, Failure, State, Wanted
from forum.editions.models import Edition
from forum.models import Registration
from forum.tickets.codes import ticket_payload
from tests.forum.pdf import codes_of, pages_of

from .conftest import Holder

pytestmark = pytest.mark.django_db
Ask = Callable[..., BadgeBatch]


@pytest.fixture
def ask(edition: Edition, organiser: User, now: dt.datetime) -> Ask:
    def asked(wanted: str = "due", **fields: Any) -> BadgeBatch:
        told = {"category": "", "region": None, "layout": "a6", "by": organiser, "now": now}
        return actions.ask(edition, wanted=wanted, **told | fields)

    return asked


@pytest.fixture
def make(now: dt.datetime) -> Callable[[BadgeBatch], BadgeBatch]:
    def made(batch: BadgeBatch, *, at: dt.datetime = now) -> BadgeBatch:
        actions.make(batch.code, clock=lambda: at)
        batch.refresh_from_db()
        return batch

    return made


def content_of(batch: BadgeBatch) -> bytes:
    return Path(default_storage.path(batch.file)).read_bytes()


def test_batch_has_everybody_with_a_place_by_the_kazakh_alphabet(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    for name in ("Үлгі", "Қасым", "Ұлан", "Карим", "Ольга"):
        holder(name, "")
    holder("Кетті", "", cancelled_at=now)
    holder("Күтеді", "", confirmed_at=None)
    pages = pages_of(content_of(make(ask())))
    names = ["Карим", "Қасым", "Ольга", "Ұлан", "Үлгі"]
    assert len(pages) == 5
    assert [name in page for name, page in zip(names, pages, strict=True)] == [True] * 5


def test_parts_make_one_file_in_order(
    holder: Holder, ask: Ask, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    five = [holder(f"Қатысушы-{n}") for n in range(5)]
    batch = make(ask())
    content = content_of(batch)
    codes = [codes_of(content, page=n) for n in range(5)]
    assert codes == [[ticket_payload(one)] for one in five]
    assert (batch.done, batch.total) == (5, 5)


def test_every_badge_of_a_batch_counts_as_printed(
    holder: Holder, ask: Ask, make: Any, organiser: User, now: dt.datetime
) -> None:
    holder(), holder("王", "")
    batch = make(ask())
    told = Badge.objects.order_by("registration__code")
    assert [(one.printed_by, one.printed_at, one.batch, one.incomplete) for one in told] == [
        (organiser, now, batch, False),
        (organiser, now, batch, True),
    ]


def test_what_is_printed_is_not_due_until_something_on_it_changes(
    holder: Holder, ask: Ask, make: Any
) -> None:
    first, second = holder(organisation="ҚҚ «Үлгі»"), holder()
    make(ask())
    with pytest.raises(NobodyWanted):
        ask()
    first.person.latin_name = "Sample"
    first.person.save()
    again = make(ask(Wanted.CHANGED))
    assert codes_of(content_of(again)) == [ticket_payload(first)]
    third = holder()
    assert codes_of(content_of(make(ask(Wanted.UNPRINTED)))) == [ticket_payload(third)]
    assert ask(Wanted.ALL).total == 3
    assert second.badge.batch_id != again.pk


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (User, {"family_name": "Басқа"}),
        (Organisation, {"name_ru": "Другое"}),
        (Registration, {"job_title": "Төраға"}),
        (Registration, {"category": "guest"}),
        (Registration, {"languages": ["en"]}),
        (Registration, {"days": [dt.date(2025, 10, 15)]}),
        (Registration, {"ticket_number": 2}),
    ],
)
def test_any_change_of_what_it_says_makes_a_badge_due(
    holder: Holder, ask: Ask, make: Any, model: Any, changes: dict[str, Any]
) -> None:
    holder(organisation="ҚҚ «Үлгі»")
    make(ask())
    model.objects.update(**changes)
    assert ask(Wanted.CHANGED).total == 1


def test_a_need_that_changes_is_none_of_the_badges_business(
    holder: Holder, ask: Ask, make: Any
) -> None:
    holder()
    make(ask())
    Registration.objects.update(needs=["halal"])
    with pytest.raises(NobodyWanted):
        ask()


def test_batch_of_a_category_and_a_region(holder: Holder, ask: Ask) -> None:
    holder(category="guest", region="KZ-71")
    holder(category="guest", region="KZ-75")
    holder(category="ngo", region="KZ-71")
    astana = Region.objects.get(code="KZ-71")
    assert ask(category="guest", region=astana).total == 1


def test_one_batch_at_once(holder: Holder, ask: Ask) -> None:
    holder()
    ask()
    with pytest.raises(UnderWay):
        ask()


def test_progress_is_written_after_each_part(
    holder: Holder, ask: Ask, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    for _ in range(3):
        holder()
    batch, seen = ask(), []

    def clock() -> dt.datetime:
        seen.append(BadgeBatch.objects.values_list("done", flat=True).get())
        return now

    actions.make(batch.code, clock=clock)
    assert seen == [0, 0, 1, 2, 3]


def test_worker_that_falls_silent_is_told_and_another_can_begin(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    holder()
    batch = ask()
    BadgeBatch.objects.update(claim="dead", heard_at=now)
    batch.refresh_from_db()
    assert batch.state(now=now) == State.RUNNING
    with pytest.raises(NotStartable):
        actions.start_again(batch, now=now)
    later = now + SILENCE
    assert batch.state(now=later) == State.STOPPED
    actions.start_again(batch, now=later)
    assert make(batch, at=later).state(now=later) == State.READY


def test_worker_whose_batch_was_taken_over_leaves_nothing(
    holder: Holder, ask: Ask, now: dt.datetime
) -> None:
    holder()
    batch = ask()
    calls = iter(range(10))

    def clock() -> dt.datetime:
        if next(calls) == 1:
            BadgeBatch.objects.update(claim="other")
        return now

    actions.make(batch.code, clock=clock)
    batch.refresh_from_db()
    assert (batch.claim, batch.file, batch.finished_at) == ("other", "", None)
    assert not default_storage.exists("badges") or default_storage.listdir("badges")[1] == []


def test_second_worker_leaves_a_batch_to_the_first(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    holder()
    batch = ask()
    BadgeBatch.objects.update(claim="first", heard_at=now)
    assert make(batch).claim == "first"


def test_fault_is_said_and_the_batch_can_be_started_again(
    holder: Holder, ask: Ask, make: Any, settings: Any, tmp_path: Path
) -> None:
    holder()
    batch = ask()
    now = batch.asked_at
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = str(tmp_path / "file")
    with pytest.raises(OSError, match="badges"):
        make(batch)
    batch.refresh_from_db()
    assert (batch.state(now=now), batch.failure) == (State.FAILED, Failure.FAULT)
    assert not Badge.objects.exists()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    actions.start_again(batch, now=now)
    assert make(batch).state(now=now) == State.READY


def test_whoever_is_cancelled_meanwhile_is_left_out(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    holder("Келеді"), holder("Келмейді")
    batch = ask()
    Registration.objects.filter(code="TEST02").update(cancelled_at=now)
    assert len(pages_of(content_of(make(batch)))) == 1


def test_batch_of_nobody_any_more_says_so(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    holder()
    batch = ask()
    Registration.objects.update(cancelled_at=now)
    assert make(batch).failure == Failure.NOBODY


def test_badges_that_never_came_out_count_as_not_printed(
    holder: Holder, ask: Ask, make: Any
) -> None:
    holder()
    batch = make(ask())
    assert actions.take_back(batch) == 1
    assert ask(Wanted.UNPRINTED).total == 1
    with pytest.raises(NothingPrinted):
        actions.take_back(batch)


def test_file_goes_after_a_week_and_what_was_printed_stays(
    holder: Holder, ask: Ask, make: Any, now: dt.datetime
) -> None:
    holder()
    batch = make(ask())
    actions.remove_outdated(now=now + KEPT)
    assert default_storage.exists(batch.file)
    later = now + KEPT + dt.timedelta(seconds=1)
    assert actions.remove_outdated(now=later) == 1
    assert not default_storage.exists(batch.file)
    batch.refresh_from_db()
    assert batch.state(now=later) == State.REMOVED
    assert Badge.objects.count() == 1


def test_batch_that_no_worker_was_told_of_is_found(
    holder: Holder, ask: Ask, now: dt.datetime
) -> None:
    holder()
    batch = ask()
    assert not BadgeBatch.objects.unheard(now=now).exists()
    assert BadgeBatch.objects.unheard(now=now + dt.timedelta(minutes=2)).get() == batch
