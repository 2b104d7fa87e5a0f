"""The pages of releases: for the public, and at the desk, where they are made."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_organised_edition
from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.releases.access import (
    changes_between,
    codes_with_pages,
    get_older_release,
    get_pair,
    get_release,
    releases_of,
    sessions_with_pages,
)
from sessions_app.releases.actions import publish, revert
from sessions_app.releases.feeds import ChangesFeed
from sessions_app.releases.forms import ReleaseForm
from sessions_app.releases.preview import preview, preview_revert
from sessions_app.releases.sentences import tell_all
from sessions_app.timetable.models import Release
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


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_release(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what publishing the draft would do, and do it if that is what was seen."""
    found = get_organised_edition(edition, person=request.user)
    form, now = _form_of(request), timezone.now()
    outcome = form.carry_out(partial(publish, found, by=signed_in(request), now=now))
    if outcome.release:
        return _published(request, outcome.release)
    context = {
        "edition": found,
        "form": form,
        "outcome": outcome,
        "preview": preview(found, now=now),
    }
    page = "sessions_app/releases/desk_release.html"
    return render(request, page, context, status=outcome.status)


@never_cache
@login_required
@require_safe
def desk_releases(request: HttpRequest, edition: str) -> HttpResponse:
    """List the releases, who made them, and whether everybody was told."""
    found = get_organised_edition(edition, person=request.user)
    rows = releases_of(found).select_related("reverts", "published_by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    newest = rows.first()
    context = {"edition": found, "page": page, "newest": newest}
    context["is_past"] = found.is_over(now=timezone.now())
    return render(request, "sessions_app/releases/desk_releases.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_revert(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Ask whether to go back to an older release, and do it if what was seen still holds."""
    found = get_organised_edition(edition, person=request.user)
    release, now = get_older_release(found, number), timezone.now()
    form = _form_of(request)
    outcome = form.carry_out(partial(revert, found, release, by=signed_in(request), now=now))
    if outcome.release:
        return _published(request, outcome.release)
    context = {
        "edition": found,
        "release": release,
        "form": form,
        "outcome": outcome,
        "preview": preview_revert(found, release, now=now),
    }
    page = "sessions_app/releases/desk_revert.html"
    return render(request, page, context, status=outcome.status)


def _form_of(request: HttpRequest) -> ReleaseForm:
    return ReleaseForm(request.POST if request.method == "POST" else None)


def _published(request: HttpRequest, release: Release) -> HttpResponse:
    """Say as which release the programme stands: no new one, where nothing had changed."""
    said = _("The programme stands as release %(number)s.") % {"number": release.number}
    messages.success(request, said)
    return redirect("desk_releases", edition=release.edition.slug)
