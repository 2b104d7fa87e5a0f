"""The home page, the archive and an edition's front page."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.editions.models import Edition, Organiser
from forum.editions.shelf import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


def make(slug: str, *, days: int = 30, **fields: object) -> Edition:
    day = timezone.localdate() + dt.timedelta(days=days)
    return Edition.objects.create(
        year=day.year,
        slug=slug,
        name_kk=f"{slug}-форум",
        starts_on=day,
        ends_on=day,
        **{"published_at": timezone.now(), **fields},
    )


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.text


def cards(text: str) -> list[str]:
    return re.findall(r'<h3><a href="/en/([^/]*)/">', text)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_root_leads_to_the_readers_language(client: Client, language: str) -> None:
    response = client.get("/", headers={"accept-language": f"{language},de;q=0.5"})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert not response.cookies


def test_home_shows_the_current_edition(client: Client) -> None:
    make("12", current_since=timezone.now())
    make("13", days=400)
    assert re.search(r'<h1><span lang="kk">12-форум</span>', page(client, "/en/"))


@pytest.mark.parametrize(("zone", "over"), [("Pacific/Kiritimati", True), ("Etc/GMT+12", False)])
def test_an_edition_is_over_when_its_own_last_day_is(zone: str, over: bool) -> None:
    now = dt.datetime(2025, 10, 18, 11, 30, tzinfo=dt.UTC)
    held = make("12", time_zone=zone, days=0)
    held.ends_on = dt.date(2025, 10, 18)
    assert held.is_past(now=now) is over


def test_without_a_current_edition_home_lists_all(client: Client) -> None:
    make("11", days=-400, archived_at=timezone.now())
    assert cards(page(client, "/en/")) == ["11"]


def test_without_any_edition_home_says_so(client: Client) -> None:
    assert "No forum is announced yet" in page(client, "/en/")


def test_the_archive_stands_after_what_comes(client: Client) -> None:
    make("14", days=800)
    make("13", days=30)
    make("11", days=-400, archived_at=timezone.now())
    make("12", days=-30)
    make("draft", published_at=None)
    assert cards(page(client, "/en/editions/")) == ["13", "14", "12", "11"]


def test_an_edition_invites_while_registration_is_open(client: Client) -> None:
    make("12", registration_opens_at=timezone.now() - dt.timedelta(days=1))
    text = page(client, "/en/12/")
    assert "Registration is open." in text
    assert 'class="btn btn-primary" href="/en/12/register/"' in text


def test_a_full_edition_offers_the_waiting_list(client: Client) -> None:
    opened = timezone.now() - dt.timedelta(days=1)
    make("12", registration_opens_at=opened, capacity=1, places_taken=1)
    assert "You can still join the waiting list." in page(client, "/en/12/")


def test_an_edition_not_open_says_why(client: Client) -> None:
    make("12")
    text = page(client, "/en/12/")
    assert "The organisers have not yet said when registration opens." in text
    assert 'btn-primary" href="/en/12/register/"' not in text


def test_an_archived_edition_says_so(client: Client) -> None:
    make("11", days=-400, archived_at=timezone.now())
    assert "This forum is over." in page(client, "/en/11/")


def test_an_unpublished_edition_opens_to_its_organisers_alone(client: Client) -> None:
    draft, other = make("draft", published_at=None), make("other", published_at=None)
    organiser = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=draft, person=organiser)
    stranger = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=other, person=stranger)
    assert client.get("/en/draft/").status_code == 404
    client.force_login(stranger)
    assert client.get("/en/draft/").status_code == 404
    client.force_login(organiser)
    assert client.get("/en/draft/").status_code == 200


def test_a_page_names_itself_in_every_language(client: Client) -> None:
    make("12")
    text = page(client, "/ru/12/?utm=1")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/ru/12/">' in text
    assert re.findall(r'<link rel="alternate" hreflang="(..)" href="([^"]*)"', text) == [
        (code, f"http://127.0.0.1:8000/{code}/12/") for code in ("kk", "ru", "en")
    ]


def test_a_language_that_we_do_not_have_is_a_404(client: Client) -> None:
    response = client.get("/de/12/", follow=True)
    assert response.status_code == 404


@pytest.mark.usefixtures("redis_away")
def test_who_is_signed_in_stays_so_while_redis_is_away(client: Client) -> None:
    make("12", current_since=timezone.now())
    client.force_login(User.objects.create_user("p1@example.org", given_name="Үлгі"))
    assert client.get("/en/12/me/").status_code == 200
    assert client.get("/en/12/register/").status_code == 200
