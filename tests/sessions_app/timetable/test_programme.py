"""The public programme: what it shows, to whom, filtered and in which language."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from forum.editions.models import Edition
from forum.editions.shelf import shelf
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Kind, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from tests.sessions_app.timetable.conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db
PATH = "/kk/12/programme/"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.fixture
def published(edition: Edition) -> Edition:
    edition.published_at = timezone.now()
    edition.save()
    return edition


@pytest.fixture
def morning(published: Edition, hall: Room, speaker: Speaker, placed: Placer) -> Edition:
    """Two sessions in the hall, released; the first has a track, a speaker and a language."""
    track = Track.objects.create(edition=published, code="ECO", name_kk="Экология", colour=3)
    first = placed("Климат", hall, "09:00", "10:00", speaker).session
    first.track, first.working_languages = track, ["ru"]
    first.save()
    second = placed("Ашық бюджет", hall, "10:00", "11:00").session
    second.kind = Kind.PANEL
    second.save()
    publish(published, by=None, note="", now=NOW)
    return published


def titles(client: Client, query: str = "", path: str = PATH) -> list[str]:
    response = client.get(path + query)
    assert response.status_code == 200
    found = re.findall(r'class="slot-title"><a href="[^"]*">(.*?)</a>', response.text)
    return [re.sub("<[^>]*>", "", title).strip() for title in found]


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Климат", "Ашық бюджет"]),
        ("?track=ECO", ["Климат"]),
        ("?kind=panel", ["Ашық бюджет"]),
        ("?room=main", ["Климат", "Ашық бюджет"]),
        ("?language=ru", ["Климат"]),
        ("?day=2025-10-16", ["Климат", "Ашық бюджет"]),
        ("?kind=panel&track=ECO", []),
        ("?q=ашык+бюджет", ["Ашық бюджет"]),
        ("?q=улги", ["Климат"]),
        ("?q=%00", ["Климат", "Ашық бюджет"]),
        ("?day=yesterday&track=%22%3E&kind=x&room=%00&language=xx", ["Климат", "Ашық бюджет"]),
    ],
)
def test_filters_choose_what_is_shown(client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.usefixtures("morning")
def test_a_search_is_written_back_escaped(client: Client) -> None:
    page = client.get(PATH, {"q": '"><script>'}).text
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "<script>" not in page


def test_the_draft_is_not_shown(
    client: Client, morning: Edition, hall: Room, placed: Placer
) -> None:
    placed("Жаңа", hall, "12:00", "13:00")
    assert titles(client) == ["Климат", "Ашық бюджет"]
    publish(morning, by=None, note="", now=NOW)
    assert titles(client) == ["Климат", "Ашық бюджет", "Жаңа"]


@pytest.mark.usefixtures("morning")
def test_a_cancelled_session_says_so(client: Client) -> None:
    Session.objects.filter(title_kk="Климат").update(cancelled_at=NOW)
    page = client.get("/en/12/programme/").text
    assert page.count("is-cancelled") == 1
    assert '<li class="tag tag-danger">Cancelled</li>' in page


@pytest.mark.usefixtures("morning")
def test_a_title_in_another_language_is_marked(client: Client) -> None:
    assert '<span lang="kk">Климат</span>' in client.get("/en/12/programme/").text
    assert '<span lang="kk">' not in client.get(PATH).text


@pytest.mark.usefixtures("morning")
def test_a_title_is_escaped(client: Client) -> None:
    Session.objects.filter(title_kk="Климат").update(title_kk="<img src=x>")
    assert "&lt;img src=x&gt;" in client.get(PATH).text


def test_what_begins_at_night_belongs_to_the_day_before(
    client: Client, published: Edition, hall: Room, placed: Placer
) -> None:
    Edition.objects.filter(pk=published.pk).update(day_starts_at=dt.time(5))
    placed("Түнгі", hall, "01:00", "02:00")
    publish(published, by=None, note="", now=NOW)
    assert 'id="day-2025-10-15"' in client.get(PATH).text


@pytest.mark.usefixtures("published")
def test_before_the_first_release_the_page_says_so(client: Client) -> None:
    response = client.get("/en/12/programme/")
    assert response.status_code == 200
    assert "The programme is not published yet" in response.text


@pytest.mark.usefixtures("morning")
def test_no_match_leads_back_to_everything(client: Client) -> None:
    page = client.get("/en/12/programme/?q=nothing-of-the-kind").text
    assert "No session matches" in page
    assert 'href="/en/12/programme/"' in page


@pytest.mark.usefixtures("morning")
def test_the_page_sets_no_cookie_and_is_for_everybody(client: Client) -> None:
    response = client.get(PATH)
    assert not response.cookies
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/kk/99/programme/", "/ru/99/", "/en/99/"])
def test_an_unknown_edition_is_a_404_with_a_way_on(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{path[1:3]}">' in response.text
    assert f'href="/{path[1:3]}/"' in response.text


@pytest.mark.parametrize("count", [1, 3, 200])
def test_every_size_costs_the_same_queries(
    client: Client, published: Edition, count: int, django_assert_num_queries: object
) -> None:
    rooms = Room.objects.bulk_create(
        Room(edition=published, code=f"r{n}", name_kk=f"{n}-зал") for n in range(count)
    )
    tracks = Track.objects.bulk_create(
        Track(edition=published, code=f"t{n}", name_kk=f"{n}-бағыт") for n in range(count)
    )
    people = Speaker.objects.bulk_create(
        Speaker(edition=published, code=f"p{n}", given_name_kk="Үлгі") for n in range(count)
    )
    sessions = Session.objects.bulk_create(
        Session(edition=published, code=f"s{n}", title_kk="Климат", track=tracks[n])
        for n in range(count)
    )
    Placement.objects.bulk_create(
        Placement(session=session, room=room, starts_at=at("09:00"), ends_at=at("10:00"))
        for session, room in zip(sessions, rooms, strict=True)
    )
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=person)
        for session, person in zip(sessions, people, strict=True)
    )
    publish(published, by=None, note="", now=NOW)
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(titles(client, "?q=климат")) == count
