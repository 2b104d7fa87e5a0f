"""Sessions are placed, cancelled and published; editions change their state by actions."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation

from forum.models import Edition
from sessions_app.models import Placement, Release, Room, Session, Speaker
from sessions_app.releases.actions import publish

from .conftest import Fill

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/sessions_app/session/"
PUBLISH = "/admin/sessions_app/release/add/"
EDITIONS = "/admin/forum/edition/"


@pytest.fixture(autouse=True)
def english(client: Client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def session(edition: Edition) -> Session:
    return Session.objects.create(edition=edition, code="S1", title_kk="Ашылу")


@pytest.fixture
def hall(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="hall", name_kk="Зал")


def sent(session: Session, **fields: object) -> dict[str, object]:
    return {
        "kind": "plenary",
        "title_kk": session.title_kk,
        "appearances-TOTAL_FORMS": 0,
        "appearances-INITIAL_FORMS": 0,
        **fields,
    }


def at(room: Room, start: str, end: str) -> dict[str, object]:
    return {
        "room": room.pk,
        "starts_at_0": "2025-10-16",
        "starts_at_1": start,
        "ends_at_0": "2025-10-16",
        "ends_at_1": end,
    }


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_session_is_placed_in_the_zone_of_its_edition(boss: Client, session: Session, hall: Room):
    boss.post(f"{SESSIONS}{session.pk}/change/", sent(session, **at(hall, "10:00", "11:00")))
    placement = Placement.objects.get()
    assert (placement.room, placement.starts_at) == (
        hall,
        dt.datetime(2025, 10, 16, 5, 0, tzinfo=dt.UTC),
    )
    assert 'value="10:00' in boss.get(f"{SESSIONS}{session.pk}/change/").content.decode()


def test_a_session_that_ends_before_it_starts_is_refused(
    boss: Client, session: Session, hall: Room
):
    response = boss.post(
        f"{SESSIONS}{session.pk}/change/",
        sent(session, title_kk="Басқа", **at(hall, "11:00", "10:00")),
    )
    session.refresh_from_db()
    assert "The session ends before it starts. Give it a later end." in response.content.decode()
    assert (session.title_kk, Placement.objects.count()) == ("Ашылу", 0)


def test_half_a_place_is_refused(boss: Client, session: Session, hall: Room):
    response = boss.post(f"{SESSIONS}{session.pk}/change/", sent(session, room=hall.pk))
    assert "Give room, beginning and end together" in response.content.decode()


def test_emptying_the_place_takes_the_session_out(boss: Client, session: Session, hall: Room):
    path = f"{SESSIONS}{session.pk}/change/"
    boss.post(path, sent(session, **at(hall, "10:00", "11:00")))
    boss.post(path, sent(session))
    assert Placement.objects.count() == 0


def test_a_room_of_another_edition_is_not_offered(boss: Client, session: Session):
    other = Edition.objects.create(
        year=2023, slug="11", name_kk="XI", starts_on=dt.date(2023, 9, 1),
        ends_on=dt.date(2023, 9, 2),
    )  # fmt: skip
    room = Room.objects.create(edition=other, code="far", name_kk="Басқа зал")
    boss.post(f"{SESSIONS}{session.pk}/change/", sent(session, **at(room, "10:00", "11:00")))
    assert Placement.objects.count() == 0


def test_speakers_are_offered_from_the_edition_alone(boss: Client, edition: Edition):
    other = Edition.objects.create(
        year=2023, slug="11", name_kk="XI", starts_on=dt.date(2023, 9, 1),
        ends_on=dt.date(2023, 9, 2),
    )  # fmt: skip
    mine = Speaker.objects.create(edition=edition, code="A", given_name_kk="Нұрғазиева")
    Speaker.objects.create(edition=other, code="B", given_name_kk="Нұрғазиева")
    asked: dict[str, str | int] = {
        "edition": edition.pk,
        "term": "Нургазиева",
        "app_label": "sessions_app",
        "model_name": "appearance",
        "field_name": "speaker",
    }
    found = boss.get("/admin/autocomplete/", asked).json()["results"]
    assert [one["id"] for one in found] == [str(mine.pk)]


def test_a_session_needs_a_title_in_one_language_whichever(boss: Client, edition: Edition):
    fields = {"edition": edition.pk, "kind": "panel"}
    assert boss.post(f"{SESSIONS}add/", fields).status_code == 200
    assert boss.post(f"{SESSIONS}add/", fields | {"title_ru": "Диалог"}).status_code == 302
    assert Session.objects.get().title_ru == "Диалог"


def test_cancelling_sessions_asks_first(boss: Client, session: Session):
    asked = {"action": "cancel", "_selected_action": session.pk, "index": 0}
    assert boss.post(SESSIONS, asked).status_code == 200
    session.refresh_from_db()
    assert session.cancelled_at is None
    assert said(boss.post(SESSIONS, asked | {"confirmed": "1"})) == ["1 session is cancelled."]
    assert said(boss.post(SESSIONS, asked | {"confirmed": "1"}))[-1] == (
        "“Ашылу” is cancelled already."
    )


@pytest.fixture
def published(session: Session, hall: Room, now: dt.datetime) -> Session:
    hour = dt.timedelta(hours=1)
    Placement.objects.create(session=session, room=hall, starts_at=now, ends_at=now + hour)
    publish(session.edition, by=None, note="", now=now)
    return session


KEPT = (
    "“Ашылу” was published, and the releases keep it. Cancel it, or take its room and time away,"
    " and publish that: then people are told."
)


def test_a_published_session_is_not_deleted(boss: Client, published: Session):
    address = f"{SESSIONS}{published.pk}/delete/"
    for answer in (boss.get(address), boss.post(address, {"post": "yes"})):
        assert (answer.status_code, said(answer)[-1:]) == (302, [KEPT])
    assert Release.objects.get().slots.get().session == published


def test_with_a_published_session_none_of_those_chosen_is_deleted(boss: Client, published: Session):
    other = Session.objects.create(edition=published.edition, code="S2", title_kk="Жабылу")
    chosen = {"_selected_action": [published.pk, other.pk], "post": "yes"}
    answer = boss.post(SESSIONS, chosen | {"action": "delete_selected"})
    assert (said(answer), Session.objects.count()) == ([KEPT], 2)


def test_a_session_that_was_never_published_is_deleted(boss: Client, session: Session):
    boss.post(f"{SESSIONS}{session.pk}/delete/", {"post": "yes"})
    chosen = Session.objects.create(edition=session.edition, code="S2", title_kk="Жабылу")
    sent = {"_selected_action": [chosen.pk], "post": "yes", "action": "delete_selected"}
    boss.post(SESSIONS, sent)
    assert not Session.objects.exists()


def test_deleting_sessions_is_for_who_may(clerk: Client, published: Session):
    address = f"{SESSIONS}{published.pk}/delete/"
    assert clerk.post(address, {"post": "yes"}).status_code == 403
    assert Session.objects.get() == published


@pytest.mark.usefixtures("published")
def test_an_edition_with_releases_can_be_deleted(edition: Edition):
    edition.delete()
    assert (Edition.objects.count(), Session.objects.count()) == (0, 0)


def test_publishing_makes_a_release_signed_by_who_did_it(
    boss: Client, superuser, edition: Edition, fill: Fill
):
    fill(1)
    Placement.objects.update(ends_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    response = boss.post(PUBLISH, {"edition": edition.pk, "note_en": "Later"})
    newest = Release.objects.order_by("-number").first()
    assert response.status_code == 302
    assert newest is not None
    assert (newest.number, newest.published_by, newest.note_en) == (2, superuser, "Later")


def test_a_draft_that_clashes_is_not_published_and_every_clash_is_said(
    boss: Client, edition: Edition, session: Session, hall: Room
):
    other = Session.objects.create(edition=edition, code="S2", title_kk="Жабылу")
    start, end = (dt.datetime(2025, 10, 16, hour, tzinfo=dt.UTC) for hour in (5, 6))
    for one in (session, other):
        Placement.objects.create(session=one, room=hall, starts_at=start, ends_at=end)
    response = boss.post(PUBLISH, {"edition": edition.pk})
    assert response.status_code == 422
    assert response.context["clashes"] == [
        "“Ашылу” and “Жабылу” are both in the room “Зал” at 16.10.2025 10:00."
    ]
    assert Release.objects.count() == 0


def test_publishing_is_for_who_may(clerk: Client, edition: Edition):
    assert clerk.post(PUBLISH, {"edition": edition.pk}).status_code == 403
    assert Release.objects.count() == 0


@pytest.mark.parametrize("value", ["", "x", "0", "99999999999999999999"])
def test_publishing_nonsense_is_refused(boss: Client, value: str):
    assert boss.post(PUBLISH, {"edition": value}).status_code == 422


def state(client: Client, action: str, edition: Edition):
    return client.post(
        EDITIONS,
        {"action": action, "_selected_action": edition.pk, "index": 0, "confirmed": "1"},
    )


@pytest.mark.usefixtures("edition")
def test_another_edition_takes_the_home_page(boss: Client, now: dt.datetime):
    other = Edition.objects.create(
        year=2027, slug="13", name_kk="XIII", starts_on=now.date(), ends_on=now.date()
    )
    assert said(state(boss, "make_current", other)) == [
        "“XIII” is not published, or archived. Publish it first."
    ]
    state(boss, "publish", other)
    state(boss, "make_current", other)
    assert Edition.objects.current().get() == other


def test_an_archived_edition_leaves_the_home_page(boss: Client, edition: Edition):
    state(boss, "archive", edition)
    edition.refresh_from_db()
    assert edition.archived_at is not None
    assert edition.current_since is None


def test_the_registrar_cannot_archive(clerk: Client, edition: Edition):
    state(clerk, "archive", edition)
    edition.refresh_from_db()
    assert edition.archived_at is None


def test_where_answers_to_letters_go_is_asked_for(boss: Client, edition: Edition):
    page = boss.get(f"{EDITIONS}{edition.pk}/change/").content.decode()
    assert page.count('name="contact_email"') == 1


def test_the_edition_of_the_home_page_is_the_one_to_publish(boss: Client, edition: Edition):
    Edition.objects.filter(pk=edition.pk).update(current_since=edition.published_at)
    assert boss.get(PUBLISH).context["form"]["edition"].value() == edition.pk
