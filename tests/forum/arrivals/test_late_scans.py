"""Scans that come late are judged by their own moment, bounded by what a clock can be believed."""

import datetime as dt
import uuid

import pytest

from forum.arrivals.models import ClockDoubt, Device, Scan, Verdict
from forum.models import Registration
from forum.tickets.codes import ticket_payload

from .conftest import SECOND, Scanner, at

pytestmark = pytest.mark.django_db
EVENING = at(20)


def test_a_late_scan_arrives_when_it_was_made(scan: Scanner, delegate: Registration) -> None:
    kept = scan(delegate, told="welcome", now=EVENING)
    delegate.refresh_from_db()
    assert (kept.judged_at, delegate.arrived_at) == (at(9), at(9))
    assert (kept.received_at, kept.clock_doubt) == (EVENING, "")


def test_let_in_at_two_doors_the_first_to_reach_us_counts_and_the_second_is_flagged(
    scan: Scanner, other_device: Device, delegate: Registration
) -> None:
    first = scan(delegate, told="welcome", now=EVENING)
    second = scan(delegate, told="welcome", now=EVENING, device=other_device)
    assert (first.verdict, second.verdict) == (Verdict.WELCOME, Verdict.ALREADY_IN)
    assert list(Scan.objects.all().flagged()) == [second]


def test_a_scan_of_the_day_before_counts_for_that_day(
    scan: Scanner, delegate: Registration
) -> None:
    today = scan(delegate, now=at(8, day=SECOND))
    late = scan(delegate, told="welcome", now=at(9, day=SECOND), scanned_at=at(9))
    delegate.refresh_from_db()
    assert (today.verdict, late.verdict) == (Verdict.WELCOME, Verdict.WELCOME)
    assert delegate.arrived_at == at(9)


def test_who_was_let_in_and_cancelled_afterwards_is_said_so_and_does_not_count(
    scan: Scanner, delegate: Registration
) -> None:
    Registration.objects.update(cancelled_at=at(12))
    kept = scan(delegate, told="welcome", now=EVENING)
    delegate.refresh_from_db()
    assert (kept.verdict, delegate.arrived_at) == (Verdict.ENDED_SINCE, None)
    assert list(Scan.objects.all().flagged()) == [kept]


def test_who_was_let_in_after_cancelling_is_flagged(scan: Scanner, delegate: Registration) -> None:
    Registration.objects.update(cancelled_at=at(8))
    kept = scan(delegate, told="welcome", now=EVENING)
    assert kept.verdict == Verdict.CANCELLED
    assert list(Scan.objects.all().flagged()) == [kept]


def test_who_was_turned_away_with_a_good_ticket_is_flagged_and_has_not_arrived(
    scan: Scanner, delegate: Registration
) -> None:
    kept = scan(delegate, told="unknown", now=EVENING)
    delegate.refresh_from_db()
    assert (kept.verdict, delegate.arrived_at) == (Verdict.TURNED_AWAY, None)
    assert list(Scan.objects.all().flagged()) == [kept]


def test_who_was_turned_away_rightly_is_not_flagged(scan: Scanner, delegate: Registration) -> None:
    Registration.objects.update(confirmed_at=at(12), waiting_since=at(8))
    kept = scan(delegate, told="waiting", now=EVENING)
    assert kept.verdict == Verdict.WAITING
    assert not Scan.objects.all().flagged().exists()


def test_a_ticket_replaced_after_the_scan_held_at_its_moment(
    scan: Scanner, delegate: Registration
) -> None:
    payload = ticket_payload(delegate)
    delegate.ticket_number = 2
    delegate.save()
    event = Registration.pgh_event_model.objects.filter(ticket_number=2)
    event.update(pgh_created_at=at(12))
    assert scan(payload=payload, told="welcome", now=EVENING).verdict == Verdict.WELCOME


def test_a_ticket_replaced_before_the_scan_held_no_more(
    scan: Scanner, delegate: Registration
) -> None:
    payload = ticket_payload(delegate)
    delegate.ticket_number = 2
    delegate.save()
    Registration.pgh_event_model.objects.filter(ticket_number=2).update(pgh_created_at=at(8))
    kept = scan(payload=payload, told="welcome", now=EVENING)
    assert kept.verdict == Verdict.REPLACED


@pytest.mark.parametrize("hours", [-5, 3])
def test_a_clock_wrong_by_hours_is_corrected_by_what_is_measured(
    scan: Scanner, delegate: Registration, hours: int
) -> None:
    wrong = dt.timedelta(hours=hours)
    kept = scan(delegate, told="welcome", now=EVENING, scanned_at=at(9) + wrong, offset=-wrong)
    assert (kept.judged_at, kept.clock_doubt) == (at(9), "")
    assert kept.clock_offset == -hours * 3600
    assert kept.scanned_at == at(9) + wrong


def test_a_scan_from_the_future_counts_when_it_reaches_us(
    scan: Scanner, delegate: Registration
) -> None:
    kept = scan(delegate, told="welcome", now=EVENING, scanned_at=at(9, day=SECOND))
    assert (kept.judged_at, kept.clock_doubt) == (EVENING, ClockDoubt.FUTURE)
    assert kept.verdict == Verdict.WELCOME
    assert list(Scan.objects.all().flagged()) == [kept]


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_scan_from_outside_the_forum_counts_when_it_reaches_us(
    scan: Scanner, delegate: Registration, year: int
) -> None:
    kept = scan(delegate, told="welcome", now=EVENING, scanned_at=at(9, day=dt.date(year, 1, 1)))
    assert (kept.judged_at, kept.clock_doubt) == (EVENING, ClockDoubt.OUTSIDE)


def test_a_clock_that_was_set_meanwhile_is_not_believed(
    scan: Scanner, delegate: Registration
) -> None:
    known = dt.timedelta(hours=5)
    kept = scan(delegate, told="welcome", now=EVENING, known_offset=known)
    assert (kept.judged_at, kept.clock_doubt) == (EVENING, ClockDoubt.CHANGED)


def test_a_scan_whose_answer_was_lost_tells_later_what_the_device_said(
    scan: Scanner, delegate: Registration
) -> None:
    nonce = uuid.uuid4()
    Registration.objects.update(days=[SECOND])
    scan(delegate, nonce=nonce)
    again = scan(delegate, nonce=nonce, told="welcome", now=EVENING)
    assert (again.verdict, again.told) == (Verdict.OTHER_DAY, "welcome")
    assert list(Scan.objects.all().flagged()) == [again]
