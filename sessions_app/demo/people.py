"""Makes the demo people, who can sign in with a password that everybody knows."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from accounts.codes import new_code
from accounts.models import Consent, ConsentText, Contact, Organisation, Purpose, User
from accounts.users.demo import (
    ADMIN,
    CONTACT,
    DELEGATE,
    DEMO_EMAILS,
    DEMO_PASSWORD,
    DEMO_PEOPLE,
    HELPER,
    ORGANISER,
    ORGANISER_11,
    REGISTRAR,
)
from forum.editions.models import Edition, Organiser, Role
from forum.quotas.models import Category
from forum.registrations.models import Registration
from sessions_app.demo.seats import add_own_seats

REGISTRAR_MAY = (
    *(f"{verb}_{model}" for verb in ("add", "change", "view") for model in ("organisation",)),
    *("add_contact", "view_contact", "confirm_contact", "merge_organisation"),
    "view_user",
    "view_edition",
    "add_registration",
    "change_registration",
    "view_registration",
    "change_letter",
    "view_letter",
)


def add_demo_people(*, twelfth: Edition, eleventh: Edition, now: dt.datetime) -> int:
    """Add those who are missing, with what their roles need; returns how many were added."""
    known = set(User.objects.filter(email__in=DEMO_EMAILS).values_list("email", flat=True))
    missing = [person for person in DEMO_PEOPLE if person.email not in known]
    if not missing:
        return 0
    password = make_password(DEMO_PASSWORD)  # one hash for all: hashing is slow on purpose
    made = {
        person.email: User.objects.create(
            email=person.email,
            password=password,
            family_name=person.family_name,
            given_name=person.given_name,
            language=person.language,
            is_superuser=person == ADMIN,
            is_staff=person in (ADMIN, REGISTRAR),
            date_joined=now,
        )
        for person in missing
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in made.values()
    )
    if user := made.get(ORGANISER.email):
        Organiser.objects.create(edition=twelfth, person=user, sees_needs_since=now)
    if user := made.get(ORGANISER_11.email):
        Organiser.objects.create(edition=eleventh, person=user)
    if user := made.get(HELPER.email):
        Organiser.objects.create(edition=twelfth, person=user, role=Role.CHECK_IN)
    if user := made.get(REGISTRAR.email):
        user.groups.add(_registrars())
    if user := made.get(CONTACT.email):
        _speak_for_first(user, now=now)
    if user := made.get(DELEGATE.email):
        add_own_seats(_register(twelfth, user, now=now), now=now)
        _attend(eleventh, user)
    return len(made)


def _speak_for_first(person: User, *, now: dt.datetime) -> None:
    """Be the contact of the organisation for which the demo's delegate comes.

    One of its delegates asks to be another.
    """
    organisation = Organisation.objects.order_by("pk")[0]
    Contact.objects.create(
        organisation=organisation,
        person=person,
        asked_at=now,
        confirmed_at=now,
        confirmed_by=User.objects.get(email=REGISTRAR.email),
    )
    colleague = organisation.registrations.order_by("pk")[0].person
    Contact.objects.create(organisation=organisation, person=colleague, asked_at=now)


def _registrars() -> Group:
    group, made = Group.objects.get_or_create(name="Registrars")
    if made:
        group.permissions.set(
            Permission.objects.filter(
                codename__in=REGISTRAR_MAY, content_type__app_label__in=("accounts", "forum")
            )
        )
    return group


def _register(edition: Edition, person: User, *, now: dt.datetime) -> Registration:
    """Register without a letter: the action would write one each time a demo is set up."""
    locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    text = ConsentText.objects.filter(purpose=Purpose.PROCESSING).order_by("-version")[0]
    Consent.objects.create(
        person=person,
        text=text,
        language=person.language,
        method=Consent.Method.DEMO,
        given_at=now,
    )
    organisation = Organisation.objects.select_related("region").order_by("pk")[0]
    return Registration.objects.create(
        edition=locked,
        person=person,
        code=new_code(),
        organisation=organisation,
        region=organisation.region,
        category=Category.NGO,
        languages=["kk", "ru"],
        started_at=now,
        registered_at=now,
        registered_by=person,
        confirmed_at=now,
    )


def _attend(edition: Edition, person: User) -> None:
    """Have been at a past forum: its certificate is in my forum."""
    arrived = dt.datetime.combine(edition.starts_on, dt.time(9), tzinfo=edition.zone)
    Registration.objects.create(
        edition=edition,
        person=person,
        code=new_code(),
        category=Category.NGO,
        languages=["kk", "ru"],
        started_at=arrived - dt.timedelta(days=30),
        registered_at=arrived - dt.timedelta(days=30),
        registered_by=person,
        confirmed_at=arrived - dt.timedelta(days=30),
        arrived_at=arrived,
    )
