"""Makes a programme of what a reader found: times, keys, people, and a note for every doubt."""

import datetime as dt
import hashlib
import re
import statistics
import uuid
import zoneinfo
from collections import Counter

from django.utils.translation import gettext as _

from sessions_app.exchange.days import read_bounds
from sessions_app.exchange.people import Cast
from sessions_app.exchange.programme import Item, Place, Programme
from sessions_app.exchange.raw import RawEvent, RawSchedule, UnreadableSchedule
from sessions_app.exchange.texts import cut, language_of, one_line, safe_text
from sessions_app.exchange.times import (
    read_clock,
    read_date,
    read_length,
    read_moment,
    read_offset,
    read_zone,
    zone_at,
)

ASSUMED_LENGTH = dt.timedelta(minutes=30)
FARTHEST = dt.timedelta(days=60)
_LANGUAGES = {"kz": "kk", "kaz": "kk", "rus": "ru", "eng": "en", "english": "en", "deu": "de"}
_LANGUAGES |= {"ger": "de", "german": "de", "deutsch": "de", "russian": "ru", "kazakh": "kk"}
_LANGUAGES |= {"qaz": "kk", "қазақша": "kk", "қазақ": "kk", "казахский": "kk", "русский": "ru"}
_LANGUAGES |= {"орысша": "ru", "английский": "en", "ағылшынша": "en"}


def interpret(raw: RawSchedule, *, zone: str, site: str) -> Programme:
    """Interpret `raw`. `zone` is used where the file names none; links to `site` are our own.

    Raises UnreadableSchedule where no session is left.
    """
    return _Interpreter(raw, zone, site).programme()


