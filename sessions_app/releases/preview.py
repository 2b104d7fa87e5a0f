"""What an organiser looks at before publishing: what stands against it, what changes, who hears."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.languages import Language
from forum.editions.models import Edition
from sessions_app.releases.changes import Change, compare
from sessions_app.releases.draft import DraftState, read_draft
from sessions_app.releases.foretelling import foretold
from sessions_app.releases.notices import still_of_use
from sessions_app.releases.readers import Audience, audience_of, count_by_language, speakers_in
from sessions_app.releases.reverting import way_back
from sessions_app.releases.sentences import Told, tell_all
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release
from sessions_app.warnings.access import Finding, blocking_release, findings_of
from sessions_app.warnings.models import Rule

MOST_CHANGES = 100
"""That are shown in words; a programme that is made anew has no reader for more."""
Counts = list[tuple[str, int]]


@dataclass(frozen=True)
class Hearers:
    """How many will be written to, by language, and the speakers who cannot be."""

    speakers: Counts
    delegates: Counts
    unreached: list[Speaker]

    @property
    def speaker_count(self) -> int:
        """All speakers who will be written to."""
        return sum(number for _language, number in self.speakers)

    @property
    def delegate_count(self) -> int:
        """All others."""
        return sum(number for _language, number in self.delegates)


@dataclass(frozen=True)
class Preview:
    """What publishing the draft now would do. `is_changed` is false where it would do nothing."""

    state: DraftState
    is_changed: bool
    changes: list[Told]
    more_changes: int
    blocks: list[Finding]
    warnings: Counts
    foretold: list[str]
    hearers: Hearers
    nobody_hears: bool

    @property
    def warning_count(self) -> int:
        """All warnings that do not keep anybody from publishing."""
        return sum(number for _rule, number in self.warnings)


def preview(edition: Edition, *, now: dt.datetime) -> Preview:
    """Read it all; the number of queries is the same whatever the size."""
    state = read_draft(edition)
    newest = state.newest
    changes = compare(state.public, state.draft)
    speakers = speakers_in(changes)
    findings = findings_of(edition)
    blocks = blocking_release(findings)
    audience = _audience(edition, changes, speakers, is_first=newest is None, now=now)
    return Preview(
        state=state,
        is_changed=newest is None or state.public != state.draft,
        changes=tell_all(edition, changes[:MOST_CHANGES], speakers) if newest else [],
        more_changes=max(0, len(changes) - MOST_CHANGES) if newest else 0,
        blocks=blocks,
        warnings=_by_rule(one for one in findings if one not in blocks),
        foretold=foretold(changes, state.draft, audience.attendants.values()),
        hearers=_hearers(audience),
        nobody_hears=edition.is_over(now=now),
    )


@dataclass(frozen=True)
class RevertPreview:
    """What going back to an older release would do."""

    state: DraftState
    changes: list[Told]
    cancelled: list[str]
    loses_draft: bool
    foretold: list[str]
    hearers: Hearers
    nobody_hears: bool


def preview_revert(edition: Edition, release: Release, *, now: dt.datetime) -> RevertPreview:
    """Read what going back to `release` would do."""
    state = read_draft(edition)
    back = way_back(release, state.draft, state.public)
    speakers = speakers_in(back.changes)
    audience = _audience(edition, back.changes, speakers, is_first=False, now=now)
    return RevertPreview(
        state=state,
        changes=tell_all(edition, back.changes[:MOST_CHANGES], speakers),
        cancelled=back.cancelled,
        loses_draft=state.public != state.draft,
        foretold=foretold(back.changes, back.after, audience.attendants.values()),
        hearers=_hearers(audience),
        nobody_hears=edition.is_over(now=now),
    )


def _audience(
    edition: Edition,
    changes: Iterable[Change],
    speakers: Mapping[int, Speaker],
    *,
    is_first: bool,
    now: dt.datetime,
) -> Audience:
    of_use = still_of_use(changes, edition=edition, now=now)
    return audience_of(edition, of_use, speakers, is_first=is_first)


def _hearers(audience: Audience) -> Hearers:
    speaking, others = count_by_language(audience)
    return Hearers(_named(speaking), _named(others), audience.unreached)


def _named(counts: Counter[str]) -> Counts:
    return [(str(Language(code).label), counts[code]) for code in Language.values if counts[code]]


def _by_rule(findings: Iterable[Finding]) -> Counts:
    counts = Counter(finding.rule for finding in findings)
    return [(str(Rule(rule).label), number) for rule, number in counts.most_common()]
