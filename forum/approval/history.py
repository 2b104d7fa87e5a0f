"""A registration's life in sentences: the triggers' snapshots, each compared with the one before.

Who decided stands in the registration's own columns; whose request wrote a row, in its context.
A place that became free and was given by itself is nobody's deed, whoever's request freed it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.languages import Language
from accounts.models import User
from forum.registrations.models import Registration

MOST = 200
"""So many snapshots are read; nobody changes a registration more often."""
TOLD = ("category", "organisation", "region", "job_title", "languages", "days", "ticket_number")
"""What is told before and after. Needs are not among it: they are seen by few."""


@dataclass(frozen=True)
class Step:
    """What one write did to the state: a sentence, who did it and why, where somebody did."""

    sentence: str
    by: int | None = None
    at: dt.datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Changed:
    """What was told before, and after."""

    label: str
    before: str
    after: str


@dataclass
class Event:
    """One write: when, by whom (None: by itself), and what it did."""

    at: dt.datetime
    by: User | None
    sentences: list[str] = field(default_factory=list)
    why: str = ""
    changes: list[Changed] = field(default_factory=list)


def history_of(registration: Registration) -> list[Event]:
    """Return what happened to a registration, the newest first, in two queries."""
    snapshots: Any = Registration.pgh_event_model  # type: ignore[attr-defined]
    rows = snapshots.objects.filter(pgh_obj_id=registration.pk).order_by("pgh_id")
    kept = list(rows.select_related("pgh_context", "organisation", "region")[:MOST])
    with timezone.override(registration.edition.zone):
        told = [
            (after, list(steps_of(before, after)), list(_changes(before, after)))
            for before, after in zip([None, *kept], kept, strict=False)
        ]
    who = {step.by for _row, steps, _changed in told for step in steps if step.by}
    people = User.objects.in_bulk(who | {key for row in kept if (key := _asker(row))})
    events = [_event(*one, people=people) for one in told]
    return [one for one in reversed(events) if one.sentences or one.changes]


def steps_of(before: Any, after: Any) -> Iterator[Step]:
    """Say what became of the state between two snapshots; `before` None: it was made."""
    yield from _beginning(before, after)
    yield from _approval(before, after)
    yield from _line(before, after)
    yield from _place(before, after)
    yield from _end(before, after)


def _beginning(before: Any, after: Any) -> Iterator[Step]:
    if before is None and after.registered_at is None:
        yield Step(_("Began to register; not sent yet."), after.person_id, after.started_at)
    if _came("registered_at", before, after):
        by = after.registered_by_id or after.person_id
        words = _("Came instead of somebody else.") if after.replaces_id else _("Registered.")
        yield Step(words, by, after.registered_at)
    if _came("endorsed_at", before, after):
        yield Step(_("Endorsed for the organisation."), after.endorsed_by_id, after.endorsed_at)


def _approval(before: Any, after: Any) -> Iterator[Step]:
    if _came("approval_asked_at", before, after) and not after.approved_at:
        yield Step(_("Awaits approval."), at=after.approval_asked_at)
    if _came("approved_at", before, after):
        yield Step(_("Approved."), after.approved_by_id, after.approved_at)
    if _went("approved_at", before, after):
        yield Step(_("The approval was taken back."), _asker(after))


def _line(before: Any, after: Any) -> Iterator[Step]:
    if _came("waiting_since", before, after):
        yield Step(_("No place was free: on the waiting list."), at=after.waiting_since)
    if after.moved_up_at and (before is None or before.moved_up_at != after.moved_up_at):
        why = after.moved_up_reason
        yield Step(_("Moved up on the waiting list."), after.moved_up_by_id, after.moved_up_at, why)
    if _went("moved_up_at", before, after):
        yield Step(_("Back to the own turn on the waiting list."), _asker(after))
    if _came("offered_at", before, after):
        until = date_format(timezone.localtime(after.offer_until), "DATETIME_FORMAT")
        yield Step(_("A place is kept until %(until)s.") % {"until": until}, at=after.offered_at)


def _place(before: Any, after: Any) -> Iterator[Step]:
    if _came("confirmed_at", before, after):
        if after.confirmed_by_id:
            yield Step(_("A place was given."), after.confirmed_by_id, after.confirmed_at)
        elif before is not None and before.offered_at:
            yield Step(_("Accepted the place."), after.person_id, after.confirmed_at)
        else:
            yield Step(_("A place was free: confirmed."), at=after.confirmed_at)
    if _went("confirmed_at", before, after):
        yield Step(_("The place was taken back."), _asker(after))
    if _came("arrived_at", before, after):
        yield Step(_("Arrived."), at=after.arrived_at)


def _end(before: Any, after: Any) -> Iterator[Step]:
    if _came("declined_at", before, after):
        why = after.decline_reason
        yield Step(_("Declined."), after.declined_by_id, after.declined_at, why)
    if _went("declined_at", before, after):
        yield Step(_("The refusal was taken back."), _asker(after))
    if _came("cancelled_at", before, after):
        late = after.offer_until and not after.confirmed_at and not after.cancelled_by_id
        words = _("Nobody accepted the place in time.") if late else _("Cancelled.")
        yield Step(words, after.cancelled_by_id, after.cancelled_at, after.cancel_reason)


def _event(
    row: Any, steps: list[Step], changes: list[Changed], *, people: Mapping[int, User]
) -> Event:
    """Put one write together: whoever decided did it, else whoever changed what is told."""
    decided = next((step for step in steps if step.by), None)
    at = next((step.at for step in steps if step.at), None)
    by = decided.by if decided else (_asker(row) if changes and not steps else None)
    why = next((step.why for step in steps if step.why), "")
    sentences = [step.sentence for step in steps]
    return Event(at or row.pgh_created_at, people.get(by or 0), sentences, why, changes)


def _came(name: str, before: Any, after: Any) -> bool:
    had = before is not None and getattr(before, name) is not None
    return getattr(after, name) is not None and not had


def _went(name: str, before: Any, after: Any) -> bool:
    return before is not None and getattr(before, name) is not None and not getattr(after, name)


def _changes(before: Any, after: Any) -> Iterator[Changed]:
    if before is None:
        return
    for name in TOLD:
        column: Any = Registration._meta.get_field(name)
        if getattr(before, column.attname) != getattr(after, column.attname):
            yield Changed(str(column.verbose_name), _word(before, name), _word(after, name))


def _word(row: Any, name: str) -> str:
    value = getattr(row, name)
    match name:
        case "category":
            return str(row.get_category_display())
        case "languages":
            return ", ".join(str(Language(one).label) for one in value)
        case "days":
            return ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in value) or _("all")
    return "—" if value in (None, "") else str(value)


def _asker(row: Any) -> int | None:
    """Return whose request wrote a snapshot."""
    told = row.pgh_context.metadata if row.pgh_context else {}
    return told.get("user")
