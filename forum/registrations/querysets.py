"""The questions that are asked of registrations."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from forum.quotas.models import Quota

if TYPE_CHECKING:
    from forum.registrations.models import Registration


STANDING = Case(
    When(cancelled_at__isnull=False, then=Value("cancelled")),
    When(declined_at__isnull=False, then=Value("declined")),
    When(arrived_at__isnull=False, then=Value("arrived")),
    When(confirmed_at__isnull=False, then=Value("confirmed")),
    When(offered_at__isnull=False, then=Value("offered")),
    When(waiting_since__isnull=False, then=Value("waiting")),
    When(registered_at__isnull=False, then=Value("awaiting")),
    default=Value("draft"),
)
"""The status of a registration for the database, as `Registration.status` says it."""


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """The questions that are asked of registrations."""

    def live(self) -> "RegistrationQuerySet":
        """Those that have not ended, drafts too."""
        return self.filter(cancelled_at__isnull=True, declined_at__isnull=True)

    def sent(self) -> "RegistrationQuerySet":
        """Those that are live and no drafts."""
        return self.live().filter(registered_at__isnull=False)

    def confirmed(self) -> "RegistrationQuerySet":
        """Those whose place is theirs, whether they have arrived or not."""
        return self.live().filter(confirmed_at__isnull=False)

    def offered(self) -> "RegistrationQuerySet":
        """Those for whom a place is kept until they accept it."""
        return self.live().filter(confirmed_at__isnull=True, offered_at__isnull=False)

    def awaiting(self) -> "RegistrationQuerySet":
        """Those that somebody has to approve, the oldest first."""
        asked = self.sent().filter(approval_asked_at__isnull=False, approved_at__isnull=True)
        return asked.order_by("registered_at", "pk")

    def waiting(self) -> "RegistrationQuerySet":
        """Those that wait for a place, in the order in which they get one.

        Whom an organiser moved up stands first, in the order of moving up.
        """
        waiting = self.live().filter(
            waiting_since__isnull=False, confirmed_at__isnull=True, offered_at__isnull=True
        )
        return waiting.in_line()

    def in_line(self) -> "RegistrationQuerySet":
        """Put them into the order of the waiting list."""
        return self.order_by(F("moved_up_at").asc(nulls_last=True), "waiting_since", "pk")

    def ahead_of(self, registration: "Registration") -> "RegistrationQuerySet":
        """Those of the same edition that wait and stand before `registration`."""
        earlier = Q(waiting_since__lt=registration.waiting_since) | Q(
            waiting_since=registration.waiting_since, pk__lt=registration.pk
        )
        if registration.moved_up_at:
            ahead = Q(moved_up_at__lt=registration.moved_up_at) | (
                Q(moved_up_at=registration.moved_up_at) & earlier
            )
        else:
            ahead = Q(moved_up_at__isnull=False) | (Q(moved_up_at__isnull=True) & earlier)
        return self.waiting().filter(ahead, edition=registration.edition_id)

    def with_status(self, status: str) -> "RegistrationQuerySet":
        """Those whose timestamps say `status`, a value of Status; in no order."""
        confirmed = self.confirmed()
        found: dict[str, RegistrationQuerySet] = {
            "draft": self.live().filter(registered_at__isnull=True),
            "awaiting": self.awaiting(),
            "waiting": self.waiting(),
            "offered": self.offered(),
            "confirmed": confirmed.filter(arrived_at__isnull=True),
            "arrived": confirmed.filter(arrived_at__isnull=False),
            "declined": self.filter(declined_at__isnull=False, cancelled_at__isnull=True),
            "cancelled": self.filter(cancelled_at__isnull=False),
        }
        return found[status].order_by()

    def counted_by_status(self) -> dict[str, int]:
        """Count them by what their timestamps say, in one query; a status that nobody has is left
        out."""
        rows = self.order_by().values(standing=STANDING).annotate(number=Count("pk"))
        return {row["standing"]: row["number"] for row in rows}

    def within(self, quota: Quota) -> "RegistrationQuerySet":
        """Those that fall under `quota`."""
        found = self.filter(edition=quota.edition_id)
        if quota.category:
            found = found.filter(category=quota.category)
        if quota.region_id:
            found = found.filter(region=quota.region_id)
        if quota.organisation_id:
            found = found.filter(organisation=quota.organisation_id)
        return found
