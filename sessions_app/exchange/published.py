"""The newest release as the exports show it, read in a handful of queries whatever its size."""

import datetime as dt
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q

from accounts.codes import ALPHABET
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.marks import last_changes, turns_of
from sessions_app.timetable.models import Release, Room, Slot, SlotSpeaker


@dataclass(slots=True)
class Show:
    """A session in its room and time (in UTC), and since which release it stands there."""

    session: Session
    room: Room
    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date
    changed_in: int
    changed_at: dt.datetime
    times_cancelled_or_revived: int
    edited_at: dt.datetime | None = None
    appearances: list[Appearance] = field(default_factory=list)


@dataclass(slots=True)
class Published:
    """An edition's newest release; without one, no shows."""

    edition: Edition
    release: Release | None
    shows: list[Show]

    @property
    def held(self) -> list[Show]:
        """The shows that were not cancelled: the apps' formats have no word for a cancelled one."""
        return [show for show in self.shows if not show.session.cancelled_at]

    @property
    def days(self) -> list[dt.date]:
        """The edition's days, and those beside them on which something takes place."""
        return sorted({*self.edition.days, *(show.day for show in self.shows)})


def newest_programme(edition: Edition, *, only: Q | None = None) -> Published:
    """Read the newest release; `only` narrows its slots. The number of queries is constant."""
    release = newest_release(edition)
    if release is None:
        return Published(edition, None, [])
    slots = Slot.objects.filter(only or Q(), release=release)
    slots = slots.select_related("session__track", "room").order_by(
        "during", "room__position", "pk"
    )
    rows = list(slots.distinct())
    sessions = [slot.session_id for slot in rows]
    people = _people(release, sessions)
    changes, turns = last_changes(edition, sessions), turns_of(sessions)
    edits = _last_edits(sessions)
    shows = []
    for slot in rows:
        slot.session.edition = edition
        start, end = slot.during.lower, slot.during.upper
        number, moment = changes[slot.session_id]
        show = Show(
            session=slot.session,
            room=slot.room,
            starts_at=start,
            ends_at=end,
            day=edition.day_of(start),
            changed_in=number,
            changed_at=moment,
            times_cancelled_or_revived=turns[slot.session_id],
            edited_at=edits.get(slot.session_id),
            appearances=people[slot.session_id],
        )
        for appearance in show.appearances:
            appearance.session = slot.session
        shows.append(show)
    return Published(edition, release, shows)


def _people(release: Release, sessions: list[int]) -> dict[int, list[Appearance]]:
    """Return who is in each session of the release; whom the draft alone names is left out."""
    shown = SlotSpeaker.objects.filter(
        release=release, speaker=OuterRef("speaker"), slot__session=OuterRef("session")
    )
    rows = Appearance.objects.filter(Exists(shown), session__in=sessions).select_related("speaker")
    people: dict[int, list[Appearance]] = defaultdict(list)
    for appearance in rows.order_by("position", "pk"):
        people[appearance.session_id].append(appearance)
    return people


def _last_edits(sessions: list[int]) -> dict[int, dt.datetime]:
    """Tell when what is said of a session was last changed, if ever since it was made."""
    events = Session.pgh_event_model.objects  # type: ignore[attr-defined]
    edits = events.filter(pgh_obj__in=sessions, pgh_label="update").values("pgh_obj")
    return dict(edits.annotate(last=Max("pgh_created_at")).values_list("pgh_obj", "last"))


def number_of(code: str) -> int:
    """Make the whole number that the format wants of a code: always the same, no row's id."""
    if code and set(code) <= set(ALPHABET):
        number = 0
        for sign in code:
            number = number * len(ALPHABET) + ALPHABET.index(sign)
        return number + 1
    return int(re.sub(r"[^0-9A-Za-z]", "", code) or "0", 36) + 1


def acronym_of(edition: Edition) -> str:
    """Make the format's acronym: four or more of a-z, 0-9 and underscore."""
    acronym = re.sub(r"[^a-z0-9_]", "_", edition.slug.lower())
    return acronym if len(acronym) >= 4 else f"forum{acronym}"


def slug_of(show: Show) -> str:
    """Make the format's slug of a session, which no other has."""
    code = re.sub(r"[^a-z0-9]", "", show.session.code.lower()) or "0"
    return f"{acronym_of(show.session.edition)}-{code:0>4}"


def guid_of_room(edition: Edition, room: Room) -> uuid.UUID:
    """Return the room's guid, or one that follows from its code."""
    return room.guid or derived_guid(edition, f"rooms/{room.code}")


def derived_guid(edition: Edition, path: str) -> uuid.UUID:
    """Make the same guid each time for a thing of an edition."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/{edition.slug}/{path}")


def address_of(show: Show, language: str) -> str:
    """Return the session's page; its address is fixed, because other people's tools keep it."""
    slug = show.session.edition.slug
    return f"{settings.BASE_URL}/{language}/{slug}/programme/{show.session.code}/"
