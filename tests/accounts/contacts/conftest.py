"""An organisation with one who speaks for it, one who asks, staff, and somebody with no rights."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.contacts.actions import ask_to_be_contact, confirm_contact
from accounts.models import Contact, Organisation, Region, User


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        name_kk="«Үлгі-07» қоғамдық қоры",
        name_ru="ОФ «Пример-07»",
        bin="600140000018",
        region=Region.objects.get(code="KZ-62"),
    )


@pytest.fixture
def staff() -> User:
    """Staff who may confirm contacts."""
    user = User.objects.create_user("staff@example.org", given_name="Staff", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="confirm_contact"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def asking(organisation: Organisation, now: dt.datetime) -> Contact:
    """Somebody who asks to speak for the organisation."""
    person = User.objects.create_user("asking@example.org", given_name="Asking")
    return ask_to_be_contact(organisation, person=person, message="Бухгалтер", now=now)


@pytest.fixture
def colleague(organisation: Organisation, staff: User, now: dt.datetime) -> Contact:
    """Somebody who speaks for the organisation already."""
    person = User.objects.create_user("colleague@example.org", given_name="Colleague")
    asked = ask_to_be_contact(organisation, person=person, message="", now=now)
    return confirm_contact(asked, by=staff, now=now)


@pytest.fixture
def stranger() -> User:
    return User.objects.create_user("stranger@example.org", given_name="Stranger")
