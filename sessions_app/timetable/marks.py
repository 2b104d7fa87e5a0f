"""By what calendars know a session again, and what outranks what they have of it (RFC 5545)."""

import datetime as dt
import urllib.parse
import uuid
from collections import Counter
from collections.abc import Collection

from django.conf import settings
from django.db.models import F, Q, Window
from django.db.models.functions import Lag

from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Slot


def host() -> str:
    """Return the site's name, which ends the ids of what it publishes."""
    return urllib.parse.urlsplit(settings.BASE_URL).hostname or "localhost"


def uid_of(session: uuid.UUID) -> str:
    """Return the UID of the session with that guid: the same in every file and letter."""
    return f"{session}@{host()}"


def turns_of(sessions: Collection[int]) -> Counter[int]:
    """Tell how often each session was cancelled or revived: history keeps every such turn."""
    before = Window(Lag("cancelled_at"), partition_by=F("pgh_obj"), order_by="pgh_id")
    events = Session.pgh_event_model.objects  # type: ignore[attr-defined]
    history = events.filter(pgh_obj__in=sessions).annotate(before=before)
    turned = Q(cancelled_at__isnull=True, before__isnull=False)
    turned |= Q(cancelled_at__isnull=False, before__isnull=True)
    return Counter(history.filter(turned).values_list("pgh_obj", flat=True))


def last_changes(edition: Edition, sessions: Collection[int]) -> dict[int, tuple[int, dt.datetime]]:
    """Tell for each session the release in which its room or time last changed, and when.

    What was out of the programme for a while comes back anew: calendars were told that it is off.
    """

    def before(column: str) -> Window:
        return Window(Lag(column), partition_by=F("session"), order_by="release__number")

    rows = Slot.objects.filter(session__in=sessions, release__edition=edition).annotate(
        room_before=before("room"),
        during_before=before("during"),
        shared_before=before("room_shared"),
        number_before=before("release__number"),
    )
    changed = rows.filter(
        Q(room_before__isnull=True)
        | ~Q(room_before=F("room"))
        | ~Q(during_before=F("during"))
        | ~Q(shared_before=F("room_shared"))
        | Q(number_before__lt=F("release__number") - 1)
    )
    found: dict[int, tuple[int, dt.datetime]] = {}
    for session, number, moment in changed.order_by("release__number").values_list(
        "session", "release__number", "release__published_at"
    ):
        found[session] = (number, moment)
    return found
