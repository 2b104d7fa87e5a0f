"""Small programmes for the solver: one by hand, and hypothesis's own."""

from typing import Any

from hypothesis import strategies as st

from sessions_app.solver.problem import Place, Problem, Room, Session, Span, Speaker

DAY = 48


def small(**changed) -> Problem:
    """Two rooms, two days of one block of nine units each, four sessions."""
    parts: dict[str, Any] = {
        "rooms": (Room("Hall", 100, frozenset({"interpretation"})), Room("Den", 20)),
        "speakers": (Speaker("Aigul"), Speaker("Bolat")),
        "sessions": (
            Session("a", 4, track="t", speakers=("Aigul",), audience=50),
            Session("b", 4, track="t", speakers=("Aigul",), audience=15),
            Session("c", 2, speakers=("Bolat",), audience=30),
            Session("d", 2, features=frozenset({"interpretation"})),
        ),
        "blocks": (Span(8, 17), Span(DAY + 8, DAY + 17)),
        "units_a_day": DAY,
        "min_gap": 1,
        "wishes": {("a", "c"): 3, ("b", "d"): 2},
    }
    return Problem(**(parts | changed))


@st.composite
def problems(draw) -> Problem:
    spans = st.sampled_from(
        [(), (Span(0, DAY),), (Span(0, 14), Span(DAY, 2 * DAY)), (Span(10, 80),)]
    )
    features = st.frozensets(st.sampled_from(["interpretation", "livestream"]), max_size=1)
    rooms = tuple(
        Room(f"R{n}", draw(st.integers(0, 100)), draw(features), draw(spans))
        for n in range(draw(st.integers(1, 3)))
    )
    speakers = tuple(Speaker(f"P{n}", draw(spans)) for n in range(3))
    names = [f"S{n}" for n in range(draw(st.integers(1, 10)))]
    blocks = (Span(6, 18), Span(20, 30), Span(DAY + 6, DAY + 18))
    starts = st.sampled_from([None, None, None, 8, 20, DAY + 7])
    sessions = tuple(
        Session(
            name,
            duration=draw(st.integers(1, 5)),
            plenary=draw(st.integers(0, 9)) == 0,
            track=draw(st.sampled_from([None, "t", "u"])),
            speakers=tuple(draw(st.lists(st.sampled_from(["P0", "P1", "P2"]), max_size=2))),
            audience=draw(st.integers(0, 120)),
            features=draw(features),
            pin_start=draw(starts),
            pin_room=draw(st.sampled_from([None, None, None, "R0"])),
        )
        for name in names
    )
    pairs = [(first, second) for first in names for second in names if first < second]
    some = st.lists(st.sampled_from(pairs), max_size=3, unique=True) if pairs else st.just([])
    return Problem(
        rooms=rooms,
        speakers=speakers,
        sessions=sessions,
        blocks=blocks,
        units_a_day=DAY,
        min_gap=draw(st.integers(0, 3)),
        before=tuple(draw(some)),
        max_parallel={"t": draw(st.integers(1, 3))},
        wishes={pair: draw(st.integers(0, 5)) for pair in draw(some)},
        published={names[0]: Place(9, "R0")} if draw(st.booleans()) else {},
    )
