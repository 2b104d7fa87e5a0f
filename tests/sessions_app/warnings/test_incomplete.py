"""What a session still lacks, wherever it stands."""

import pytest

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Room
from tests.sessions_app.warnings.conftest import Maker, at, rules, sentences

pytestmark = pytest.mark.django_db


def test_a_session_without_room_and_time_is_named(edition: Edition, session: Maker) -> None:
    session("Water")
    assert sentences(edition) == ["“Water” has no room and time."]


@pytest.mark.parametrize("kind", ["panel", "breakout", "dialogue", "round_table"])
def test_a_kind_that_somebody_leads_needs_a_moderator(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker, kind: str
) -> None:
    session("Water", hall, "10:00-11:00", kind=kind, speaker=aigul)
    assert sentences(edition) == ["“Water” has no moderator."]
    Appearance.objects.update(role="moderator")
    assert rules(edition) == []


def test_a_plenary_session_needs_no_moderator(edition: Edition, hall: Room, session: Maker) -> None:
    session("Opening", hall, "10:00-11:00", kind="plenary")
    assert rules(edition) == []


def test_a_missing_kazakh_title_is_told(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", title_kk="")
    assert sentences(edition) == ["“Water” has no Kazakh title."]


def test_a_missing_russian_title_is_told(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", title_ru=None)
    assert sentences(edition) == ["“Water” has no Russian title."]


def test_a_session_without_any_title_goes_by_its_code(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("", hall, "10:00-11:00")
    assert sentences(edition) == [
        "“S00000” has no Kazakh title.",
        "“S00000” has no Russian title.",
    ]


def test_a_speaker_who_has_not_confirmed_is_named_once(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", hall, "11:00-12:00", speaker=aigul)
    Speaker.objects.update(confirmed_at=None)
    assert sentences(edition) == ["Aigul Example has not confirmed yet: “Water”, “Forest”."]


def test_a_speaker_who_declined_is_told_apart(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    Speaker.objects.update(confirmed_at=None, declined_at=at("09:00", day=2))
    assert sentences(edition) == ["Aigul Example has declined and still stands in: “Water”."]


@pytest.mark.usefixtures("aigul")
def test_a_speaker_without_a_session_need_not_confirm(edition: Edition) -> None:
    Speaker.objects.update(confirmed_at=None)
    assert rules(edition) == []
