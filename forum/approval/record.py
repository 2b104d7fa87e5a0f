"""One registration at the desk: how it stands, what can be done, its history and its letters."""

from dataclasses import dataclass
from typing import Any

from forum.approval.history import history_of
from forum.approval.models import Step
from forum.approval.places import Limit, Limits, limits_for
from forum.approval.steps import ASKED_FIRST, STEPS
from forum.mailing.models import Letter
from forum.registrations.models import Registration, Status
from forum.registrations.standing import place_in_line

MOST_LETTERS = 30


@dataclass(frozen=True)
class Place:
    """At which place of which line somebody waits; None: nothing is full."""

    number: int
    limit: Limit | None


def record_of(registration: Registration) -> dict[str, Any]:
    """Return what the page shows, in at most five queries."""
    limits = limits_for(registration.edition, [registration])
    return {
        "registration": registration,
        "person": registration.person,
        "limits": limits.of(registration),
        "place": place_of(registration, limits) if registration.status == Status.WAITING else None,
        "steps": [(step, step in ASKED_FIRST) for step in steps_of(registration)],
        "events": history_of(registration),
        "letters": letters_of(registration),
    }


def place_of(registration: Registration, limits: Limits) -> Place:
    """Return the place in the line of the narrowest limit that is full."""
    limit = next(iter(limits.full(registration)), None)
    return Place(place_in_line(registration, limit.quota if limit else None), limit)


def steps_of(registration: Registration) -> list[Step]:
    """Return what can be done with it now."""
    steps = list(STEPS[registration.status])
    decided = registration.declined_at or registration.approved_at or registration.confirmed_by_id
    if Step.REOPEN in steps and not decided:
        steps.remove(Step.REOPEN)
    if registration.status == Status.WAITING and registration.moved_up_at:
        steps.insert(2, Step.MOVE_BACK)
    return steps


def letters_of(registration: Registration) -> list[Letter]:
    """Return the newest letters to the person about the edition, withdrawn ones too."""
    letters = Letter.objects.filter(
        recipient=registration.person_id, edition=registration.edition_id
    )
    return list(letters.defer("html", "calendar").order_by("-created_at", "-pk")[:MOST_LETTERS])
