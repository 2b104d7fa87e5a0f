"""Who gets a place: every change of a registration's state, held under the edition's lock.

Lock order: the edition, its registrations, an organisation. The lock is `FOR NO KEY UPDATE`, so
that rows that merely point at the edition are written meanwhile.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts.codes import new_code
from accounts.locks import bounded_wait, broken_constraint
from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from accounts.organisations.actions import add_organisation
from accounts.privacy.actions import agree
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations import emails
from forum.registrations.errors import (
    AlreadyCancelled,
    AlreadyRegistered,
    Busy,
    ConsentMissing,
    EditionOver,
    NoFreePlace,
    NotWaiting,
    OrganisationGone,
    clerk_window_error,
    registered_already,
    registration_window_error,
)
from forum.registrations.models import Registration

CODE_ATTEMPTS = 5
LETTERS_UNDER_LOCK = 20
CHANGEABLE = frozenset(
    {"category", "organisation", "job_title", "languages", "needs", "needs_note"}
)


@contextmanager
def _locked(edition_id: int, *, by: User | None) -> Iterator[Edition]:
    """Open a transaction that holds the edition's row, its history signed by `by`.

    Raises Busy where it waits too long for that row, or for anything after it.
    """
    with pghistory.context(user=by.pk if by else None), bounded_wait(Busy):
        yield Edition.objects.select_for_update(no_key=True).get(pk=edition_id)


def register(
    edition: Edition,
    *,
    person: User,
    category: Category | str,
    organisation: Organisation | None,
    languages: Iterable[str],
    needs: Iterable[str],
    needs_note: str,
    job_title: str,
    consents: Iterable[ConsentText],
    now: dt.datetime,
    method: Consent.Method = Consent.Method.FORM,
    by: User | None = None,
    outside_window: bool = False,
) -> Registration:
    """Give `person` a place, or a place on the waiting list; raises a RegistrationError.

    `consents` are the texts to which the person says yes with this form; `organisation` may be a
    new one, unsaved: it is added with the registration or not at all. `by` is the clerk who
    does it for the person; who may do so before registration opens and after it closes says
    `outside_window`.
    """
    by = by or person
    with _locked(edition.pk, by=by) as locked:
        window_error = clerk_window_error if outside_window else registration_window_error
        if error := window_error(locked, now=now):
            raise error
        agree(person, texts=consents, language=get_language() or "kk", method=method, now=now)
        if (
            not Consent.objects.valid()
            .filter(person=person, text__purpose=Purpose.PROCESSING)
            .exists()
        ):
            raise ConsentMissing
        # The constraint holds it too, but its error would not know of whom to speak.
        if by != person and locked.registrations.live().filter(person=person).exists():
            raise registered_already(person)
        _move_up(locked, now=now)
        registration = _insert(
            Registration(
                edition=locked,
                person=person,
                category=category,
                organisation=_saved(organisation, by=by),
                languages=list(languages),
                needs=list(needs),
                needs_note=needs_note,
                job_title=job_title,
                region=organisation.region if organisation else None,
                started_at=now,
                registered_at=now,
                registered_by=by,
            )
        )
        if _has_free_place(locked):
            _give_place(registration, locked, now=now)
            emails.confirmed(registration, now=now)
        else:
            registration.waiting_since = now
            registration.save(update_fields=["waiting_since"])
            emails.waiting(registration, now=now)
    return registration


def change(
    registration: Registration, *, by: User, now: dt.datetime, **fields: object
) -> Registration:
    """Change what the delegate told (CHANGEABLE), until the edition's last day is over."""
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"change() does not change {', '.join(sorted(unknown))}")
    with pghistory.context(user=by.pk), bounded_wait(Busy):
        current = Registration.objects.select_for_update().get(pk=registration.pk)
        _refuse_ended(current, now=now)
        if isinstance(organisation := fields.get("organisation"), Organisation):
            fields["organisation"] = _saved(organisation, by=by)
        for name, value in fields.items():
            setattr(current, name, value)
        current.save(update_fields=list(fields))
    return current


def cancel(
    registration: Registration, *, by: User, reason: str, now: dt.datetime
) -> Registration | None:
    """End a registration and return the one that moved up into its place, if one did."""
    with _locked(registration.edition_id, by=by) as edition:
        current = Registration.objects.select_for_update().get(pk=registration.pk)
        current.edition = edition
        _refuse_ended(current, now=now)
        current.cancelled_at = now
        current.cancelled_by = by
        current.cancel_reason = reason
        current.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        emails.cancelled(current, now=now)
        moved = _move_up(edition, now=now)
    return moved[0] if moved else None


def confirm(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Give a waiting registration a place out of turn; only a free place can be given."""
    with _locked(registration.edition_id, by=by) as edition:
        current = Registration.objects.select_for_update().get(pk=registration.pk)
        current.edition = edition
        _refuse_ended(current, now=now)
        if current.confirmed_at:
            raise NotWaiting
        if not _has_free_place(edition):
            raise NoFreePlace
        _give_place(current, edition, now=now)
        emails.place_offered(current, now=now)
    return current


def promote(edition: Edition, *, now: dt.datetime, by: User | None = None) -> list[Registration]:
    """Give those who wait longest the places that are free; call it when capacity grew."""
    with _locked(edition.pk, by=by) as locked:
        return _move_up(locked, now=now)


def promote_into_added_places(
    *, edition: Edition, by: User, now: dt.datetime, **_signal: object
) -> None:
    """Hear that an edition has more places, and give them to those who wait."""
    promote(edition, by=by, now=now)


def _saved(organisation: Organisation | None, *, by: User) -> Organisation | None:
    """Add a new organisation, and hold a known one: a foreign key would miss it at the commit."""
    if organisation is None:
        return None
    if organisation.pk is None:
        return add_organisation(organisation, by=by)
    held = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk)
    if not list(held.values_list("pk")):
        raise OrganisationGone
    return organisation


def _insert(registration: Registration) -> Registration:
    """Insert with a fresh code; another code when somebody holds that one already."""
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
            return registration
    raise Busy


def _has_free_place(edition: Edition) -> bool:
    edition.refresh_from_db(fields=["places_taken"])
    return edition.capacity is None or edition.places_taken < edition.capacity


def _give_place(registration: Registration, edition: Edition, *, now: dt.datetime) -> None:
    """Confirm under the edition's lock, and count it."""
    registration.confirmed_at = now
    registration.save(update_fields=["confirmed_at"])
    edition.refresh_from_db(fields=["places_taken"])


def _move_up(edition: Edition, *, now: dt.datetime) -> list[Registration]:
    """Give free places to those who wait, in order, under the edition's lock."""
    if not _has_free_place(edition):
        return []
    waiting = edition.registrations.waiting().select_for_update(of=("self",))
    free = None if edition.capacity is None else edition.capacity - edition.places_taken
    moved = list(waiting.select_related("person")[:free])
    for registration in moved:
        registration.edition = edition
        _give_place(registration, edition, now=now)
    # Beyond these the lock would be held too long; a planner writes the rest within a minute.
    for registration in moved[:LETTERS_UNDER_LOCK]:
        emails.place_offered(registration, now=now)
    return moved


def _refuse_ended(registration: Registration, *, now: dt.datetime) -> None:
    """Raise when the registration is cancelled, or its edition's last day over.

    While one can still register (the demo never closes), one can change one's mind too.
    """
    if registration.cancelled_at:
        raise AlreadyCancelled
    edition = registration.edition
    over = now.astimezone(edition.zone).date() > edition.ends_on
    if over and not edition.registration_is_open(now=now):
        raise EditionOver
