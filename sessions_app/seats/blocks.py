"""The page on which a delegate chooses: sessions with seats, those at one time together."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.templatetags.content import wording_of
from sessions_app.seats.access import (
    begun,
    find_coming,
    live_seats_of,
    places_of,
    released_slots,
    starred_slots,
)
from sessions_app.seats.models import Seat, SeatStatus
from sessions_app.sessions.seating import SeatsState
from sessions_app.timetable.models import Slot
from sessions_app.timetable.released import When, when


@dataclass
class Offer:
    """One session as a delegate sees it; `against` is the seat of theirs at that time, if any."""

    slot: Slot
    when: When
    seat: Seat | None
    place: int | None
    starred: bool
    begun: bool
    may_take: bool
    against: Seat | None = None

    @property
    def state(self) -> SeatsState:
        """Whether seats are free; a session that never had any has no row that says so."""
        seating = getattr(self.slot.session, "seating", None)
        return SeatsState(seating.state) if seating else SeatsState.NONE

    @property
    def is_off(self) -> bool:
        """Whether the session is cancelled."""
        return self.slot.cancelled or self.slot.session.cancelled_at is not None

    @property
    def status(self) -> str:
        """What the session is to the delegate; "" where they neither sit nor wait."""
        return self.seat.status.value if self.seat else ""

    @property
    def why(self) -> str:
        """Say to whom waits for what they wait, and what would bring them on."""
        if self.place is None:
            return ""
        if self.against:
            other = wording_of(self.against.session, "title").text
            return _(
                "You have a seat in “%(session)s” at that time. Who has none gets a free seat"
                " before you; give that one back if you want this one more."
            ) % {"session": other}
        return _("When a seat becomes free, the first who has no other seat at that time gets it.")


@dataclass
class Block:
    """Sessions that overlap, one of which can be chosen: from when until when."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    offers: list[Offer] = field(default_factory=list)


@dataclass
class Choice:
    """Everything on the page. `to_choose` are the seats that clash since a session moved."""

    registration: Registration | None
    days: list[tuple[dt.date, list[Block]]]
    to_choose: list[Offer]
    stars: list[Slot]
    taken: int
    waiting: int

    @property
    def choose_until(self) -> dt.datetime | None:
        """When the first of the seats to choose from goes to somebody else."""
        asked = (offer.seat.choose_until for offer in self.to_choose if offer.seat)
        return min(filter(None, asked), default=None)


def read_choice(edition: Edition, *, person: User, now: dt.datetime) -> Choice:
    """Read it all, in at most seven queries."""
    registration = find_coming(edition, person=person)
    starred = starred_slots(person, edition=edition)
    offers = _offers(edition, registration, released_slots(edition), starred, now=now)
    seats = [offer.seat for offer in offers if offer.seat]
    with_seats = {offer.slot.session_id for offer in offers}
    return Choice(
        registration=registration,
        days=list(_days(_blocks(offers))),
        to_choose=_to_choose(offers),
        stars=[slot for slot in starred if slot.session_id not in with_seats],
        taken=sum(seat.taken_at is not None for seat in seats),
        waiting=sum(seat.taken_at is None for seat in seats),
    )


def read_offer(edition: Edition, slot: Slot, *, person: User, now: dt.datetime) -> Offer:
    """Read one session as `person` sees it."""
    registration = find_coming(edition, person=person)
    starred = starred_slots(person, edition=edition)
    (offer,) = _offers(edition, registration, [slot], starred, now=now)
    return offer


def _offers(
    edition: Edition,
    registration: Registration | None,
    slots: Iterable[Slot],
    starred: Iterable[Slot],
    *,
    now: dt.datetime,
) -> list[Offer]:
    seats = live_seats_of(registration) if registration else {}
    waits = registration and any(seat.taken_at is None for seat in seats.values())
    places: Mapping[int, int] = places_of(registration) if registration and waits else {}
    wanted = {slot.session_id for slot in starred}
    return [
        Offer(
            slot=slot,
            when=when(edition, slot.during),
            seat=seats.get(slot.session_id),
            place=places.get(slot.session_id),
            starred=slot.session_id in wanted,
            begun=begun(slot, edition, now=now),
            may_take=registration is not None,
            against=_against(slot, seats.values()),
        )
        for slot in slots
    ]


def _against(slot: Slot, seats: Iterable[Seat]) -> Seat | None:
    """Find the seat that the delegate holds at the time of `slot`, in another session."""
    for seat in seats:
        if seat.taken_at and seat.session_id != slot.session_id and _overlap(seat, slot):
            return seat
    return None


def _overlap(one: Seat, other: Slot) -> bool:
    if one.during is None:
        return False
    starts, ends = one.during.lower, one.during.upper
    return bool(starts < other.during.upper and other.during.lower < ends)


def _to_choose(offers: Iterable[Offer]) -> list[Offer]:
    """Return both sides of each clash, in order of time."""
    return [
        offer
        for offer in offers
        if offer.status == SeatStatus.TO_CHOOSE
        or (
            offer.status == SeatStatus.TAKEN
            and offer.against
            and offer.against.status == SeatStatus.TO_CHOOSE
        )
    ]


def _blocks(offers: Iterable[Offer]) -> Iterator[Block]:
    """Put together what overlaps, whole days of it if need be; `offers` are in order of time."""
    block: Block | None = None
    for offer in offers:
        starts_at, ends_at = offer.when.starts_at, offer.when.ends_at
        if block is None or starts_at >= block.ends_at:
            if block:
                yield block
            block = Block(starts_at, ends_at)
        block.ends_at = max(block.ends_at, ends_at)
        block.offers.append(offer)
    if block:
        yield block


def _days(blocks: Iterable[Block]) -> Iterator[tuple[dt.date, list[Block]]]:
    for day, found in groupby(blocks, key=lambda block: block.offers[0].when.day):
        yield day, list(found)
