"""Why a contact cannot register somebody; never more than the contact may know of a person."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Consent, Organisation, Purpose, User
from accounts.names import fold
from forum.delegations.errors import CannotBeRegistered
from forum.delegations.models import DelegateInvitation, Nomination
from forum.delegations.rows import DelegateRow
from forum.editions.models import Edition
from forum.quotas.kinds import why_unfit
from forum.quotas.models import Approval, Category
from forum.quotas.rules import rules_of
from forum.registrations.errors import CategoryClosed
from forum.registrations.models import Registration


class Judge:
    """Looks at the rows of one organisation, one after the other; asks five questions at once."""

    def __init__(
        self,
        edition: Edition,
        organisation: Organisation,
        rows: Sequence[DelegateRow],
        *,
        now: dt.datetime,
    ) -> None:
        self.organisation, self.now = organisation, now
        self.rules = rules_of(edition)
        emails = {row.email.lower() for row in rows}
        self.ours = named_by_us(edition, organisation, emails)
        self.barred = barred(edition, emails)
        self.names: dict[str, int | None] = dict.fromkeys(_names(edition, organisation))
        self.emails: dict[str, int] = {}

    def why_wrong(self, row: DelegateRow) -> str:
        """Say what is wrong with the row itself, or with registering the person; "" if nothing."""
        rule = self.rules[Category(row.category)]
        first = self.emails.setdefault(row.email.lower(), row.number)
        if first != row.number:
            return _("The e-mail stands in row %(row)d already.") % {"row": first}
        if unfit := why_unfit(row.category, organisation=self.organisation):
            return unfit
        if rule.closed_at and rule.closed_at <= self.now:
            return str(CategoryClosed())
        return str(CannotBeRegistered()) if row.email.lower() in self.barred else ""

    def is_registered(self, row: DelegateRow) -> bool:
        """Whether the organisation itself has registered this e-mail."""
        return row.email.lower() in self.ours

    def why_doubtful(self, row: DelegateRow) -> str:
        """Say where the same name stands, in any spelling; "" for a new one."""
        known = self.names.setdefault(row.folded_name, row.number)
        if row.is_another or known == row.number:
            return ""
        if known is None:
            return _("A delegate of your organisation has the same name.")
        return _("In row %(row)d stands the same name.") % {"row": known}

    def awaits(self, row: DelegateRow) -> bool:
        """Whether the organisers decide; a contact's word is enough for the rest."""
        return self.rules[Category(row.category)].approval == Approval.ORGANISERS


def named_by_us(edition: Edition, organisation: Organisation, emails: Iterable[str]) -> set[str]:
    """Return those of `emails` under which the organisation itself has a delegate now."""
    live = Registration.objects.sent().filter(edition=edition, organisation=organisation)
    typed = Nomination.objects.filter(registration__in=live)
    invited = DelegateInvitation.objects.filter(organisation=organisation, registration__in=live)
    found = {
        email
        for rows in (typed, invited)
        for email in rows.order_by().values_list(Lower("email"), flat=True)
    }
    return found & set(emails)


def barred(edition: Edition, emails: Iterable[str]) -> set[str]:
    """Return those of `emails` whose people a contact cannot register, for whichever reason.

    Somebody else did, or they did themselves; they may not sign in; or they took their consent to
    processing back, which no contact can overrule.
    """
    theirs = Registration.objects.sent().filter(edition=edition, person=OuterRef("pk"))
    consents = Consent.objects.filter(person=OuterRef("pk"), text__purpose=Purpose.PROCESSING)
    given = Exists(consents.filter(withdrawn_at__isnull=True))
    withdrew = Exists(consents.filter(withdrawn_at__isnull=False)) & ~given
    people = User.objects.annotate(lower_email=Lower("email")).filter(
        Q(Exists(theirs)) | Q(is_active=False) | Q(withdrew), lower_email__in=list(emails)
    )
    return set(people.values_list("lower_email", flat=True))


def _names(edition: Edition, organisation: Organisation) -> Iterable[str]:
    """Fold the names that the contact sees in the organisation's list."""
    live = Registration.objects.sent().filter(edition=edition, organisation=organisation)
    for registration in live.select_related("person", "nomination").order_by():
        named = getattr(registration, "nomination", None)
        yield fold((named or registration.person).full_name)
