"""Everything that the board draws, read with as many queries for 1 session as for 1,000."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from accounts.names import translated
from accounts.users.models import User
from forum.editions.models import Edition
from forum.templatetags.content import Wording, name_wording, wording, wording_of
from sessions_app.board.changes import place_of
from sessions_app.board.days import days_of
from sessions_app.board.marks import mark_of
from sessions_app.board.undoing import next_redo, next_undo, own_batches
from sessions_app.sessions.models import Appearance, Kind, Session, Track
from sessions_app.timetable.models import Room
from sessions_app.timetable.programme import FACILITIES, languages_line

_NAME = [*translated("given_name"), *translated("family_name")]
_SESSION = [
    *("pk", "code", "kind", "minutes", "cancelled_at", "expected_audience"),
    *("interpretation_languages", *FACILITIES, *translated("title"), "track__code"),
    *("placement__room__code", "placement__starts_at", "placement__ends_at"),
]


def read_state(edition: Edition, *, reader: User) -> dict[str, Any]:
    """Read the whole draft as JSON's lists and dictionaries; the marks first, so that none is
    newer than what follows."""
    mark = mark_of(edition)
    rows = list(Session.objects.filter(edition=edition).order_by("pk").values(*_SESSION))
    stays = [
        (row["placement__starts_at"], row["placement__ends_at"])
        for row in rows
        if row["placement__starts_at"] is not None
    ]
    people = _people(edition)
    return {
        **mark.told(),
        **can_take_back(edition, reader),
        "days": days_of(edition, stays),
        "rooms": [_room(room) for room in Room.objects.filter(edition=edition)],
        "tracks": [
            {"code": track.code, "name": wording_of(track, "name").text, "colour": track.colour}
            for track in Track.objects.filter(edition=edition)
        ],
        "kinds": [{"code": code, "name": str(name)} for code, name in Kind.choices],
        "sessions": [
            _session(edition, row, people[row["pk"]])
            for row in rows
            # What is cancelled keeps its place where the public knew it, and needs none elsewhere.
            if row["cancelled_at"] is None or row["placement__starts_at"] is not None
        ],
    }


def can_take_back(edition: Edition, reader: User) -> dict[str, bool]:
    """Tell whether `reader` has something to undo, or to redo."""
    batches = own_batches(edition, reader)
    return {
        "can_undo": next_undo(batches) is not None,
        "can_redo": next_redo(batches) is not None,
    }


def _session(edition: Edition, row: dict[str, Any], people: list[str]) -> dict[str, Any]:
    start = row["placement__starts_at"]
    return {
        "code": row["code"],
        **_text("title", wording(row.__getitem__, "title")),
        "kind": row["kind"],
        "track": row["track__code"],
        "minutes": row["minutes"],
        "audience": row["expected_audience"],
        "needs": _abilities(row.__getitem__),
        "people": people,
        "cancelled": row["cancelled_at"] is not None,
        "place": None
        if start is None
        else place_of(edition, row["placement__room__code"], start, row["placement__ends_at"]),
    }


def _room(room: Room) -> dict[str, Any]:
    return {
        "code": room.code,
        **_text("name", wording_of(room, "name")),
        "seats": room.capacity,
        "shared": room.shared,
        "has": _abilities(lambda name: getattr(room, name)),
    }


def _abilities(read: Any) -> list[str]:
    """Name what a room offers, or a session needs."""
    able = [str(word) for name, word in FACILITIES.items() if read(name)]
    if languages := read("interpretation_languages"):
        words = {"languages": languages_line(languages)}
        able.insert(0, _("interpretation: %(languages)s") % words)
    return able


def _people(edition: Edition) -> dict[int, list[str]]:
    columns = ["speaker__code", *(f"speaker__{column}" for column in _NAME)]
    rows = Appearance.objects.filter(session__edition=edition).order_by("position", "pk")
    people: dict[int, list[str]] = defaultdict(list)
    for session, code, *parts in rows.values_list("session_id", *columns):
        speaker = SimpleNamespace(code=code, **dict(zip(_NAME, parts, strict=True)))
        people[session].append(name_wording(speaker).text)
    return people


def _text(name: str, chosen: Wording) -> dict[str, str]:
    """A text, and its language where that is not the page's."""
    return {name: chosen.text, "lang": chosen.language}
