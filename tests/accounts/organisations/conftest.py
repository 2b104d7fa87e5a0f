"""Organisations with the spellings that make trouble, and a person who looks for them."""

import pytest
from django.test import Client

from accounts.models import Region, User
from accounts.organisations.models import Organisation


@pytest.fixture
def person() -> User:
    return User.objects.create_user("p01@example.org")


@pytest.fixture
def person_client(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def example() -> Organisation:
    return Organisation.objects.create(
        name_kk="«Үлгі-07» қоғамдық қоры",
        name_ru="ОФ «Пример-07»",
        bin="600140000018",
        region=Region.objects.get(code="KZ-62"),
    )
