"""The desk's lists: sessions with how many sit, wait and star; and the people of one session."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.editions.models import Edition
from sessions_app.seats.models import Seat, Star
from sessions_app.seats.querysets import TURN
from sessions_app.sessions.models import Session
from sessions_app.sessions.seating import Seating, SeatsState
from sessions_app.timetable.models import Release, Slot

A_PAGE = 50
PEOPLE_A_PAGE = 100
FEWEST_STARS = 3
"""From how many stars on they are counted out: fewer could be recognised."""

_SEATS = Q(session__has_seats=True)
FILTERS: dict[str, tuple[str | Promise, Q]] = {
    "full": (
        pgettext_lazy("sessions", "Full"),
        _SEATS & Q(session__seating__state=SeatsState.FULL),
    ),
    "filling": (
        pgettext_lazy("sessions", "Filling up"),
        _SEATS & Q(session__seating__state=SeatsState.FILLING),
    ),
    "waiting": (_("Somebody waits"), _SEATS & Q(session__seating__waiting__gt=0)),
    "short": (
        _("More people than seats"),
        _SEATS & Q(session__seating__taken__gt=F("session__seating__capacity")),
    ),
    "without": (_("Without seats"), ~_SEATS),
}
"""The desk's filters, each with its words and its question."""


@dataclass(frozen=True)
class Row:
    """One session at the desk. `stars` is None where too few starred it to be counted out."""

    slot: Slot
    seating: Seating | None
    stars: int | None


@dataclass(frozen=True)
class Filter:
    """A chip: its words, how many sessions it shows, and where it leads."""

    words: str | Promise
    count: int
    is_current: bool
    query: str


def sessions_at_desk(edition: Edition, *, typed: str, chosen: str) -> QuerySet[Slot]:
    """Return what is published and has seats or stars, in order of time."""
    newest = Release.objects.filter(edition=edition).newest()
    stars = Star.objects.filter(session=OuterRef("session")).order_by()
    counted = stars.values("session").annotate(number=Count("pk")).values("number")
    slots = Slot.objects.filter(_SEATS | Exists(stars), release__in=newest)
    slots = slots.annotate(stars=Coalesce(Subquery(counted, IntegerField()), 0))
    if typed:
        slots = slots.filter(session__in=Session.objects.filter(edition=edition).matching(typed))
    if chosen in FILTERS:
        slots = slots.filter(FILTERS[chosen][1])
    slots = slots.select_related("session__seating", "session__track", "room")
    return slots.order_by("during__startswith", "room__position", "pk")


def rows_of(page: Page[Slot]) -> list[Row]:
    """Tell each session with what may be told of it."""
    return [
        Row(
            slot,
            getattr(slot.session, "seating", None) if slot.session.has_seats else None,
            _countable(slot.stars),  # type: ignore[attr-defined]
        )
        for slot in page.object_list
    ]


def filters_of(edition: Edition, *, typed: str, chosen: str) -> list[Filter]:
    """Count, in one query, what each filter would show."""
    found = sessions_at_desk(edition, typed=typed, chosen="").order_by()
    counts = found.aggregate(
        every=Count("pk"), **{name: Count("pk", filter=q) for name, (_words, q) in FILTERS.items()}
    )
    choices: list[tuple[str, str | Promise, int]] = [("", _("All"), counts["every"])]
    choices += [(name, words, counts[name]) for name, (words, _q) in FILTERS.items()]
    told = {"q": typed} if typed else {}
    return [
        Filter(
            words,
            count,
            name == chosen,
            "?" + urlencode(told | ({"show": name} if name else {})),
        )
        for name, words, count in choices
    ]


def people_of(session: Session) -> QuerySet[Seat]:
    """Return who sits in a session, in the order of coming, and then who waits, in turn."""
    seats = Seat.objects.live().filter(session=session).annotate(turn=TURN)
    seats = seats.select_related(
        "registration__person", "registration__organisation", "moved_up_by"
    )
    return seats.order_by(F("taken_at").asc(nulls_last=True), "turn", "waiting_since", "pk")


def page_of_people(session: Session, number: str | None) -> tuple[Page[Seat], list[Seat]]:
    """Return a page of them, each who waits with the `place` on the list."""
    page = Paginator(people_of(session), PEOPLE_A_PAGE).get_page(number)
    seating = getattr(session, "seating", None)
    taken = seating.taken if seating else 0
    seats = list(page.object_list)
    for place, seat in enumerate(seats, start=page.start_index()):
        seat.place = place - taken if seat.taken_at is None else None  # type: ignore[attr-defined]
    return page, seats


def _countable(stars: int) -> int | None:
    return None if 0 < stars < FEWEST_STARS else stars
