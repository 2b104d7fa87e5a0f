"""Who may open which edition."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.editions.access import get_organised_edition, get_public_edition
from forum.models import Edition, Organiser

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def make(slug: str, **fields: object) -> Edition:
    day = dt.date(2026, 10, 15)
    return Edition.objects.create(year=2026, slug=slug, starts_on=day, ends_on=day, **fields)


@pytest.fixture
def draft() -> Edition:
    return make("draft")


@pytest.fixture
def organiser(draft: Edition) -> User:
    person = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=draft, person=person)
    return person


@pytest.fixture
def other_organiser() -> User:
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=make("other"), person=person)
    return person


def test_everybody_opens_a_published_edition() -> None:
    published = make("12", published_at=timezone.now())
    assert get_public_edition("12") == published
    assert get_public_edition("12", person=STRANGER) == published


def test_an_unknown_edition_is_a_404() -> None:
    with pytest.raises(Http404):
        get_public_edition("99", person=STRANGER)


def test_an_unpublished_one_opens_to_its_organiser(draft: Edition, organiser: User) -> None:
    assert get_public_edition("draft", person=organiser) == draft
    assert get_organised_edition("draft", person=organiser) == draft


def test_a_superuser_opens_every_edition(draft: Edition) -> None:
    admin = User.objects.create_superuser("admin@example.org")
    assert get_organised_edition("draft", person=admin) == draft


@pytest.mark.usefixtures("draft")
def test_an_unpublished_one_is_a_404_to_others(other_organiser: User) -> None:
    for person in (STRANGER, other_organiser):
        with pytest.raises(Http404):
            get_public_edition("draft", person=person)
        with pytest.raises(Http404):
            get_organised_edition("draft", person=person)


@pytest.mark.parametrize("slug", ["12", "draft", "99"])
def test_who_may_not_open_a_desk_reads_the_same_whether_it_exists_or_not(
    client: Client, other_organiser: User, slug: str
) -> None:
    make("12", published_at=timezone.now())
    make("draft")
    client.force_login(other_organiser)
    page = client.get(f"/en/{slug}/desk/")
    assert page.status_code == 404
    assert page.context["sentence"] == "There is no such page, or it is not open to you."
