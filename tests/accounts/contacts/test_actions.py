"""Asking to speak for an organisation, saying yes or no to it, and ending it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError
from django.dispatch import Signal

from accounts.contacts import errors
from accounts.contacts.access import get_organisation_as_contact, organisations_of
from accounts.contacts.actions import (
    ask_to_be_contact,
    confirm_contact,
    decline_contact,
    end_contact,
)
from accounts.contacts.signals import contact_asked, contact_confirmed, contact_ended
from accounts.models import Contact, ContactStatus, Organisation, RegisterStatus, User
from accounts.organisations.actions import BinTaken

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str, str]]]:
    """What the signals said: which, about whom, by whom."""
    said: list[tuple[str, str, str]] = []
    receivers: list[tuple[Signal, Any]] = []
    for name, signal in (
        ("asked", contact_asked),
        ("confirmed", contact_confirmed),
        ("ended", contact_ended),
    ):

        def receive(*_sender: Any, contact: Contact, by: User, name=name, **_more: Any) -> None:
            said.append((name, contact.person.short_name, by.short_name))

        signal.connect(receive, weak=False)
        receivers.append((signal, receive))
    yield said
    for signal, receive in receivers:
        signal.disconnect(receive)


def test_who_asks_waits(asking: Contact, now: dt.datetime) -> None:
    assert (asking.status, asking.asked_at, asking.message) == (
        ContactStatus.PENDING,
        now,
        "Бухгалтер",
    )
    assert list(Contact.objects.pending()) == [asking]
    assert list(Contact.objects.confirmed()) == []
    assert list(organisations_of(asking.person)) == []


def test_nobody_asks_twice(asking: Contact, now: dt.datetime) -> None:
    with pytest.raises(errors.AlreadyAsked):
        ask_to_be_contact(asking.organisation, person=asking.person, message="", now=now)
    assert Contact.objects.count() == 1


def test_a_new_organisation_is_added_with_who_asks(stranger: User, now: dt.datetime) -> None:
    new = Organisation(name_kk="Жаңа ұйым")
    asked = ask_to_be_contact(new, person=stranger, message="", now=now)
    assert (asked.organisation.added_by, asked.organisation.name_kk) == (stranger, "Жаңа ұйым")


def test_a_bin_that_another_has_adds_nothing(
    organisation: Organisation, stranger: User, now: dt.datetime
) -> None:
    new = Organisation(name_kk="Жаңа ұйым", bin=organisation.bin)
    with pytest.raises(BinTaken):
        ask_to_be_contact(new, person=stranger, message="", now=now)
    assert (Organisation.objects.count(), Contact.objects.count()) == (1, 0)


def test_staff_confirm(asking: Contact, staff: User, now: dt.datetime) -> None:
    confirmed = confirm_contact(asking, by=staff, now=now + HOUR)
    assert (confirmed.status, confirmed.confirmed_by, confirmed.confirmed_at) == (
        ContactStatus.CONFIRMED,
        staff,
        now + HOUR,
    )
    assert list(organisations_of(asking.person)) == [asking.organisation]
    found = get_organisation_as_contact(asking.organisation.code.lower(), person=asking.person)
    assert found == asking.organisation


def test_a_colleague_confirms(asking: Contact, colleague: Contact, now: dt.datetime) -> None:
    confirmed = confirm_contact(asking, by=colleague.person, now=now)
    assert confirmed.confirmed_by == colleague.person


def test_nobody_confirms_themselves_not_even_staff(
    organisation: Organisation, staff: User, now: dt.datetime
) -> None:
    asked = ask_to_be_contact(organisation, person=staff, message="", now=now)
    with pytest.raises(errors.ByOneself):
        confirm_contact(asked, by=staff, now=now)


def test_the_database_refuses_who_confirms_themselves(asking: Contact, now: dt.datetime) -> None:
    with pytest.raises(IntegrityError, match="contact_not_by_oneself"):
        Contact.objects.update(confirmed_at=now, confirmed_by=asking.person)


@pytest.mark.parametrize("act", [confirm_contact, decline_contact, end_contact])
def test_strangers_and_those_who_only_ask_decide_nothing(
    act: Any, asking: Contact, stranger: User, now: dt.datetime
) -> None:
    more = {} if act is confirm_contact else {"reason": "no"}
    with pytest.raises(errors.NotYours):
        act(asking, by=stranger, now=now, **more)
    ask_to_be_contact(asking.organisation, person=stranger, message="", now=now)
    with pytest.raises(errors.NotYours):
        act(asking, by=stranger, now=now, **more)
    assert Contact.objects.pending().count() == 2


def test_the_contact_of_another_organisation_decides_nothing(
    asking: Contact, stranger: User, staff: User, now: dt.datetime
) -> None:
    other = ask_to_be_contact(Organisation(name_kk="Басқа"), person=stranger, message="", now=now)
    confirm_contact(other, by=staff, now=now)
    with pytest.raises(errors.NotYours):
        confirm_contact(asking, by=stranger, now=now)


@pytest.mark.parametrize("status", [RegisterStatus.SUSPENDED, RegisterStatus.LIQUIDATION])
def test_a_body_that_closes_gets_new_contacts_from_staff_alone(
    status: str, asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    Organisation.objects.update(register_status=status)
    with pytest.raises(errors.OnlyStaff):
        confirm_contact(asking, by=colleague.person, now=now)
    assert confirm_contact(asking, by=staff, now=now).confirmed_by == staff


def test_an_inactive_body_only_warns(asking: Contact, colleague: Contact, now: dt.datetime) -> None:
    Organisation.objects.update(register_status=RegisterStatus.INACTIVE)
    assert confirm_contact(asking, by=colleague.person, now=now).confirmed_at == now


def test_a_decline_says_why(asking: Contact, colleague: Contact, now: dt.datetime) -> None:
    declined = decline_contact(asking, by=colleague.person, reason="Unknown to us", now=now)
    assert (declined.status, declined.end_reason) == (ContactStatus.DECLINED, "Unknown to us")
    with pytest.raises(errors.AlreadyEnded):
        confirm_contact(asking, by=colleague.person, now=now)
    again = ask_to_be_contact(asking.organisation, person=asking.person, message="", now=now)
    assert again.status == ContactStatus.PENDING


def test_what_is_confirmed_is_not_declined_but_ended(
    colleague: Contact, staff: User, now: dt.datetime
) -> None:
    with pytest.raises(errors.AlreadyConfirmed):
        decline_contact(colleague, by=staff, reason="no", now=now)
    ended = end_contact(colleague, by=staff, reason="Left", now=now)
    assert (ended.status, list(organisations_of(colleague.person))) == (ContactStatus.ENDED, [])


def test_everybody_may_take_back_or_end_their_own(
    asking: Contact, colleague: Contact, now: dt.datetime
) -> None:
    withdrawn = end_contact(asking, by=asking.person, reason="", now=now)
    ended = end_contact(colleague, by=colleague.person, reason="", now=now)
    assert (withdrawn.status, ended.status) == (ContactStatus.WITHDRAWN, ContactStatus.ENDED)


def test_the_signals_say_what_happened_and_by_whom(
    heard: list[tuple[str, str, str]], asking: Contact, staff: User, now: dt.datetime
) -> None:
    confirm_contact(asking, by=staff, now=now)
    end_contact(asking, by=asking.person, reason="", now=now)
    assert heard == [
        ("asked", "Asking", "Asking"),
        ("confirmed", "Asking", "Staff"),
        ("ended", "Asking", "Asking"),
    ]


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_the_organisation_is_told(
    asking: Contact, staff: User, now: dt.datetime, another_writer: psycopg.Connection
) -> None:
    another_writer.execute("SELECT 1 FROM accounts_organisation FOR NO KEY UPDATE")
    with pytest.raises(errors.Busy):
        confirm_contact(asking, by=staff, now=now)
    another_writer.rollback()
    assert confirm_contact(asking, by=staff, now=now).confirmed_at == now


def test_the_history_tells_who_did_what(asking: Contact, staff: User, now: dt.datetime) -> None:
    confirm_contact(asking, by=staff, now=now)
    events = Contact.pgh_event_model.objects.order_by("pgh_id").select_related("pgh_context")
    assert [(one.pgh_label, one.pgh_context.metadata["user"]) for one in events] == [
        ("insert", asking.person.pk),
        ("update", staff.pk),
    ]
