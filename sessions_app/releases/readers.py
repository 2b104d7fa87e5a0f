"""Who is told of a release, where, and in which language; one reader for each person."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models.functions import Lower

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.releases.attendance import Attendant, attendants_of
from sessions_app.releases.changes import Change
from sessions_app.releases.notices import (
    Note,
    Notice,
    attended_notes,
    by_session,
    merged,
    own_notes,
    speakers_of,
)
from sessions_app.speakers.models import Speaker

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with an address. `key` is the same in every release, to find their letters by."""

    key: str
    person: User | None
    address: str
    language: str


@dataclass(frozen=True)
class Audience:
    """Whom some changes concern: speakers with their notices, attendants by id, and the unreached.

    `attendants` holds the speakers' accounts too: what they attend is told in the same letter.
    """

    speakers: list[tuple[Reader, list[Note]]]
    attendants: Mapping[int, Attendant]
    attended: Mapping[int, Note]
    unreached: list[Speaker]

    def notices(self) -> Iterator[list[tuple[Reader, Notice]]]:
        """Pair each reader with their notice, some hundreds at a time."""
        told = set()
        first = []
        for reader, own in self.speakers:
            notice = self._notice(reader.person, own) if reader.person else merged(own, ())
            first.append((reader, notice))
            if reader.person:
                told.add(reader.person.pk)
        yield from _chunks(first)
        others = sorted(self.attendants.keys() - told)
        for begin in range(0, len(others), CHUNK):
            people = User.objects.filter(pk__in=others[begin : begin + CHUNK], is_active=True)
            yield [(reader_of(person), self._notice(person)) for person in people.order_by("pk")]

    def _notice(self, person: User, own: Collection[Note] = ()) -> Notice:
        found = self.attendants.get(person.pk)
        if found is None:
            return merged(own, ())
        return merged(own, by_session(self.attended, found.sessions), found.seats)


def speakers_in(changes: Iterable[Change]) -> dict[int, Speaker]:
    """Read the speakers whom `changes` concern or name, and their accounts, in order of id."""
    found = Speaker.objects.filter(pk__in=speakers_of(changes)).select_related("person")
    return {speaker.pk: speaker for speaker in found.order_by("pk")}


def audience_of(
    edition: Edition,
    changes: Collection[Change],
    speakers: Mapping[int, Speaker],
    *,
    is_first: bool,
) -> Audience:
    """Find whom `changes` concern. Of the first release delegates learn from the programme.

    `speakers` are those of `speakers_in`.
    """
    own = own_notes(changes)
    attended = {} if is_first else attended_notes(changes)
    attendants = attendants_of(
        edition, {session: note.change.entry for session, note in attended.items()}
    )
    found = [one for one in speakers.values() if one.pk in own and one.declined_at is None]
    accounts = _accounts_by_address(found)
    told: dict[str, tuple[Reader, list[Note]]] = {}
    unreached = []
    for speaker in found:
        person = speaker.person or accounts.get(speaker.email.lower())
        reader = _reader_of_speaker(speaker, person)
        if reader is None:
            unreached.append(speaker)
        else:
            # One account may stand behind two entries; both are told in one letter.
            told.setdefault(reader.key, (reader, []))[1].extend(own[speaker.pk])
    return Audience(list(told.values()), attendants, attended, unreached)


def count_by_language(audience: Audience) -> tuple[Counter[str], Counter[str]]:
    """Count the speakers, and those who are told as delegates alone, by their language."""
    speakers = Counter(reader.language for reader, _notes in audience.speakers)
    told = {reader.person.pk for reader, _notes in audience.speakers if reader.person}
    others = audience.attendants.keys() - told
    return speakers, Counter(audience.attendants[person].language for person in others)


def reader_of(person: User) -> Reader:
    """Make the reader that a person with an account is."""
    return Reader(key_of(person.pk), person, person.email, person.language)


def key_of(person: int) -> str:
    """Name the person with that id as a reader."""
    return f"u{person}"


def _reader_of_speaker(speaker: Speaker, person: User | None) -> Reader | None:
    if person is None:
        if not speaker.email:
            return None
        return Reader(f"s{speaker.pk}", None, speaker.email, speaker.language)
    if not person.is_active:
        return None
    return Reader(key_of(person.pk), person, speaker.email or person.email, person.language)


def _accounts_by_address(speakers: Iterable[Speaker]) -> dict[str, User]:
    """Find the accounts of speakers whom nobody linked with theirs: the mailbox is the same."""
    addresses = {one.email.lower() for one in speakers if one.email and one.person is None}
    if not addresses:
        return {}
    people = User.objects.annotate(folded=Lower("email")).filter(folded__in=addresses)
    return {person.email.lower(): person for person in people}


def _chunks(
    pairs: list[tuple[Reader, Notice]],
) -> Iterator[list[tuple[Reader, Notice]]]:
    for begin in range(0, len(pairs), CHUNK):
        yield pairs[begin : begin + CHUNK]
