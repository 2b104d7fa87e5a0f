"""Hamilton with floors: examples that one can check by hand, and what must hold for any."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.allocation.apportioning import Claim, NotEnough, Shares, apportion


def claims(*weights: int, floors: tuple[int, ...] = ()) -> list[Claim]:
    floors = floors or (0,) * len(weights)
    return [
        Claim(key=number, position=number, weight=weight, floor=floor)
        for number, (weight, floor) in enumerate(zip(weights, floors, strict=True), start=1)
    ]


def shared(total: int, *weights: int, floors: tuple[int, ...] = ()) -> list[int]:
    return list(apportion(total, claims(*weights, floors=floors)).places.values())


def test_the_largest_remainders_get_what_is_left() -> None:
    # Exact shares: 2.333, 1.444, 1.222.
    assert shared(5, 21, 13, 11) == [2, 2, 1]


def test_equal_weights_share_alike_and_the_first_by_position_get_the_rest() -> None:
    assert shared(500, *[1] * 20) == [25] * 20
    assert shared(22, *[1] * 4) == [6, 6, 5, 5]


def test_without_any_weight_all_are_alike() -> None:
    assert shared(5, 0, 0) == [3, 2]


def test_a_weight_of_nothing_gets_nothing_beside_others() -> None:
    assert shared(5, 3, 0) == [5, 0]


def test_what_is_taken_is_never_fallen_below_and_the_others_share_the_rest() -> None:
    # By weight alone it would be 6, 3, 1.
    shares = apportion(10, claims(60, 30, 10, floors=(0, 0, 4)))
    assert shares == Shares({1: 4, 2: 2, 3: 4}, frozenset({3}))


def test_raising_one_may_raise_another() -> None:
    # After the third takes 6 of 10, the second's exact share falls from 3 to 1.33, below 2.
    assert shared(10, 60, 30, 10, floors=(0, 2, 6)) == [2, 2, 6]


def test_floors_that_need_more_than_there_is_are_told() -> None:
    with pytest.raises(NotEnough) as error:
        apportion(10, claims(1, 1, floors=(6, 5)))
    assert error.value.needed == 11


def test_the_paradox_of_alabama_is_known() -> None:
    """More places may cost one of several its last: the largest remainder has this property."""
    assert shared(10, 6, 6, 2) == [4, 4, 2]
    assert shared(11, 6, 6, 2) == [5, 5, 1]


@st.composite
def tasks(draw: st.DrawFn, *, floored: bool = True) -> tuple[int, list[Claim]]:
    count = draw(st.integers(1, 22))
    weights = draw(st.lists(st.integers(0, 3000), min_size=count, max_size=count))
    most = 40 if floored else 0
    floors = draw(st.lists(st.integers(0, most), min_size=count, max_size=count))
    total = sum(floors) + draw(st.integers(0, 2000))
    return total, claims(*weights, floors=tuple(floors))


@given(tasks())
def test_all_places_are_shared_out_and_no_more(task: tuple[int, list[Claim]]) -> None:
    total, every = task
    assert sum(apportion(total, every).places.values()) == total


@given(tasks())
def test_nobody_falls_below_the_floor(task: tuple[int, list[Claim]]) -> None:
    total, every = task
    places = apportion(total, every).places
    assert [one for one in every if places[one.key] < one.floor] == []


@given(tasks(floored=False))
def test_each_gets_the_exact_share_rounded_down_or_up(task: tuple[int, list[Claim]]) -> None:
    total, every = task
    weights = sum(one.weight for one in every)
    places = apportion(total, every).places
    for one in every:
        exact = Fraction(total * one.weight, weights) if weights else Fraction(total, len(every))
        assert abs(places[one.key] - exact) < 1


@given(tasks())
def test_those_not_raised_get_their_share_of_the_rest_rounded(
    task: tuple[int, list[Claim]],
) -> None:
    total, every = task
    shares = apportion(total, every)
    free = [one for one in every if one.key not in shares.raised]
    left = total - sum(shares.places[key] for key in shares.raised)
    weights = sum(one.weight for one in free)
    for one in free:
        exact = Fraction(left * one.weight, weights) if weights else Fraction(left, len(free))
        assert abs(shares.places[one.key] - exact) < 1


@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_named_changes_nothing(
    task: tuple[int, list[Claim]], chance: st.DataObject
) -> None:
    total, every = task
    mixed = list(every)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert apportion(total, mixed) == apportion(total, every)


@given(tasks())
def test_who_weighs_more_with_no_lower_floor_gets_no_less(
    task: tuple[int, list[Claim]],
) -> None:
    total, every = task
    places = apportion(total, every).places
    if not any(one.weight for one in every):
        return
    for one in every:
        for other in every:
            if one.weight > other.weight and one.floor >= other.floor:
                assert places[one.key] >= places[other.key]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=22).map(tuple), st.integers(0, 500))
def test_in_equal_shares_one_place_more_costs_nobody_any(
    floors: tuple[int, ...], more: int
) -> None:
    total = sum(floors) + more
    equal = [1] * len(floors)
    before, after = (shared(places, *equal, floors=floors) for places in (total, total + 1))
    assert [old for old, new in zip(before, after, strict=True) if new < old] == []


@given(tasks())
def test_the_same_question_has_the_same_answer(task: tuple[int, list[Claim]]) -> None:
    total, every = task
    assert apportion(total, every) == apportion(total, every)
