"""Who gets a badge, and whose is to be printed: for the first time, or again."""

from django.db.models import Count, F, Func, Q, TextField, Value
from django.db.models.functions import MD5

from accounts.models import Region
from accounts.names import fold, translated
from forum.badges.models import Wanted
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet

SHOWN = (
    *("person__family_name", "person__given_name", "person__patronymic", "person__latin_name"),
    *translated("organisation__name"),
    *("job_title", "category", "languages", "days", "ticket_number"),
)
"""Whatever changes on a badge; with another of these it is to be printed again."""


_SAID = Func(Value("|"), *SHOWN, function="CONCAT_WS", output_field=TextField())


IS_WANTED = {
    Wanted.UNPRINTED: Q(badge__isnull=True),
    Wanted.CHANGED: Q(badge__isnull=False) & ~Q(badge__digest=F("digest")),
    Wanted.DUE: Q(badge__isnull=True) | ~Q(badge__digest=F("digest")),
    Wanted.ALL: Q(),
}


def digest_of(holder: Registration) -> str:
    """Return what `badge_holders` found beside the registration."""
    digest: str = holder.digest  # type: ignore[attr-defined]
    return digest


def badge_holders(edition: Edition) -> RegistrationQuerySet:
    """Return whose place is confirmed, each with the `digest` of what the badge says today."""
    return Registration.objects.filter(edition=edition).confirmed().annotate(digest=MD5(_SAID))


def wanted_badges(
    edition: Edition, *, wanted: Wanted | str, category: str, region: Region | None
) -> RegistrationQuerySet:
    """Return those of `badge_holders` that are asked for, by the Kazakh alphabet."""
    found = badge_holders(edition).filter(IS_WANTED[Wanted(wanted)])
    if category:
        found = found.filter(category=category)
    if region:
        found = found.filter(region=region)
    return found.order_by("person__sort_key", "pk")


def counts_of(edition: Edition) -> dict[str, int]:
    """Count, in one query, the badges of each kind and those that are not complete."""
    counted = {str(kind): Count("pk", filter=q) for kind, q in IS_WANTED.items() if q}
    return badge_holders(edition).aggregate(
        **counted,
        all=Count("pk"),
        incomplete=Count("pk", filter=Q(badge__incomplete=True)),
    )


def matching(edition: Edition, typed: str) -> RegistrationQuerySet:
    """Return those whose name, in any spelling, or code begins or goes as typed."""
    found = badge_holders(edition).select_related("person", "badge__printed_by")
    for word in fold(typed).split():
        found = found.filter(Q(code__istartswith=word) | Q(person__search_key__contains=word))
    return found.order_by("person__sort_key", "pk")
