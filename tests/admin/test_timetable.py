"""What a timetable needs to know: buildings and their ways, when rooms and speakers are there."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from forum.models import Edition
from sessions_app.models import (
    Building,
    Room,
    RoomAvailability,
    Session,
    Speaker,
    SpeakerAvailability,
    Walk,
    WarningLevel,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client: Client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def palace(edition: Edition) -> Building:
    return Building.objects.create(edition=edition, name_kk="Сарай")


@pytest.fixture
def library(edition: Edition) -> Building:
    return Building.objects.create(edition=edition, name_kk="Кітапхана")


@pytest.fixture
def hall(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="hall", name_kk="Зал")


@pytest.fixture
def speaker(edition: Edition) -> Speaker:
    return Speaker.objects.create(edition=edition, code="SPK001", given_name_kk="Үлгі")


def address(thing: object) -> str:
    return f"/admin/sessions_app/{thing._meta.model_name}/{thing.pk}/change/"  # type: ignore[attr-defined]


def rows(prefix: str, *told: Mapping[str, object]) -> dict[str, object]:
    """Write new rows of an inline as a browser sends them."""
    sent: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(told), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(told):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def errors(response) -> list[list[str]]:
    formset = response.context["inline_admin_formsets"][0].formset
    return [error for form in formset.forms for error in form.errors.values()]


def window(start: str, end: str) -> dict[str, object]:
    return {
        "starts_at_0": "2025-10-16",
        "starts_at_1": start,
        "ends_at_0": "2025-10-16",
        "ends_at_1": end,
    }


def test_the_way_to_another_building_is_told(boss: Client, palace: Building, library: Building):
    sent = rows("walks", {"other": library.pk, "minutes": 12})
    answer = boss.post(address(palace), {"name_kk": "Сарай", **sent})
    assert answer.status_code == 302
    assert [(w.one, w.other, w.minutes) for w in Walk.objects.all()] == [(palace, library, 12)]


def test_the_way_back_is_the_same_way(boss: Client, palace: Building, library: Building):
    Walk.objects.create(one=library, other=palace, minutes=12)
    sent = rows("walks", {"other": library.pk, "minutes": 5})
    answer = boss.post(address(palace), {"name_kk": "Сарай", **sent})
    assert (answer.status_code, errors(answer)) == (
        200,
        [["The way to this building is told already."]],
    )
    assert [walk.minutes for walk in Walk.objects.all()] == [12]


def test_a_way_told_twice_at_once_is_refused(boss: Client, palace: Building, library: Building):
    row = {"other": library.pk, "minutes": 5}
    answer = boss.post(address(palace), {"name_kk": "Сарай", **rows("walks", row, row)})
    assert errors(answer) == [["The way to this building is told already."]]
    assert Walk.objects.count() == 0


def test_a_building_has_no_way_to_itself_or_into_another_edition(
    boss: Client, edition: Edition, palace: Building
):
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    foreign = Building.objects.create(edition=other, name_kk="Бөтен")
    for house in (palace, foreign):
        sent = rows("walks", {"other": house.pk, "minutes": 5})
        assert boss.post(address(palace), {"name_kk": "Сарай", **sent}).status_code == 200
    assert Walk.objects.count() == 0


def test_a_way_told_elsewhere_is_shown(boss: Client, palace: Building, library: Building):
    Walk.objects.create(one=library, other=palace, minutes=12)
    assert "Кітапхана – 12" in boss.get(address(palace)).content.decode()


def test_a_room_is_free_in_the_zone_of_its_edition(boss: Client, edition: Edition, hall: Room):
    Edition.objects.update(time_zone="Asia/Tokyo")
    sent = {"edition": edition.pk, "code": "hall", "position": 0, "name_kk": "Зал"}
    answer = boss.post(address(hall), sent | rows("availabilities", window("10:00", "12:00")))
    assert answer.status_code == 302
    found = RoomAvailability.objects.get()
    assert found.starts_at == dt.datetime(2025, 10, 16, 1, tzinfo=dt.UTC)
    assert found.ends_at == dt.datetime(2025, 10, 16, 3, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("улкен", ["main"]), ("HALL 2", ["H-2"]), ("h-2", ["H-2"]), ("", ["H-2", "main"]), ("x", [])],
)
def test_rooms_are_found_by_name_and_code(
    boss: Client, edition: Edition, typed: str, found: list[str]
):
    Room.objects.create(edition=edition, code="main", name_kk="Үлкен зал", name_ru="Зал")
    Room.objects.create(edition=edition, code="H-2", name_en="Hall 2")
    page = boss.get(reverse("admin:sessions_app_room_changelist"), {"q": typed})
    assert sorted(room.code for room in page.context["cl"].result_list) == found


def test_a_room_stands_in_a_building_of_its_edition(
    boss: Client, edition: Edition, hall: Room, palace: Building
):
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    foreign = Building.objects.create(edition=other, name_kk="Бөтен")
    sent = {"edition": edition.pk, "code": "hall", "position": 0, "name_kk": "Зал"}
    sent |= rows("availabilities")
    assert boss.post(address(hall), sent | {"building": foreign.pk}).status_code == 200
    assert boss.post(address(hall), sent | {"building": palace.pk}).status_code == 302
    hall.refresh_from_db()
    assert hall.building == palace


def test_a_new_room_is_not_put_into_a_building_of_another_edition(
    boss: Client, edition: Edition, palace: Building
):
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    sent = {"edition": other.pk, "code": "new", "position": 0, "name_kk": "Зал"}
    answer = boss.post("/admin/sessions_app/room/add/", sent | {"building": palace.pk})
    assert answer.context["adminform"].form.errors == {
        "building": ["This building belongs to another edition. Choose one of this edition."]
    }


def test_when_a_speaker_can_come_is_told(boss: Client, speaker: Speaker):
    sent = {"language": "kk", "given_name_kk": "Үлгі"}
    told = rows("availabilities", window("10:00", "12:00"), window("14:00", "18:00"))
    assert boss.post(address(speaker), sent | told).status_code == 302
    starts = SpeakerAvailability.objects.values_list("starts_at", flat=True)
    assert [start.hour for start in starts] == [5, 9]


def test_a_time_that_ends_before_it_begins_is_refused(boss: Client, speaker: Speaker):
    sent = {"language": "kk", "given_name_kk": "Үлгі"}
    answer = boss.post(address(speaker), sent | rows("availabilities", window("12:00", "10:00")))
    assert (answer.status_code, errors(answer)) == (
        200,
        [["The end is before the beginning."]],
    )
    assert SpeakerAvailability.objects.count() == 0


def test_what_a_session_needs_is_told(boss: Client, edition: Edition):
    session = Session.objects.create(edition=edition, code="S1", title_kk="Ашылу")
    sent = {
        "kind": "plenary",
        "title_kk": "Ашылу",
        "minutes": 90,
        "expected_audience": 300,
        "hearing_loop": "on",
        "step_free": "on",
        "stream": "on",
    }
    assert boss.post(address(session), sent | rows("appearances")).status_code == 302
    session.refresh_from_db()
    assert (session.minutes, session.expected_audience) == (90, 300)
    assert (session.hearing_loop, session.step_free, session.stream) == (True, True, True)


@pytest.mark.parametrize("typed", ["", None])
def test_a_length_that_is_not_told_stays(boss: Client, edition: Edition, typed: str | None):
    session = Session.objects.create(edition=edition, code="S1", title_kk="Ашылу", minutes=45)
    sent: dict[str, object] = {"kind": "plenary", "title_kk": "Ашылу", **rows("appearances")}
    if typed is not None:
        sent["minutes"] = typed
    assert boss.post(address(session), sent).status_code == 302
    session.refresh_from_db()
    assert session.minutes == 45


def test_levels_are_looked_at_and_not_changed_here(boss: Client, edition: Edition):
    level = WarningLevel.objects.create(edition=edition, rule="track_twice", level="ignored")
    assert boss.get(address(level)).status_code == 200
    assert boss.post(address(level), {"level": "warns"}).status_code == 403
