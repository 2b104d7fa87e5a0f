"""Every rule, with what finds it in a draft and what finds it for a session about to be placed.

A new rule is a member of `Rule`, a function here, and a sentence in `sentences`.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from sessions_app.warnings import absence, clashing, equipping, incomplete, walking
from sessions_app.warnings.levels import severity
from sessions_app.warnings.models import Level, Rule
from sessions_app.warnings.problems import Candidate, Hindrance, Problem
from sessions_app.warnings.snapshot import Snapshot

MOST = 5_000
"""The most problems of one rule: n sessions at one time in one room clash in n²/2 pairs."""

FINDERS: dict[Rule, Callable[[Snapshot], Iterator[Problem]]] = {
    Rule.ROOM_TWICE: clashing.rooms_twice,
    Rule.SPEAKER_TWICE: clashing.speakers_twice,
    Rule.SPEAKER_AWAY: absence.speakers_away,
    Rule.MODERATOR_AWAY: absence.moderators_away,
    Rule.ROOM_AWAY: absence.rooms_away,
    Rule.CHANGE_OF_ROOM: walking.short_changes,
    Rule.ROOM_LACKS: equipping.rooms_lacking,
    Rule.ROOM_TOO_SMALL: equipping.rooms_too_small,
    Rule.SEATS_SHORT: equipping.rooms_short_of_seats,
    Rule.SEATS_TWICE: clashing.seats_twice,
    Rule.BESIDE_PLENARY: clashing.beside_plenaries,
    Rule.TRACK_TWICE: clashing.tracks_twice,
    Rule.OUTSIDE_DAYS: absence.outside_days,
    Rule.NOT_PLACED: incomplete.not_placed,
    Rule.NO_MODERATOR: incomplete.without_moderator,
    Rule.NO_KAZAKH_TITLE: incomplete.without_kazakh_title,
    Rule.NO_RUSSIAN_TITLE: incomplete.without_russian_title,
    Rule.SPEAKER_UNCONFIRMED: incomplete.unconfirmed_speakers,
}

HINDERERS: tuple[Callable[[Snapshot, Candidate], Iterator[Hindrance]], ...] = (
    clashing.rooms_taken,
    clashing.speakers_taken,
    clashing.track_taken,
    clashing.plenaries_beside,
    clashing.seats_beside,
    absence.hours_without_speakers,
    absence.hours_without_rooms,
    absence.other_days,
    walking.walks_to,
    equipping.unequipped_rooms,
    equipping.small_rooms,
    equipping.rooms_with_too_few_seats,
)


def problems_of(draft: Snapshot, levels: dict[Rule, Level]) -> list[Problem]:
    """Find what breaks a rule that is not ignored, the most severe first."""
    heeded = [rule for rule in Rule if levels[rule] != Level.IGNORED]
    heeded.sort(key=lambda rule: -severity(levels[rule]))
    return [problem for rule in heeded for problem in islice(FINDERS[rule](draft), MOST)]


def hindrances_of(
    draft: Snapshot, what: Candidate, levels: dict[Rule, Level]
) -> Iterator[Hindrance]:
    """Find where and when the session could not be, or only with a warning."""
    for hinderer in HINDERERS:
        for hindrance in hinderer(draft, what):
            if levels[hindrance.problem.rule] != Level.IGNORED:
                yield hindrance
