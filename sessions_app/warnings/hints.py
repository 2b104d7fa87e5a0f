"""Says why a session could not be somewhere, to whom is dragging it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Problem
from sessions_app.warnings.sentences import sentence_of
from sessions_app.warnings.words import Words


def hint_of(words: Words, problem: Problem) -> str:
    """Say what would be wrong; `problem` names the session that is in the way."""
    hint = _HINTS.get(problem.rule)
    if hint is None:
        return sentence_of(words, problem)
    return hint() % _told(words, problem)


def _told(words: Words, problem: Problem) -> dict[str, object]:
    told: dict[str, object] = {
        "session": words.title(problem.sessions[0]),
        "needed": problem.needed,
        "first": words.day(words.local(words.draft.days.start).date()),
        "last": words.day(words.last_day),
    }
    if problem.speaker:
        told["speaker"] = words.person(problem.speaker)
    if problem.room:
        told["room"] = words.room(problem.room)
    if problem.at and problem.until:
        told["time"] = words.span(problem.at, problem.until)
    return told


_HINTS: dict[Rule, Callable[[], str]] = {
    Rule.ROOM_TWICE: lambda: _("“%(session)s” is in the room “%(room)s”: %(time)s."),
    Rule.SPEAKER_TWICE: lambda: _("%(speaker)s is in “%(session)s”: %(time)s."),
    Rule.SPEAKER_AWAY: lambda: _("%(speaker)s cannot come at that time."),
    Rule.MODERATOR_AWAY: lambda: _("%(speaker)s, who moderates, cannot come at that time."),
    Rule.ROOM_AWAY: lambda: _("The room “%(room)s” cannot be used at that time."),
    Rule.CHANGE_OF_ROOM: lambda: _(
        "%(speaker)s is in another building, %(needed)s min away, in “%(session)s”: %(time)s."
    ),
    Rule.SEATS_TWICE: lambda: _(
        "%(needed)s people have seats here and in “%(session)s”: %(time)s."
    ),
    Rule.BESIDE_PLENARY: lambda: _("“%(session)s” takes place at that time: %(time)s."),
    Rule.TRACK_TWICE: lambda: _("“%(session)s” of the same track takes place: %(time)s."),
    Rule.OUTSIDE_DAYS: lambda: _("The forum lasts from %(first)s to %(last)s."),
}
