"""Who may have which document, and what it says of them."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from accounts.languages import Language
from accounts.models import User
from forum.arrivals.models import MAIN
from forum.documents.errors import (
    DocumentError,
    ForumOver,
    NoName,
    NotConfirmed,
    NotThere,
    too_early,
)
from forum.documents.models import Kind
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.templatetags.content import wording_of
from forum.typesetting.glyphs import lost_letters, printable


@dataclass(frozen=True)
class Facts:
    """What a document says of a person; where it is the same, no other is issued."""

    name: str
    organisation: str
    job_title: str
    days: list[dt.date]


def certificates_open_at(edition: Edition) -> dt.datetime:
    """Return from when on there are certificates: when the last day is over, or as was set."""
    if edition.certificates_from:
        return edition.certificates_from
    return edition.beginning_of(edition.ends_on + dt.timedelta(days=1))


def reason_against(
    registration: Registration, kind: Kind | str, *, now: dt.datetime
) -> DocumentError | None:
    """Say why `registration` cannot have the document now; None where it can."""
    edition = registration.edition
    if kind == Kind.INVITATION:
        if not registration.is_live or not registration.confirmed_at:
            return NotConfirmed()
        return ForumOver() if edition.is_over(now=now) else None
    if not registration.is_live or not registration.arrived_at:
        return NotThere()
    opens = certificates_open_at(edition)
    return too_early(edition, opens) if now < opens else None


def name_in(person: User, language: Language | str) -> str:
    """Return the name in Latin letters for English and as in the profile otherwise.

    Where that one is missing, or holds letters that our fonts lack, the other stands for it: no
    part of a name is left out on a document. Raises NoName.
    """
    own = " ".join(filter(None, (person.family_name, person.given_name, person.patronymic)))
    names = [person.latin_name, own] if language == Language.ENGLISH else [own, person.latin_name]
    whole = (printable(name) for name in names if not lost_letters(name))
    found = next(filter(None, whole), "")
    if not found:
        raise NoName
    return found


def facts_of(registration: Registration, kind: Kind | str, language: str) -> Facts:
    """Return what the document of that kind says in `language`; raises NoName."""
    name = name_in(registration.person, language)
    if kind == Kind.CERTIFICATE:
        standing = registration.scans.standing().filter(gate=MAIN)
        return Facts(name, "", "", sorted(set(standing.values_list("day", flat=True))))
    with translation.override(language):
        body = registration.organisation
        organisation = wording_of(body, "name").text if body else ""
    return Facts(name, printable(organisation), printable(registration.job_title), [])
