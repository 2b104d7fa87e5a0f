"""Writes the slots of the programme's grid.

In Python and not in a template, because a large programme has a thousand of them. Everything that
people wrote is escaped; the markup is that of static/css/programme.css.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.editions.models import Edition
from forum.templatetags.content import Wording, marked, wording_of
from sessions_app.sessions.models import Kind, Track
from sessions_app.sessions.seating import SeatsState
from sessions_app.timetable.access import Showing
from sessions_app.timetable.grid import FIRST, Day, Place
from sessions_app.timetable.models import Room

WIDEST_HEAD = 6
SEATS = {
    SeatsState.FREE: "tag-good",
    SeatsState.FILLING: "tag-warn",
    SeatsState.FULL: "tag-danger",
}
"""How the state of a session's seats is shown; the word says it."""


def _joined(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308


@dataclass
class Writer:
    """What every slot needs, looked up once: names in the page's language, escaped.

    `with_pages` are the sessions that have a page to link to; None, if all of them have.
    """

    edition: Edition
    rooms: Mapping[int, Room]
    tracks: Mapping[int, Track]
    with_pages: Collection[int] | None = None
    base: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = reverse("programme", args=[self.edition.slug])
        self.room_names = {key: _name(room) for key, room in self.rooms.items()}
        self.track_names = {key: _name(track) for key, track in self.tracks.items()}
        self.kinds = {kind.value: escape(kind.label) for kind in Kind}
        tag = '<li class="tag">{}</li>'.format
        self.interpretation = tag(escape(_("Interpretation")))
        self.sign_language = tag(escape(_("Sign language")))
        self.cancelled = f'<li class="tag tag-danger">{escape(_("Cancelled"))}</li>'
        self.seats = {
            state.value: f'<li class="tag {kind}">{escape(state.label)}</li>'
            for state, kind in SEATS.items()
        }

    def day(self, day: Day) -> SafeString:
        """Write a day: heads and times where it is a grid, and its slots."""
        if not day.is_grid:
            slots = [self.slot(place, "slot") for place in day.places]
            return _joined(['<div class="slot-list">', *slots, "</div>"])
        parts = [f'<div class="grid" data-rooms="{day.columns}"><div class="corner"></div>']
        parts.append(f'<div class="rail r{FIRST} s{day.rows}"></div>')
        parts += [self.head(head.room_id, head.column, head.columns) for head in day.heads]
        parts += [
            f'<div class="time r{row}" aria-hidden="true">{moment:%H:%M}</div>'
            for row, moment in day.labels
        ]
        parts += [self.slot(place, _place_classes(place)) for place in day.places]
        return _joined([*parts, "</div>"])

    def head(self, room_id: int, column: int, columns: int) -> str:
        """Write a room's name and seats over its columns."""
        room, spread = self.rooms[room_id], f" w{min(columns, WIDEST_HEAD)}" if columns > 1 else ""
        seats = ""
        if room.capacity:
            said = ngettext("%(number)s seat", "%(number)s seats", room.capacity)
            seats = f"<small>{escape(said % {'number': room.capacity})}</small>"
        name = self.room_names[room_id]
        return f'<div class="room-head c{column}{spread}">{name} {seats}</div>'

    def slot(self, place: Place, classes: str) -> str:
        """Write one session: when and where, its title as a link, what it is."""
        showing = place.showing
        track = self.tracks.get(showing.track_id) if showing.track_id else None
        colour = f" track-{track.colour}" if track else ""
        gone = " is-cancelled" if showing.cancelled else ""
        # Of a check-in that is called "Check-in", saying it once is enough.
        meta: str = (
            "" if showing.title.text == self.kinds[showing.kind] else self.kinds[showing.kind]
        )
        if track:
            meta += f' <span class="slot-track">{self.track_names[track.pk]}</span>'
        kind = showing.kind.replace("_", "-")
        return (
            f'<article class="{classes}{colour}{gone}" data-kind="{kind}">'
            f'<p class="slot-when"><time datetime="{showing.starts_at.isoformat()}">'
            f"{showing.starts_at:%H:%M}–{showing.ends_at:%H:%M}</time> "
            f'<span class="slot-room">{self.room_names[showing.room_id]}</span></p>'
            f'<h3 class="slot-title">{self._title(showing)}</h3>'
            f'<p class="slot-meta">{meta}</p>{self._tags(showing)}</article>'
        )

    def _title(self, showing: Showing) -> str:
        chosen: Wording = showing.title
        if self.with_pages is not None and showing.session_id not in self.with_pages:
            return marked(chosen)
        return f'<a href="{self.base}{showing.code}/">{marked(chosen)}</a>'

    def _tags(self, showing: Showing) -> str:
        tags = self.cancelled if showing.cancelled else self.seats.get(showing.seats, "")
        if showing.interpretation_languages:
            tags += self.interpretation
        if showing.sign_language:
            tags += self.sign_language
        return f'<ul class="tags">{tags}</ul>' if tags else ""


def _place_classes(place: Place) -> str:
    across = "wide" if place.wide else f"c{place.column}"
    return f"slot {across} r{place.row} s{place.rows}"


def _name(thing: Room | Track) -> SafeString:
    return marked(wording_of(thing, "name"))
