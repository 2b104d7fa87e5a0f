"""A session is moved, cancelled and restored while letters wait: the reader ends with the truth.

The reader's calendar is kept as calendars do it (RFC 5545): what has a higher SEQUENCE replaces
what is there, and what has not is passed over.
"""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product

import pytest
from icalendar import Calendar

from forum.mailing.emails import to_message
from forum.models import Letter, Registration
from sessions_app.sessions.models import Session
from sessions_app.timetable.marks import uid_of
from sessions_app.timetable.models import Room

from .conftest import NOW, Again, at, place
from .telling import sent, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]
EVERY_WAY = list(product([False, True], repeat=3))
"""Sent or not, after each of three steps."""
State = tuple[str, dt.datetime] | None
"""CONFIRMED and the beginning; None for what is not in the calendar."""


@dataclass
class ReadersCalendar:
    """What stands in it, by UID, and with which SEQUENCE."""

    entries: dict[str, State] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)

    def take_in(self, letter: Letter) -> None:
        """Take in every calendar file that came with the letter, as it goes over the wire."""
        message = to_message(letter, now=NOW).message()
        files = [
            part.get_payload(decode=True)
            for part in message.walk()
            if part.get_content_type() == "application/ics"
        ]
        for file in files:
            assert isinstance(file, bytes)
            for calendar in Calendar.from_ical(file, multiple=True):
                for event in calendar.walk("VEVENT"):
                    self._take_in(str(calendar["METHOD"]), event)

    def _take_in(self, method: str, event: Calendar) -> None:
        uid, rank = str(event["UID"]), int(event["SEQUENCE"])
        held = event["STATUS"] == "CONFIRMED"
        assert held == (method == "PUBLISH")
        state = (str(event["STATUS"]), event.decoded("DTSTART")) if held else None
        if rank > self.ranks.get(uid, -1):
            self.entries[uid], self.ranks[uid] = state, rank
        else:
            # Passed over; so it had better say nothing new.
            assert state == self.entries[uid]


@dataclass
class Play:
    """A session to be moved about, and what its readers' calendars hold."""

    session: Session
    hall: Room
    again: Again
    calendars: dict[str, ReadersCalendar] = field(default_factory=dict)
    letters: int = 0

    def do(self, step: str) -> None:
        """Change the draft, publish it, and write the letters."""
        if step in ("cancel", "restore"):
            off = NOW if step == "cancel" else None
            self.session.refresh_from_db()
            self.session.cancelled_at = off
            self.session.save()
        elif not self.session.cancelled_at:
            start, end = ("12:00", "13:00") if step == "move" else ("10:00", "11:00")
            place(self.session, self.hall, start, end)
        self.again()
        tell()

    def send(self) -> None:
        """Send what waits, and let its readers take the calendars in."""
        letters = list(Letter.objects.withdrawable().order_by("pk"))
        for letter in letters:
            self.calendars.setdefault(letter.to_address, ReadersCalendar()).take_in(letter)
        sent(letters)
        self.letters += len(letters)

    def truth(self) -> State:
        """Return what stands in the newest release."""
        self.session.refresh_from_db()
        if self.session.cancelled_at:
            return None
        return "CONFIRMED", self.session.placement.starts_at.astimezone(dt.UTC)

    def told(self) -> list[State]:
        """Return what stands in each calendar."""
        uid = uid_of(self.session.guid)
        return [one.entries.get(uid) for one in self.calendars.values()]


Player = Callable[[Sequence[str], Sequence[bool]], Play]


@pytest.fixture
def play(talk: Session, hall: Room, again: Again) -> Player:
    """Publish and send the first release; then do each step, and send after it where asked to."""

    def act(steps: Sequence[str], sendings: Sequence[bool]) -> Play:
        play = Play(talk, hall, again)
        play.do("back")
        play.send()
        for step, goes in zip(steps, sendings, strict=True):
            play.do(step)
            if goes:
                play.send()
        play.send()
        return play

    return act


@pytest.mark.parametrize("sendings", EVERY_WAY)
def test_moved_cancelled_and_restored(play: Player, sendings: tuple[bool, ...]) -> None:
    done = play(["move", "cancel", "restore"], sendings)
    assert done.truth() == ("CONFIRMED", at("12:00").astimezone(dt.UTC))
    assert done.told() == [done.truth()]


@pytest.mark.parametrize("sendings", EVERY_WAY)
def test_cancelled_restored_and_cancelled_again(play: Player, sendings: tuple[bool, ...]) -> None:
    done = play(["cancel", "restore", "cancel"], sendings)
    assert done.truth() is None
    assert done.told() == [None]


def test_what_ends_as_it_began_is_no_letter_while_none_went(play: Player) -> None:
    done = play(["move", "cancel", "restore", "back"], [False] * 4)
    assert done.letters == 1
    assert done.told() == [("CONFIRMED", at("10:00").astimezone(dt.UTC))]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_and_whenever_it_is_sent(play: Player, seed: int) -> None:
    chance = random.Random(seed)
    steps = [chance.choice(["move", "back", "cancel", "restore"]) for _step in range(7)]
    done = play(steps, [chance.random() < 0.5 for _step in steps])
    assert done.told() == [done.truth()], steps


def test_a_delegate_of_a_session_for_everybody_has_the_truth_too(
    plenary: Session, hall: Room, again: Again, delegate: Registration
) -> None:
    play = Play(plenary, hall, again)
    play.do("restore")
    play.send()
    for step in ("move", "cancel", "restore"):
        play.do(step)
    play.send()
    assert [*play.calendars] == [delegate.person.email]
    assert play.told() == [play.truth()]
    assert play.letters == 1
