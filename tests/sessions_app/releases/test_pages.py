"""The public pages of releases: what they show, to whom, and in how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.editions.models import Edition, Organiser
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Again, Placer, place, unplace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]
LIST = "/en/12/programme/releases/"
PAGES = [LIST, f"{LIST}1/", f"{LIST}1/changes/", f"{LIST}2/changes/?since=1"]
FEED = "/en/12/programme/changes.atom"


@pytest.fixture
def session(placed: Placer, hall: Room, again: Again) -> Session:
    """A session that was at ten in release 1, and is at eleven in release 2."""
    found: Session = placed("Ашылу", hall, "10:00", "11:00").session
    again("Бірінші")
    place(found, hall, "11:00", "12:00")
    again()
    return found


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.usefixtures("session")
def test_the_list_has_every_release_with_its_note(client: Client) -> None:
    page = client.get(LIST).context["page"]
    assert [release.number for release in page] == [2, 1]
    assert "Бірінші" in text(client, LIST)


def test_an_old_release_shows_the_programme_as_it_was(client: Client, session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(title_kk="Жаңа атау", cancelled_at=NOW)
    shown = text(client, f"{LIST}1/")
    assert "10:00–11:00" in shown
    assert "Ашылу" in shown
    assert "Жаңа атау" not in shown
    assert "is-cancelled" not in shown


def test_what_was_cancelled_by_then_is_shown_so(
    client: Client, session: Session, again: Again
) -> None:
    Session.objects.filter(pk=session.pk).update(cancelled_at=NOW)
    again()
    Session.objects.filter(pk=session.pk).update(cancelled_at=None)
    assert "is-cancelled" in text(client, f"{LIST}3/")


def test_only_what_is_still_in_the_programme_is_a_link(
    client: Client, session: Session, again: Again
) -> None:
    link = f'href="/en/12/programme/{session.code}/"'
    assert link in text(client, f"{LIST}1/")
    unplace(session)
    again()
    assert link not in text(client, f"{LIST}1/")


@pytest.mark.usefixtures("session")
def test_changes_are_told_from_the_release_before(client: Client) -> None:
    response = client.get(f"{LIST}2/changes/")
    (change,) = response.context["changes"]
    assert (response.context["since"].number, change.labels) == (1, ["Moved"])
    assert "is moved from" in response.content.decode()


@pytest.mark.usefixtures("session")
def test_changes_are_told_backwards_too(client: Client) -> None:
    (change,) = client.get(f"{LIST}1/changes/?since=2").context["changes"]
    assert change.sentences == [
        "“Ашылу” is moved from Thursday, 16 October, 11:00–12:00"
        " to Thursday, 16 October, 10:00–11:00."
    ]


@pytest.mark.usefixtures("session")
def test_the_first_release_has_nothing_to_be_compared_with(client: Client) -> None:
    response = client.get(f"{LIST}1/changes/")
    assert (response.context["since"], response.context["changes"]) == (None, [])


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}9/",
        f"{LIST}0/",
        f"{LIST}{'9' * 30}/",
        f"{LIST}9/changes/",
        f"{LIST}2/changes/?since=9",
        f"{LIST}2/changes/?since=x",
        f"{LIST}2/changes/?since=²",
        f"{LIST}2/changes/?since={'9' * 30}",
        f"{LIST}2/changes/?since=-1",
    ],
)
def test_a_release_that_there_is_not(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("address", [*PAGES, FEED])
def test_an_unpublished_edition_is_its_organisers_alone(
    client: Client, edition: Edition, address: str
) -> None:
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    assert client.get(address).status_code == 404
    organiser = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=edition, person=organiser)
    client.force_login(organiser)
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("address", [*PAGES, FEED])
def test_they_are_read_and_not_written_to(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("address", [*PAGES, FEED])
def test_they_stand_in_every_language(client: Client, address: str, language: str) -> None:
    response = client.get(f"/{language}{address[3:]}")
    assert (response.status_code, response["Content-Language"]) == (200, language)


@pytest.mark.parametrize("address", [*PAGES, FEED])
def test_queries_do_not_grow(
    client: Client, hall: Room, placed: Placer, again: Again, address: str
) -> None:
    def asked() -> int:
        client.get(address)
        Room.objects.update(capacity=1)  # nothing kept is current any more
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    sessions = [placed("Бірінші", hall, "08:00", "08:30").session]
    again()
    place(sessions[0], hall, "09:00", "09:30")
    again()
    few = asked()
    for number in range(10, 13):
        sessions.append(placed(f"{number}", hall, f"{number}:00", f"{number}:30").session)
        again()
    for number, session in enumerate(sessions, start=13):
        place(session, hall, f"{number}:00", f"{number}:30")
    again()
    assert asked() == few <= 10


@pytest.mark.usefixtures("session")
def test_a_new_release_shows_at_once(client: Client, placed: Placer, again: Again) -> None:
    hall = Room.objects.get()
    for address in (LIST, FEED):
        client.get(address)
    placed("Жабылу", hall, "17:00", "18:00")
    again()
    assert [release.number for release in client.get(LIST).context["page"]] == [3, 2, 1]
    assert "“Жабылу” is new" in text(client, FEED)


def test_without_a_release_there_is_an_empty_list(client: Client) -> None:
    assert list(client.get(LIST).context["page"]) == []
    assert client.get(FEED).status_code == 200


def test_twenty_releases_a_page(client: Client, edition: Edition) -> None:
    Release.objects.bulk_create(
        Release(edition=edition, number=number, published_at=NOW + dt.timedelta(hours=number))
        for number in range(1, 26)
    )
    assert len(client.get(LIST).context["page"]) == 20
    assert len(client.get(f"{LIST}?page=2").context["page"]) == 5
