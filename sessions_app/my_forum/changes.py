"""What changed of one's sessions since one looked last: as the letters tell it, without them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from forum.registrations.models import Registration
from sessions_app.my_forum.access import Mine
from sessions_app.releases.changes import compare
from sessions_app.releases.notices import attended_notes, merged, own_notes, still_of_use
from sessions_app.releases.sentences import tell_notes
from sessions_app.seats.models import Seat, Star
from sessions_app.timetable.draft import all_released
from sessions_app.timetable.models import SlotSpeaker


@dataclass(frozen=True)
class News:
    """What is new in one session; `code` leads to its page, "" when it has none any more."""

    code: str
    sentences: list[str]


def news_for(mine: Mine, speakers: Collection[int], *, now: dt.datetime) -> list[News]:
    """Tell the delegate what changed between the release that they know and the newest, in order.

    Of interest are the sessions in which they have a seat or wait for one, those that they starred,
    and those in which they speak, or did, as one of `speakers` (by id). What is past is left out,
    and who comes no more is told nothing.
    """
    releases, edition = mine.releases, mine.registration.edition
    if releases is None or releases.known == releases.newest or not mine.registration.is_live:
        return []
    both = [releases.known, releases.newest]
    states = all_released(both, only=_concerning(mine.registration, both, speakers))
    before, after = (states[one] for one in both)
    changes = still_of_use(compare(before, after), edition=edition, now=now)
    own = own_notes(changes)
    spoken = [note for speaker in speakers for note in own.get(speaker, ())]
    notes = merged(spoken, attended_notes(changes).values()).notes
    return [
        News(
            code=note.change.entry.code if note.change.after else "",
            sentences=tell_notes(edition, [note]),
        )
        for note in sorted(notes, key=lambda note: note.change.entry.starts_at)
    ]


def _concerning(mine: Registration, releases: Collection[int], speakers: Collection[int]) -> Q:
    seats = Seat.objects.live().of(mine)
    stars = Star.objects.filter(person=mine.person_id, session__edition=mine.edition_id)
    spoken = SlotSpeaker.objects.filter(release__in=releases, speaker__in=speakers)
    return (
        Q(session__in=seats.values("session"))
        | Q(session__in=stars.values("session"))
        | Q(session__in=spoken.values("slot__session"))
    )
