"""Whom the newest release concerns gets one letter, whatever happened to those before.

Readers differ in what they know. Most know the release of which everybody was told last. Whose
letter of it has not gone yet knows an older one: that letter is withdrawn, and the new one tells
the difference to what its reader knows. So two releases soon after each other make one letter.
"""

import datetime as dt
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from forum.editions.models import Edition
from forum.mailing.actions import withdraw
from forum.mailing.models import Letter, LetterKind, LetterQuerySet
from sessions_app.releases.attendance import attendants_of
from sessions_app.releases.changes import Change, Standing, compare
from sessions_app.releases.emails import AS_DELEGATE, Writer, key_prefix
from sessions_app.releases.notices import Notice, still_of_use
from sessions_app.releases.readers import Reader, audience_of, speakers_in
from sessions_app.timetable.draft import all_released
from sessions_app.timetable.marks import last_changes, turns_of
from sessions_app.timetable.models import Release

logger = logging.getLogger(__name__)

KEY_END = re.compile(rf":(\d+):([us]\d+)(?:{AS_DELEGATE})?(?::withdrawn:\d+)?$")
NOTHING = 0
"""The number of the release that somebody knows who was never told of any."""


@dataclass
class Known:
    """Which release readers know: `most`, but for those in `others`. `done` have the letter."""

    most: int
    others: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def groups(self) -> dict[int, set[str]]:
        """Return the readers in `others` by the release that they know."""
        found: dict[int, set[str]] = defaultdict(set)
        for key, number in self.others.items():
            found[number].add(key)
        return found


def release_letters(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """Tell speakers and delegates of the newest release, once; then write down that it is told."""
    releases = list(Release.objects.filter(edition=edition).order_by("number"))
    if not releases or releases[-1].told_at:
        return
    newest = releases[-1]
    letters = _letters_of(edition)
    mine = f"{key_prefix(edition)}{newest.number}:"
    withdraw(letters.exclude(dedupe_key__startswith=mine), now=now)
    known = _known(letters, releases)
    yield from _letters(edition, newest, known, _read(releases, known, newest), now=now)
    Release.objects.filter(pk=newest.pk).update(told_at=now)


def letters_of_no_use(edition: Edition, *, now: dt.datetime) -> Iterable[list[Letter]]:
    """Take back what waits for delegates who come no more; what one speaks in is told all the same.

    Writes nothing. Who comes again hears of it with the next release, if there is one.
    """
    places = edition.registrations.confirmed().filter(person=OuterRef("recipient"))
    waiting = _letters_of(edition).filter(~Exists(places), dedupe_key__endswith=AS_DELEGATE)
    gone = set(waiting.withdrawable().values_list("recipient", flat=True))
    if gone:
        still_there = attendants_of(edition, _ever_released(edition)).keys()
        withdraw(waiting.exclude(recipient__in=gone & still_there), now=now)
    return ()


def _letters_of(edition: Edition) -> LetterQuerySet:
    return Letter.objects.filter(
        edition=edition,
        kind=LetterKind.PROGRAMME_CHANGE,
        copy_of=None,
        dedupe_key__startswith=key_prefix(edition),
    )


def _ever_released(edition: Edition) -> Standing:
    """Return each session as the last release that holds it tells: what is told may be off now."""
    numbered = Release.objects.filter(edition=edition).order_by("number")
    states = all_released(list(numbered.values_list("pk", flat=True)))
    return {session: entry for state in states.values() for session, entry in state.items()}


def _known(letters: LetterQuerySet, releases: list[Release]) -> Known:
    """Work out from the letters that went, and from those withdrawn, who knows what."""
    newest = releases[-1].number
    told = [release.number for release in releases if release.told_at]
    known = Known(most=told[-1] if told else NOTHING)
    went: dict[str, int] = {}
    withdrawn: dict[str, list[int]] = defaultdict(list)
    for key, off in letters.values_list("dedupe_key", "cancelled_at"):
        if not (found := KEY_END.search(key)):
            continue
        number, reader = int(found[1]), found[2]
        if off:
            withdrawn[reader].append(number)
        elif number == newest:
            known.done.add(reader)
        else:
            went[reader] = max(number, went.get(reader, NOTHING))
    for reader in went.keys() | withdrawn.keys():
        last = went.get(reader, NOTHING)
        missed = min((number for number in withdrawn[reader] if number > last), default=None)
        # What everybody was told before the first letter that this reader missed.
        common = max((n for n in told if missed is None or n < missed), default=NOTHING)
        if (number := max(last, common)) != known.most:
            known.others[reader] = number
    return known


def _read(releases: list[Release], known: Known, newest: Release) -> dict[int, Standing]:
    """Read the releases that matter, with one query."""
    wanted = {known.most, newest.number, *known.others.values()}
    states = all_released([one.pk for one in releases if one.number in wanted])
    found: dict[int, Standing] = {NOTHING: {}}
    return found | {one.number: states[one.pk] for one in releases if one.pk in states}


def _letters(
    edition: Edition,
    newest: Release,
    known: Known,
    states: Mapping[int, Standing],
    *,
    now: dt.datetime,
) -> Iterator[list[Letter]]:
    groups = known.groups()
    bases = [known.most, *groups]
    changes = {
        base: still_of_use(compare(states[base], states[newest.number]), edition=edition, now=now)
        for base in bases
    }
    sequences = _sequences(edition, newest, [one for found in changes.values() for one in found])
    for base in bases:
        writer = Writer(edition, newest, sequences, is_first=base == NOTHING)
        speakers = speakers_in(changes[base])
        audience = audience_of(edition, changes[base], speakers, is_first=base == NOTHING)
        for pairs in audience.notices():
            chosen = [
                (reader, notice)
                for reader, notice in pairs
                if notice.notes
                and reader.key not in known.done
                and known.others.get(reader.key, known.most) == base
            ]
            yield list(_drafted(writer, chosen, now=now))


def _drafted(
    writer: Writer, pairs: Iterable[tuple[Reader, Notice]], *, now: dt.datetime
) -> Iterator[Letter]:
    for reader, notice in pairs:
        try:
            yield writer.letter(reader, notice, now=now)
        except Exception:
            logger.exception("No letter could be drafted for the reader %s.", reader.key)


def _sequences(edition: Edition, newest: Release, changes: list[Change]) -> dict[int, int]:
    """Number each session as the calendar files do; what was taken out outranks what it had."""
    sessions = {change.entry.session_id for change in changes}
    taken_out = {change.entry.session_id for change in changes if change.after is None}
    changed, turns = last_changes(edition, sessions), turns_of(sessions)
    return {
        session: (newest.number if session in taken_out else changed[session][0]) + turns[session]
        for session in sessions
    }
