"""What may be done with a workbook: write what its preview told, all of it or nothing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.names import fold
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.exchange.texts import language_of
from sessions_app.exchange.workbook.comparing import compare
from sessions_app.exchange.workbook.draft import first_of, read_draft
from sessions_app.exchange.workbook.plan import Plan, RowPlan
from sessions_app.exchange.workbook.reading import Workbook
from sessions_app.exchange.writing_parts import free_slug, fresh_codes
from sessions_app.sessions.actions import cancel
from sessions_app.sessions.models import Appearance, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Building, Room
from sessions_app.timetable.moves import Move, Spot, lock_draft, move_in
from sessions_app.warnings.placing import checked_findings

_COMPUTED = {"code", "room", "day", "start", "end", "cancelled", "speakers", "track", "building"}


class OutOfDate(ValueError):
    """The programme is no longer what the preview told; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed the programme after this preview, so nothing was written. Look at"
                " the changes again."
            )
        )


@bounded_wait()
def import_workbook(
    edition: Edition, book: Workbook, *, digest: str, by: User, now: dt.datetime
) -> Plan:
    """Write what the preview with `digest` told.

    Raises OutOfDate where it would now be something else, and NotPlaceable where a move breaks a
    rule that blocks the placing. Every move is one batch of the draft, so
    that the board undoes it in one gesture.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    draft = lock_draft(edition)
    read = read_draft(edition)
    plan = compare(read, book)
    if plan.problems or plan.digest != digest:
        raise OutOfDate
    writer = _Writer(edition, plan, now=now)
    writer.things = {
        "rooms": dict(read.rooms),
        "tracks": dict(read.tracks),
        "speakers": dict(read.speakers),
        "sessions": dict(read.sessions),
    }
    writer.write()
    if moves := writer.moves():
        checked_findings(edition, moves)
        move_in(draft, moves, by=by, now=now)
    return plan


class _Writer:
    """Writes the plan, sheet by sheet; `things` grows by what is new, under the rows' keys."""

    def __init__(self, edition: Edition, plan: Plan, *, now: dt.datetime) -> None:
        self.edition, self.plan, self.now = edition, plan, now
        self.things: dict[str, dict[str, Any]] = {}
        self.buildings: dict[str, Building] = {}

    def write(self) -> None:
        self._find_buildings()
        self._write("rooms", Room)
        self._write("tracks", Track)
        self._write("speakers", Speaker)
        self._write("sessions", Session)
        self._cast([row for row in self._rows("sessions") if "speakers" in row.changes])
        for row in self._rows("sessions"):
            if "cancelled" in row.changes and row.wanted["cancelled"]:
                cancel(self.things["sessions"][row.key], now=self.now)

    def moves(self) -> list[Move]:
        """Return how sessions move; rooms and sessions are written by now."""
        moves = []
        for row in self._rows("sessions"):
            if not {"room", "day", "start", "end"} & set(row.changes):
                continue
            spot = None
            if row.stand:
                room = self.things["rooms"][row.stand.room]
                spot = Spot(room, row.stand.starts_at, row.stand.ends_at)
            moves.append(Move(self.things["sessions"][row.key], spot))
        return moves

    def _rows(self, sheet: str) -> list[RowPlan]:
        return self.plan.sheets[sheet].rows if sheet in self.plan.sheets else []

    def _write(self, sheet: str, model: type[models.Model]) -> None:
        rows = self._rows(sheet)
        new, changed = [row for row in rows if row.is_new], [row for row in rows if not row.is_new]
        codes = self._codes(sheet, new)
        made = []
        for number, row in enumerate(new, start=1):
            thing: Any = model(edition=self.edition, code=codes[row.key])
            if hasattr(thing, "position") and "position" not in row.changes and sheet != "speakers":
                thing.position = min(len(self.things[sheet]) + number, 32767)
            if sheet == "tracks" and "colour" not in row.changes:
                thing.colour = (len(self.things[sheet]) + number - 1) % Track.COLOURS + 1
            self._set(thing, row)
            made.append((row.key, thing))
        manager = model._default_manager
        manager.bulk_create([thing for _key, thing in made], batch_size=500)
        self.things[sheet] |= dict(made)
        fields: set[str] = set()
        for row in changed:
            fields |= self._set(self.things[sheet][row.key], row)
        if fields:
            things = [self.things[sheet][row.key] for row in changed]
            manager.bulk_update(things, sorted(fields), batch_size=200)

    def _codes(self, sheet: str, new: list[RowPlan]) -> dict[str, str]:
        """Give each new row the code that it names, or a fresh one."""
        taken = set(self.things[sheet])
        if sheet in {"sessions", "speakers"}:
            codes = fresh_codes(taken, len(new))
            return {row.key: code for row, code in zip(new, codes, strict=True)}
        taken |= {row.key for row in new}
        return {
            row.key: row.key
            if not row.key.startswith("row:")
            else free_slug(first_of(row.wanted, "name"), taken, sheet.removesuffix("s"))
            for row in new
        }

    def _set(self, thing: Any, row: RowPlan) -> set[str]:
        """Set what differs; return the names of the fields that were set."""
        fields = set(row.changes) - _COMPUTED
        for name in fields:
            setattr(thing, name, row.wanted[name])
        if "track" in row.changes:
            thing.track = self.things["tracks"].get(row.wanted["track"])
            fields.add("track")
        if "building" in row.changes:
            thing.building = self._building(row.wanted["building"])
            fields.add("building")
        if "cancelled" in row.changes and not row.wanted["cancelled"]:
            thing.cancelled_at = None
            fields.add("cancelled_at")
        return fields

    def _find_buildings(self) -> None:
        for building in Building.objects.filter(edition=self.edition):
            for language in ("kk", "ru", "en"):
                if name := getattr(building, f"name_{language}"):
                    self.buildings.setdefault(fold(name), building)

    def _building(self, name: str) -> Building | None:
        if not name:
            return None
        if fold(name) not in self.buildings:
            column = f"name_{language_of(name, declared=[], main=get_language() or 'kk')}"
            made = Building.objects.create(edition=self.edition, **{column: name})
            self.buildings[fold(name)] = made
        return self.buildings[fold(name)]

    def _cast(self, rows: Iterable[RowPlan]) -> None:
        """Let exactly the people of each row appear in its session, in their order."""
        wanted = {self.things["sessions"][row.key]: row.wanted["speakers"] for row in rows}
        there = {
            (one.session_id, one.speaker_id): one
            for one in Appearance.objects.filter(session__in=wanted)
        }
        made, changed = [], []
        for session, people in wanted.items():
            for position, (key, role) in enumerate(people, start=1):
                speaker = self.things["speakers"][key]
                told = {"role": role, "position": position}
                one = there.pop((session.pk, speaker.pk), None)
                if one is None:
                    made.append(Appearance(session=session, speaker=speaker, **told))
                elif (one.role, one.position) != (role, position):
                    one.role, one.position = role, position
                    changed.append(one)
        Appearance.objects.filter(pk__in=[one.pk for one in there.values()]).delete()
        Appearance.objects.bulk_create(made, batch_size=500)
        Appearance.objects.bulk_update(changed, ["role", "position"], batch_size=500)
