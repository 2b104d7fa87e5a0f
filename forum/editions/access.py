"""Which editions a person may open: the edition, or a 404 that does not say whether it exists."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from forum.editions.models import Edition, EditionQuerySet


def _get(editions: EditionQuerySet, slug: str) -> Edition:
    try:
        return editions.get(slug=slug)
    except Edition.DoesNotExist as error:
        raise Http404(_("There is no such edition of the forum.")) from error


def get_public_edition(slug: str, *, person: User | AnonymousUser | None = None) -> Edition:
    """Return the published edition `slug`; to its organisers (`person`) the unpublished one too."""
    try:
        return _get(Edition.objects.public(), slug)
    except Http404:
        if person is None or not person.is_authenticated:
            raise
        return get_organised_edition(slug, person=person)


def get_organised_edition(slug: str, *, person: User | AnonymousUser) -> Edition:
    """Return the edition `slug` for whom organises it; everybody else gets a 404."""
    if not person.is_authenticated:
        raise Http404(_("There is no such edition of the forum."))
    return _get(Edition.objects.run_by(person), slug)
