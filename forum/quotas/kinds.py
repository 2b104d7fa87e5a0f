"""Which kinds of organisation send delegates in a category."""

from django.utils.translation import gettext as _

from accounts.models import Organisation, OrganisationKind
from forum.quotas.models import Category

KIND_OF = {
    Category.NGO: OrganisationKind.NGO,
    Category.REPUBLICAN: OrganisationKind.NGO,
    Category.STATE: OrganisationKind.STATE,
    Category.COUNCIL: OrganisationKind.COUNCIL,
    Category.BUSINESS: OrganisationKind.BUSINESS,
    Category.MEDIA: OrganisationKind.MEDIA,
    Category.INTERNATIONAL: OrganisationKind.INTERNATIONAL,
}
"""A guest comes for any, or for none."""


def why_unfit(category: str, *, organisation: Organisation | None) -> str:
    """Say why nobody comes for `organisation` (None: for none) in `category`; "" when it fits."""
    kind = KIND_OF.get(Category(category))
    if kind is None:
        return ""
    if organisation is None:
        return _(
            "In this category one comes for an organisation. Find it, add it, or choose the "
            "category “%(guest)s”."
        ) % {"guest": Category.GUEST.label}
    if organisation.kind == kind:
        return ""
    return _(
        "You come for: %(category)s. But %(organisation)s stands in the list as: %(kind)s. Choose "
        "another category or another organisation."
    ) % {
        "category": Category(category).label,
        "organisation": organisation,
        "kind": organisation.get_kind_display(),
    }
