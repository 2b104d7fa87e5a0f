"""What a contact sees of the delegation: each delegate's state, the places, the rules."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.delegations.access import Delegation
from forum.delegations.forms import categories_of
from forum.delegations.models import DelegateInvitation, EndorsementDenial
from forum.delegations.names import shown_name
from forum.delegations.places import Limit, Placing
from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.quotas.models import Approval, Category
from forum.quotas.rules import rules_of
from forum.registrations.errors import registration_window_error
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet
from forum.registrations.standing import Turn, turns_of

MOST_INVITATIONS = 300


@dataclass(frozen=True)
class Delegate:
    """A row of the list."""

    registration: Registration
    name: str
    email: str
    turn: Turn | None
    is_denied: bool
    undelivered: bool

    @property
    def asks_endorsement(self) -> bool:
        """Whether nobody has said that they are the organisation's."""
        return self.registration.is_live and self.registration.endorsed_at is None

    @property
    def is_ours(self) -> bool:
        """Whether the contact may end or replace it."""
        one = self.registration
        return one.is_live and one.endorsed_at is not None and one.arrived_at is None


@dataclass(frozen=True)
class Counts:
    """How many delegates stand how, drafts not counted."""

    every: int
    confirmed: int
    waiting: int
    offered: int
    awaiting: int
    to_endorse: int


def delegates_of(delegation: Delegation) -> RegistrationQuerySet:
    """Return the delegates, those to endorse first, the ended ones last; drafts are private."""
    failed = Letter.objects.filter(
        edition=delegation.edition, recipient=OuterRef("person"), failed_at__isnull=False
    )
    denied = EndorsementDenial.objects.filter(registration=OuterRef("pk"), withdrawn_at=None)
    sent = delegation.edition.registrations.filter(registered_at__isnull=False)
    found = sent.filter(organisation=delegation.organisation).annotate(
        is_over=Q(cancelled_at__isnull=False) | Q(declined_at__isnull=False),
        is_endorsed=Q(endorsed_at__isnull=False),
        is_denied=Exists(denied),
        undelivered=Exists(failed),
    )
    named = found.select_related("person", "nomination")
    return named.order_by("is_over", "is_endorsed", "registered_at", "pk")


def as_delegates(
    rows: Iterable[Registration], delegation: Delegation, *, limits: Iterable[Limit]
) -> list[Delegate]:
    """Add to each row what the page says of it."""
    rows = list(rows)
    for row in rows:
        row.edition, row.organisation = delegation.edition, delegation.organisation
    turns = turns_of(rows, full=[one.quota for one in limits if one.left <= 0 and one.quota.pk])
    return [
        Delegate(
            row,
            shown_name(row),
            row.nomination.email if hasattr(row, "nomination") else "",
            turns.get(row.pk),
            row.is_denied,  # type: ignore[attr-defined]
            row.undelivered,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def count(delegation: Delegation) -> Counts:
    """Count the delegates by their state, in one query."""
    sent = delegation.edition.registrations.filter(
        organisation=delegation.organisation, registered_at__isnull=False
    )
    live = Q(cancelled_at=None, declined_at=None)
    placed = live & Q(confirmed_at__isnull=False)
    offered = live & Q(confirmed_at=None, offered_at__isnull=False)
    waiting = live & Q(confirmed_at=None, offered_at=None, waiting_since__isnull=False)
    awaiting = live & Q(confirmed_at=None, offered_at=None, waiting_since=None)
    return Counts(
        **sent.aggregate(
            every=Count("pk"),
            confirmed=Count("pk", filter=placed),
            waiting=Count("pk", filter=waiting),
            offered=Count("pk", filter=offered),
            awaiting=Count("pk", filter=awaiting),
            to_endorse=Count("pk", filter=live & Q(endorsed_at=None)),
        )
    )


def invitations_of(delegation: Delegation) -> "QuerySet[DelegateInvitation]":
    """Return the open invitations, the newest first; who accepted stands among the delegates."""
    mine = DelegateInvitation.objects.open().filter(
        edition=delegation.edition, organisation=delegation.organisation
    )
    return mine.select_related("invited_by")[:MOST_INVITATIONS]


def limits_met(delegation: Delegation, limits: Iterable[Limit]) -> list[Limit]:
    """Return the limits under which a delegate of the organisation may fall, its own first."""
    organisation = delegation.organisation
    categories = [value for value, _label in categories_of(organisation)]
    met = [
        one
        for one in limits
        if any(
            one.quota.is_for(Placing(category, organisation.region_id, organisation.pk))
            for category in categories
        )
    ]
    return sorted(met, key=lambda one: (one.quota.organisation_id is None, one.quota.pk or 0))


def rules_in_words(delegation: Delegation, *, now: dt.datetime) -> list[str]:
    """Say how the edition takes delegates of such an organisation."""
    edition = delegation.edition
    return [
        *_about_registration(edition, now=now),
        *_about_categories(delegation, now=now),
        _("Who finds no free place waits in line; a place that becomes free goes to the first whom"
          " it fits."),
        ngettext(
            "In the last two days before the forum a free place is offered: it must be accepted"
            " within %(hours)s hour.",
            "In the last two days before the forum a free place is offered: it must be accepted"
            " within %(hours)s hours.",
            edition.offer_hours,
        ) % {"hours": edition.offer_hours},
        _("A delegate can be replaced until the forum is over, unless the person has arrived: the"
          " place passes on."),
    ]  # fmt: skip


def _about_registration(edition: Edition, *, now: dt.datetime) -> Iterator[str]:
    if error := registration_window_error(edition, now=now):
        yield str(error)
    elif closes := edition.registration_closes_at:
        day = date_format(closes.astimezone(edition.zone), "DATETIME_FORMAT")
        yield _("Registration is open. It closes: %(day)s.") % {"day": day}
    if edition.organisation_cap is not None:
        yield ngettext(
            "An organisation has %(places)s place, if the organisers have not given it others.",
            "An organisation has %(places)s places, if the organisers have not given it others.",
            edition.organisation_cap,
        ) % {"places": number_format(edition.organisation_cap, force_grouping=True)}


def _about_categories(delegation: Delegation, *, now: dt.datetime) -> Iterator[str]:
    rules = rules_of(delegation.edition)
    for value, label in categories_of(delegation.organisation):
        rule, told = rules[Category(value)], {"category": label}
        if rule.closed_at and rule.closed_at <= now:
            yield _("%(category)s: registration is closed.") % told
        elif rule.approval == Approval.ORGANISERS:
            yield _("%(category)s: the organisers approve each registration.") % told
        elif rule.approval == Approval.CONTACT:
            yield _("%(category)s: whom you endorse or register needs no other approval.") % told
