"""The organisers' desk for speakers: who is invited, who answered, and letters to many at once."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_organised_edition
from forum.editions.models import Edition
from sessions_app.invitations import access, actions, materials
from sessions_app.invitations.actions import Sorted
from sessions_app.invitations.doors import Door
from sessions_app.invitations.errors import InvitationError
from sessions_app.invitations.parts import parts_of
from sessions_app.invitations.states import FILTERS, answer_of
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.filters import LONGEST_SEARCH

A_PAGE = 50
MOST_AT_ONCE = 500


@never_cache
@login_required
@require_safe
def speakers(request: HttpRequest, edition: str) -> HttpResponse:
    """List the speakers, those that were asked for."""
    found = get_organised_edition(edition, person=request.user)
    asked = _asked(request.GET)
    shown = access.speakers_at_desk(found, **asked)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    parts = parts_of(found, page.object_list)
    told = {"q": asked["typed"], "show": asked["chosen"]}
    context = {
        "edition": found,
        "page": page,
        "rows": [(one, answer_of(one), parts[one.pk]) for one in page.object_list],
        "filters": _filters(found, asked),
        **asked,
        "query": urlencode({name: value for name, value in told.items() if value}),
    }
    return render(request, "sessions_app/invitations/desk_speakers.html", context)


@never_cache
@login_required
@require_POST
def invite(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask first, then send the invitation to those who were chosen."""
    found, by, now = _desk(request, edition)
    return _write_to_many(
        request,
        found,
        title=_("Invite speakers"),
        look=lambda chosen: actions.invitable(found, chosen),
        act=lambda chosen: actions.invite(found, chosen, by=by, now=now),
    )


@never_cache
@login_required
@require_POST
def remind(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask first, then remind those who were chosen."""
    found, _by, now = _desk(request, edition)
    return _write_to_many(
        request,
        found,
        title=_("Remind speakers"),
        look=lambda chosen: actions.remindable(found, chosen, now=now),
        act=lambda chosen: actions.remind(found, chosen, now=now),
    )


@require_POST
def new_link(request: HttpRequest, door: Door) -> HttpResponse:
    """Make a new personal address for the speaker."""
    actions.renew_link(door.speaker, by=door.by, now=timezone.now())
    said = _("There is a new link, and the old one leads nowhere. Invite the speaker again.")
    messages.success(request, said)
    return redirect(door.address())


@require_POST
def publication(request: HttpRequest, door: Door, material: str) -> HttpResponse:
    """Publish a material of the speaker, or take it off the session's page."""
    found = access.get_own_material(door.speaker, material)
    if request.POST.get("publish") == "1":
        materials.publish_material(found, now=timezone.now())
        messages.success(request, _("The file stands on the session's page."))
    else:
        materials.hide_material(found)
        messages.success(request, _("The file no longer stands on the session's page."))
    return redirect(door.address())


def _write_to_many(
    request: HttpRequest,
    edition: Edition,
    *,
    title: str,
    look: Callable[[QuerySet[Speaker]], Sorted],
    act: Callable[[QuerySet[Speaker]], Sorted],
) -> HttpResponse:
    """Show who gets a letter and who not; once that is confirmed, write."""
    back = reverse("desk_speakers", args=[edition.slug])
    chosen = _chosen(request, edition)
    if not chosen.exists() or chosen.count() > MOST_AT_ONCE:
        said = _("Choose speakers first, at most %(count)s at once.") % {"count": MOST_AT_ONCE}
        messages.warning(request, said)
        return redirect(back)
    if "confirmed" not in request.POST:
        found = look(chosen)
        names = ("all", "q", "show", "speaker")
        hidden = [(name, value) for name in names for value in request.POST.getlist(name)]
        context = {"edition": edition, "title": title, "found": found, "hidden": hidden}
        return render(request, "sessions_app/invitations/desk_letters.html", context)
    try:
        found = act(chosen)
    except InvitationError as error:
        messages.error(request, str(error))
        return redirect(back)
    count = len(found.able)
    said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, said % {"count": count})
    return redirect(back)


def _desk(request: HttpRequest, edition: str) -> tuple[Edition, Any, Any]:
    by = signed_in(request)
    return get_organised_edition(edition, person=by), by, timezone.now()


def _asked(told: Any) -> dict[str, str]:
    chosen = told.get("show", "")
    typed = told.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    return {"typed": typed, "chosen": chosen if chosen in FILTERS else ""}


def _chosen(request: HttpRequest, edition: Edition) -> QuerySet[Speaker]:
    """Return the speakers whose boxes are ticked, or all that the list held."""
    if request.POST.get("all") == "1":
        return access.speakers_at_desk(edition, **_asked(request.POST))
    # PostgreSQL takes no null byte in a text, not even to compare with.
    codes = [code for code in request.POST.getlist("speaker") if code.isalnum()]
    codes = codes[: MOST_AT_ONCE + 1]
    return access.speakers_at_desk(edition, typed="", chosen="").filter(code__in=codes)


def _filters(edition: Edition, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Count, in one query, whom each filter would show."""
    found = access.speakers_at_desk(edition, typed=asked["typed"], chosen="").order_by()
    counts = found.aggregate(
        every=Count("pk"), **{name: Count("pk", filter=q) for name, (_words, q) in FILTERS.items()}
    )
    choices = [("", _("All"), counts["every"])]
    choices += [(name, str(words), counts[name]) for name, (words, _q) in FILTERS.items()]
    typed = {"q": asked["typed"]} if asked["typed"] else {}
    return [
        {
            "words": words,
            "count": count,
            "is_current": name == asked["chosen"],
            "query": "?" + urlencode(typed | ({"show": name} if name else {})),
        }
        for name, words, count in choices
    ]
