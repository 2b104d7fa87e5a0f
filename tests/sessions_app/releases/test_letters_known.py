"""What each reader knows of the programme already, so that a letter tells the rest alone."""

import pytest

from forum.models import Letter
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Again, place
from .telling import TO_15, said, sent, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]


def test_of_two_quick_releases_whose_letter_has_not_gone_gets_one(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    place(talk, hall, "12:00", "13:00")
    again()
    (first,) = tell()
    place(talk, hall, "15:00", "16:00")
    again()
    (second,) = tell()
    first.refresh_from_db()
    assert first.cancelled_at == NOW
    assert said(second) == [
        f"«Баяндама» переносится: было — 16 октября, четверг, 10:00–11:00; {TO_15}"
    ]


def test_what_is_taken_back_before_the_letter_went_is_told_to_nobody(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    place(talk, hall, "12:00", "13:00")
    again()
    tell()
    place(talk, hall, "10:00", "11:00")
    again()
    assert tell() == []
    assert not Letter.objects.unfinished().exists()


def test_what_was_taken_back_is_remembered_by_the_next_release(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    for start, end in (("12:00", "13:00"), ("10:00", "11:00"), ("15:00", "16:00")):
        place(talk, hall, start, end)
        again()
        letters = tell()
    assert said(letters[0]) == [
        f"«Баяндама» переносится: было — 16 октября, четверг, 10:00–11:00; {TO_15}"
    ]


def test_who_read_the_earlier_letter_is_told_from_there(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    place(talk, hall, "12:00", "13:00")
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    again()
    (letter,) = tell()
    assert said(letter) == [
        f"«Баяндама» переносится: было — 16 октября, четверг, 12:00–13:00; {TO_15}"
    ]


def test_a_first_letter_that_has_not_gone_is_written_anew_with_the_new_time(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    tell()
    place(talk, hall, "15:00", "16:00")
    again()
    (letter,) = tell()
    assert said(letter) == [
        "Вы участвуете в заседании «Баяндама»: 16 октября, четверг, 15:00–16:00, Үлкен зал."
    ]


def test_an_untold_release_is_told_with_the_next(talk: Session, hall: Room, again: Again) -> None:
    again()
    sent(tell())
    for start, end in (("12:00", "13:00"), ("15:00", "16:00")):
        place(talk, hall, start, end)
        again()
    (letter,) = tell()
    assert TO_15 in said(letter)[0]
    told = Release.objects.order_by("number").values_list("told_at", flat=True)
    assert list(told) == [NOW, None, NOW]


def test_who_got_a_letter_of_a_release_that_was_told_by_half_knows_it(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    place(talk, hall, "12:00", "13:00")
    again()
    sent(tell())
    Release.objects.filter(number=2).update(told_at=None)  # the worker died before the end
    place(talk, hall, "10:00", "11:00")
    again()
    (letter,) = tell()
    assert "было — 16 октября, четверг, 12:00–13:00" in said(letter)[0]


@pytest.mark.usefixtures("talk")
def test_a_run_that_died_is_finished_by_the_next_without_doubles(again: Again) -> None:
    again()
    (first,) = tell()
    Release.objects.update(told_at=None)
    assert tell() == []
    first.refresh_from_db()
    assert first.cancelled_at is None
