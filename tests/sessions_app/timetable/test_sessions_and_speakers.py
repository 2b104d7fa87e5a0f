"""A session's page, the list of speakers and a speaker's page: what is released, nothing else."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from forum.editions.models import Edition
from forum.editions.shelf import shelf
from sessions_app.sessions.models import Appearance, Role, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.actions import publish
from sessions_app.timetable.models import Placement, Room
from tests.sessions_app.timetable.conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.fixture
def session(edition: Edition, hall: Room, speaker: Speaker, placed: Placer) -> Session:
    """A released session of a published edition, in which the speaker reads for somebody."""
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
    made = placed("Климат", hall, "10:00", "11:00", speaker).session
    Appearance.objects.update(role=Role.READER, behalf_of_kk="Үлгі Өкілетті")
    publish(edition, by=None, note="", now=NOW)
    return made


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.text


def test_a_session_says_when_in_the_editions_zone(client: Client, session: Session) -> None:
    text = page(client, f"/en/12/programme/{session.code}/")
    assert 'datetime="2025-10-16T10:00:00+05:00"' in text
    assert "10:00–11:00</time> (UTC+5)" in text


def test_a_reader_is_shown_with_whom_he_represents(client: Client, session: Session) -> None:
    text = page(client, f"/en/12/programme/{session.code}/")
    assert 'Reads on behalf of: <span lang="kk">Үлгі Өкілетті</span>' in text


def test_a_cancelled_session_says_so(client: Client, session: Session) -> None:
    Session.objects.update(cancelled_at=NOW)
    assert "This session is cancelled." in page(client, f"/en/12/programme/{session.code}/")


@pytest.mark.usefixtures("session")
def test_what_is_not_released_is_a_404(client: Client, hall: Room, placed: Placer) -> None:
    drafted = placed("Жаңа", hall, "12:00", "13:00").session
    hidden = Speaker.objects.create(edition=drafted.edition, code="HID001", given_name_kk="Үлгі")
    Appearance.objects.create(session=drafted, speaker=hidden)
    assert client.get(f"/kk/12/programme/{drafted.code}/").status_code == 404
    assert client.get("/kk/12/speakers/HID001/").status_code == 404
    assert "HID001" not in page(client, "/kk/12/speakers/")


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("path", ["/ru/12/programme/NOBODY/", "/ru/12/speakers/NOBODY/"])
def test_an_unknown_code_is_a_404_in_the_readers_language(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert '<html lang="ru">' in response.text


def test_a_speaker_is_found_in_another_spelling(client: Client, session: Session) -> None:
    found = Speaker.objects.create(
        edition=session.edition, code="NUR001", given_name_kk="Бану", family_name_kk="Нұрғазиева"
    )
    Appearance.objects.create(session=session, speaker=found)
    publish(session.edition, by=None, note="", now=NOW)
    text = page(client, "/kk/12/speakers/?q=нургазиева")
    assert text.count('class="card-item"') == 1
    assert "/kk/12/speakers/NUR001/" in text


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("query", ["?page=0", "?page=999", "?page=x", "?q=%00", "?page=%D2%B1"])
def test_a_strange_query_shows_a_page_all_the_same(client: Client, query: str) -> None:
    assert "SPK001" in page(client, f"/kk/12/speakers/{query}")


def test_a_speaker_page_says_where_to_hear_them(client: Client, session: Session) -> None:
    text = page(client, "/en/12/speakers/SPK001/")
    assert f"/en/12/programme/{session.code}/" in text
    assert "10:00–11:00" in text


def crowd(edition: Edition, count: int) -> str:
    """Add `count` rooms with a session each at one time, every speaker in the first of them."""
    rooms = Room.objects.bulk_create(
        Room(edition=edition, code=f"r{n}", name_kk="Зал") for n in range(count)
    )
    sessions = Session.objects.bulk_create(
        Session(edition=edition, code=f"N{n}", title_kk="Климат") for n in range(count)
    )
    Placement.objects.bulk_create(
        Placement(session=one, room=room, starts_at=at("14:00"), ends_at=at("15:00"))
        for one, room in zip(sessions, rooms, strict=True)
    )
    people = Speaker.objects.bulk_create(
        Speaker(edition=edition, code=f"P{n}", given_name_kk="Үлгі") for n in range(count)
    )
    Appearance.objects.bulk_create(
        Appearance(session=one, speaker=person, exclusive=False)
        for one in sessions
        for person in (people if one is sessions[0] else people[:1])
    )
    publish(edition, by=None, note="", now=NOW)
    return sessions[0].code


@pytest.mark.parametrize("count", [1, 3, 100])
def test_every_size_costs_the_same_queries(
    client: Client, session: Session, count: int, django_assert_num_queries: object
) -> None:
    code = crowd(session.edition, count)
    for path, queries in [
        (f"/kk/12/programme/{code}/", 5),
        ("/kk/12/speakers/", 4),
        ("/kk/12/speakers/P0/", 6),
    ]:
        with django_assert_num_queries(queries):  # type: ignore[operator]
            page(client, path)


def test_an_archived_edition_is_still_read(client: Client, session: Session) -> None:
    day = dt.date(2001, 1, 1)
    Edition.objects.update(starts_on=day, ends_on=day, archived_at=NOW)
    assert "Климат" in page(client, f"/kk/12/programme/{session.code}/")
