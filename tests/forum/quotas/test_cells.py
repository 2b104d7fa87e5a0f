"""Setting places cell by cell: all or nothing, never below what is taken, never unseen."""

import datetime as dt
import uuid

import psycopg
import pytest

from accounts.locks import Busy
from accounts.models import Region, User
from forum.editions.actions import places_added
from forum.models import Category, Edition, Quota
from forum.quotas.actions import Changed, Wish, set_many, set_quota
from forum.quotas.cells import EVERYBODY, Cell
from forum.quotas.errors import BelowTaken, ChangedMeanwhile, NoNumberOfPlaces

from .conftest import Comer

pytestmark = pytest.mark.django_db
NGO = Cell(Category.NGO, None)


def standing(edition: Edition) -> dict[tuple[str, str], int | None]:
    rows = Quota.objects.filter(edition=edition, organisation=None)
    return {
        (row.category, row.region.code if row.region else ""): row.places
        for row in rows.select_related("region")
    }


def test_a_cell_gets_places(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime
) -> None:
    set_quota(edition, category="ngo", region=akmola, places=3, by=organiser, now=now)
    assert standing(edition) == {("ngo", "KZ-11"): 3}


def test_a_cell_that_had_places_has_others(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime
) -> None:
    for places in (3, 5):
        changed = set_quota(
            edition, category="ngo", region=akmola, places=places, by=organiser, now=now
        )
    assert changed == {Cell("ngo", akmola.pk): Changed(3, 5)}
    assert standing(edition) == {("ngo", "KZ-11"): 5}


def test_a_limit_taken_away_leaves_an_open_row_that_remembers_who_did_it(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime
) -> None:
    for places in (3, None):
        set_quota(edition, category="ngo", region=akmola, places=places, by=organiser, now=now)
    assert standing(edition) == {("ngo", "KZ-11"): None}
    events = Quota.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    told = [(one.places, one.pgh_context.metadata["user"]) for one in events]
    assert told == [(3, organiser.pk), (None, organiser.pk)]


def test_an_open_cell_that_stays_open_makes_no_row(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime
) -> None:
    changed = set_quota(edition, category="ngo", region=akmola, places=None, by=organiser, now=now)
    assert (changed, standing(edition)) == ({}, {})


