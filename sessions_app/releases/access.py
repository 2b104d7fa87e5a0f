"""Looks up an edition's releases, and what changed between two of them."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.releases.changes import Change, compare
from sessions_app.timetable.draft import all_released, released
from sessions_app.timetable.models import Release

MOST_DIGITS = 9
"""Of a release's number: what has more is in no database."""


class Pair(NamedTuple):
    """A release and the one that it is compared with; the first has none."""

    release: Release
    since: Release | None


def releases_of(edition: Edition) -> QuerySet[Release]:
    """Return the edition's releases, the newest first."""
    return Release.objects.filter(edition=edition).select_related("reverts").order_by("-number")


def get_release(edition: Edition, number: int) -> Release:
    """Return the release with that number, or a 404."""
    return _since(edition, number)[0]


def get_older_release(edition: Edition, number: int) -> Release:
    """Return a release to which one can go back: any but the newest."""
    release, *later = _since(edition, number)
    if not later:
        raise Http404(_("This is the newest release: there is nothing to go back to."))
    return release


def _since(edition: Edition, number: int) -> list[Release]:
    """Return the release with that number and the one after it, if any, or a 404."""
    found: list[Release] = []
    if len(str(number)) <= MOST_DIGITS:
        found = list(releases_of(edition).filter(number__gte=number).order_by("number")[:2])
    if not found or found[0].number != number:
        raise Http404(_("There is no such release of the programme."))
    return found


def get_pair(edition: Edition, number: int, *, since: str) -> Pair:
    """Return a release and the one that `since` names; without it, the one before."""
    release = get_release(edition, number)
    if not since:
        return Pair(release, releases_of(edition).filter(number__lt=number).first())
    if not since.isascii() or not since.isdecimal():
        raise Http404(_("There is no such release of the programme."))
    return Pair(release, get_release(edition, int(since)))


def changes_between(since: Release | None, release: Release) -> list[Change]:
    """Compare two releases; of the first, nothing is said to be new."""
    return compare(released(since.pk), released(release.pk)) if since else []


def latest_changes(edition: Edition, *, most: int) -> list[tuple[Release, list[Change]]]:
    """Return the newest releases, each with what it changed; of the first, nothing."""
    found = list(releases_of(edition)[: most + 1])
    states = all_released([release.pk for release in found])
    pairs = zip(found, [*found[1:], None], strict=False)
    compared = [
        (release, compare(states[since.pk], states[release.pk]) if since else [])
        for release, since in pairs
    ]
    return compared[:most]


def sessions_with_pages(edition: Edition) -> set[int]:
    """Return the sessions that the newest release holds: the others have no page."""
    newest = Release.objects.filter(edition=edition).newest()
    return set(newest.filter(slots__isnull=False).values_list("slots__session", flat=True))


def codes_with_pages(edition: Edition) -> set[str]:
    """Return the codes of the same sessions."""
    newest = Release.objects.filter(edition=edition).newest()
    return set(newest.filter(slots__isnull=False).values_list("slots__session__code", flat=True))
