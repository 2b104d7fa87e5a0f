"""Writes sessions, their places in the draft and who appears in them."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.exchange.kinds import kind_of
from sessions_app.exchange.programme import Item, Programme
from sessions_app.exchange.report import Report
from sessions_app.exchange.texts import cut, language_of
from sessions_app.exchange.writing_parts import LANGUAGES, fresh_codes
from sessions_app.sessions.models import Appearance, Kind, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room, Slot

_TEXTS = ("title", "subtitle", "abstract", "description")
_COLUMNS = [f"{field}_{language}" for field in _TEXTS for language in LANGUAGES]
_COLUMNS += ["kind", "track", "working_languages", "link", "cancelled_at", "source_id"]


class SessionWriter:
    """Compares each item with the session that it was before, and writes what differs."""

    def __init__(
        self,
        edition: Edition,
        programme: Programme,
        *,
        rooms: dict[str, Room],
        tracks: dict[str, Track],
        speakers: dict[str, Speaker],
        report: Report,
    ) -> None:
        self.edition, self.programme, self.report = edition, programme, report
        self.rooms, self.tracks, self.speakers = rooms, tracks, speakers
        self.existing = list(Session.objects.filter(edition=edition))
        self.touched: dict[int, list[str]] = defaultdict(list)

    def write(self, *, now: dt.datetime) -> None:
        """Write everything and count it in the report."""
        sessions = self._write_sessions()
        self._write_placements(sessions)
        self._write_appearances(sessions)
        self.report.changed = len(self.touched)
        self.report.changes = [
            (session.title, self.touched[session.pk])
            for session in sessions.values()
            if session.pk in self.touched
        ]
        self.report.unchanged = len(sessions) - self.report.new - self.report.changed
        self._take_out({session.pk for session in sessions.values()}, now=now)

    def _write_sessions(self) -> dict[str, Session]:
        by_source = {s.source_id: s for s in self.existing if s.source_id}
        by_guid = {s.guid: s for s in self.existing if not s.source_id}
        codes = iter(fresh_codes({s.code for s in self.existing}, len(self.programme.items)))
        guids = {session.guid for session in self.existing}
        found, made, changed = {}, [], []
        for item in self.programme.items:
            session = by_source.get(item.key) or by_guid.get(item.guid)
            wanted = self._wanted(item, session)
            if session is None:
                guid = {} if item.guid in guids else {"guid": item.guid}
                guids.add(item.guid)
                session = Session(edition=self.edition, code=next(codes), **guid, **wanted)
                made.append(session)
            else:
                differs = {f: v for f, v in wanted.items() if getattr(session, f) != v}
                for field, value in differs.items():
                    setattr(session, field, value)
                if differs:
                    changed.append(session)
                    if "cancelled_at" in differs:
                        self.touched[session.pk].append(_("it takes place again"))
                    if set(differs) - {"source_id", "cancelled_at"}:
                        self.touched[session.pk].append(_("what is said of it"))
            found[item.key] = session
        Session.objects.bulk_create(made, batch_size=500)
        Session.objects.bulk_update(changed, _COLUMNS, batch_size=200)
        self.report.new = len(made)
        self.new = {session.pk for session in made}
        if self.existing:  # else all are new
            self.report.added = [session.title for session in made]
        self._note_unknown_types()
        return found

    def _wanted(self, item: Item, session: Session | None) -> dict[str, Any]:
        """Tell what the session should be; an empty field of the file changes nothing."""
        language = language_of(
            f"{item.title} {item.abstract}",
            declared=item.languages,
            main=self.programme.main_language,
        )
        texts = {f"{field}_{language}": getattr(item, field) for field in _TEXTS}
        wanted: dict[str, Any] = {field: text for field, text in texts.items() if text}
        kind = kind_of(item.type) if item.type else None
        if kind:
            wanted["kind"] = kind
        elif session is None:
            wanted["kind"] = Kind.OTHER if item.type else Kind.BREAKOUT
        if item.track:
            wanted["track"] = self.tracks[item.track]
        if item.languages:
            wanted["working_languages"] = item.languages
        if item.link:
            wanted["link"] = item.link
        return wanted | {"cancelled_at": None, "source_id": item.key}

    def _note_unknown_types(self) -> None:
        unknown: dict[str, int] = defaultdict(int)
        for item in self.programme.items:
            if item.type and kind_of(item.type) is None:
                unknown[item.type] += 1
        for name, count in unknown.items():
            self.report.notes.append(
                _(
                    "The type “%(type)s” is none of ours; such sessions are of the kind Other:"
                    " %(count)d."
                )
                % {"type": cut(name, 80), "count": count}
            )

    def _write_placements(self, sessions: dict[str, Session]) -> None:
        placed = {p.session_id: p for p in Placement.objects.filter(session__edition=self.edition)}
        wanted, unplaced = [], []
        for item in self.programme.items:
            session = sessions[item.key]
            before = placed.get(session.pk)
            if item.starts_at is None or item.ends_at is None:
                if before:
                    unplaced.append(session.pk)
                continue
            room = self.rooms[item.room]
            now = (room.pk, item.starts_at, item.ends_at)
            if before is None or (before.room_id, before.starts_at, before.ends_at) != now:
                wanted.append(
                    Placement(
                        session=session, room=room, starts_at=item.starts_at, ends_at=item.ends_at
                    )
                )
        Placement.objects.bulk_create(
            wanted,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["session"],
            update_fields=["room", "starts_at", "ends_at"],
        )
        Placement.objects.filter(session__in=unplaced).delete()
        self._touch({*(p.session_id for p in wanted), *unplaced}, _("time or room"))

    def _write_appearances(self, sessions: dict[str, Session]) -> None:
        before: dict[int, dict[int, Appearance]] = defaultdict(dict)
        for appearance in Appearance.objects.filter(session__edition=self.edition):
            before[appearance.session_id][appearance.speaker_id] = appearance
        made: list[Appearance] = []
        gone: list[Appearance] = []
        recast: list[Appearance] = []
        for item in self.programme.items:
            session = sessions[item.key]
            there = dict(before[session.pk])
            for position, part in enumerate(item.parts, start=1):
                speaker = self.speakers[part.key]
                role = Role(part.role) if part.role in Role.values else None
                known = there.pop(speaker.pk, None)
                if known is None:
                    made.append(
                        Appearance(
                            session=session,
                            speaker=speaker,
                            role=role or Role.SPEAKER,
                            position=min(position, 32767),
                        )
                    )
                elif role and known.role != role:
                    known.role = role
                    recast.append(known)
            gone += there.values()
        Appearance.objects.bulk_create(_once(made), batch_size=500)
        Appearance.objects.bulk_update(recast, ["role"], batch_size=500)
        Appearance.objects.filter(pk__in=[appearance.pk for appearance in gone]).delete()
        self._touch({a.session_id for a in (*made, *gone, *recast)}, _("who takes part"))

    def _touch(self, sessions: set[int], what: str) -> None:
        for session in sessions - self.new:
            self.touched[session].append(what)

    def _take_out(self, kept: set[int], *, now: dt.datetime) -> None:
        """Cancel what vanished from the file and was published; unplace what nobody saw.

        A session made by hand never came from a file and stays.
        """
        vanished = [
            s for s in self.existing if s.source_id and s.pk not in kept and not s.cancelled_at
        ]
        newest = Release.objects.filter(edition=self.edition).newest()
        shown = set(Slot.objects.filter(release__in=newest).values_list("session_id", flat=True))
        placed = set(
            Placement.objects.filter(session__in=vanished).values_list("session_id", flat=True)
        )
        for session in vanished:
            if session.pk in shown:
                sentence = _("“%(title)s” is no longer in the file; it was cancelled.")
            elif session.pk in placed:
                sentence = _("“%(title)s” is no longer in the file; it was taken out of the draft.")
            else:
                continue
            self.report.taken_out += 1
            self.report.notes.append(sentence % {"title": cut(session.title, 80)})
        Session.objects.filter(pk__in=[s.pk for s in vanished if s.pk in shown]).update(
            cancelled_at=now
        )
        Placement.objects.filter(session__in=[s for s in vanished if s.pk not in shown]).delete()


def _once(made: list[Appearance]) -> list[Appearance]:
    """Keep one of several: two people of a file may be one speaker of the edition."""
    return list({(a.session_id, a.speaker_id): a for a in reversed(made)}.values())[::-1]
