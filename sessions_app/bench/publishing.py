"""How long it takes to publish a programme and to write to everybody whom it concerns."""

import datetime as dt
import time
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.mailing.planning import carry_out
from sessions_app.releases.actions import publish
from sessions_app.releases.planners import release_letters
from sessions_app.scale.fill import fill
from sessions_app.sessions.models import Kind, Session
from sessions_app.timetable.models import Placement

SESSIONS, DELEGATES = 300, 700
SLUG = "published"


def measure_publishing() -> list[dict[str, Any]]:
    """Fill an edition, then publish it to all its speakers, and a change to all its delegates."""
    edition = fill(
        SLUG,
        organisations=DELEGATES,
        registrations=DELEGATES,
        sessions=SESSIONS,
        now=timezone.now(),
        tell=print,
    )
    carry_out([release_letters], now=timezone.now())
    _forget(edition)
    address = Concat(Value("s"), F("code"), Value("@example.org"))
    edition.speakers.update(email=address, language="ru")
    session = Session.objects.filter(edition=edition).latest("placement__starts_at")
    Session.objects.filter(pk=session.pk).update(kind=Kind.PLENARY)
    rows = [_measure(edition, "the first release to each speaker")]
    now = timezone.now()
    Letter.objects.filter(edition=edition).update(begun_at=now, sent_at=now)
    _push(session, by=dt.timedelta(hours=5))
    return [*rows, _measure(edition, "a moved plenary to every delegate")]


def _forget(edition: Edition) -> None:
    """Take the releases away, with which the edition was filled."""
    edition.releases.all().delete()


def _push(session: Session, *, by: dt.timedelta) -> None:
    """Move a session to a later hour, at which its room and speakers are free."""
    placement = Placement.objects.filter(session=session)
    placement.update(starts_at=F("starts_at") + by, ends_at=F("ends_at") + by)


def _measure(edition: Edition, name: str) -> dict[str, Any]:
    before = Letter.objects.count()
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        publish(edition, by=None, note="", now=timezone.now())
        carry_out([release_letters], now=timezone.now())
    seconds = time.perf_counter() - begun
    letters = Letter.objects.count() - before
    return {"name": name, "seconds": seconds, "queries": len(asked), "letters": letters}
