"""Whatever is done in whatever order: nobody is counted wrong, oversold, or passed over.

hypothesis drives the actions; a model in plain Python, which shares no code with them, judges.
"""

import datetime as dt
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Consent, ConsentText, Purpose, Region, User
from accounts.organisations import merging
from accounts.organisations.models import Organisation
from forum.models import Approval, CategoryRule, Edition, Quota, Registration, Status
from forum.registrations import actions, decisions, errors, offers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START = dt.datetime(2026, 10, 15, 0, 0, tzinfo=dt.UTC)
CATEGORIES = ("ngo", "state", "guest")
ANY = st.integers(0, 1_000)
LIVE = {Status.AWAITING, Status.WAITING, Status.OFFERED, Status.CONFIRMED}


def applies(quota: Quota, one: Registration) -> bool:
    """Say whether a quota counts a registration; written apart from the product's own queries."""
    return (
        (not quota.category or quota.category == one.category)
        and (quota.region_id is None or quota.region_id == one.region_id)
        and (quota.organisation_id is None or quota.organisation_id == one.organisation_id)
    )


class Machine(RuleBasedStateMachine):
    """An edition of few places, and everything that is done with its registrations."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.out_of_turn: set[int] = set()
        self.requeued: set[int] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @initialize(
        capacity=st.sampled_from([None, 3, 5]),
        cap=st.sampled_from([None, 1, 2]),
        quotas=st.lists(st.tuples(st.sampled_from(CATEGORIES), ANY, st.integers(0, 2)), max_size=4),
        crowd=st.lists(st.tuples(st.sampled_from(CATEGORIES), ANY, ANY), min_size=8, max_size=12),
        days=st.integers(1, 4),
    )
    def open(
        self,
        capacity: int | None,
        cap: int | None,
        quotas: list[tuple[str, int, int]],
        crowd: list[tuple[str, int, int]],
        days: int,
    ) -> None:
        """Begin with limits, and with more people than places, or nothing would ever move."""
        self.now = START - dt.timedelta(days=days)
        self.edition = Edition.objects.create(
            slug="p",
            year=2026,
            name_kk="Форум",
            starts_on=dt.date(2026, 10, 15),
            ends_on=dt.date(2026, 10, 16),
            time_zone="UTC",
            capacity=capacity,
            organisation_cap=cap,
            published_at=self.now,
            registration_opens_at=self.now - dt.timedelta(days=1),
        )
        self.clerk = User.objects.create_user("clerk@example.org")
        self.people = [User.objects.create_user(f"m{n}@example.org") for n in range(16)]
        text = ConsentText.objects.current().get(purpose=Purpose.PROCESSING)
        Consent.objects.bulk_create(
            Consent(person=one, text=text, language="kk", method="form") for one in self.people
        )
        self.regions: list[Region | None] = [*Region.objects.all()[:2], None]
        self.bodies = [
            Organisation.objects.create(name_kk=f"Ұйым {n}", region=self.regions[n % 3])
            for n in range(4)
        ]
        CategoryRule.objects.create(
            edition=self.edition, category="state", approval=Approval.ORGANISERS
        )
        for category, region, places in quotas:
            self.limit(category, region, places)
        for who, (category, body, region) in enumerate(crowd):
            self.register(who, category, body, region)
        self.remember()

    # What is done ------------------------------------------------------------------------------

    @rule(who=ANY, category=st.sampled_from(CATEGORIES), body=ANY, region=ANY)
    def register(self, who: int, category: str, body: int, region: int) -> None:
        bodies = [None, *Organisation.objects.listed().order_by("pk")]
        with_errors(
            actions.register,
            self.edition,
            person=self.people[who % len(self.people)],
            category=category,
            organisation=bodies[body % len(bodies)],
            region=self.regions[region % 3],
            languages=["kk"],
            needs=[],
            needs_note="",
            job_title="",
            consents=[],
            now=self.now,
        )

    @rule(which=ANY)
    def cancel(self, which: int) -> None:
        if one := self.pick(which, *LIVE):
            actions.cancel(one, by=one.person, reason="", now=self.now)

    @rule(which=ANY)
    def cancel_one_who_holds_a_place(self, which: int) -> None:
        """One at a time: of two, each serves the line as it then stands."""
        if one := self.pick(which, Status.CONFIRMED, Status.OFFERED):
            actions.cancel(one, by=one.person, reason="", now=self.now)

    @rule(which=ANY)
    def approve(self, which: int) -> None:
        if one := self.pick(which, Status.AWAITING):
            decisions.approve(one, by=self.clerk, now=self.now)

    @rule()
    def approve_all(self) -> None:
        everybody = self.edition.registrations.values_list("pk", flat=True)
        decisions.approve_all(self.edition, everybody, by=self.clerk, now=self.now)

    @rule(which=ANY)
    def decline(self, which: int) -> None:
        if one := self.pick(which, Status.AWAITING, Status.WAITING, Status.OFFERED):
            decisions.decline(one, by=self.clerk, reason="Себеп", now=self.now)

    @rule(which=ANY)
    def take_back(self, which: int) -> None:
        decided = Status.DECLINED, Status.CONFIRMED, Status.WAITING, Status.OFFERED
        if one := self.pick(which, *decided):
            with_errors(decisions.reopen, one, by=self.clerk, now=self.now)

    @rule(which=ANY)
    def accept(self, which: int) -> None:
        if one := self.pick(which, Status.OFFERED):
            with_errors(offers.accept_offer, one, by=one.person, now=self.now)

    @rule(which=ANY)
    def give_out_of_turn(self, which: int) -> None:
        if one := self.pick(which, Status.AWAITING, Status.WAITING, Status.OFFERED):
            with_errors(decisions.confirm, one, by=self.clerk, now=self.now)
            self.out_of_turn.add(one.pk)

    @rule(which=ANY)
    def move_up(self, which: int) -> None:
        if one := self.pick(which, Status.WAITING):
            decisions.move_up(one, by=self.clerk, reason="Себеп", now=self.now)
            self.requeued.add(one.pk)

    @rule(which=ANY, category=st.sampled_from(CATEGORIES), region=ANY)
    def change(self, which: int, category: str, region: int) -> None:
        if one := self.pick(which, *LIVE):
            with_errors(
                actions.change,
                one,
                by=self.clerk,
                category=category,
                region=self.regions[region % 3],
                now=self.now,
            )
            self.requeued.add(one.pk)

    @rule(
        category=st.sampled_from(["", *CATEGORIES]),
        region=ANY,
        places=st.sampled_from([None, 0, 1, 2, 3]),
    )
    def limit(self, category: str, region: int, places: int | None) -> None:
        """Set a quota to what is taken at least, as the organisers' page does."""
        quota = Quota(edition=self.edition, category=category, region=self.regions[region % 3])
        if not category and quota.region is None:
            return
        kept = Quota.objects.filter(
            edition=self.edition, category=category, region=quota.region, organisation=None
        ).first()
        if kept is None:
            quota.save()
            quota.refresh_from_db()
            kept = quota
        kept.places = None if places is None else max(places, kept.taken)
        kept.save(update_fields=["places"])
        offers.promote(self.edition, by=self.clerk, now=self.now)

    @rule(places=st.sampled_from([None, 0, 2, 4, 6]))
    def resize(self, places: int | None) -> None:
        self.edition.refresh_from_db()
        self.edition.capacity = None if places is None else max(places, self.edition.places_taken)
        self.edition.save(update_fields=["capacity"])
        offers.promote(self.edition, by=self.clerk, now=self.now)

    @rule(first=ANY, second=ANY)
    def merge(self, first: int, second: int) -> None:
        """Make two organisations one: those of the second fall under other quotas from then on."""
        bodies = list(Organisation.objects.listed().order_by("pk"))
        keep, gone = bodies[first % len(bodies)], bodies[second % len(bodies)]
        if keep != gone:
            both = self.edition.registrations.filter(organisation__in=[keep, gone])
            self.requeued.update(both.values_list("pk", flat=True))
            merging.merge(keep, gone=[gone], by=self.clerk, reason="Екі рет", now=self.now)

    @precondition(lambda self: self.now < START - dt.timedelta(hours=8))
    @rule(hours=st.sampled_from([1, 7, 30]))
    def wait(self, hours: int) -> None:
        self.now = min(self.now + dt.timedelta(hours=hours), START - dt.timedelta(hours=8))
        offers.lapse_offers(self.edition, now=self.now)

    def pick(self, which: int, *statuses: Status) -> Registration | None:
        rows = self.edition.registrations.select_related("person", "edition").order_by("pk")
        fit = [one for one in rows if one.status in statuses]
        return fit[which % len(fit)] if fit else None

    # What must hold ----------------------------------------------------------------------------

    def remember(self) -> None:
        self.line = [one.pk for one in self.edition.registrations.waiting()]
        self.out_of_turn, self.requeued = set(), set()

    @invariant()
    def holds(self) -> None:
        self.edition.refresh_from_db()
        rows = {one.pk: one for one in self.edition.registrations.all()}
        holding = [one for one in rows.values() if one.status in (Status.CONFIRMED, Status.OFFERED)]
        quotas = list(Quota.objects.filter(edition=self.edition))
        self.check_counters(holding, quotas)
        full = [quota for quota in quotas if quota.places is not None]
        full = [quota for quota in full if quota.taken >= (quota.places or 0)]
        waiting = list(self.edition.registrations.waiting())
        said = {one.pk for one in rows.values() if one.status == Status.WAITING}
        assert {one.pk for one in waiting} == said
        self.check_nobody_waits_in_vain(waiting, full)
        self.check_the_order(rows, waiting, full)
        self.remember()

    def check_counters(self, holding: list[Registration], quotas: list[Quota]) -> None:
        assert self.edition.places_taken == len(holding)
        assert self.edition.capacity is None or len(holding) <= self.edition.capacity
        for quota in quotas:
            counted = sum(applies(quota, one) for one in holding)
            assert quota.taken == counted
            assert quota.places is None or counted <= quota.places
        if (cap := self.edition.organisation_cap) is not None:
            # Who was merged has an exception; everybody else no more than the edition says.
            own = {quota.organisation_id for quota in quotas if quota.own_places}
            held = Counter(one.organisation_id for one in holding if one.organisation_id)
            assert all(count <= cap for body, count in held.items() if body not in own)

    @property
    def edition_is_full(self) -> bool:
        capacity = self.edition.capacity
        return capacity is not None and self.edition.places_taken >= capacity

    def check_nobody_waits_in_vain(self, waiting: list[Registration], full: list[Quota]) -> None:
        if not self.edition_is_full:
            assert all(any(applies(quota, one) for quota in full) for one in waiting)

    def check_the_order(
        self, rows: dict[int, Registration], waiting: list[Registration], full: list[Quota]
    ) -> None:
        """Nobody was passed over by one whose place they could have taken; the rest keep order."""
        stayed = [one.pk for one in waiting if one.pk in self.line and one.pk not in self.requeued]
        assert stayed == [pk for pk in self.line if pk in stayed]
        still = {one.pk for one in waiting}
        for place, pk in enumerate(self.line):
            served = rows[pk].holds and pk not in self.out_of_turn | self.requeued
            for ahead in self.line[:place] if served else ():
                if ahead in still and ahead not in self.requeued:
                    assert any(
                        applies(quota, rows[ahead]) and not applies(quota, rows[pk])
                        for quota in full
                    )


def with_errors(action: Any, *args: Any, **kwargs: Any) -> None:
    """Do it, or be refused with a sentence: that is an answer too."""
    with suppress(errors.RegistrationError):
        action(*args, **kwargs)


def test_registrations_keep_their_promises_in_any_order() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
