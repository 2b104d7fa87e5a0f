"""Writes the fictional organisations."""

import datetime as dt

from accounts.models import LegalForm, Organisation, Region, RegisterStatus
from forum.quotas.models import Category
from sessions_app.demo.content_editions import Texts
from sessions_app.demo.content_people import (
    BRANCH_BIN,
    FOUNDATIONS_FIRST,
    HEAD_BINS,
    LONG_NAME,
    NAMES,
    OFFICE_BIN,
    QUOTAS,
)
from sessions_app.demo.programme import in_languages

LONG_NAMED = 2
BRANCH, OFFICE = 50, 271
DOUBLED = 3
DOUBLE_NAME = Texts("Мысал 03 қоғамдық қоры", "Общественный фонд Пример 03", "Example 03")
IN_THE_REGISTER = {
    4: RegisterStatus.SUSPENDED,
    5: RegisterStatus.INACTIVE,
    6: RegisterStatus.LIQUIDATION,
}
"""What the register says of some; it has the others as active."""


def add_organisations(*, now: dt.datetime) -> dict[Category, list[Organisation]]:
    """Add all of them, those of a quota together; regional ones stand in the regions in turn."""
    regions = list(Region.objects.order_by("position"))
    made: dict[Category, list[Organisation]] = {}
    first = 1
    for quota in QUOTAS:
        rows = []
        for number in range(first, first + quota.organisations):
            legal_form, name = _called(number, quota.category)
            rows.append(
                Organisation(
                    kind=quota.kind,
                    legal_form=legal_form,
                    bin=_bin(number),
                    register_status=IN_THE_REGISTER.get(number, RegisterStatus.ACTIVE),
                    region=regions[(number - first) % len(regions)] if quota.regional else None,
                    added_at=now,
                    **in_languages("name", name),
                )
            )
        made[quota.category] = Organisation.objects.bulk_create(rows)
        first += quota.organisations
    _add_double(made[Category.NGO][DOUBLED - 1])
    return made


def _add_double(organisation: Organisation) -> None:
    """Add it once more, as a delegate types a name in a hurry: without BIN, quotes and hyphen."""
    Organisation.objects.create(
        legal_form=organisation.legal_form,
        region=organisation.region,
        **in_languages("name", DOUBLE_NAME),
    )


def _called(number: int, category: Category) -> tuple[LegalForm, Texts]:
    if number == LONG_NAMED:
        return LegalForm.PUBLIC_FOUNDATION, LONG_NAME
    if number == BRANCH:
        return LegalForm.BRANCH, Texts(
            "ҚҚ «Мысал-01» филиалы", "Филиал ОФ «Пример-01»", "Example-01 Foundation, branch"
        )
    if number == OFFICE:
        return LegalForm.BRANCH, Texts(
            "«Мысал-271» халықаралық ұйымының өкілдігі",
            "Представительство международной организации «Пример-271»",
            "Example-271 International, representative office",
        )
    forms = NAMES[category]
    legal_form, name = forms[0 if number <= FOUNDATIONS_FIRST else number % len(forms)]
    return legal_form, Texts(*(text.format(n=f"{number:02d}") for text in name))


def _bin(number: int) -> str | None:
    if number == BRANCH:
        return BRANCH_BIN
    if number == OFFICE:
        return OFFICE_BIN
    return HEAD_BINS[number - 1] if number <= len(HEAD_BINS) else None
