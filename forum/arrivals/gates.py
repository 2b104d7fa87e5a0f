"""Where people are checked in: the forum's entrance, and doors that other features know of.

A feature above registers a kind of gate (`register_kind`); its gates are named `<kind>:<code>`. The
main entrance lets in whom the forum's rules let in; other gates ask their kind, too.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from forum.arrivals.errors import Unreadable
from forum.arrivals.models import MAIN, Verdict
from forum.editions.models import Edition
from forum.registrations.models import Registration


@dataclass(frozen=True, slots=True)
class Gate:
    """A place where a device stands, and its name in the reader's language."""

    code: str
    title: str


class Kind(Protocol):
    """What a feature says of its gates; `code` is what stands after the kind's name."""

    def gates(self, edition: Edition) -> Iterable[Gate]:
        """Return those at which a device may stand, in the order of a list to choose from."""
        ...

    def verdict(self, registration: Registration, code: str, *, at: dt.datetime) -> Verdict | None:
        """Say what is against letting in who holds a good ticket at that moment; None: nothing."""
        ...

    def admitted(self, edition: Edition, code: str) -> set[int]:
        """Return the ids of the registrations that are let in, for devices without a network."""
        ...


_kinds: dict[str, Kind] = {}


def register_kind(name: str, kind: Kind) -> None:
    """Make a kind of gate known; done once, when the app that has it is ready."""
    _kinds[name] = kind


def gates_of(edition: Edition) -> list[Gate]:
    """Return every gate of an edition, the main entrance first."""
    main = Gate(MAIN, _("Main entrance"))
    return [main, *(gate for kind in _kinds.values() for gate in kind.gates(edition))]


def verdict_at(registration: Registration, gate: str, *, at: dt.datetime) -> Verdict | None:
    """Say what a gate has against letting in who holds a good ticket; None: nothing."""
    if gate == MAIN:
        return None
    kind, code = _kind_of(gate)
    return kind.verdict(registration, code, at=at)


def admitted_at(edition: Edition, gate: str) -> set[int] | None:
    """Return the ids of those whom a gate lets in; None: whoever has a good ticket."""
    if gate == MAIN:
        return None
    kind, code = _kind_of(gate)
    return kind.admitted(edition, code)


def is_gate(gate: object) -> bool:
    """Whether this could be a gate: the main entrance, or one of a kind that is known."""
    return (
        isinstance(gate, str)
        and len(gate) <= 60
        and (gate == MAIN or gate.partition(":")[0] in _kinds)
    )


def _kind_of(gate: str) -> tuple[Kind, str]:
    name, _colon, code = gate.partition(":")
    if name not in _kinds:
        raise Unreadable
    return _kinds[name], code
