"""Issuing and withdrawing documents. Lock order: the edition, the registration, its documents."""

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.codes import new_code
from accounts.models import User
from forum.documents.errors import AlreadyWithdrawn, Busy
from forum.documents.models import Document, DocumentQuerySet, Kind
from forum.documents.rules import Facts, facts_of, reason_against
from forum.editions.locking import locked_edition
from forum.registrations.current import hold
from forum.registrations.models import Registration

CODE_LENGTH = 12
"""29 signs to the power of 12: nobody meets one by trying."""
LONGEST_REASON = 300


def issue(
    registration: Registration, *, kind: Kind | str, language: str, by: User, now: dt.datetime
) -> Document:
    """Issue a document, or return the one that says the same; raises a DocumentError.

    One that says something else, an earlier name, is withdrawn: of each kind and language one is
    valid.
    """
    with locked_edition(registration.edition_id, by=by, step="issue", busy=Busy) as edition:
        current = hold(registration.pk, edition)
        if error := reason_against(current, kind, now=now):
            raise error
        facts = facts_of(current, kind, language)
        earlier = current.documents.valid().filter(kind=kind, language=language).first()
        if earlier:
            earlier.edition = edition
            if _facts_on(earlier) == facts:
                return earlier
            reason = _("Another with what is right today was issued in its place.")
            _withdraw(current.documents.filter(pk=earlier.pk), by=by, reason=reason, now=now)
        last = edition.documents.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
        return Document.objects.create(
            edition=edition,
            registration=current,
            kind=kind,
            language=language,
            number=last + 1,
            code=new_code(CODE_LENGTH),
            name=facts.name,
            organisation=facts.organisation,
            job_title=facts.job_title,
            days=facts.days,
            issued_at=now,
            issued_by=by,
        )


def withdraw(document: Document, *, by: User, reason: str, now: dt.datetime) -> Document:
    """Withdraw a document with a reason; raises AlreadyWithdrawn."""
    with locked_edition(document.edition_id, by=by, step="withdraw", why=reason, busy=Busy):
        valid = Document.objects.valid().filter(pk=document.pk)
        if not _withdraw(valid, by=by, reason=reason, now=now):
            raise AlreadyWithdrawn
        return Document.objects.get(pk=document.pk)


def withdraw_invitations(
    *, registration: Registration, by: User | None, now: dt.datetime, **_signal: Any
) -> None:
    """Hear that somebody has no place any more, and withdraw their letters of invitation."""
    letters = registration.documents.valid().filter(kind=Kind.INVITATION)
    reason = _("The place at the forum was given up, or taken back.")
    _withdraw(letters, by=by, reason=reason, now=now)


def _withdraw(
    documents: DocumentQuerySet, *, by: User | None, reason: str, now: dt.datetime
) -> int:
    told = {"withdrawn_at": now, "withdrawn_by": by, "withdrawn_reason": reason[:LONGEST_REASON]}
    return documents.update(**told)


def _facts_on(document: Document) -> Facts:
    return Facts(document.name, document.organisation, document.job_title, document.days)
