"""Where a problem is mended."""

from dataclasses import dataclass

from django.urls import reverse

from sessions_app.warnings.levels import OF_NO_PLACE
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Problem
from sessions_app.warnings.words import Words

ADMIN = tuple(f"sessions_app.view_{model}" for model in ("session", "speaker", "room"))
"""The permissions that links into the admin ask for."""


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
        self._lists: dict[str, str] = {}
        self._made: dict[tuple[str, int], Link] = {}

    def of(self, problem: Problem) -> tuple[Link, ...]:
        """List where `problem` is mended: the sessions, then the person or the room."""
        found = []
        if problem.rule != Rule.SPEAKER_UNCONFIRMED:
            in_admin = problem.rule in OF_NO_PLACE - {Rule.NOT_PLACED}
            place = self._session if in_admin else self._on_board
            found += [place(session) for session in problem.sessions]
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
        return self._in_admin("session", session, self.words.title(session))

    def _speaker(self, speaker: int) -> Link:
        return self._in_admin("speaker", speaker, self.words.person(speaker))

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
