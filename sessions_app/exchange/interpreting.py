"""Makes a programme of what a reader found: times, keys, people, and a note for every doubt."""

import datetime as dt
import hashlib
import re
import statistics
import uuid
import zoneinfo
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from sessions_app.exchange.days import Days, read_day_change
from sessions_app.exchange.lengths import LONGEST, read_length
from sessions_app.exchange.people import NO_IDS, Cast
from sessions_app.exchange.programme import Item, Place, Programme
from sessions_app.exchange.raw import RawEvent, RawSchedule, UnreadableSchedule
from sessions_app.exchange.texts import cut, language_of, one_line, safe_text
from sessions_app.exchange.times import (
    at,
    read_clock,
    read_date,
    read_moment,
    read_offset,
    read_zone,
    zone_at,
)

ASSUMED_LENGTH = dt.timedelta(minutes=30)
FARTHEST = dt.timedelta(days=60)
LATEST_NIGHT = dt.time(8, 0)
_MIDNIGHT = re.compile(r"[T ]00:00(?::00)?(?:\D|$)")
_LANGUAGES = {"kz": "kk", "kaz": "kk", "rus": "ru", "eng": "en", "english": "en", "deu": "de"}
_LANGUAGES |= {"ger": "de", "german": "de", "deutsch": "de", "russian": "ru", "kazakh": "kk"}
_LANGUAGES |= {"qaz": "kk", "қазақша": "kk", "қазақ": "kk", "казахский": "kk", "русский": "ru"}
_LANGUAGES |= {"орысша": "ru", "английский": "en", "ағылшынша": "en"}


def interpret(raw: RawSchedule, *, zone: str, site: str, days: Sequence[dt.date] = ()) -> Programme:
    """Interpret `raw`. `zone` is used where the file names none; links to `site` are our own.

    `days` are the edition's, for a file that only counts its days. Raises UnreadableSchedule where
    no session is left.
    """
    return _Interpreter(raw, zone, site, days).programme()


class _Interpreter:
    def __init__(self, raw: RawSchedule, zone: str, site: str, days: Sequence[dt.date]) -> None:
        self.raw = raw
        self.site = site
        self.notes: list[str] = []
        self.zone = self._zone(zone)
        self.local = zoneinfo.ZoneInfo(self.zone)
        self.days = Days(raw, days)
        self.day_change = read_day_change(raw, self.days, self.local)
        self.declared_days = self.days.listed
        self.keys: Counter[str] = Counter()
        ids = Counter(event.id for event in raw.events)
        self.no_ids = {id for id in NO_IDS if ids[id] > 1}
        self.cast = Cast(person for event in raw.events for person in event.persons)

    def programme(self) -> Programme:
        items = [item for event in self.raw.events if (item := self._item(event))]
        items = self._within_reach(items)
        if not items:
            raise UnreadableSchedule(_("No session of the file could be read."))
        days = self.declared_days | {item.day for item in items if item.day}
        if not days:
            raise UnreadableSchedule(
                _(
                    "No session of the file has a date. Make the edition with its days first, and"
                    " import the file into it."
                )
            )
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
        stated = [text for event in self.raw.events for text in (event.date, event.start)]
        offsets = {offset for text in stated if (offset := read_offset(text)) is not None}
        ours = zoneinfo.ZoneInfo(fallback)
        moments = [moment for text in stated if (moment := read_moment(text, ours))]
        zone = fallback
        # One offset throughout is a place; several are a programme over a change of the clocks.
        if len(offsets) == 1 and {m.astimezone(ours).utcoffset() for m in moments} != offsets:
            zone = zone_at(offsets.pop()) or fallback
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
        guid, id = _guid(event.guid), "" if event.id in self.no_ids else event.id
        if guid:
            key = f"guid:{guid}"
        elif id or event.code:
            key = f"id:{id}" if id else f"code:{event.code}"
        else:
            # 31C3 has guids that are none; as ids they serve.
            key = f"guid:{event.guid}" if event.guid else f"title:{title}"
        if len(key) > 180:
            key = f"hash:{hashlib.sha256(key.encode()).hexdigest()}"
        self.keys[key] += 1
        if self.keys[key] > 1:
            if guid or id or event.code:
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
        item.day = self.days.date(event.day) or self._day_of(item.starts_at)
        if not item.room:
            self._note_about(item, _("“%(title)s”: no room; it stands in a room without a name."))

    def _start(self, event: RawEvent) -> dt.datetime | None:
        clock = read_clock(event.start)
        # Some tools write midnight into the date, and the time beside it.
        if not (clock and _MIDNIGHT.search(event.date)):
            moment = read_moment(event.date, self.local) or read_moment(event.start, self.local)
            if moment:
                return moment
        stated = read_date(event.date)
        date = stated or self.days.date(event.day) or self.days.only
        if clock is None or date is None:
            return None
        # Only under a day may a small hour mean the next night; a date of its own says which.
        begins = dt.timedelta(hours=self.day_change.hour, minutes=self.day_change.minute)
        if not stated and clock < begins:
            clock += dt.timedelta(days=1)
        return at(date, clock, self.local).astimezone(dt.UTC)

    def _until(self, end: str, start: dt.datetime) -> dt.timedelta | None:
        if moment := read_moment(end, self.local):
            length = moment - start
        elif (clock := read_clock(end)) is not None:
            local = start.astimezone(self.local)
            ends = at(local.date(), clock, self.local).replace(tzinfo=None)
            # Whether it is written as 01:30 or as 25:30, it is the next time that clocks show it.
            whole = dt.timedelta(days=1)
            length = (ends - local.replace(tzinfo=None)) % whole or whole
        else:
            return None
        return length if dt.timedelta(0) < length <= LONGEST else None

    def _day_of(self, moment: dt.datetime) -> dt.date:
        local = moment.astimezone(self.local)
        early = local.time() < self.day_change
        return local.date() - dt.timedelta(days=1) if early else local.date()

    def _day_starts_at(self, items: list[Item]) -> dt.time:
        """Return the clock at which a day begins such that items stay on their days.

        What the file has in the night after a day, as by 24:30, belongs to that day.
        """
        begins, earliest = self.day_change, dt.time.max
        for item in items:
            if item.starts_at and item.day:
                local = item.starts_at.astimezone(self.local)
                days_later = (local.date() - item.day).days
                if days_later == 0:
                    earliest = min(earliest, local.time())
                elif days_later == 1 and local.time() < LATEST_NIGHT:
                    begins = max(begins, dt.time(local.hour + 1))
        return min(begins, earliest)

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
