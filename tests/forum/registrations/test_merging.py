"""Organisations are merged: registrations and places move, nobody loses one, whoever waits fits."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Barrier

import pgtrigger
import psycopg
import pytest
from django.db import connection

from accounts.models import ConsentText, Organisation, User
from accounts.organisations.merging import merge
from forum.models import Edition, Quota, Registration, Status
from forum.registrations import actions
from tests.forum.registrations.conftest import Registrar

pytestmark = pytest.mark.django_db


@dataclass
class Twice:
    """A body that is listed twice, in an edition that gives each organisation two places."""

    edition: Edition
    keep: Organisation
    gone: Organisation
    people: list[User]
    staff: User
    enrol: Registrar
    now: dt.datetime

    def register(self, *bodies: Organisation) -> list[Registration]:
        """Register one person after the other."""
        pairs = zip(self.people, bodies, strict=False)
        return [self.enrol(person, organisation=body) for person, body in pairs]

    def merge(self) -> None:
        merge(self.keep, gone=[self.gone], by=self.staff, reason="Twice", now=self.now)


@pytest.fixture
def twice(
    organisation: Organisation,
    edition: Edition,
    people: list[User],
    enrol: Registrar,
    now: dt.datetime,
) -> Twice:
    Edition.objects.update(capacity=None, organisation_cap=2)
    edition.refresh_from_db()
    gone = Organisation.objects.create(name_ru="Образец 7")
    staff = User.objects.create_user("staff@example.org", is_staff=True)
    return Twice(edition, organisation, gone, people, staff, enrol, now)


def quotas() -> list[tuple[int | None, int | None, int, bool]]:
    rows = Quota.objects.order_by("pk")
    return list(rows.values_list("organisation", "places", "taken", "own_places"))


def test_nobody_loses_a_place_though_the_sum_is_over_the_cap(twice: Twice) -> None:
    twice.register(twice.keep, twice.keep, twice.gone, twice.gone)
    twice.merge()
    assert quotas() == [(twice.keep.pk, 4, 4, True)]
    held = Registration.objects.all().confirmed()
    assert list(held.values_list("organisation", flat=True)) == [twice.keep.pk] * 4
    twice.edition.refresh_from_db()
    assert twice.edition.places_taken == 4


def test_a_sum_within_the_cap_changes_no_number(twice: Twice) -> None:
    twice.register(twice.keep, twice.gone)
    twice.merge()
    assert quotas() == [(twice.keep.pk, 2, 2, False)]


def test_places_of_the_one_that_goes_alone_move(twice: Twice) -> None:
    twice.register(twice.gone)
    twice.merge()
    assert quotas() == [(twice.keep.pk, 2, 1, False)]


@pytest.mark.parametrize(
    "case",
    [
        ((2, False), (7, True), (7, True)),
        ((9, True), (7, True), (9, True)),
        ((2, False), (None, True), (None, True)),
    ],
)
def test_an_exception_of_either_stands(
    twice: Twice, case: tuple[tuple[int | None, bool], ...]
) -> None:
    *before, after = case
    for body, (places, own) in zip((twice.keep, twice.gone), before, strict=True):
        Quota.objects.create(
            edition=twice.edition, organisation=body, places=places, own_places=own
        )
    twice.merge()
    assert quotas() == [(twice.keep.pk, after[0], 0, after[1])]


def test_who_waited_for_a_place_of_the_double_gets_a_free_one(twice: Twice) -> None:
    Quota.objects.create(edition=twice.edition, organisation=twice.keep, places=9, own_places=True)
    twice.register(*[twice.gone] * 4)
    assert Registration.objects.waiting().count() == 2
    twice.merge()
    assert Registration.objects.waiting().count() == 0
    assert quotas() == [(twice.keep.pk, 9, 4, True)]


def test_a_form_that_was_open_meanwhile_registers_for_the_kept_one(twice: Twice) -> None:
    twice.merge()
    assert twice.gone.merged_into is None  # as the form read it
    (mine,) = twice.register(twice.gone)
    assert (mine.organisation, mine.region, mine.status) == (
        twice.keep,
        twice.keep.region,
        Status.CONFIRMED,
    )
    assert quotas() == [(twice.keep.pk, 2, 1, False)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_a_row_written_during_a_merge_ends_at_the_kept_one(
    twice: Twice, another_writer: psycopg.Connection, guarded: bool
) -> None:
    """By a writer that knows nothing of merges; the control takes the trigger away."""
    row = Registration(
        edition=twice.edition, person=twice.people[0], code="RACE", organisation=twice.gone
    )
    another_writer.execute("SELECT 1 FROM accounts_organisation FOR UPDATE")
    another_writer.execute(
        "UPDATE accounts_organisation SET merged_into_id = %s, merged_at = now() WHERE id = %s",
        [twice.keep.pk, twice.gone.pk],
    )

    def write() -> None:
        name = "forum.Registration:at_the_kept_organisation"
        try:
            with nullcontext() if guarded else pgtrigger.ignore(name):
                row.save()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        wait_for_a_lock()
        another_writer.commit()
        written.result(10)
    row.refresh_from_db()
    assert row.organisation_id == (twice.keep.pk if guarded else twice.gone.pk)


def wait_for_a_lock() -> None:
    """Wait until a backend of this database waits for another."""
    with connection.cursor() as cursor:
        for _attempt in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            )
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_registering_and_merging_at_once_leave_nothing_behind(
    twice: Twice, processing: ConsentText
) -> None:
    for turn in range(5):
        keep, gone = (Organisation.objects.create(name_kk=f"{turn} {n}") for n in "ab")
        people = [User.objects.create_user(f"m{turn}-{n}@example.org") for n in range(6)]
        barrier = Barrier(7)

        def run(
            errand: User | None,
            keep: Organisation = keep,
            gone: Organisation = gone,
            people: list[User] = people,
            barrier: Barrier = barrier,
        ) -> None:
            barrier.wait(10)
            try:
                if errand is None:
                    merge(keep, gone=[gone], by=twice.staff, reason="Twice", now=twice.now)
                    return
                actions.register(
                    twice.edition,
                    person=errand,
                    category="ngo",
                    organisation=gone if people.index(errand) % 2 else keep,
                    languages=["kk"],
                    needs=[],
                    needs_note="",
                    job_title="",
                    consents=[processing],
                    now=twice.now,
                )
            finally:
                connection.close()

        with ThreadPoolExecutor(7) as pool:
            list(pool.map(run, [*people, None]))
        assert not Registration.objects.filter(organisation=gone).exists()
        assert not Quota.objects.filter(organisation=gone).exists()
        quota = Quota.objects.get(organisation=keep)
        held = Registration.objects.filter(organisation=keep, holds=True).count()
        assert (quota.taken, held >= 2, quota.places is not None and quota.places >= held) == (
            held,
            True,
            True,
        )
        waiting = Registration.objects.waiting().filter(organisation=keep).count()
        assert held + waiting == 6
