"""The public pages of releases: all of them, one as it was, and what changed between two."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.releases.access import (
    changes_between,
    codes_with_pages,
    get_pair,
    get_release,
    releases_of,
    sessions_with_pages,
)
from sessions_app.releases.feeds import ChangesFeed
from sessions_app.releases.sentences import tell_all
from sessions_app.timetable.programme import read_as_it_was

A_PAGE = 20


@public_page(parameters=["page"])
def releases(request: HttpRequest, edition: Edition) -> HttpResponse:
    """List the releases with what was said of them, the newest first."""
    page = Paginator(releases_of(edition), A_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "page": page}
    return render(request, "sessions_app/releases/list.html", context)


@public_page()
def release(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """Show the programme as it was in one release."""
    found = get_release(edition, number)
    days = read_as_it_was(edition, found, with_pages=sessions_with_pages(edition))
    newest = releases_of(edition).first()
    context = {"edition": edition, "release": found, "days": days, "newest": newest}
    return render(request, "sessions_app/releases/release.html", context)


@public_page(parameters=["since"])
def changes(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """Show what changed between two releases; without `since`, from the one before."""
    pair = get_pair(edition, number, since=request.GET.get("since", ""))
    context = {
        "edition": edition,
        "release": pair.release,
        "since": pair.since,
        "changes": tell_all(edition, changes_between(pair.since, pair.release)),
        "with_pages": codes_with_pages(edition),
        "others": releases_of(edition).exclude(pk=pair.release.pk)[:50],
    }
    return render(request, "sessions_app/releases/changes.html", context)


@public_page()
def changes_feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The changes of the newest releases as an Atom feed, for programs that follow it."""
    return ChangesFeed()(request, edition=edition)
