"""The desk's pages of what delegates need."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.needs import access, actions, figures
from forum.needs.access import NeedsDesk
from forum.needs.exports import needs_workbook
from forum.needs.models import Seen
from forum.registrations.access import get_own_registration
from forum.registrations.models import Need

A_PAGE = 50
LONGEST_SEARCH = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def days(request: HttpRequest, edition: str) -> HttpResponse:
    """Count what is needed on each day, and in which languages people listen."""
    desk = access.get_needs_desk(edition, person=request.user)
    tallies = figures.tallies_of(desk.edition)
    people = figures.people_by_day(desk.edition, tallies)
    context = {
        "needs": [people, *figures.needs_by_day(desk.edition, tallies, exact=desk.sees_people)],
        "understood": figures.languages_by_day(desk.edition, tallies, exact=desk.sees_people),
    }
    return _show(request, desk, "days", context)


@never_cache
@login_required
@require_safe
def sessions(request: HttpRequest, edition: str) -> HttpResponse:
    """Count for each session who expects what of it, and whom it does not serve."""
    desk = access.get_needs_desk(edition, person=request.user)
    page = Paginator(figures.sessions_of(desk.edition), A_PAGE).get_page(request.GET.get("page"))
    lines = figures.session_lines(desk.edition, list(page.object_list), exact=desk.sees_people)
    return _show(request, desk, "sessions", {"page": page, "lines": lines})


@never_cache
@login_required
@require_safe
def meals(request: HttpRequest, edition: str) -> HttpResponse:
    """Count meals for the caterer, on a page that is printed."""
    desk = access.get_needs_of_people(edition, person=request.user)
    lines = figures.meals_by_day(desk.edition, figures.tallies_of(desk.edition))
    return _show(request, desk, "meals", {"lines": lines, "total": figures.total(lines)})


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, edition: str) -> HttpResponse:
    """List who needs what; that it was looked at is written down."""
    desk = access.get_needs_of_people(edition, person=request.user)
    asked = _asked(request)
    found = access.people_with_needs(desk.edition, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    _write_down(request, desk, Seen.LIST, people=len(rows), asked=asked)
    query = urlencode({name: value for name, value in _query(asked).items() if value})
    context = {"page": page, "rows": rows, "kinds": Need, "query": query, **asked}
    return _show(request, desk, "people", context)


@never_cache
@login_required
@require_safe
def people_xlsx(request: HttpRequest, edition: str) -> HttpResponse:
    """The same list as a workbook; that it was taken is written down."""
    desk = access.get_needs_of_people(edition, person=request.user)
    asked = _asked(request)
    rows = list(access.people_with_needs(desk.edition, **asked))
    _write_down(request, desk, Seen.FILE, people=len(rows), asked=asked)
    response = HttpResponse(needs_workbook(rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{desk.edition.slug}-needs.xlsx"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask, then erase what people need before its time, once the forum is over."""
    desk = access.get_needs_of_people(edition, person=request.user)
    if request.method != "POST":
        return _show(request, desk, "erase", {})
    try:
        done = actions.erase(desk.edition, by=signed_in(request), now=timezone.now())
    except actions.NotOverYet as error:
        return _show(request, desk, "erase", {"sentence": str(error)}, status=409)
    said = ngettext(
        "What %(count)s person needs is erased.",
        "What %(count)s people need is erased.",
        done.registrations,
    )
    messages.success(request, said % {"count": done.registrations})
    return redirect("desk_needs", edition=desk.edition.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask, then erase at once what one told of one's own needs."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    own = get_own_registration(found, person=person)
    if request.method != "POST":
        context = {"edition": found, "registration": own}
        return render(request, "forum/needs/mine.html", context)
    actions.erase_of(person, edition=found, by=person, now=timezone.now())
    messages.success(request, _("What you told us about your needs is erased."))
    return redirect("me", edition=found.slug)


def _asked(request: HttpRequest) -> dict[str, str]:
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    need = request.GET.get("need", "")
    return {"typed": typed, "need": need if need in Need else ""}


def _query(asked: dict[str, str]) -> dict[str, str]:
    return {"q": asked["typed"], "need": asked["need"]}


def _write_down(
    request: HttpRequest, desk: NeedsDesk, seen: Seen, *, people: int, asked: dict[str, str]
) -> None:
    actions.write_down_look(
        desk.edition,
        by=signed_in(request),
        seen=seen,
        people=people,
        asked=" ".join(filter(None, _query(asked).values())),
        now=timezone.now(),
    )


def _show(
    request: HttpRequest, desk: NeedsDesk, page: str, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a page, with when what people need is erased."""
    context = {
        "edition": desk.edition,
        "desk": desk,
        "is_over": actions.is_over(desk.edition, now=timezone.now()),
        "erased_on": actions.erased_on(desk.edition),
        "erasure": access.last_erasure(desk.edition),
    }
    return render(request, f"forum/needs/{page}.html", context | more, status=status)
