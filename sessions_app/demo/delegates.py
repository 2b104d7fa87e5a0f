"""Writes the fictional delegates and their registrations, in bulk: actions would take minutes.

What the actions hold is held here too: nobody registers without having agreed. No letters
are written: nobody would get them.
"""

import datetime as dt
import itertools
from collections.abc import Mapping

from django.contrib.auth.hashers import make_password

from accounts.codes import new_code
from accounts.languages import Language
from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Need, Registration
from sessions_app.demo.content_people import QUOTAS, delegate_name

FIRST_DAY = dt.datetime(2025, 9, 1, 4, tzinfo=dt.UTC)
DAYS = 42
CANCELLED = frozenset({41, 412})
LANGUAGES = (Language.KAZAKH, Language.RUSSIAN, Language.KAZAKH, Language.RUSSIAN, Language.KAZAKH)
NEEDS = (
    (11, Need.HALAL),
    (23, Need.PRAYER),
    (37, Need.VEGETARIAN),
    (71, Need.LARGE_PRINT),
    (97, Need.SIGN),
    (101, Need.WHEELCHAIR),
    (202, Need.ASSISTANT),
    (311, Need.LOOP),
)
"""Every so manieth delegate has that need."""
NOTES = {101: "Өзімнің кресло-арбаммен келемін.", 202: "Со мной приедет сестра."}
ONE_LANGUAGE = 6
"""Every so manieth delegate understands one language alone."""


def add_delegates(
    edition: Edition, organisations: Mapping[Category, list[Organisation]]
) -> list[Registration]:
    """Add the delegates by the quotas, with consents, spread over the weeks before the forum."""
    seats = [
        (quota.category, organisations[quota.category][place % quota.organisations])
        for quota in QUOTAS
        for place in range(quota.delegates)
    ]
    moments = _moments(len(seats))
    people = User.objects.bulk_create(
        made_person(number, category, joined=moments[number - 1])
        for number, (category, _) in enumerate(seats, start=1)
    )
    add_consents(people)
    registrations = Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=code,
            organisation=organisation,
            category=category,
            region=organisation.region,
            started_at=person.date_joined,
            languages=_languages(number, person),
            needs=_needs(number),
            needs_note=NOTES.get(number, ""),
            registered_at=person.date_joined,
            confirmed_at=person.date_joined,
            **(_cancellation(person) if number in CANCELLED else {}),
        )
        for number, (person, (category, organisation), code) in enumerate(
            zip(people, seats, free_codes(len(seats)), strict=True), start=1
        )
    )
    return registrations


def _needs(number: int) -> list[Need]:
    return [need for every, need in NEEDS if number % every == 0]


def _languages(number: int, person: User) -> list[str]:
    alone = person.language == Language.ENGLISH or number % ONE_LANGUAGE == 0
    return [person.language] if alone else [Language.KAZAKH, Language.RUSSIAN]


def made_person(number: int, category: Category, *, joined: dt.datetime) -> User:
    """Make up the person of a number, unsaved."""
    language = LANGUAGES[number % len(LANGUAGES)]
    if category == Category.INTERNATIONAL or number == 4:
        language = Language.ENGLISH
    name = delegate_name(number, language)
    return User(
        email=f"p{number:02d}@example.org",
        password=make_password(None),
        family_name=name.family,
        given_name=name.given,
        patronymic=name.patronymic,
        latin_name=name.latin,
        language=language,
        # The fictional numbers end at 99.
        phone=f"+771720000{number:02d}" if number < 100 else "",
        date_joined=joined,
    )


def _cancellation(person: User) -> dict[str, object]:
    return {
        "cancelled_at": person.date_joined + dt.timedelta(days=1),
        "cancelled_by": person,
        "cancel_reason": "Иссапарға кетемін.",
    }


def add_consents(people: list[User]) -> None:
    """Let each have agreed when they joined."""
    texts = {text.purpose: text for text in ConsentText.objects.order_by("version")}
    Consent.objects.bulk_create(
        Consent(
            person=person,
            text=texts[purpose],
            language=person.language,
            method=Consent.Method.DEMO,
            given_at=person.date_joined,
        )
        for number, person in enumerate(people, start=1)
        for purpose in Purpose
        # Only the first is needed for coming; four of five publish their name, as people do.
        if purpose == Purpose.PROCESSING
        or (purpose == Purpose.PUBLICATION and number % 5)
        or (purpose == Purpose.NEEDS and _needs(number))
        or (purpose == Purpose.CROSS_BORDER and person.language == Language.ENGLISH)
    )


def _moments(count: int) -> list[dt.datetime]:
    """Spread over DAYS, more of them the nearer the forum, fewer at weekends."""
    days = [FIRST_DAY + dt.timedelta(days=day) for day in range(DAYS)]
    weights = [(3 + n) * (1 if day.weekday() >= 5 else 4) for n, day in enumerate(days)]
    ends = list(itertools.accumulate(weights))
    moments = []
    for place in range(count):
        # 389 has no factor in common with 700: who registers when does not follow the numbers.
        share = (place * 389 % count) * ends[-1] / count
        day = next(n for n, end in enumerate(ends) if share < end)
        moments.append(days[day] + dt.timedelta(minutes=(place * 97) % 600))
    return moments


def free_codes(count: int) -> list[str]:
    """Make `count` codes that no registration has."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
        if len(codes) == count:
            codes -= set(Registration.objects.filter(code__in=codes).values_list("code", flat=True))
    return list(codes)
