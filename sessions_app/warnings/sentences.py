"""Says what a problem is, in full sentences and in the reader's language."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.timetable.clashes import room_sentence, speaker_sentence
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Problem
from sessions_app.warnings.words import Words


def sentence_of(words: Words, problem: Problem) -> str:
    """Say what is wrong."""
    return _SENTENCES[problem.rule](words, problem)


def _room_twice(words: Words, problem: Problem) -> str:
    first, second = map(words.title, problem.sessions)
    assert problem.room
    assert problem.at
    room, at = words.room(problem.room), words.local(problem.at)
    return room_sentence(room=room, first=first, second=second, at=at)


def _speaker_twice(words: Words, problem: Problem) -> str:
    first, second = map(words.title, problem.sessions)
    assert problem.speaker
    assert problem.at
    speaker, at = words.person(problem.speaker), words.local(problem.at)
    return speaker_sentence(speaker=speaker, first=first, second=second, at=at)


def _told(words: Words, problem: Problem) -> dict[str, object]:
    """Collect what the sentences about one or two sessions name."""
    told: dict[str, object] = {"session": words.title(problem.sessions[0])}
    if len(problem.sessions) > 1:
        told["second"] = words.title(problem.sessions[1])
    if problem.speaker:
        told["speaker"] = words.person(problem.speaker)
    if problem.room:
        told["room"] = words.room(problem.room)
    if problem.at:
        told["start"] = words.moment(problem.at)
    if problem.at and problem.until:
        told["time"] = words.span(problem.at, problem.until)
    return told


def _speaker_away(words: Words, problem: Problem) -> str:
    return _("%(speaker)s cannot come to “%(session)s” at that time: %(time)s.") % _told(
        words, problem
    )


def _moderator_away(words: Words, problem: Problem) -> str:
    return _("%(speaker)s moderates “%(session)s” and cannot come at that time: %(time)s.") % _told(
        words, problem
    )


def _room_away(words: Words, problem: Problem) -> str:
    return _(
        "The room “%(room)s” cannot be used when “%(session)s” takes place: %(time)s."
    ) % _told(words, problem)


def _change_of_room(words: Words, problem: Problem) -> str:
    return _(
        "%(speaker)s has %(given)s min to get from “%(session)s” to “%(second)s” in another"
        " building, and needs %(needed)s: %(time)s."
    ) % {**_told(words, problem), "given": problem.given, "needed": problem.needed}


def _room_lacks(words: Words, problem: Problem) -> str:
    return _("The room “%(room)s” lacks what “%(session)s” needs: %(lacking)s.") % {
        **_told(words, problem),
        "lacking": words.needs(problem.lacking),
    }


def _room_too_small(words: Words, problem: Problem) -> str:
    return ngettext(
        "“%(session)s” expects %(needed)s people, and the room “%(room)s” has %(given)s seat.",
        "“%(session)s” expects %(needed)s people, and the room “%(room)s” has %(given)s seats.",
        problem.given,
    ) % {**_told(words, problem), "needed": problem.needed, "given": problem.given}


def _seats_short(words: Words, problem: Problem) -> str:
    return ngettext(
        "In “%(session)s” %(needed)s people have seats, and the room “%(room)s” has"
        " %(given)s seat.",
        "In “%(session)s” %(needed)s people have seats, and the room “%(room)s” has"
        " %(given)s seats.",
        problem.given,
    ) % {**_told(words, problem), "needed": problem.needed, "given": problem.given}


def _seats_twice(words: Words, problem: Problem) -> str:
    return ngettext(
        "%(count)s person has seats in “%(session)s” and “%(second)s”, which overlap: %(start)s.",
        "%(count)s people have seats in “%(session)s” and “%(second)s”, which overlap: %(start)s.",
        problem.needed,
    ) % {**_told(words, problem), "count": problem.needed}


def _beside_plenary(words: Words, problem: Problem) -> str:
    return _("“%(second)s” takes place beside “%(session)s”, which is for all: %(start)s.") % _told(
        words, problem
    )


def _track_twice(words: Words, problem: Problem) -> str:
    return _("“%(session)s” and “%(second)s” are of one track and overlap: %(start)s.") % _told(
        words, problem
    )


def _outside_days(words: Words, problem: Problem) -> str:
    return _("“%(session)s” is outside the forum's days: %(time)s.") % _told(words, problem)


def _not_placed(words: Words, problem: Problem) -> str:
    return _("“%(session)s” has no room and time.") % _told(words, problem)


def _no_moderator(words: Words, problem: Problem) -> str:
    return _("“%(session)s” has no moderator.") % _told(words, problem)


def _no_kazakh_title(words: Words, problem: Problem) -> str:
    return _("“%(session)s” has no Kazakh title.") % _told(words, problem)


def _no_russian_title(words: Words, problem: Problem) -> str:
    return _("“%(session)s” has no Russian title.") % _told(words, problem)


def _speaker_unconfirmed(words: Words, problem: Problem) -> str:
    assert problem.speaker
    named = {
        "speaker": words.person(problem.speaker),
        "sessions": ", ".join(
            _("“%(session)s”") % {"session": words.title(pk)} for pk in problem.sessions
        ),
    }
    if words.draft.people[problem.speaker].declined:
        return _("%(speaker)s has declined and still stands in: %(sessions)s.") % named
    return _("%(speaker)s has not confirmed yet: %(sessions)s.") % named


_SENTENCES: dict[Rule, Callable[[Words, Problem], str]] = {
    Rule.ROOM_TWICE: _room_twice,
    Rule.SPEAKER_TWICE: _speaker_twice,
    Rule.SPEAKER_AWAY: _speaker_away,
    Rule.MODERATOR_AWAY: _moderator_away,
    Rule.ROOM_AWAY: _room_away,
    Rule.CHANGE_OF_ROOM: _change_of_room,
    Rule.ROOM_LACKS: _room_lacks,
    Rule.ROOM_TOO_SMALL: _room_too_small,
    Rule.SEATS_SHORT: _seats_short,
    Rule.SEATS_TWICE: _seats_twice,
    Rule.BESIDE_PLENARY: _beside_plenary,
    Rule.TRACK_TWICE: _track_twice,
    Rule.OUTSIDE_DAYS: _outside_days,
    Rule.NOT_PLACED: _not_placed,
    Rule.NO_MODERATOR: _no_moderator,
    Rule.NO_KAZAKH_TITLE: _no_kazakh_title,
    Rule.NO_RUSSIAN_TITLE: _no_russian_title,
    Rule.SPEAKER_UNCONFIRMED: _speaker_unconfirmed,
}
