"""Where a problem is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Problem
from sessions_app.warnings.words import Words

ADMIN = tuple(f"sessions_app.view_{model}" for model in ("session", "room"))
"""The permissions that links into the admin ask for."""
IN_ITS_RECORD = frozenset({Rule.NO_MODERATOR, Rule.NO_KAZAKH_TITLE, Rule.NO_RUSSIAN_TITLE})
"""What is mended where a session's words and people stand, and not on the board."""


@dataclass(frozen=True, slots=True)
class Link:
    """What is looked at to mend something. Into the admin only who has `permission` may follow."""

    label: str
    address: str
    permission: str = ""


class Links:
    """Makes the links of problems, each address once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._board = reverse("board", kwargs={"edition": words.draft.slug})
        self._speakers = reverse("desk_speakers", kwargs={"edition": words.draft.slug})
        self._lists: dict[str, str] = {}
        self._made: dict[tuple[str, int], Link] = {}

    def of(self, problem: Problem) -> tuple[Link, ...]:
        """List where `problem` is mended: the sessions, then the person or the room."""
        found = [self._on_board(session) for session in problem.sessions]
        if problem.rule in IN_ITS_RECORD:
            found += [self._session(session) for session in problem.sessions]
        if problem.speaker:
            found.append(self._speaker(problem.speaker))
        if problem.room and problem.rule != Rule.ROOM_TWICE:
            found.append(self._room(problem.room))
        return tuple(found)

    def _on_board(self, session: int) -> Link:
        key = ("board", session)
        if key not in self._made:
            code = self.words.draft.sessions[session].code
            address = f"{self._board}?session={code}"
            self._made[key] = Link(self.words.title(session), address)
        return self._made[key]

    def _session(self, session: int) -> Link:
        label = _("Change “%(session)s”") % {"session": self.words.title(session)}
        return self._in_admin("session", session, label)

    def _speaker(self, speaker: int) -> Link:
        key = ("speaker", speaker)
        if key not in self._made:
            address = f"{self._speakers}{self.words.draft.people[speaker].names.code}/"
            self._made[key] = Link(self.words.person(speaker), address)
        return self._made[key]

    def _room(self, room: int) -> Link:
        return self._in_admin("room", room, self.words.room(room))

    def _in_admin(self, model: str, pk: int, label: str) -> Link:
        key = (model, pk)
        if key not in self._made:
            address = f"{self._list_of(model)}{pk}/change/"
            self._made[key] = Link(label, address, f"sessions_app.view_{model}")
        return self._made[key]

    def _list_of(self, model: str) -> str:
        # Reversing takes 0.05 ms; of a thousand links that is what one would wait for.
        if model not in self._lists:
            self._lists[model] = reverse(f"admin:sessions_app_{model}_changelist")
        return self._lists[model]
