"""Which editions a person may open: the edition, or a 404 that does not say whether it exists."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from forum.editions.models import Edition, EditionQuerySet

_NO_PAGE = gettext_noop("There is no such page, or it is not open to you.")


def _get(editions: EditionQuerySet, slug: str, *, otherwise: str) -> Edition:
    try:
        return editions.get(slug=slug)
    except Edition.DoesNotExist as error:
        raise Http404(otherwise) from error


def get_public_edition(slug: str, *, person: User | AnonymousUser | None = None) -> Edition:
    """Return the published edition `slug`; to its organisers (`person`) the unpublished one too."""
    no_edition = _("There is no such edition of the forum.")
    try:
        return _get(Edition.objects.public(), slug, otherwise=no_edition)
    except Http404:
        if person is None or not person.is_authenticated:
            raise
        return _get(Edition.objects.run_by(person), slug, otherwise=no_edition)


def get_check_in_edition(slug: str, *, person: User | AnonymousUser) -> Edition:
    """Return the edition `slug` for whom may check people in; everybody else gets the same 404."""
    checked_in_by_the_person = (
        Edition.objects.checked_in_by(person) if person.is_authenticated else Edition.objects.none()
    )
    return _get(checked_in_by_the_person, slug, otherwise=_(_NO_PAGE))


def get_organised_edition(slug: str, *, person: User | AnonymousUser) -> Edition:
    """Return the edition `slug` for whom organises it; everybody else gets the same 404."""
    run_by_the_person = (
        Edition.objects.run_by(person) if person.is_authenticated else Edition.objects.none()
    )
    return _get(run_by_the_person, slug, otherwise=_(_NO_PAGE))
