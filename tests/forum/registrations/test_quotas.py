"""Quotas: a registration needs room in each that it falls under, and the database counts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Region, User
from accounts.organisations.models import Organisation
from forum.models import CategoryRule, Edition, Quota, Registration, Status
from forum.registrations import actions, decisions, errors, offers
from forum.registrations.standing import turn_of

from .conftest import Registrar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_ended(edition: Edition) -> None:
    Edition.objects.update(capacity=None)
    edition.refresh_from_db()


def quota(edition: Edition, places: int | None, **of: object) -> Quota:
    return Quota.objects.create(edition=edition, places=places, **of)


def statuses() -> list[str]:
    return [str(one.status) for one in Registration.objects.order_by("pk")]


def test_each_full_quota_holds_back_those_who_fall_under_it(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    quota(edition, 1, category="media")
    enrol(people[0], category="media")
    enrol(people[1], category="media")
    enrol(people[2], category="guest")
    assert statuses() == ["confirmed", "waiting", "confirmed"]
    assert Quota.objects.get().taken == 1


def test_a_region_holds_for_every_category(
    people: list[User], enrol: Registrar, edition: Edition, organisation: Organisation
) -> None:
    quota(edition, 1, region=organisation.region)
    enrol(people[0], organisation=organisation)
    enrol(people[1], organisation=organisation, category="media")
    enrol(people[2], region=Region.objects.get(code="KZ-75"))
    assert statuses() == ["confirmed", "waiting", "confirmed"]


def test_an_organisation_has_no_more_places_than_the_edition_says(
    people: list[User], enrol: Registrar, organisation: Organisation
) -> None:
    Edition.objects.update(organisation_cap=1)
    other = Organisation.objects.create(name_kk="Басқа")
    for person, body in zip(people, [organisation, organisation, other, None], strict=False):
        enrol(person, organisation=body)
    assert statuses() == ["confirmed", "waiting", "confirmed", "confirmed"]


def test_a_new_quota_counts_who_holds_a_place_already(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    for person in people[:3]:
        enrol(person, category="media")
    made = quota(edition, None, category="media")
    made.refresh_from_db()
    assert made.taken == 3


def test_the_database_refuses_a_quota_below_what_is_taken(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    made = quota(edition, 5, category="media")
    for person in people[:3]:
        enrol(person, category="media")
    with pytest.raises(IntegrityError, match="quota_not_oversold"), transaction.atomic():
        Quota.objects.filter(pk=made.pk).update(places=2)


def test_code_that_forgets_the_lock_is_stopped_by_the_database(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    quota(edition, 1, category="media")
    enrol(people[0], category="media")
    waits = enrol(people[1], category="media")
    with pytest.raises(IntegrityError, match="quota_not_oversold"), transaction.atomic():
        Registration.objects.filter(pk=waits.pk).update(confirmed_at=now)


def test_a_freed_place_goes_to_the_first_who_fits_it(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    Edition.objects.update(capacity=2)
    quota(edition, 1, category="media")
    enrol(people[0], category="media")
    guest = enrol(people[1], category="guest")
    enrol(people[2], category="media")
    enrol(people[3], category="guest")
    moved = actions.cancel(guest, by=people[1], reason="", now=now)
    assert [one.person for one in moved] == [people[3]]
    assert statuses() == ["confirmed", "cancelled", "waiting", "confirmed"]


def test_who_waits_is_told_for_what_and_at_which_place(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    Edition.objects.update(capacity=2)
    made = quota(edition, 1, category="media")
    enrol(people[0], category="media")
    enrol(people[1], category="guest")
    enrol(people[2], category="guest")
    waits = enrol(people[3], category="media")
    turn = turn_of(waits)
    assert (turn.place, turn.quota, turn.places) == (1, made, 1)
    turn = turn_of(Registration.objects.get(person=people[2]))
    assert (turn.place, turn.quota, turn.places) == (1, None, 2)


def test_more_places_in_a_quota_move_those_up_who_wait_for_them(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    made = quota(edition, 1, category="media")
    for person in people[:4]:
        enrol(person, category="media")
    Quota.objects.filter(pk=made.pk).update(places=3)
    offers.promote(edition, now=now)
    assert statuses() == ["confirmed", "confirmed", "confirmed", "waiting"]


def test_a_closed_category_takes_nobody_but_from_a_clerk(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=edition, category="media", closed_at=now)
    with pytest.raises(errors.CategoryClosed):
        enrol(people[0], category="media")
    enrol(people[0], category="media", by=people[1], outside_window=True)
    assert statuses() == ["confirmed"]


def test_where_places_are_kept_by_region_one_must_be_named(
    people: list[User], enrol: Registrar, edition: Edition, organisation: Organisation
) -> None:
    quota(edition, 1, category="ngo", region=organisation.region)
    with pytest.raises(errors.RegionMissing):
        enrol(people[0])
    mine = enrol(people[0], region=organisation.region)
    assert mine.region == organisation.region


def test_the_organisations_region_counts_whatever_the_person_says(
    people: list[User], enrol: Registrar, organisation: Organisation
) -> None:
    other = Region.objects.get(code="KZ-75")
    assert enrol(people[0], organisation=organisation, region=other).region == organisation.region


def test_who_holds_a_place_moves_into_another_category_only_where_one_is_free(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    quota(edition, 1, category="media")
    enrol(people[0], category="media")
    guest = enrol(people[1], category="guest")
    with pytest.raises(errors.NoFreePlace):
        actions.change(guest, by=people[1], now=now, category="media")
    guest.refresh_from_db()
    assert (guest.category, guest.status) == ("guest", Status.CONFIRMED)
    Quota.objects.update(places=2)
    assert actions.change(guest, by=people[1], now=now, category="media").holds
    assert Quota.objects.get().taken == 2


def test_a_place_out_of_turn_names_the_quota_that_is_full(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    quota(edition, 1, category="media")
    enrol(people[0], category="media")
    waits = enrol(people[1], category="media")
    with pytest.raises(errors.NoFreePlace, match="БАҚ"):
        decisions.confirm(waits, by=people[4], now=now)
