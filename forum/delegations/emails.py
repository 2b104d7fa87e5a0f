"""The letters about delegations, each in its reader's language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from accounts.models import Contact, Organisation, User
from forum.delegations.models import DelegateInvitation, EndorsementDenial
from forum.delegations.names import shown_name
from forum.editions.models import Edition
from forum.mailing.actions import draft, queue, queue_many, withdraw
from forum.mailing.emails import compose, site_url
from forum.mailing.models import Letter, LetterKind
from forum.registrations.models import Registration

FOLDER = "forum/delegations/letters"
MOST_NAMES = 40
"""Mail programs cut longer letters; the rest stands on the page."""


@dataclass(frozen=True)
class Denied:
    """A delegate of whom an organisation said that they are not its own."""

    name: str
    code: str
    organisation: str
    reason: str


def invitation(one: DelegateInvitation, *, now: dt.datetime) -> Letter:
    """Invite whoever reads this mailbox, with the link that is theirs alone."""
    # The closing of registration is as long as the link is of use.
    return queue(
        draft(
            kind=LetterKind.DELEGATE_INVITATION,
            key=f"{_invitation_key(one)}{one.letters}",
            edition=one.edition,
            content=compose(
                f"{FOLDER}/{LetterKind.DELEGATE_INVITATION}",
                language=one.language,
                edition=one.edition,
                context={"invitation": one, "address": invited_address(one)},
            ),
            recipient=None,
            address=one.email,
            useful_until=one.edition.registration_closes_at,
            now=now,
        ),
        now=now,
    )


def invited_address(one: DelegateInvitation) -> str:
    """Return the personal address, in the language of the letter."""
    return site_url(
        "delegate_invited",
        language=one.language,
        edition=one.edition.slug,
        code=one.code,
        secret=one.secret,
    )


def take_back_invitation(one: DelegateInvitation, *, now: dt.datetime) -> None:
    """Keep a letter back that has not gone yet."""
    withdraw(Letter.objects.filter(dedupe_key__startswith=_invitation_key(one)), now=now)


def _invitation_key(one: DelegateInvitation) -> str:
    return f"{LetterKind.DELEGATE_INVITATION}:{one.pk}:"


def replaced(registration: Registration, *, instead_of: str, by: User, now: dt.datetime) -> None:
    """Tell the other contacts of the organisation that a delegate comes instead of another."""
    contacts = Contact.objects.confirmed().filter(organisation=registration.organisation)
    told = {"name": shown_name(registration), "instead_of": instead_of, "by": by}
    queue_many(
        [
            _to_contact(
                contact.person,
                registration.organisation,
                edition=registration.edition,
                kind=LetterKind.DELEGATE_REPLACED,
                key=f"{LetterKind.DELEGATE_REPLACED}:{registration.pk}:{contact.person_id}",
                context=told,
                now=now,
            )
            for contact in contacts.exclude(person=by).select_related("person").order_by("pk")
        ],
        now=now,
    )


def endorsement_asked(
    contact: Contact,
    edition: Edition,
    *,
    delegates: Sequence[Registration],
    now: dt.datetime,
) -> Letter:
    """Draft the digest of who named the organisation and whom it has not endorsed."""
    return _to_contact(
        contact.person,
        contact.organisation,
        edition=edition,
        kind=LetterKind.ENDORSEMENT_ASKED,
        key=f"{asked_key(edition)}{contact.pk}:{_day(edition, now)}",
        context={
            "names": [shown_name(one) for one in delegates[:MOST_NAMES]],
            "more": max(len(delegates) - MOST_NAMES, 0),
        },
        now=now,
    )


def asked_key(edition: Edition) -> str:
    """Begin the keys of these digests; the contact's id and the day end them."""
    return f"{LetterKind.ENDORSEMENT_ASKED}:{edition.pk}:"


def endorsement_denied(
    organiser: User,
    edition: Edition,
    *,
    denials: Sequence[EndorsementDenial],
    now: dt.datetime,
) -> Letter:
    """Draft the digest of delegates who are none, as their organisations say."""
    with override(organiser.language):
        denied = [
            Denied(
                str(one.registration.person),
                one.registration.code,
                str(one.registration.organisation),
                one.reason,
            )
            for one in denials[:MOST_NAMES]
        ]
    return draft(
        kind=LetterKind.ENDORSEMENT_DENIED,
        key=f"{denied_key(edition)}{organiser.pk}:{_day(edition, now)}",
        edition=edition,
        content=compose(
            f"{FOLDER}/{LetterKind.ENDORSEMENT_DENIED}",
            language=organiser.language,
            edition=edition,
            context={
                "person": organiser,
                "denied": denied,
                "more": max(len(denials) - MOST_NAMES, 0),
                "address": site_url("desk", language=organiser.language, edition=edition.slug),
            },
        ),
        recipient=organiser,
        now=now,
    )


def denied_key(edition: Edition) -> str:
    """Begin the keys of these digests; the organiser's id and the day end them."""
    return f"{LetterKind.ENDORSEMENT_DENIED}:{edition.pk}:"


def _day(edition: Edition, now: dt.datetime) -> dt.date:
    return now.astimezone(edition.zone).date()


def _to_contact(
    person: User,
    organisation: Organisation | None,
    *,
    edition: Edition,
    kind: LetterKind,
    key: str,
    context: dict[str, object],
    now: dt.datetime,
) -> Letter:
    """Draft a letter to a contact, with the way to the delegation."""
    assert organisation is not None
    address = site_url(
        "delegation", language=person.language, edition=edition.slug, code=organisation.code
    )
    told = {"person": person, "organisation": organisation, "address": address}
    content = compose(
        f"{FOLDER}/{kind}", language=person.language, edition=edition, context=told | context
    )
    return draft(kind=kind, key=key, edition=edition, content=content, recipient=person, now=now)
