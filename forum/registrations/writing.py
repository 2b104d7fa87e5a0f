"""How a registration comes to be written: the consent, the body, the row, the letter."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts.codes import new_code
from accounts.locks import broken_constraint
from accounts.models import Consent, ConsentText, Organisation, Purpose, Region, User
from accounts.organisations.actions import add_organisation
from accounts.privacy.actions import agree
from forum.editions.models import Edition
from forum.quotas.holding import asks_for_region, hold_organisation_quota, rule_of
from forum.quotas.models import Category, CategoryRule
from forum.registrations import emails
from forum.registrations.current import hold
from forum.registrations.errors import (
    AlreadyRegistered,
    Busy,
    CategoryClosed,
    ConsentMissing,
    NeedsConsentMissing,
    OrganisationGone,
    RegionMissing,
    registered_already,
)
from forum.registrations.models import Registration, Status
from forum.registrations.signals import place_given

CODE_ATTEMPTS = 5


def open_rule(
    edition: Edition, category: Category | str, *, despite: bool, now: dt.datetime
) -> CategoryRule:
    """Return the rule of a category that people may register in. Raises CategoryClosed."""
    rule = rule_of(edition, category)
    if rule.closed_at and rule.closed_at <= now and not despite:
        raise CategoryClosed
    return rule


def take_consent(
    person: User, *, texts: Iterable[ConsentText], method: Consent.Method, now: dt.datetime
) -> None:
    """Write down what the person agrees to. Raises ConsentMissing without the one we need."""
    agreed = list(texts)
    take_more_consent(person, texts=agreed, method=method, now=now)
    if any(text.purpose == Purpose.PROCESSING for text in agreed):
        return
    given = Consent.objects.valid().filter(person=person)
    if not given.filter(text__purpose=Purpose.PROCESSING).exists():
        raise ConsentMissing


def take_more_consent(
    person: User, *, texts: Iterable[ConsentText], method: Consent.Method, now: dt.datetime
) -> None:
    """Write down what the person agrees to, in the language in which they read it."""
    agree(person, texts=texts, language=get_language() or "kk", method=method, now=now)


def refuse_needs_without_consent(registration: Registration) -> None:
    """Raise NeedsConsentMissing where needs are told of a person who has not agreed to that."""
    if not (registration.needs or registration.needs_note):
        return
    given = Consent.objects.valid().filter(person=registration.person_id)
    if not given.filter(text__purpose=Purpose.NEEDS).exists():
        raise NeedsConsentMissing


def draft_or_new(edition: Edition, *, person: User, by: User, now: dt.datetime) -> Registration:
    """Return the draft of `person`, held, or a new one. Raises AlreadyRegistered."""
    live = edition.registrations.live().filter(person=person).values_list("pk", flat=True)
    if (pk := live.first()) is None:
        return Registration(edition=edition, person=person, started_at=now, registered_at=None)
    found = hold(pk, edition)
    if found.registered_at:
        raise AlreadyRegistered if by == person else registered_already(person)
    return found


def settle(
    registration: Registration,
    *,
    organisation: Organisation | None,
    region: Region | None,
    by: User,
) -> None:
    """Put the organisation and the region in their places; quotas go by both."""
    edition = registration.edition
    registration.organisation = saved = _saved(organisation, by=by)
    if saved and saved.region_id:
        registration.region_id = saved.region_id
    else:
        registration.region = region
    if saved:
        hold_organisation_quota(edition, saved)
    if registration.region_id is None and asks_for_region(edition, registration.category):
        raise RegionMissing


def _saved(organisation: Organisation | None, *, by: User) -> Organisation | None:
    """Add a new organisation, and hold a known one: a foreign key would miss it at the commit.

    One that staff merged into another meanwhile stands for that.
    """
    if organisation is None:
        return None
    if organisation.pk is None:
        return add_organisation(organisation, by=by)
    held = Organisation.objects.select_for_update(no_key=True, of=("self",))
    found = held.filter(pk=organisation.pk).first()
    if found is None:
        raise OrganisationGone
    return _saved(found.merged_into, by=by) if found.merged_into_id else found


def write(registration: Registration) -> None:
    """Insert with a fresh code, another one when somebody holds that already; or save a draft."""
    if registration.pk:
        registration.save()
        return
    for _attempt in range(CODE_ATTEMPTS):
        registration.code = new_code()
        try:
            with transaction.atomic():
                registration.save(force_insert=True)
        except IntegrityError as error:
            if broken_constraint(error) == "registration_one_live":
                raise AlreadyRegistered from error
            if "code" not in broken_constraint(error):
                raise
        else:
            return
    raise Busy


def tell(registration: Registration, *, by: User, now: dt.datetime) -> None:
    """Write the letter that says how it stands, and tell whoever listens of a place."""
    match registration.status:
        case Status.CONFIRMED:
            emails.confirmed(registration, now=now)
            place_given.send(sender=Registration, registration=registration, by=by, now=now)
        case Status.OFFERED:
            emails.moved_up(registration, now=now)
        case Status.WAITING:
            emails.waiting(registration, now=now)
        case _:
            emails.received(registration, now=now)
