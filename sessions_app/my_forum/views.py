"""What belongs to my forum: the calendar's address, and the changes that were seen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.registrations.access import get_live_registration
from forum.registrations.models import Registration
from sessions_app.my_forum import actions
from sessions_app.my_forum.calendar import calendar_address
from sessions_app.releases.access import get_release


@never_cache
@login_required
@require_safe
def calendar(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the calendar's secret address, and how to change it or switch it off."""
    mine = _get_mine(request, edition)
    context = {"edition": mine.edition, "calendar_address": calendar_address(mine)}
    return render(request, "sessions_app/my_forum/calendar.html", context)


@never_cache
@login_required
@require_POST
def renew(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the calendar a new address; the earlier ones end."""
    actions.renew_calendar(_get_mine(request, edition))
    messages.success(
        request, _("Your calendar has a new address. The earlier one opens nothing any more.")
    )
    return redirect("my_calendar", edition=edition)


@never_cache
@login_required
@require_POST
def switch_off(request: HttpRequest, edition: str) -> HttpResponse:
    """End the calendar's address until a new one is asked for."""
    actions.switch_calendar_off(_get_mine(request, edition), now=timezone.now())
    messages.success(request, _("Your calendar is switched off. Its address opens nothing."))
    return redirect("my_calendar", edition=edition)


@never_cache
@login_required
@require_POST
def seen(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Take in that the delegate has read what changed up to the release with that number."""
    mine = _get_mine(request, edition)
    release = get_release(mine.edition, number)
    actions.see_changes(mine, release, now=timezone.now())
    return redirect("me", edition=edition)


def _get_mine(request: HttpRequest, slug: str) -> Registration:
    person = signed_in(request)
    return get_live_registration(get_public_edition(slug, person=person), person=person)