class _Interpreter:
    def __init__(self, raw: RawSchedule, zone: str, site: str) -> None:
        self.raw = raw
        self.site = site
        self.notes: list[str] = []
        self.zone = self._zone(zone)
        self.local = zoneinfo.ZoneInfo(self.zone)
        self.day_change, self.declared_days = read_bounds(raw, self.local)
        self.keys: Counter[str] = Counter()
        self.cast = Cast()

    def programme(self) -> Programme:
        items = [item for event in self.raw.events if (item := self._item(event))]
        items = self._within_reach(items)
        if not items:
            raise UnreadableSchedule(_("No session of the file could be read."))
        days = self.declared_days | {item.day for item in items if item.day}
        if not days:
            raise UnreadableSchedule(_("No session of the file has a date, so it has no days."))
        people, notes = self.cast.settle(items)
        return Programme(
            title=one_line(self.raw.title),
            zone=self.zone,
            first_day=min(days),
            last_day=max(days),
            day_starts_at=self._day_starts_at(items),
            city=cut(one_line(self.raw.city), 100),
            venue=cut(one_line(self.raw.venue), 200),
            main_language=_main_language(items),
            places=self._places(items),
            tracks=self._tracks(items),
            people=people,
            items=items,
            notes=self.notes + notes,
        )

    def _zone(self, fallback: str) -> str:
        if named := read_zone(self.raw.zone):
            return named
        offsets = {offset for e in self.raw.events if (offset := read_offset(e.date)) is not None}
        # One offset throughout is a place; several are a programme over a change of the clocks.
        zone = (zone_at(offsets.pop()) if len(offsets) == 1 else "") or fallback
        self.notes.append(
            _("The file names no time zone; times are read as those of %(zone)s.") % {"zone": zone}
        )
        return zone

    def _item(self, event: RawEvent) -> Item | None:
        title = one_line(event.title)
        if not title:
            self.notes.append(
                _("Dropped: a session without a title (id “%(id)s”).")
                % {"id": cut(event.id or event.guid or "–", 60)}
            )
            return None
        item = Item(key="", guid=uuid.UUID(int=0), title=cut(title, 300))
        if item.title != title:
            self._note_about(
                item, _("“%(title)s”: the title was longer than 300 signs; it was cut.")
            )
        item.key, item.guid = self._identity(event, title)
        item.subtitle = cut(one_line(event.subtitle), 300)
        item.abstract, item.description = safe_text(event.abstract), safe_text(event.description)
        item.type, item.track = one_line(event.type), cut(one_line(event.track), 200)
        item.languages = _languages(event.language)
        item.link = self._link(event)
        item.room = cut(one_line(event.room), 200)
        self._set_time(item, event)
        item.parts = self.cast.parts(event.persons, item.title)
        return item

    def _note_about(self, item: Item, sentence: str) -> None:
        self.notes.append(sentence % {"title": cut(item.title, 80)})

    def _identity(self, event: RawEvent, title: str) -> tuple[str, uuid.UUID]:
        """Make the key by which the session is found again, and its guid."""
        guid = _guid(event.guid)
        if guid:
            key = f"guid:{guid}"
        elif event.id or event.code:
            key = f"id:{event.id}" if event.id else f"code:{event.code}"
        else:
            # 31C3 has guids that are none; as ids they serve.
            key = f"guid:{event.guid}" if event.guid else f"title:{title}"
        if len(key) > 180:
            key = f"hash:{hashlib.sha256(key.encode()).hexdigest()}"
        self.keys[key] += 1
        if self.keys[key] > 1:
            if guid or event.id or event.code:
                self.notes.append(
                    _("“%(title)s”: its id stood on another session already; both were kept.")
                    % {"title": cut(title, 80)}
                )
            # The title keeps the key the same when such sessions change places in the file.
            key = f"again:{hashlib.sha256(f'{key} {title}'.encode()).hexdigest()[:40]}"
            self.keys[key] += 1
            key = f"{key}:{self.keys[key]}" if self.keys[key] > 1 else key
            guid = None
        # A guid of our own must not change, whatever edition or day the file is read for.
        return key, guid or uuid.uuid5(uuid.NAMESPACE_URL, f"schedule:{self.raw.title}:{key}")

    def _set_time(self, item: Item, event: RawEvent) -> None:
        item.starts_at = self._start(event)
        if item.starts_at is None:
            self._note_about(item, _("“%(title)s”: no readable time; it was kept without a place."))
            return
        length = read_length(event.duration) or self._until(event.end, item.starts_at)
        if length is None:
            length = ASSUMED_LENGTH
            self._note_about(item, _("“%(title)s”: no readable length; 30 minutes were assumed."))
        item.ends_at = item.starts_at + length
        item.day = read_date(event.day) or self._day_of(item.starts_at)
        if not item.room:
            self._note_about(item, _("“%(title)s”: no room; it stands in a room without a name."))

    def _start(self, event: RawEvent) -> dt.datetime | None:
        moment = read_moment(event.date, self.local) or read_moment(event.start, self.local)
        if moment:
            return moment
        clock = read_clock(event.start)
        stated, day = read_date(event.date), read_date(event.day)
        if clock is None or not (stated or day):
            return None
        date = stated or day
        assert date is not None
        # Only under a day may a small hour mean the next night; a date of its own says which.
        if not stated and clock < self.day_change:
            date += dt.timedelta(days=1)
        return dt.datetime.combine(date, clock, tzinfo=self.local).astimezone(dt.UTC)

    def _until(self, end: str, start: dt.datetime) -> dt.timedelta | None:
        if moment := read_moment(end, self.local):
            length = moment - start
        elif clock := read_clock(end):
            local = start.astimezone(self.local)
            length = dt.datetime.combine(local.date(), clock) - local.replace(tzinfo=None)
            length += dt.timedelta(days=1) if length <= dt.timedelta(0) else dt.timedelta(0)
        else:
            return None
        return length if dt.timedelta(0) < length <= dt.timedelta(days=14) else None

    def _day_of(self, moment: dt.datetime) -> dt.date:
        local = moment.astimezone(self.local)
        early = local.time() < self.day_change
        return local.date() - dt.timedelta(days=1) if early else local.date()

    def _day_starts_at(self, items: list[Item]) -> dt.time:
        """Return the clock at which a day begins such that every item stays on its day."""
        begins = self.day_change
        for item in items:
            if item.starts_at and item.day:
                local = item.starts_at.astimezone(self.local)
                if local.date() == item.day:
                    begins = min(begins, local.time())
        return begins

    def _within_reach(self, items: list[Item]) -> list[Item]:
        """Drop what lies far from the others: a year typed wrong would make a year of days."""
        stated = [item.day for item in items if item.day]
        if not stated:
            return items
        middle = dt.date.fromordinal(int(statistics.median(day.toordinal() for day in stated)))
        self.declared_days = {d for d in self.declared_days if abs(d - middle) <= FARTHEST}
        kept = []
        for item in items:
            if item.day and abs(item.day - middle) > FARTHEST:
                self._note_about(item, _("Dropped: “%(title)s” lies months away from the others."))
            else:
                kept.append(item)
        return kept

    def _link(self, event: RawEvent) -> str:
        for written in (event.url, *event.links):
            link = "".join(written.split())
            foreign = re.match(r"https?://[^/]", link) and not link.startswith(self.site)
            if foreign and len(link) <= 500:
                return link
        return ""

    def _places(self, items: list[Item]) -> list[Place]:
        """List the rooms in the file's order: those that it lists, then those that it uses."""
        used = dict.fromkeys(item.room for item in items if item.room)
        listed = {cut(one_line(room.name), 200): room for room in reversed(self.raw.rooms)}
        listed = dict(reversed(listed.items()))
        names = list(dict.fromkeys([*(n for n in listed if n), *used]))
        return [
            Place(
                name,
                _guid(listed[name].guid) if name in listed else None,
                _capacity(listed[name].capacity) if name in listed else None,
            )
            for name in names
        ]

    def _tracks(self, items: list[Item]) -> list[str]:
        listed = [cut(one_line(name), 200) for name in self.raw.tracks]
        used = {item.track: None for item in items if item.track}
        return [name for name in dict.fromkeys([*listed, *used]) if name in used]


def _guid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text.strip()) if text.strip() else None
    except ValueError:
        return None


def _capacity(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text) < 10**6 else None


def _languages(text: str) -> list[str]:
    """Read "de, en", "de/en", "en-US" or "English" as codes of two or three letters."""
    words = re.split(r"[\s,;/+&|]+|\bund\b|\band\b", text.lower())
    codes = [_LANGUAGES.get(word, word.split("-")[0].split("_")[0]) for word in words]
    return list(dict.fromkeys(c for c in codes if re.fullmatch(r"[a-z]{2,3}", c)))[:8]


def _main_language(items: list[Item]) -> str:
    guesses = Counter(language_of(item.title, declared=item.languages, main="") for item in items)
    if guesses["kk"] and guesses["kk"] * 3 >= guesses["ru"]:
        guesses["kk"] += guesses.pop("ru", 0)
    return guesses.most_common(1)[0][0] if guesses else "en"
