"""What changed between two releases, in sentences: each kind of change, and what is no change."""

import pytest
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.releases.access import changes_between
from sessions_app.releases.sentences import tell_all
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Again, Placer, place, unplace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def other(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="small", name_kk="Кіші зал", name_en="Small")


@pytest.fixture
def opening(placed: Placer, hall: Room, speaker: Speaker, again: Again) -> Session:
    """Stand in release 1 alone."""
    session: Session = placed("Ашылу", hall, "10:00", "11:00", speaker).session
    again()
    return session


def told(since: Release, release: Release) -> list[str]:
    changes = tell_all(release.edition, changes_between(since, release))
    return [sentence for change in changes for sentence in change.sentences]


def last(release: Release) -> list[str]:
    since = Release.objects.get(edition=release.edition, number=release.number - 1)
    return told(since, release)


def cancel(session: Session, *, at: object = NOW) -> None:
    Session.objects.filter(pk=session.pk).update(cancelled_at=at)


@pytest.mark.usefixtures("opening")
def test_a_new_session(placed: Placer, hall: Room, again: Again) -> None:
    placed("Жабылу", hall, "17:00", "18:00")
    assert last(again()) == [
        "“Жабылу” is new: Thursday, 16 October, 17:00–18:00, Үлкен зал.",
    ]


def test_a_moved_session(opening: Session, hall: Room, again: Again) -> None:
    place(opening, hall, "11:30", "12:30")
    assert last(again()) == [
        "“Ашылу” is moved from Thursday, 16 October, 10:00–11:00"
        " to Thursday, 16 October, 11:30–12:30.",
    ]


def test_another_room(opening: Session, other: Room, again: Again) -> None:
    place(opening, other, "10:00", "11:00")
    assert last(again()) == [
        "“Ашылу” (Thursday, 16 October, 10:00–11:00) is in another room: Small, not Үлкен зал."
    ]


def test_a_cancelled_session(opening: Session, again: Again) -> None:
    cancel(opening)
    assert last(again()) == ["“Ашылу” is cancelled (Thursday, 16 October, 10:00–11:00)."]


def test_a_cancelled_session_that_was_moved_besides_is_told_where_people_look_for_it(
    opening: Session, other: Room, again: Again
) -> None:
    place(opening, other, "15:00", "16:00")
    cancel(opening)
    assert last(again()) == ["“Ашылу” is cancelled (Thursday, 16 October, 10:00–11:00)."]


def test_a_revived_session(opening: Session, again: Again) -> None:
    cancel(opening)
    again()
    cancel(opening, at=None)
    assert last(again()) == [
        "“Ашылу” takes place after all: Thursday, 16 October, 10:00–11:00, Үлкен зал.",
    ]


def test_a_session_taken_out(opening: Session, again: Again) -> None:
    unplace(opening)
    assert last(again()) == [
        "“Ашылу” is no longer in the programme (Thursday, 16 October, 10:00–11:00).",
    ]


def test_a_cancelled_session_that_is_taken_out_is_no_news(opening: Session, again: Again) -> None:
    cancel(opening)
    again()
    unplace(opening)
    assert last(again()) == []


def test_another_title(opening: Session, again: Again) -> None:
    Session.objects.filter(pk=opening.pk).update(title_kk="Салтанатты ашылу")
    assert last(again()) == ["“Ашылу” is now called “Салтанатты ашылу”."]


def test_a_title_in_a_language_that_the_reader_does_not_see(opening: Session, again: Again) -> None:
    Session.objects.filter(pk=opening.pk).update(title_ru="Открытие")
    assert last(again()) == ["The title of “Ашылу” was changed in another language."]


@pytest.mark.usefixtures("opening")
def test_other_speakers(edition: Edition, speaker: Speaker, again: Again) -> None:
    newcomer = Speaker.objects.create(edition=edition, code="SPK002", given_name_kk="Жаңа Адам")
    Appearance.objects.filter(speaker=speaker).update(speaker=newcomer)
    assert last(again()) == [
        "“Ашылу” is joined by: Жаңа Адам.",
        "No longer in “Ашылу”: Үлгі Қатысушы 01.",
    ]


def test_who_may_be_elsewhere_meanwhile_is_no_change(opening: Session, again: Again) -> None:
    Appearance.objects.filter(session=opening).update(exclusive=False)
    assert last(again()) == []


def test_between_releases_far_apart_only_the_difference_is_told(
    opening: Session, hall: Room, again: Again
) -> None:
    first = Release.objects.get()
    place(opening, hall, "12:00", "13:00")
    second = again()
    place(opening, hall, "10:00", "11:00")
    third = again()
    assert len(told(first, second)) == len(told(second, third)) == 1
    assert told(first, third) == []


def test_over_midnight_the_end_has_its_day(opening: Session, again: Again) -> None:
    placement = opening.placement
    placement.ends_at = placement.starts_at.replace(day=17)
    placement.save()
    assert last(again())[0].endswith("to Thursday, 16 October, 10:00 – Friday, 17 October, 10:00.")
