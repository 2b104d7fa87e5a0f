"""The two ways to a speaker's pages: their personal link, and the organisers' desk.

The same views answer behind both; a door says who came, and where the other pages are.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import pghistory
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.limits import too_many, within_limit
from accounts.users.access import signed_in
from accounts.users.models import User
from forum.editions.access import get_organised_edition
from forum.editions.models import Edition
from sessions_app.invitations.access import get_speaker_at_desk, get_speaker_by_secret
from sessions_app.speakers.models import Speaker


@dataclass(frozen=True)
class Door:
    """A speaker's pages for who came: `by` is an organiser, nobody where it is the speaker."""

    edition: Edition
    speaker: Speaker
    by: User | None
    names: str
    args: dict[str, str]

    @property
    def frame(self) -> str:
        """The template around each page."""
        return f"sessions_app/invitations/{'desk' if self.by else 'speaker'}_frame.html"

    def address(self, page: str = "", **more: str) -> str:
        """Return where a page about this speaker is; without a name, the first one."""
        name = f"{self.names}_{page}" if page else self.names
        return reverse(name, kwargs={**self.args, **more})


DoorView = Callable[..., HttpResponseBase]
"""A view `(request, door: Door, …)`; what else stands in the address follows by name."""


def by_link(view: DoorView) -> DoorView:
    """Open a view to whom has the speaker's personal address."""

    @never_cache
    @functools.wraps(view)
    def answer(
        request: HttpRequest, edition: str, code: str, secret: str, **more: str
    ) -> HttpResponseBase:
        try:
            speaker = get_speaker_by_secret(edition, code, secret)
        except Http404:
            if within_limit(request, "speaking_wrong", limit_get=True):
                raise
            return too_many(request)
        if not within_limit(request, "speaking", key=str(speaker.pk)):
            return too_many(request)
        args_of = {"edition": edition, "code": code, "secret": secret}
        door = Door(speaker.edition, speaker, None, "speaking", args_of)
        # The history keeps the address of each write, and must not keep the secret in it.
        with timezone.override(door.edition.zone), pghistory.context(url=f"/speaking/{code}/"):
            response = view(request, door, **more)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not no-referrer: with that, browsers send forms without an origin, and CSRF refuses them.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


def at_desk(view: DoorView) -> DoorView:
    """Open a view to the organisers of the speaker's edition."""

    @never_cache
    @login_required
    @functools.wraps(view)
    def answer(request: HttpRequest, edition: str, code: str, **more: str) -> HttpResponseBase:
        found = get_organised_edition(edition, person=request.user)
        speaker = get_speaker_at_desk(found, code)
        args_of = {"edition": edition, "code": code}
        door = Door(found, speaker, signed_in(request), "desk_speaker", args_of)
        with timezone.override(found.zone):
            return view(request, door, **more)

    return answer
