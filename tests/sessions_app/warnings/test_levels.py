"""How strict an edition is with each rule."""

import pytest

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.timetable.models import Room
from sessions_app.warnings.access import blocking_release, findings_of
from sessions_app.warnings.actions import LevelRefused, set_level
from sessions_app.warnings.models import Level, Rule, WarningLevel
from tests.sessions_app.warnings.conftest import Maker, rules

pytestmark = pytest.mark.django_db


def levels(edition: Edition) -> dict[Rule, Level]:
    return {finding.rule: finding.level for finding in findings_of(edition)}


def test_clashes_block_the_release_and_the_rest_warns(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:00-11:00")
    session("Steppe")
    assert levels(edition) == {
        Rule.ROOM_TWICE: Level.BLOCKS_RELEASE,
        Rule.NOT_PLACED: Level.WARNS,
    }


def test_what_is_ignored_is_not_found(edition: Edition, session: Maker) -> None:
    session("Water")
    set_level(edition, Rule.NOT_PLACED, Level.IGNORED, by=None)
    assert rules(edition) == []


def test_what_is_made_stricter_stands_first(edition: Edition, session: Maker) -> None:
    session("Water", kind="panel")
    assert rules(edition) == ["not_placed", "no_moderator"]
    set_level(edition, Rule.NO_MODERATOR, Level.BLOCKS_RELEASE, by=None)
    assert rules(edition) == ["no_moderator", "not_placed"]


def test_both_blocking_levels_keep_a_draft_from_being_published(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", expected_audience=500, kind="panel")
    session("Forest")
    set_level(edition, Rule.ROOM_TOO_SMALL, Level.BLOCKS_PLACING, by=None)
    set_level(edition, Rule.NO_MODERATOR, Level.BLOCKS_RELEASE, by=None)
    found = blocking_release(findings_of(edition))
    assert [one.rule for one in found] == [Rule.ROOM_TOO_SMALL, Rule.NO_MODERATOR]


def test_a_level_is_of_one_edition(edition: Edition, session: Maker) -> None:
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    session("Water")
    set_level(other, Rule.NOT_PLACED, Level.IGNORED, by=None)
    assert rules(edition) == ["not_placed"]


def test_back_to_its_own_level_leaves_no_row(edition: Edition) -> None:
    set_level(edition, Rule.NOT_PLACED, Level.IGNORED, by=None)
    assert WarningLevel.objects.count() == 1
    set_level(edition, Rule.NOT_PLACED, Level.WARNS, by=None)
    assert WarningLevel.objects.count() == 0


def test_a_second_choice_replaces_the_first(edition: Edition) -> None:
    set_level(edition, Rule.TRACK_TWICE, Level.IGNORED, by=None)
    set_level(edition, Rule.TRACK_TWICE, Level.BLOCKS_PLACING, by=None)
    assert [row.level for row in WarningLevel.objects.all()] == ["blocks_placing"]


@pytest.mark.parametrize("rule", [Rule.ROOM_TWICE, Rule.SPEAKER_TWICE])
@pytest.mark.parametrize("level", [Level.IGNORED, Level.WARNS])
def test_what_the_database_refuses_cannot_be_laxer(
    edition: Edition, rule: Rule, level: Level
) -> None:
    with pytest.raises(LevelRefused, match="always blocks the release"):
        set_level(edition, rule, level, by=None)
    assert WarningLevel.objects.count() == 0


def test_what_no_place_mends_cannot_keep_from_placing(edition: Edition) -> None:
    with pytest.raises(LevelRefused, match="cannot block the placing"):
        set_level(edition, Rule.NO_MODERATOR, Level.BLOCKS_PLACING, by=None)
    assert WarningLevel.objects.count() == 0


def test_a_row_that_says_what_may_not_be_counts_for_nothing(
    edition: Edition, hall: Room, session: Maker
) -> None:
    WarningLevel.objects.create(edition=edition, rule=Rule.ROOM_TWICE, level=Level.IGNORED)
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:00-11:00")
    assert levels(edition) == {Rule.ROOM_TWICE: Level.BLOCKS_RELEASE}


def test_the_history_names_who_chose_it(edition: Edition) -> None:
    person = User.objects.create_user("organiser@example.org", given_name="Aigul")
    set_level(edition, Rule.NOT_PLACED, Level.IGNORED, by=person)
    set_level(edition, Rule.NOT_PLACED, Level.WARNS, by=person)
    events = WarningLevel.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    told = [(one.pgh_label, one.level, one.pgh_context.metadata["user"]) for one in events]
    assert told == [("insert", "ignored", person.pk), ("delete", "ignored", person.pk)]
