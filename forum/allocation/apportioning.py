"""Shares places out by the largest remainder (Hamilton). Plain Python, no Django.

Nobody gets less than their floor. Whose exact share is below it gets the floor, and the rest is
shared out again among the others, until all have at least theirs; then each of those others gets
the whole part of the exact share, and the places that are left go to the largest remainders.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Claim:
    """Who takes part: of equal remainders the one of the lowest `position` gets the place.

    `weight` is what places are shared out by, `floor` what may not be fallen below.
    """

    key: int
    position: int
    weight: int
    floor: int = 0


class NotEnough(ValueError):
    """The floors alone need more places (`needed`) than there are."""

    def __init__(self, needed: int) -> None:
        super().__init__(f"at least {needed} places are needed")
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Shares:
    """What each gets, by key; and who was raised to the floor, from a lower exact share."""

    places: Mapping[int, int]
    raised: frozenset[int]


def apportion(total: int, claims: Iterable[Claim]) -> Shares:
    """Share `total` places out; raises NotEnough. Without any weight, all are alike."""
    every = sorted(claims, key=lambda claim: claim.position)
    needed = sum(claim.floor for claim in every)
    if needed > total or not every:
        raise NotEnough(needed)
    if not any(claim.weight for claim in every):
        every = [Claim(one.key, one.position, 1, one.floor) for one in every]
    free, left = every, total
    while low := [one for one, share in _exact(left, free) if share < one.floor]:
        left -= sum(one.floor for one in low)
        free = [one for one in free if one not in low]
    places = {one.key: one.floor for one in every} | _largest_remainders(left, free)
    return Shares(places, frozenset(one.key for one in every if one not in free))


def _exact(total: int, claims: Sequence[Claim]) -> list[tuple[Claim, Fraction]]:
    """Give each its share as a fraction; the weights are not all 0."""
    weights = sum(claim.weight for claim in claims)
    return [(claim, Fraction(total * claim.weight, weights)) for claim in claims]


def _largest_remainders(total: int, claims: Sequence[Claim]) -> dict[int, int]:
    exact = _exact(total, claims)
    places = {claim.key: int(share) for claim, share in exact}
    left = total - sum(places.values())
    by_remainder = sorted(exact, key=lambda one: (int(one[1]) - one[1], one[0].position))
    for claim, _share in by_remainder[:left]:
        places[claim.key] += 1
    return places
