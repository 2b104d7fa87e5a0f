"""Who holds seats is told of changes, once, and led to the choice where one is needed."""

import pytest

from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.releases.preview import preview
from sessions_app.seats import actions
from sessions_app.sessions.actions import cancel
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room
from tests.sessions_app.releases.telling import addresses, said, sent, tell

from .conftest import NOW, Again, place, take

pytestmark = pytest.mark.django_db
CHOOSE = "Некоторые ваши места теперь в одно время."
ALONG = "Ваши места переносятся вместе с заседаниями."


@pytest.fixture(autouse=True)
def _told(sessions: list[Session]) -> None:
    """Let everybody know the first release."""
    sent(tell())
    assert len(sessions) == 3


def test_who_holds_a_seat_is_told_where_it_moved(
    coming: list[Registration], water: Session, large: Room, again: Again
) -> None:
    take(coming[0], water)
    actions.star(coming[1].person, water, now=NOW)
    place(water, large, "15:00", "16:00")
    again()
    letters = tell()
    assert addresses(letters) == ["d1@example.org"]
    assert said(letters[0]) == [
        "«Су» переносится: было — 16 октября, четверг, 10:00–11:00; стало — "
        "16 октября, четверг, 15:00–16:00.",
        "«Су» (16 октября, четверг, 15:00–16:00) пройдёт в другом зале: было — Кіші зал; "
        "стало — Үлкен зал.",
    ]
    assert ALONG in letters[0].text
    assert CHOOSE not in letters[0].text


def test_who_has_to_choose_reads_it_in_the_same_letter_with_a_link(
    coming: list[Registration], water: Session, air: Session, large: Room, again: Again
) -> None:
    take(coming[0], water)
    take(coming[0], air)
    take(coming[1], water)
    place(water, large, "11:00", "12:00")
    again()
    first, second = tell()
    assert [CHOOSE in letter.text for letter in (first, second)] == [True, False]
    assert [CHOOSE in letter.html for letter in (first, second)] == [True, False]
    assert "http://127.0.0.1:8000/ru/12/me/seats/" in first.text
    assert 'href="http://127.0.0.1:8000/ru/12/me/seats/"' in first.html


def test_who_held_a_seat_in_a_cancelled_session_is_told_and_may_choose_anew(
    delegate: Registration, water: Session, again: Again
) -> None:
    take(delegate, water)
    cancel(water, now=NOW)
    again()
    (letter,) = tell()
    assert said(letter) == ["«Су» отменяется (16 октября, четверг, 10:00–11:00)."]
    assert "Вместо отменённого заседания можно выбрать другое." in letter.text


def test_an_organiser_reads_beforehand_what_a_release_brings(
    coming: list[Registration], edition: Edition, sessions: list[Session], large: Room
) -> None:
    water, books, air = sessions
    for one in coming[:2]:
        take(one, water)
        take(one, air)
    for one in coming[2:]:
        take(one, books)
    assert preview(edition, now=NOW).foretold == []
    place(water, large, "11:00", "12:00")
    cancel(books, now=NOW)
    assert preview(edition, now=NOW).foretold == [
        "Отырысы жылжитын 2 адамның орны бар, орны сақталады.",
        "2 адамның орны бір уақытқа келіп қалады, олардан таңдау сұралады.",
        "Болмайтын отырыста 2 адамның орны бар.",
    ]
