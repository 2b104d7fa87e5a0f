"""Contacts and delegates at once, over HTTP, by separate processes: no place twice, none lost."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from forum.models import Edition, Quota, Registration, Status
from tests.racing import posting, run

from .conftest import Registrar, rows
from .test_rows_page import told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CAP = 7


def five(first: int) -> dict[str, Any]:
    """Fill in five people, beginning with number `first`."""
    people: dict[str, str] = {}
    for row, number in enumerate(range(first, first + 5), start=1):
        people |= {f"d{row}-email": f"d{number}@example.org", f"d{row}-given_name": f"N{number}"}
    return told(5) | people


def test_two_contacts_register_five_and_five_for_seven_places(
    server: int,
    edition: Edition,
    organisation: Organisation,
    contact: User,
    colleague: User,
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=CAP)
    path = f"/kk/12/delegation/{organisation.code}/register/"
    forms = {contact: five(1), colleague: five(6)}
    answers = run("http", [posting(one, server, path, form) for one, form in forms.items()])
    # The first has five places; the second is told that three would wait, and nobody is registered.
    assert answers.count(302) == 1
    assert set(answers) <= {302, 200, 409}
    assert Registration.objects.confirmed().count() == 5
    late, form = list(forms.items())[1 - answers.index(302)]
    client = Client()
    client.force_login(late)
    page = client.post(path, form)
    assert page.context["forecast"].waiting == 3
    assert client.post(path, form | {"told": page.context["forecast"].digest}).status_code == 302
    assert Registration.objects.confirmed().count() == CAP
    assert Registration.objects.waiting().count() == 3
    quota = Quota.objects.get(organisation=organisation)
    assert (quota.places, quota.taken) == (CAP, CAP)


def test_twenty_presses_of_one_button_register_five(
    server: int, edition: Edition, organisation: Organisation, contact: User, colleague: User
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=CAP)
    path = f"/kk/12/delegation/{organisation.code}/register/"
    presses = [posting(one, server, path, five(1)) for one in (contact, colleague) * 10]
    answers = Counter(run("http", presses))
    assert set(answers) <= {302, 409, 422, 503}
    assert Registration.objects.count() == 5
    assert Registration.objects.confirmed().count() == 5


@pytest.fixture
def offered(edition: Edition, enrol: Registrar) -> list[Registration]:
    """Ten delegates to whom a place is offered, the day before the forum."""
    Edition.objects.filter(pk=edition.pk).update(capacity=0)
    enrol(rows(10))
    day = (timezone.now() + dt.timedelta(days=1)).astimezone(edition.zone).date()
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day, capacity=10)
    Registration.objects.update(offered_at=now, offer_until=now + dt.timedelta(hours=3))
    return list(Registration.objects.select_related("person").order_by("pk"))


def test_a_contact_cancels_while_the_delegate_accepts_the_place(
    server: int,
    edition: Edition,
    organisation: Organisation,
    contact: User,
    offered: list[Registration],
) -> None:
    errands = []
    for one in offered:
        path = f"/kk/12/delegation/{organisation.code}/delegates/{one.code}/cancel/"
        errands.append(posting(contact, server, path, {"reason": "Келмейді"}))
        errands.append(posting(one.person, server, "/kk/12/me/accept/", {}))
    answers = Counter(run("http", errands))
    # Whoever comes first, the contact's word stands; who accepted too late is told so.
    assert set(answers) <= {302, 409}
    ended = Registration.objects.filter(cancelled_by=contact)
    assert [one.status for one in ended] == [Status.CANCELLED] * 10
    assert answers[302] == 10 + ended.filter(confirmed_at__isnull=False).count()
    edition.refresh_from_db()
    assert edition.places_taken == 0
