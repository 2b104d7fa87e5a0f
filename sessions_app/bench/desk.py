"""Measures the desk's lists where a forum is full: 18,000 registrations, every status, quotas.

One organiser asks, one question after the other: what they wait for is what counts here.
"""

import datetime as dt
import time
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Region
from forum.approval.actions import carry_on, decide
from forum.approval.models import Step
from forum.editions.models import Edition
from forum.quotas.models import Category, Quota
from forum.registrations.models import Need
from sessions_app.bench.client import Connection
from sessions_app.bench.content import sign_in_organiser
from sessions_app.bench.servers import request
from sessions_app.releases.actions import publish
from sessions_app.scale.delegates import add_delegates, add_organisations
from sessions_app.scale.programme import add_programme

SLUG = "full"
BODIES, REGISTRATIONS, SESSIONS, DECIDED_ON = 6_000, 18_000, 300, 500
QUESTIONS = 60
LIST = f"/kk/{SLUG}/desk/registrations/"
PAGES = {
    "desk: awaiting": LIST,
    "desk: all, by name": f"{LIST}?status=all&sort=name",
    "desk: by organisation, page 300": f"{LIST}?status=all&sort=organisation&page=300",
    "desk: waiting": f"{LIST}?status=waiting",
    "desk: search": f"{LIST}?q=%D2%9B%D0%B0%D1%82%D1%8B%D1%81%D1%83%D1%88%D1%8B+00777",
    "desk: search in Latin letters": f"{LIST}?q=qatysushy+00777",
    "desk: filters": f"{LIST}?category=ngo&region=KZ-71&endorsed=yes&older=1",
    "desk: waiting list": f"{LIST}waiting/",
    "desk: one line": f"{LIST}waiting/?line=all",
    "desk: needs": f"/kk/{SLUG}/desk/needs/",
    "desk: needs by session": f"/kk/{SLUG}/desk/needs/sessions/",
    "desk: needs by person": f"/kk/{SLUG}/desk/needs/people/",
}


def measure_desk(port: int) -> dict[str, Any]:
    """Fill an edition, ask for its lists over HTTP, and approve five hundred of it."""
    edition = fill_desk(timezone.now())
    cookie = sign_in_organiser(edition, email="desk-organiser@example.org")
    edition.team.update(sees_needs_since=timezone.now())
    pages = [_measure(name, path, port, cookie) for name, path in PAGES.items()]
    return {"pages": pages, "approving": _approve(edition)}


def fill_desk(now: dt.datetime) -> Edition:
    """Make the edition, its programme published.

    Of eighteen, four await, three wait, nine hold a place, two have ended.
    """
    first_day = (now + dt.timedelta(days=60)).date()
    edition = Edition.objects.create(
        slug=SLUG,
        year=first_day.year,
        name_kk="Толған форум",
        starts_on=first_day,
        ends_on=first_day,
        registration_opens_at=now - dt.timedelta(days=30),
        published_at=now,
    )
    add_delegates(edition, add_organisations(BODIES), count=REGISTRATIONS, now=now)
    add_programme(edition, sessions=SESSIONS)
    publish(edition, by=None, note="", now=now)
    rows = edition.registrations.alias(kind=Mod("pk", 18))
    asked: dict[str, object] = {"approval_asked_at": F("registered_at"), "confirmed_at": None}
    rows.filter(kind__lt=4).update(**asked)
    asked |= {"approved_at": F("registered_at"), "waiting_since": F("registered_at")}
    rows.filter(kind__in=(4, 5, 6)).update(**asked)
    rows.filter(kind=7).update(declined_at=now)
    rows.filter(kind=8).update(cancelled_at=now)
    edition.registrations.alias(third=Mod("pk", 3)).filter(third=0).update(endorsed_at=now)
    in_need = edition.registrations.alias(tenth=Mod("pk", 10)).filter(tenth=0)
    in_need.update(needs=[Need.WHEELCHAIR, Need.HALAL])
    _limit(edition)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return edition


def _limit(edition: Edition) -> None:
    """Set every quota, each third of them full, and leave room in the forum."""
    for number, region in enumerate(Region.objects.all()):
        quota = Quota.objects.create(edition=edition, category=Category.NGO, region=region)
        quota.refresh_from_db()
        quota.places = quota.taken + (10 if number % 3 else 0)
        quota.save(update_fields=["places"])
    edition.refresh_from_db()
    Edition.objects.filter(pk=edition.pk).update(capacity=edition.places_taken + 100)
    edition.refresh_from_db()


def _measure(name: str, path: str, port: int, cookie: str) -> dict[str, Any]:
    asked = request(path, headers={"Cookie": cookie})
    asking, latencies = Connection(port), []
    status = asking.ask(asked).status
    for _question in range(QUESTIONS):
        begun = time.perf_counter()
        asking.ask(asked)
        latencies.append(1000 * (time.perf_counter() - begun))
    asking.socket.close()
    latencies.sort()
    return {
        "name": name,
        "status": status,
        "p50_ms": latencies[QUESTIONS // 2],
        "p95_ms": latencies[QUESTIONS * 95 // 100],
        "queries": _queries(path, cookie),
    }


def _queries(path: str, cookie: str) -> int:
    client = Client()
    client.cookies["sessionid"] = cookie.partition("sessionid=")[2].partition(";")[0]
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def _approve(edition: Edition) -> dict[str, float]:
    """Approve many as a worker does; tell how long it takes, and how long one lock is held."""
    awaiting = edition.registrations.awaiting().values_list("pk", flat=True)[:DECIDED_ON]
    batch = decide(
        edition,
        list(awaiting),
        step=Step.APPROVE,
        by=edition.team.get().person,
        language="kk",
        now=timezone.now(),
    )
    parts: list[float] = []
    while True:
        begun = time.perf_counter()
        goes_on = carry_on(batch)
        parts.append(time.perf_counter() - begun)
        if not goes_on:
            break
    return {"count": float(batch.count), "seconds": sum(parts), "longest_lock_s": max(parts)}
