"""The Atom feed: an entry for each release, ids that never change, whole addresses, safe text."""

import pytest
from django.test import Client
from lxml import etree

from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Again, Placer, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def session(placed: Placer, hall: Room, again: Again) -> Session:
    found: Session = placed("<b>Ашылу</b> & 1", hall, "10:00", "11:00").session
    again()
    place(found, hall, "11:00", "12:00")
    again("Кешіктік")
    return found


def read(client: Client, language: str = "en", host: str = "testserver") -> etree._Element:
    response = client.get(f"/{language}/12/programme/changes.atom", headers={"host": host})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def find(feed: etree._Element, path: str) -> list[str]:
    found = feed.xpath(path, namespaces=ATOM)
    assert isinstance(found, list)
    return [str(one) for one in found]


@pytest.mark.usefixtures("session")
def test_an_entry_for_each_release_the_newest_first(client: Client) -> None:
    feed = read(client)
    assert find(feed, "a:entry/a:title/text()") == [
        "Release 2 of the programme",
        "Release 1 of the programme",
    ]
    assert find(feed, "a:entry/a:updated/text()") == [
        "2025-10-01T13:00:00+00:00",
        "2025-10-01T12:00:00+00:00",
    ]


@pytest.mark.usefixtures("session")
def test_an_entry_says_the_note_and_the_changes_and_escapes_what_people_wrote(
    client: Client,
) -> None:
    summary, first = find(read(client), "a:entry/a:summary/text()")
    assert summary == (
        "<p>Кешіктік</p><ul><li>“&lt;b&gt;Ашылу&lt;/b&gt; &amp; 1” is moved from Thursday,"
        " 16 October, 10:00–11:00 to Thursday, 16 October, 11:00–12:00.</li></ul>"
    )
    assert first == "<ul><li>The programme is published.</li></ul>"


@pytest.mark.usefixtures("session")
def test_ids_are_the_same_in_every_language_and_after_every_release(
    client: Client, hall: Room, placed: Placer, again: Again
) -> None:
    ids = find(read(client), "a:entry/a:id/text()")
    assert len(set(ids)) == 2
    assert find(read(client, "kk"), "a:entry/a:id/text()") == ids
    placed("Жабылу", hall, "17:00", "18:00")
    again()
    assert find(read(client), "a:entry/a:id/text()")[1:] == ids


@pytest.mark.usefixtures("session")
def test_addresses_are_the_sites_own_whatever_host_was_asked(client: Client, settings) -> None:
    settings.BASE_URL = "https://forum.example.kz"
    settings.ALLOWED_HOSTS = ["*"]
    feed = read(client, host="evil.example")
    links = find(feed, "//a:link/@href")
    assert len(links) == 4
    assert {link.split("/en/")[0] for link in links} == {"https://forum.example.kz"}


@pytest.mark.usefixtures("session")
def test_the_programme_and_the_list_lead_to_it(client: Client) -> None:
    for page in ("/kk/12/programme/", "/kk/12/programme/releases/"):
        assert 'href="/kk/12/programme/changes.atom"' in client.get(page).content.decode()


def test_a_long_list_is_cut(client: Client, hall: Room, placed: Placer, again: Again) -> None:
    Room.objects.filter(pk=hall.pk).update(shared=True)
    again()
    for number in range(70):
        placed(f"{number}", hall, "10:00", "11:00")
    again()
    summary, _first = find(read(client), "a:entry/a:summary/text()")
    assert summary.count("<li>") == 61
    assert summary.endswith("<li>And 10 more changes.</li></ul>")
    assert Release.objects.filter(published_at__gt=NOW).count() == 1
