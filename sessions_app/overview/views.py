"""The pages that show everything together."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.registrations.access import find_own_registration, place_in_queue
from forum.registrations.models import Status
from sessions_app.overview.access import letters_of, slots_of


@never_cache
@login_required
@require_safe
def me(request: HttpRequest, edition: str) -> HttpResponse:
    """My forum: my registration, where I speak, and the letters that I was sent."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = find_own_registration(found, person=person)
    waiting = mine is not None and mine.status == Status.WAITING
    context = {
        "edition": found,
        "registration": mine,
        "live": mine is not None and not mine.cancelled_at,
        "place_in_queue": place_in_queue(mine) if mine and waiting else None,
        "slots": slots_of(person, edition=found),
        "letters": letters_of(person, edition=found),
    }
    return render(request, "sessions_app/overview/me.html", context)
