"""Counts of what people need, by day and by session; small ones are hidden from most readers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.languages import Language
from forum.editions.models import Edition
from forum.needs.gatherings import Gathering, Source, Tally, sources
from forum.registrations.models import Need
from forum.templatetags.content import marked

FEWEST = 3
"""Fewer people than that could be recognised by who knows one of them (forum-facts §6)."""
DIETS = (Need.HALAL, Need.VEGETARIAN)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as its reader may see it: exactly, or that it is small."""

    number: int
    exact: bool

    @property
    def is_told(self) -> bool:
        """Whether its reader learns the number."""
        return self.exact or self.number >= FEWEST

    @property
    def is_wanting(self) -> bool:
        """Whether its reader learns that there is somebody."""
        return self.is_told and self.number > 0

    def __str__(self) -> str:
        if self.is_told:
            return number_format(self.number, force_grouping=True)
        return _("fewer than 3")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a heading, and a figure for each column."""

    heading: str
    figures: list[Figure]
    is_part: bool = False
    """Whether it is a part of the line above."""


def tallies_of(edition: Edition) -> list[Tally]:
    """Count those who hold a place, with one query, by all that matters here."""
    rows = edition.registrations.filter(holds=True).order_by()
    groups = rows.values("languages", "needs", "days").annotate(count=Count("pk"))
    return [
        Tally(
            count=row["count"],
            languages=frozenset(row["languages"]),
            needs=frozenset(row["needs"]),
            days=frozenset(row["days"]),
        )
        for row in groups
    ]


def on_day(tallies: Iterable[Tally], day: dt.date) -> list[Tally]:
    """Those who come on that day."""
    return [one for one in tallies if not one.days or day in one.days]


def count(tallies: Iterable[Tally], *needs: str) -> int:
    """Count the people who have all of `needs`."""
    return sum(one.count for one in tallies if one.needs.issuperset(needs))


def needs_by_day(edition: Edition, tallies: list[Tally], *, exact: bool) -> list[Line]:
    """Count each need on each day; a person may have several."""
    by_day = [on_day(tallies, day) for day in edition.days]
    return [
        Line(str(need.label), [Figure(count(those, need), exact) for those in by_day])
        for need in Need
    ]


def people_by_day(edition: Edition, tallies: list[Tally]) -> Line:
    """Count all who hold a place, as the desk's front page does for everybody there."""
    by_day = [on_day(tallies, day) for day in edition.days]
    return Line(_("Delegates"), [Figure(count(those), True) for those in by_day])


def languages_by_day(edition: Edition, tallies: list[Tally], *, exact: bool) -> list[Line]:
    """Count who understands each language, and who understands no other."""
    by_day = [on_day(tallies, day) for day in edition.days]
    lines = []
    for language in Language:
        understood = [[one for one in those if language in one.languages] for those in by_day]
        alone = [[one for one in those if len(one.languages) == 1] for those in understood]
        lines += [
            Line(str(language.label), [Figure(count(those), exact) for those in understood]),
            Line(
                _("no other than this one"),
                [Figure(count(those), exact) for those in alone],
                is_part=True,
            ),
        ]
    return lines


def meals_by_day(edition: Edition, tallies: list[Tally]) -> list[Line]:
    """Count meals for the caterer, exactly: each person in one row, and who comes as assistants."""
    by_day = [on_day(tallies, day) for day in edition.days]

    def line(heading: str, *diets: str) -> Line:
        figures = []
        for those in by_day:
            eaters = [one for one in those if one.needs.intersection(DIETS) == set(diets)]
            figures.append(Figure(count(eaters), True))
        return Line(heading, figures)

    assistants = [Figure(count(those, Need.ASSISTANT), True) for those in by_day]
    return [
        line(_("Halal"), Need.HALAL),
        line(_("Vegetarian"), Need.VEGETARIAN),
        line(_("Halal and vegetarian"), *DIETS),
        line(_("Any food")),
        Line(_("Assistants, of whose food we know nothing"), assistants),
    ]


def total(lines: Sequence[Line]) -> list[Figure]:
    """Add lines up, column by column."""
    columns = zip(*(line.figures for line in lines), strict=True)
    return [Figure(sum(each.number for each in column), True) for column in columns]


Known = tuple[Gathering, Source]
"""A gathering, and where its people are known."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What the people of one session need, and how many of them it does not serve."""

    gathering: Gathering
    expected: Figure
    not_understanding: Figure
    not_served: Figure
    wanted: list[str]
    sign: Figure
    loop: Figure
    wheelchair: Figure

    @property
    def title(self) -> SafeString:
        """The session's title, marked where it stands in another language."""
        return marked(self.gathering.title)

    @property
    def place(self) -> SafeString:
        """The room's name."""
        return marked(self.gathering.place)

    @property
    def lacks_interpretation(self) -> bool:
        """Whether people understand neither a working language nor an interpretation."""
        return self.not_served.is_wanting

    @property
    def lacks_sign(self) -> bool:
        """Whether somebody needs sign language, and there is none."""
        return self.sign.is_wanting and not self.gathering.sign_language

    @property
    def lacks_loop(self) -> bool:
        """Whether somebody needs a hearing loop, and there is none."""
        return self.loop.is_wanting and not self.gathering.hearing_loop


def sessions_of(edition: Edition) -> list[Known]:
    """Return what people gather for, each with who told of it, in order of time."""
    found = [(one, source) for source in sources for one in source.gatherings(edition)]
    return sorted(found, key=lambda known: (known[0].starts_at, known[0].title.text))


def session_lines(edition: Edition, shown: Sequence[Known], *, exact: bool) -> list[SessionLine]:
    """Count for each gathering; of a language that nobody told nothing follows."""
    everybody = tallies_of(edition)
    by_day = {day: on_day(everybody, day) for day in {one.day for one, _source in shown}}
    groups = {
        source: source.tallies(edition, {o.group for o, s in shown if s == source and o.group})
        for source in {source for _one, source in shown}
    }
    lines = []
    for one, source in shown:
        those = by_day[one.day] if one.group is None else groups[source].get(one.group, [])
        lost = [each for each in those if _is_lost(each, one.working_languages)]
        unserved = [each for each in lost if not each.languages & one.interpretation]
        lines.append(
            SessionLine(
                gathering=one,
                expected=Figure(count(those), exact),
                not_understanding=Figure(count(lost), exact),
                not_served=Figure(count(unserved), exact),
                wanted=_wanted(unserved, exact=exact),
                sign=Figure(count(those, Need.SIGN), exact),
                loop=Figure(count(those, Need.LOOP), exact),
                wheelchair=Figure(count(those, Need.WHEELCHAIR), exact),
            )
        )
    return lines


def _is_lost(tally: Tally, working: frozenset[str]) -> bool:
    """Tell whether these people understand none of the working languages."""
    return bool(working and tally.languages) and not tally.languages & working


def _wanted(tallies: list[Tally], *, exact: bool) -> list[str]:
    """Say into which languages interpretation is wanted, and for how many, the most first."""
    counts: Counter[frozenset[str]] = Counter()
    for one in tallies:
        counts[one.languages] += one.count
    found = []
    for languages, number in sorted(counts.items(), key=lambda pair: (-pair[1], sorted(pair[0]))):
        names = [str(each.label) for each in Language if each in languages]
        figure = Figure(number, exact)
        if figure.is_told:
            found.append(f"{' / '.join(names)}: {figure}")
    return found
