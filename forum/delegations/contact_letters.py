"""What contacts hear of being one: asked, confirmed, ended. Signals of accounts, letters of ours.

The letters are about the organisation; they come from the edition that is on the home page, if
one is.
"""

import datetime as dt
from collections.abc import Mapping

from accounts.models import Contact, ContactStatus, User
from forum.editions.models import Edition
from forum.mailing.actions import draft, queue_many
from forum.mailing.emails import compose, site_url
from forum.mailing.models import Letter, LetterKind

FOLDER = "forum/delegations/letters"


def hear_of_asking(*, contact: Contact, now: dt.datetime, **_signal: object) -> None:
    """Ask the colleagues who are contacts already whether the person speaks for them."""
    colleagues = Contact.objects.confirmed().filter(organisation=contact.organisation)
    edition = _current_edition()
    queue_many(
        [
            _draft(
                one.person,
                contact,
                edition,
                LetterKind.CONTACT_ASKED,
                {"asker": contact.person, "page": _people(one.person, contact)},
                now=now,
            )
            for one in colleagues.select_related("person").order_by("pk")
        ],
        now=now,
    )


def hear_of_confirming(*, contact: Contact, now: dt.datetime, **_signal: object) -> None:
    """Tell the person what they may do from now on."""
    edition, person = _current_edition(), contact.person
    page = _people(person, contact)
    if edition:
        page = site_url(
            "delegation",
            language=person.language,
            edition=edition.slug,
            code=contact.organisation.code,
        )
    context = {"page": page, "can_register": edition is not None}
    letter = _draft(person, contact, edition, LetterKind.CONTACT_CONFIRMED, context, now=now)
    queue_many([letter], now=now)


def hear_of_ending(*, contact: Contact, now: dt.datetime, **_signal: object) -> None:
    """Tell the person why, unless they ended it themselves."""
    if contact.ended_by_id == contact.person_id:
        return
    person, declined = contact.person, contact.status == ContactStatus.DECLINED
    context = {
        "declined": declined,
        "page": site_url("my_organisations", language=person.language),
    }
    edition = _current_edition()
    letter = _draft(person, contact, edition, LetterKind.CONTACT_ENDED, context, now=now)
    queue_many([letter], now=now)


def _current_edition() -> Edition | None:
    return Edition.objects.current().first()


def _people(reader: User, contact: Contact) -> str:
    code = contact.organisation.code
    return site_url("organisation_people", language=reader.language, code=code)


def _draft(
    person: User,
    contact: Contact,
    edition: Edition | None,
    kind: LetterKind,
    context: Mapping[str, object],
    *,
    now: dt.datetime,
) -> Letter:
    told = {"person": person, "contact": contact, "organisation": contact.organisation}
    content = compose(
        f"{FOLDER}/{kind}", language=person.language, edition=edition, context={**told, **context}
    )
    return draft(
        kind=kind,
        key=f"{kind}:{contact.pk}:{person.pk}",
        edition=edition,
        content=content,
        recipient=person,
        now=now,
    )
