"""Two who decide at one moment: one does it, the other is told. Threads, each with a connection."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.contacts import errors
from accounts.contacts.actions import ask_to_be_contact, confirm_contact, decline_contact
from accounts.models import Contact, Organisation, User

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all at one moment; return what became of each, sorted."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        barrier.wait(10)
        try:
            act()
        except errors.ContactError as error:
            return type(error).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_confirmers_at_once_confirm_once(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    for _round in range(5):
        Contact.objects.filter(pk=asking.pk).update(confirmed_at=None, confirmed_by=None)
        said = at_once(
            lambda: confirm_contact(asking, by=staff, now=now),
            lambda: confirm_contact(asking, by=colleague.person, now=now),
        )
        assert said == ["AlreadyConfirmed", "done"]


def test_yes_and_no_at_once_leave_one_answer(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    for _round in range(5):
        Contact.objects.filter(pk=asking.pk).update(
            confirmed_at=None, confirmed_by=None, ended_at=None, ended_by=None
        )
        said = at_once(
            lambda: confirm_contact(asking, by=staff, now=now),
            lambda: decline_contact(asking, by=colleague.person, reason="no", now=now),
        )
        assert said in (["AlreadyConfirmed", "done"], ["AlreadyEnded", "done"])


def test_asking_twice_at_once_asks_once(
    organisation: Organisation, stranger: User, now: dt.datetime
) -> None:
    said = at_once(
        *[lambda: ask_to_be_contact(organisation, person=stranger, message="", now=now)] * 4
    )
    assert said == ["AlreadyAsked"] * 3 + ["done"]
    assert Contact.objects.count() == 1
