"""How many places each organisation has, and exceptions from it."""

import datetime as dt

import pytest

from accounts.models import Organisation, User
from accounts.organisations.merging import merge
from forum.models import Edition, Quota
from forum.quotas.errors import (
    CapBelowHeld,
    NoException,
    NoNumberOfPlaces,
    OrganisationGone,
    QuotaError,
    ReasonMissing,
    RuleChanged,
)
from forum.quotas.organisations import end_exception, give_exception, set_organisation_cap

from .conftest import Comer

pytestmark = pytest.mark.django_db


def places(edition: Edition) -> list[tuple[str, int | None, int]]:
    rows = Quota.objects.filter(edition=edition, organisation__isnull=False)
    return [
        (row.organisation.name, row.places, row.taken)
        for row in rows.select_related("organisation").order_by("organisation")
        if row.organisation
    ]


def cap(edition: Edition, number: int | None, by: User, now: dt.datetime) -> int | None:
    set_organisation_cap(edition, number, by=by, now=now)
    edition.refresh_from_db()
    return edition.organisation_cap


@pytest.fixture
def busy(come: Comer, bodies: list[Organisation]) -> None:
    come(2, organisation=bodies[0])
    come(1, "offered", organisation=bodies[0])
    come(1, "waiting", organisation=bodies[1])


@pytest.mark.usefixtures("busy")
def test_who_holds_or_waits_has_a_row_at_once(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    assert cap(edition, 3, organiser, now) == 3
    assert places(edition) == [("«Үлгі-1» ҚҚ", 3, 3), ("«Үлгі-2» ҚҚ", 3, 0)]


@pytest.mark.usefixtures("busy")
def test_another_cap_changes_every_row_but_the_exceptions(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    cap(edition, 3, organiser, now)
    give_exception(edition, bodies[1], places=9, reason="Hosts", by=organiser, now=now)
    cap(edition, 4, organiser, now)
    # Who waited moved up when places were added.
    assert places(edition) == [("«Үлгі-1» ҚҚ", 4, 3), ("«Үлгі-2» ҚҚ", 9, 1)]


@pytest.mark.usefixtures("busy")
def test_a_cap_below_what_an_organisation_holds_is_refused_with_its_name(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    with pytest.raises(CapBelowHeld) as error:
        set_organisation_cap(edition, 2, by=organiser, now=now)
    assert str(error.value) == (
        "These organisations hold more places than 2: «Үлгі-1» ҚҚ. Cancel registrations first, or "
        "give them more as an exception."
    )
    edition.refresh_from_db()
    assert (edition.organisation_cap, places(edition)) == (None, [])


def test_of_many_that_hold_more_the_first_are_named(
    edition: Edition, organiser: User, now: dt.datetime, come: Comer
) -> None:
    Edition.objects.filter(pk=edition.pk).update(capacity=None)
    for number in range(7):
        body = Organisation.objects.create(name_kk=f"Ұйым {number}")
        come(2, organisation=body)
    with pytest.raises(CapBelowHeld, match=r"than 1: Ұйым .*; and 2 more\. Cancel"):
        set_organisation_cap(edition, 1, by=organiser, now=now)


@pytest.mark.usefixtures("busy")
def test_an_exception_lets_an_organisation_hold_more_than_the_cap(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    give_exception(edition, bodies[0], places=3, reason="Hosts", by=organiser, now=now)
    assert cap(edition, 1, organiser, now) == 1
    assert places(edition) == [("«Үлгі-1» ҚҚ", 3, 3), ("«Үлгі-2» ҚҚ", 1, 0)]


@pytest.mark.usefixtures("busy")
def test_without_a_cap_only_exceptions_keep_their_rows(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    cap(edition, 3, organiser, now)
    give_exception(edition, bodies[0], places=5, reason="Hosts", by=organiser, now=now)
    assert cap(edition, None, organiser, now) is None
    assert places(edition) == [("«Үлгі-1» ҚҚ", 5, 3)]


@pytest.mark.parametrize("number", [0, -1, 1_000_001])
def test_a_cap_is_a_number_from_one_on(
    edition: Edition, organiser: User, now: dt.datetime, number: int
) -> None:
    with pytest.raises(NoNumberOfPlaces):
        set_organisation_cap(edition, number, by=organiser, now=now)


def test_a_cap_that_somebody_else_changed_is_not_overwritten_unseen(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    cap(edition, 3, organiser, now)
    with pytest.raises(RuleChanged):
        set_organisation_cap(edition, 4, by=organiser, now=now, seen=None)


@pytest.mark.usefixtures("busy")
def test_an_exception_below_what_is_held_is_refused(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    with pytest.raises(QuotaError, match=r"«Үлгі-1» ҚҚ: places held already: 3\."):
        give_exception(edition, bodies[0], places=2, reason="Less", by=organiser, now=now)
    assert places(edition) == []


def test_an_exception_needs_a_reason_and_its_history_keeps_it(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    with pytest.raises(ReasonMissing):
        give_exception(edition, bodies[0], places=2, reason="  ", by=organiser, now=now)
    give_exception(edition, bodies[0], places=2, reason=" Hosts ", by=organiser, now=now)
    event = Quota.pgh_event_model.objects.get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["why"] == "Hosts"


@pytest.mark.usefixtures("busy")
def test_an_exception_ends_where_the_cap_is_enough(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    give_exception(edition, bodies[0], places=5, reason="Hosts", by=organiser, now=now)
    cap(edition, 2, organiser, now)
    with pytest.raises(QuotaError, match="places held already: 3"):
        end_exception(edition, bodies[0], by=organiser, now=now)
    cap(edition, 4, organiser, now)
    end_exception(edition, bodies[0], by=organiser, now=now)
    assert places(edition)[0] == ("«Үлгі-1» ҚҚ", 4, 3)
    with pytest.raises(NoException):
        end_exception(edition, bodies[0], by=organiser, now=now)


def test_an_exception_from_nothing_ends_without_a_trace(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    give_exception(edition, bodies[0], places=5, reason="Hosts", by=organiser, now=now)
    end_exception(edition, bodies[0], by=organiser, now=now)
    assert places(edition) == []


def test_an_exception_for_one_merged_meanwhile_is_the_kept_ones(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    gone, keep = bodies[:2]
    merge(keep, gone=[gone], by=organiser, reason="Twice", now=now)
    for body in (keep, gone):
        give_exception(edition, body, places=5, reason="Hosts", by=organiser, now=now)
    assert places(edition) == [("«Үлгі-2» ҚҚ", 5, 0)]


def test_an_exception_for_one_that_was_deleted_is_refused(
    edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    gone = Organisation.objects.get(pk=bodies[0].pk)
    bodies[0].delete()
    with pytest.raises(OrganisationGone):
        give_exception(edition, gone, places=5, reason="Hosts", by=organiser, now=now)
