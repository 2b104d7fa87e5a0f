"""What runs now and what is next: before, during, between and after; of the release alone."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.editions.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Session, Track
from sessions_app.timetable.models import Placement, Room

pytestmark = pytest.mark.django_db
ASTANA = dt.timezone(dt.timedelta(hours=5))
NOW, SCREEN, FEED = "/en/12/now/", "/en/12/now/screen/", "/en/12/now/screen.json"


def at(clock: str, day: int = 15) -> dt.datetime:
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2025, 10, day, hour, minute, tzinfo=ASTANA)


@pytest.fixture
def edition() -> Edition:
    """Two rooms: on the 15th Alpha at ten, Beta at eleven beside Gamma at twelve; Delta later."""
    edition = Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_en="Twelfth",
        name_kk="Он екінші",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=at("00:00", 1),
    )
    one = Room.objects.create(edition=edition, code="one", name_en="Room one", position=1)
    two = Room.objects.create(edition=edition, code="two", name_en="Room two", position=2)
    track = Track.objects.create(edition=edition, code="law", name_en="Law", colour=3)
    for code, room, start, end in (
        ("Alpha", one, at("10:00"), at("11:00")),
        ("Beta", one, at("11:00"), at("11:30")),
        ("Gamma", two, at("12:00"), at("13:00")),
        ("Delta", two, at("09:00", 16), at("10:00", 16)),
    ):
        session = Session.objects.create(
            edition=edition, code=code.upper(), title_en=code, track=track
        )
        Placement.objects.create(session=session, room=room, starts_at=start, ends_at=end)
    publish(edition, by=None, note="", now=at("00:00", 2))
    return edition


def seen(client: Client, moment: dt.datetime, path: str = NOW) -> str:
    with time_machine.travel(moment, tick=False):
        response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split("<main")[1].split("</main>")[0].split())


def parts(page: str) -> tuple[list[str], list[str]]:
    """Return the titles under Now and those under Next."""
    titles = ("Alpha", "Beta", "Gamma", "Delta")
    now, _heading, later = page.partition('id="upcoming"')
    now = now.partition('id="running"')[2]
    return [one for one in titles if one in now], [one for one in titles if one in later]


@pytest.mark.parametrize(
    ("moment", "running", "upcoming", "sentence"),
    [
        (at("08:00", 10), [], ["Alpha", "Gamma"], "begins on Wednesday, 15 October at 10:00."),
        (at("10:00"), ["Alpha"], ["Beta", "Gamma"], ""),
        (at("10:59"), ["Alpha"], ["Beta", "Gamma"], ""),
        (at("11:00"), ["Beta"], ["Gamma"], ""),
        (at("11:45"), [], ["Gamma"], "A break. It goes on at 12:00."),
        (at("12:30"), ["Gamma"], ["Delta"], ""),
        (at("20:00"), [], ["Delta"], "goes on on Thursday, 16 October at 09:00."),
        (at("10:00", 16), [], [], "The forum is over."),
    ],
)
@pytest.mark.usefixtures("edition")
def test_each_moment(
    client: Client, moment: dt.datetime, running: list[str], upcoming: list[str], sentence: str
):
    page = seen(client, moment)
    assert parts(page) == (running, upcoming)
    assert sentence in page


def test_nothing_is_published_yet(client: Client):
    Edition.objects.create(
        slug="12",
        year=2025,
        name_en="Twelfth",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=at("00:00", 1),
    )
    assert "The programme is not published yet" in seen(client, at("10:00"))
    assert json.loads(client.get(FEED).content)["sessions"] == []


def test_draft_is_not_shown(client: Client, edition: Edition):
    Placement.objects.filter(session__edition=edition).update(
        starts_at=at("18:00"), ends_at=at("19:00")
    )
    assert parts(seen(client, at("10:30")))[0] == ["Alpha"]


def test_cancelled_session_says_so(client: Client, edition: Edition):
    Session.objects.filter(edition=edition, code="ALPHA").update(cancelled_at=at("09:00"))
    assert "Cancelled" in seen(client, at("10:30"))


@pytest.mark.usefixtures("edition")
def test_page_is_kept_for_half_a_minute_and_no_longer(client: Client):
    with time_machine.travel(at("10:59"), tick=False) as clock:
        client.get(NOW)
        with CaptureQueriesContext(connection) as queries:
            client.get(NOW)
        clock.shift(61)
        page = client.get(NOW).content.decode()
    assert len(queries) <= 1
    assert parts(page.split("<main")[1]) == (["Beta"], ["Gamma"])


@pytest.mark.usefixtures("edition")
def test_moment_is_not_taken_from_the_address(client: Client):
    page = seen(client, at("10:30"), f"{NOW}?now=2025-10-15T12:30&time=12:30")
    assert parts(page)[0] == ["Alpha"]


@pytest.mark.usefixtures("edition")
def test_display_of_a_room_shows_that_room(client: Client):
    page = seen(client, at("10:30"), f"{SCREEN}?room=two")
    assert parts(page) == ([], ["Gamma"])
    assert "Room two" in page


@pytest.mark.usefixtures("edition")
def test_display_of_an_unknown_room_shows_every_room(client: Client):
    assert parts(seen(client, at("10:30"), f"{SCREEN}?room=nowhere"))[0] == ["Alpha"]


@pytest.mark.usefixtures("edition")
def test_feed_has_every_language_and_instants(client: Client):
    data = json.loads(client.get(FEED).content)
    alpha = data["sessions"][0]
    assert alpha["start"] == dt.datetime(2025, 10, 15, 5, tzinfo=dt.UTC).timestamp() * 1000
    assert (alpha["from"], alpha["to"], alpha["room"]) == ("10:00", "11:00", "one")
    assert alpha["title"] == {"kk": "Alpha", "ru": "Alpha", "en": "Alpha"}
    assert data["name"]["kk"] == "Он екінші"
    assert data["words"]["kk"]["now"] != data["words"]["ru"]["now"]


@pytest.mark.usefixtures("edition")
def test_feed_that_did_not_change_is_a_304_whatever_the_time(client: Client):
    first = client.get(FEED)
    with time_machine.travel(at("12:30"), tick=False):
        fresh = client.get(FEED)
        with CaptureQueriesContext(connection) as queries:
            again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert fresh.content == first.content
    assert (again.status_code, again.content) == (304, b"")
    assert len(queries) <= 1


def test_feed_changes_with_a_release(client: Client, edition: Edition):
    first = client.get(FEED)
    Placement.objects.filter(session__code="DELTA").update(ends_at=at("11:00", 16))
    publish(edition, by=None, note="", now=at("00:00", 3))
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, json.loads(again.content)["sessions"][3]["to"]) == (200, "11:00")


@pytest.mark.parametrize("more", [0, 30])
@pytest.mark.parametrize("path", [NOW, FEED])
def test_queries_do_not_grow(client: Client, edition: Edition, path: str, more: int):
    room = Room.objects.get(code="one")
    for number in range(more):
        session = Session.objects.create(edition=edition, code=f"N{number}", title_en="More")
        start = at("14:00") + dt.timedelta(minutes=5 * number)
        Placement.objects.create(
            session=session, room=room, starts_at=start, ends_at=start + dt.timedelta(minutes=5)
        )
    publish(edition, by=None, note="", now=at("00:00", 3))
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= 7


@pytest.mark.usefixtures("edition")
def test_unpublished_edition_has_no_such_pages(client: Client):
    Edition.objects.update(published_at=None)
    assert [client.get(path).status_code for path in (NOW, SCREEN, FEED)] == [404, 404, 404]


@pytest.mark.usefixtures("edition")
def test_programme_leads_there(client: Client):
    assert f'href="{NOW}"' in client.get("/en/12/programme/").content.decode()
