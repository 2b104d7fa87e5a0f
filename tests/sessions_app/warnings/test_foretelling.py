"""A start is hindered exactly where the problems, once the session is there, would name it."""

import datetime as dt
import zoneinfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.sessions.models import Kind
from sessions_app.warnings.finding import hindrances_of, problems_of
from sessions_app.warnings.levels import DEFAULTS, OF_NO_PLACE
from sessions_app.warnings.problems import Candidate
from sessions_app.warnings.snapshot import (
    Need,
    Part,
    Person,
    Place,
    PlannedRoom,
    PlannedSession,
    Snapshot,
    Window,
    joined,
)

ROOMS, PEOPLE = range(1, 4), range(1, 3)
MORNING = dt.datetime(2025, 10, 15, 8, tzinfo=dt.UTC)
QUARTER = dt.timedelta(minutes=15)
MOVED = 99

STARTS = st.integers(min_value=-2, max_value=14).map(lambda number: MORNING + number * QUARTER)
LENGTHS = st.integers(min_value=1, max_value=3).map(lambda number: number * QUARTER)
SPANS = st.tuples(STARTS, st.integers(min_value=1, max_value=12)).map(
    lambda span: (span[0], span[0] + span[1] * QUARTER)
)
WINDOWS = st.lists(SPANS, max_size=2).map(joined)
NEEDS = st.frozensets(st.just(Need("stream")))
PARTS = st.sets(st.sampled_from(PEOPLE)).flatmap(
    lambda people: st.tuples(
        *(
            st.builds(
                Part,
                st.just(one),
                st.sampled_from(["speaker", "moderator"]),
                st.sampled_from([True, True, True, False]),
            )
            for one in sorted(people)
        )
    )
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    start = draw(STARTS)
    return Place(draw(st.sampled_from(ROOMS)), start, start + draw(LENGTHS))


@st.composite
def sessions(draw: st.DrawFn, pk: int) -> PlannedSession:
    return PlannedSession(
        pk=pk,
        code=str(pk),
        kind=draw(st.sampled_from([Kind.PLENARY, Kind.BREAK, Kind.PANEL])),
        track=draw(st.sampled_from([None, 1])),
        titles={"title_kk": "x", "title_ru": "x", "title_en": "x"},
        needs=draw(NEEDS),
        audience=draw(st.sampled_from([None, 30])),
        parts=draw(PARTS),
        place=draw(places()),
    )


@st.composite
def rooms(draw: st.DrawFn, pk: int) -> PlannedRoom:
    return PlannedRoom(
        pk=pk,
        names={},
        shared=draw(st.booleans()),
        capacity=draw(st.sampled_from([None, 20, 30])),
        building=draw(st.sampled_from([None, 1, 2])),
        offers=draw(NEEDS),
        windows=draw(WINDOWS),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Snapshot:
    count = draw(st.integers(min_value=0, max_value=5))
    return Snapshot(
        zone=zoneinfo.ZoneInfo("Asia/Almaty"),
        slug="12",
        days=Window(MORNING, MORNING + 10 * QUARTER),
        sessions={pk: draw(sessions(pk)) for pk in (*range(count), MOVED)},
        rooms={pk: draw(rooms(pk)) for pk in ROOMS},
        people={pk: Person(pk, None, True, False, draw(WINDOWS)) for pk in PEOPLE},
        walks={frozenset({1, 2}): 2 * QUARTER} if draw(st.booleans()) else {},
    )


@settings(max_examples=300, deadline=None)
@given(draft=drafts(), place=places())
def test_hindrances_foretell_problems(draft: Snapshot, place: Place) -> None:
    found = {
        problem.rule
        for problem in problems_of(draft.moved({MOVED: place}), DEFAULTS)
        if MOVED in problem.sessions and problem.rule not in OF_NO_PLACE
    }
    what = Candidate(draft.sessions[MOVED], place.end - place.start)
    hindered = {
        one.problem.rule
        for one in hindrances_of(draft, what, DEFAULTS)
        if one.room in (None, place.room) and one.start <= place.start < one.end
    }
    assert hindered == found
