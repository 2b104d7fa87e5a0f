"""A scan is judged by one order of checks, kept whatever comes of it, and counted once."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from forum.arrivals.actions import check_in
from forum.arrivals.errors import Unreadable
from forum.arrivals.models import Device, Scan, Verdict
from forum.models import Edition, Registration
from forum.registrations import actions as registrations
from forum.registrations.errors import HasArrived
from forum.tickets.codes import ticket_hash, ticket_payload

from .conftest import FIRST, SECOND, Confirm, Scanner, at, sighting_of

pytestmark = pytest.mark.django_db


def test_a_good_ticket_lets_in_and_the_person_has_arrived(
    scan: Scanner, delegate: Registration
) -> None:
    kept = scan(delegate, now=at(9, 5))
    delegate.refresh_from_db()
    assert (kept.verdict, kept.day, kept.registration) == (Verdict.WELCOME, FIRST, delegate)
    assert delegate.arrived_at == at(9, 5)


def test_what_was_read_is_kept_as_a_digest(scan: Scanner, delegate: Registration) -> None:
    assert scan(delegate).payload_hash == ticket_hash(ticket_payload(delegate))


def test_the_second_time_one_is_in_already(scan: Scanner, delegate: Registration) -> None:
    scan(delegate)
    assert scan(delegate, now=at(10)).verdict == Verdict.ALREADY_IN
    delegate.refresh_from_db()
    assert delegate.arrived_at == at(9)


def test_each_day_lets_in_anew(scan: Scanner, delegate: Registration) -> None:
    scan(delegate)
    again = scan(delegate, now=at(9, day=SECOND))
    delegate.refresh_from_db()
    assert (again.verdict, again.day) == (Verdict.WELCOME, SECOND)
    assert delegate.arrived_at == at(9)


def test_what_begins_before_the_day_belongs_to_the_day_before(
    scan: Scanner, edition: Edition, delegate: Registration
) -> None:
    edition.day_starts_at = dt.time(4)
    edition.save()
    scan(delegate)
    late = scan(delegate, now=at(2, day=SECOND))
    assert (late.verdict, late.day) == (Verdict.ALREADY_IN, FIRST)


STATES: dict[str, tuple[dict[str, object], Verdict]] = {
    "cancelled": ({"cancelled_at": at(8)}, Verdict.CANCELLED),
    "declined": ({"declined_at": at(8)}, Verdict.DECLINED),
    "awaiting": ({"confirmed_at": None, "approval_asked_at": at(8)}, Verdict.AWAITING),
    "waiting": ({"confirmed_at": None, "waiting_since": at(8)}, Verdict.WAITING),
    "offered": (
        {"confirmed_at": None, "offered_at": at(8), "offer_until": at(20)},
        Verdict.OFFERED,
    ),
    "another day": ({"days": [SECOND]}, Verdict.OTHER_DAY),
    "replaced before cancelled": (
        {"ticket_number": 2, "cancelled_at": at(8)},
        Verdict.REPLACED,
    ),
    "cancelled before another day": (
        {"days": [SECOND], "cancelled_at": at(8)},
        Verdict.CANCELLED,
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_who_is_not_let_in_is_told_the_first_reason(
    scan: Scanner, delegate: Registration, state: str
) -> None:
    payload = ticket_payload(delegate)
    fields, verdict = STATES[state]
    Registration.objects.update(**fields)
    Registration.pgh_event_model.objects.update(pgh_created_at=at(8))
    kept = scan(payload=payload)
    delegate.refresh_from_db()
    assert (kept.verdict, kept.registration) == (verdict, delegate)
    assert delegate.arrived_at is None


@pytest.mark.parametrize("day", [FIRST - dt.timedelta(days=1), SECOND + dt.timedelta(days=1)])
def test_a_ticket_holds_on_no_day_but_the_forums(
    scan: Scanner, delegate: Registration, day: dt.date
) -> None:
    assert scan(delegate, now=at(9, day=day)).verdict == Verdict.OTHER_DAY


def test_the_demo_lets_in_on_any_day(
    scan: Scanner, edition: Edition, delegate: Registration
) -> None:
    edition.is_demo = True
    edition.save()
    kept = scan(delegate, now=at(9, day=dt.date(2030, 1, 1)))
    assert (kept.verdict, kept.day) == (Verdict.WELCOME, FIRST)


def test_what_is_no_ticket_is_kept_without_its_text(scan: Scanner) -> None:
    kept = scan(payload="https://example.org/secret")
    assert (kept.verdict, kept.registration) == (Verdict.UNKNOWN, None)
    assert kept.payload_hash == ticket_hash("https://example.org/secret")


def test_a_forged_ticket_is_called_so(scan: Scanner, delegate: Registration) -> None:
    forged = ticket_payload(delegate)[:-16] + "A" * 16
    kept = scan(payload=forged)
    assert (kept.verdict, kept.registration) == (Verdict.FORGED, None)


def test_a_ticket_of_another_edition_is_called_so(scan: Scanner, delegate: Registration) -> None:
    other = Edition.objects.create(year=2023, slug="11", starts_on=FIRST, ends_on=FIRST)
    Registration.objects.update(edition=other)
    delegate.refresh_from_db()
    assert scan(delegate).verdict == Verdict.OTHER_EDITION


def test_a_registration_chosen_by_name_needs_no_ticket(
    scan: Scanner, delegate: Registration
) -> None:
    Registration.objects.update(ticket_number=2)
    assert scan(code=delegate.code).verdict == Verdict.WELCOME


def test_a_draft_is_unknown_at_the_door(scan: Scanner, confirm: Confirm) -> None:
    draft = confirm(registered_at=None, confirmed_at=None)
    assert scan(code=draft.code).verdict == Verdict.UNKNOWN


def test_a_barred_device_lets_nobody_in(
    scan: Scanner, device: Device, delegate: Registration
) -> None:
    device.revoked_at = at(8)
    assert scan(delegate).verdict == Verdict.REVOKED
    delegate.refresh_from_db()
    assert delegate.arrived_at is None


def test_the_same_scan_sent_again_changes_nothing(scan: Scanner, delegate: Registration) -> None:
    nonce = uuid.uuid4()
    first = scan(delegate, nonce=nonce)
    again = scan(delegate, nonce=nonce, now=at(10))
    assert (again, again.verdict) == (first, Verdict.WELCOME)
    assert Scan.objects.count() == 1


def test_a_number_of_another_edition_is_no_scan_of_ours(
    scan: Scanner, device: Device, delegate: Registration
) -> None:
    other = Edition.objects.create(year=2023, slug="11", starts_on=FIRST, ends_on=FIRST)
    kept = scan(delegate)
    with pytest.raises(Unreadable):
        check_in(
            other, sighting=sighting_of(nonce=kept.nonce), device=device, by=kept.by, now=at(9)
        )


def test_the_database_lets_nobody_in_twice(scan: Scanner, delegate: Registration) -> None:
    kept = scan(delegate)
    kept.pk, kept.nonce = None, uuid.uuid4()
    with pytest.raises(IntegrityError, match="scan_in_once"), transaction.atomic():
        kept.save(force_insert=True)


def test_who_has_arrived_cannot_be_cancelled(scan: Scanner, delegate: Registration) -> None:
    kept = scan(delegate)
    with pytest.raises(HasArrived):
        registrations.cancel(delegate, by=kept.by, reason="", now=at(9, 10))