def test_both_empty_is_the_edition_itself(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    changed = set_many(edition, {EVERYBODY: Wish(20, seen=10)}, by=organiser, now=now)
    edition.refresh_from_db()
    assert (edition.capacity, changed) == (20, {EVERYBODY: Changed(10, 20)})


@pytest.fixture
def _busy(come: Comer, akmola: Region) -> None:
    come(2, region=akmola)
    come(1, "offered", region=akmola)
    come(1, "waiting", region=akmola)


@pytest.mark.parametrize("category", ["ngo", ""])
@pytest.mark.usefixtures("_busy")
def test_never_below_what_is_taken(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime, category: str
) -> None:
    with pytest.raises(BelowTaken) as error:
        set_quota(edition, category=category, region=akmola, places=2, by=organiser, now=now)
    name = "NGO of a region · Akmola" if category else "Akmola"
    assert str(error.value) == (
        f"{name}: places taken already: 3. Cancel registrations first, or allow at least so many."
    )
    assert standing(edition) == {}
    set_quota(edition, category=category, region=akmola, places=3, by=organiser, now=now)
    assert standing(edition) == {(category, "KZ-11"): 3}


def test_a_row_that_counts_already_is_held_to_its_counter(
    edition: Edition, organiser: User, now: dt.datetime, come: Comer
) -> None:
    set_quota(edition, category="ngo", region=None, places=5, by=organiser, now=now)
    come(4)
    with pytest.raises(BelowTaken, match=r"NGO of a region: places taken already: 4\."):
        set_quota(edition, category="ngo", region=None, places=3, by=organiser, now=now)
    assert standing(edition) == {("ngo", ""): 5}


def test_the_edition_is_held_to_what_is_taken(
    edition: Edition, organiser: User, now: dt.datetime, come: Comer
) -> None:
    come(4)
    with pytest.raises(BelowTaken, match=r"The whole edition: places taken already: 4\."):
        set_many(edition, {EVERYBODY: Wish(3)}, by=organiser, now=now)
    edition.refresh_from_db()
    assert edition.capacity == 10


def test_all_or_nothing(
    edition: Edition, organiser: User, akmola: Region, now: dt.datetime, come: Comer
) -> None:
    come(2, region=akmola)
    wishes = {Cell("ngo", akmola.pk): Wish(1), Cell("state", None): Wish(5), EVERYBODY: Wish(1)}
    with pytest.raises(BelowTaken) as error:
        set_many(edition, wishes, by=organiser, now=now)
    assert set(error.value.sentences) == {Cell("ngo", akmola.pk), EVERYBODY}
    assert standing(edition) == {}


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    set_many(edition, {NGO: Wish(5, seen=None)}, by=organiser, now=now)
    with pytest.raises(ChangedMeanwhile) as error:
        set_many(edition, {NGO: Wish(7, seen=None)}, by=organiser, now=now)
    assert str(error.value) == (
        "NGO of a region: somebody else wrote 5 meanwhile. Save again to replace that."
    )
    assert standing(edition) == {("ngo", ""): 5}


def test_a_limit_that_was_taken_away_meanwhile_is_told(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    for places in (5, None):
        set_many(edition, {NGO: Wish(places)}, by=organiser, now=now)
    with pytest.raises(ChangedMeanwhile, match="somebody else took the limit away"):
        set_many(edition, {NGO: Wish(7, seen=5)}, by=organiser, now=now)


def test_two_who_write_the_same_number_do_not_quarrel(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    set_many(edition, {NGO: Wish(5, seen=None)}, by=organiser, now=now)
    assert set_many(edition, {NGO: Wish(5, seen=None)}, by=organiser, now=now) == {}


@pytest.mark.parametrize("places", [-1, 1_000_001, 2**31, 2**63])
def test_what_is_no_number_of_places_is_refused(
    edition: Edition, organiser: User, now: dt.datetime, places: int
) -> None:
    with pytest.raises(NoNumberOfPlaces):
        set_many(edition, {NGO: Wish(places)}, by=organiser, now=now)
    assert standing(edition) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Changed(5, 6), True),
        (Changed(5, None), True),
        (Changed(5, 4), False),
        (Changed(None, 4), False),
        (Changed(5, 5), False),
    ],
)
def test_those_who_wait_hear_when_places_were_added(
    edition: Edition, organiser: User, now: dt.datetime, change: Changed, told: bool
) -> None:
    set_many(edition, {NGO: Wish(change.before)}, by=organiser, now=now)
    heard = []

    def hear(**news: object) -> None:
        heard.append((news["edition"], news["by"], news["now"]))

    places_added.connect(hear)
    try:
        set_many(edition, {NGO: Wish(change.after)}, by=organiser, now=now)
    finally:
        places_added.disconnect(hear)
    assert heard == ([(edition, organiser, now)] if told else [])


def test_the_history_names_what_is_taken_back(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    batch = uuid.uuid4()
    set_many(edition, {NGO: Wish(5)}, by=organiser, now=now, undoes=batch)
    event = Quota.pgh_event_model.objects.get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata == {
        "user": organiser.pk,
        "step": "quotas",
        "why": "",
        "undoes": str(batch),
    }


@pytest.mark.django_db(transaction=True)
def test_another_writer_is_waited_for_but_not_for_ever(
    edition: Edition, organiser: User, now: dt.datetime, another_writer: psycopg.Connection
) -> None:
    another_writer.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    with pytest.raises(Busy):
        set_many(edition, {NGO: Wish(5)}, by=organiser, now=now)
