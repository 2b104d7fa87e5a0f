"""Measures the rush: 18,000 delegates of 6,000 bodies who send their forms by 32 clients at once.

Places are fewer than people, and every quota is set: what is sold is counted afterwards.
"""

import datetime as dt
import math
import time
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from accounts.models import ConsentText, Organisation, Region
from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.quotas.models import Category, Quota
from sessions_app.bench.client import Burst, load
from sessions_app.bench.content import CSRF, sign_in_strangers
from sessions_app.bench.servers import Web, database_cpu, request
from sessions_app.scale.delegates import add_organisations

SLUG = "rush"
PEOPLE, BODIES, PLACES = 18_000, 6_000, 16_000
CLIENTS, PROCESSES = 32, 2


def measure_registering(
    web: Web, pool: Any, postgres: int | None, *, people: int = PEOPLE
) -> dict[str, Any]:
    """Let `people` register over HTTP; tell how long it took, and whether too many got in."""
    edition = _open(timezone.now(), places=people * PLACES // PEOPLE)
    path = f"/kk/{SLUG}/register/"
    bodies = add_organisations(BODIES)
    _analyse()
    forms = [_form(bodies[number % BODIES]) for number in range(people)]
    cookies = sign_in_strangers(people, prefix=SLUG)
    asked = [
        request(path, headers={"Cookie": cookie}, body=form)
        for cookie, form in zip(cookies, forms, strict=True)
    ]
    cpu, database = web.cpu(), database_cpu(postgres)
    seconds, total = _rush(web.port, pool, asked)
    cpu, database = web.cpu() - cpu, database_cpu(postgres) - database
    latencies = sorted(total.latencies)
    mine = edition.registrations
    return {
        "people": people,
        "seconds": seconds,
        "cpu_ms": 1000 * cpu / people,
        "db_ms": 1000 * database / people,
        "p50_ms": 1000 * latencies[len(latencies) // 2],
        "p99_ms": 1000 * latencies[len(latencies) * 99 // 100],
        "statuses": dict(total.statuses),
        "letters": Letter.objects.filter(edition=edition).count(),
        "confirmed": mine.confirmed().count(),
        "waiting": mine.waiting().count(),
        "oversold": _oversold(edition),
    }


def _open(now: dt.datetime, *, places: int) -> Edition:
    """Make an edition with a quota for each region, one for NGOs, and a cap for each body."""
    first_day = (now + dt.timedelta(days=60)).date()
    edition = Edition.objects.create(
        slug=SLUG,
        year=first_day.year,
        name_kk="Тіркеу күнгі форум",
        starts_on=first_day,
        ends_on=first_day,
        capacity=places,
        organisation_cap=5,
        registration_opens_at=now,
        published_at=now,
    )
    regions = list(Region.objects.all())
    for region in regions:
        Quota.objects.create(
            edition=edition, region=region, places=math.ceil(1.1 * places / len(regions))
        )
    Quota.objects.create(edition=edition, category=Category.NGO, places=places)
    return edition


def _form(body: Organisation) -> bytes:
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    told: list[tuple[str, object]] = [
        ("csrfmiddlewaretoken", CSRF),
        ("category", "ngo"),
        ("languages", "kk"),
        ("organisation", body.pk),
        *(("consents", text) for text in texts),
    ]
    return urlencode(told).encode()


def _rush(port: int, pool: Any, asked: list[bytes]) -> tuple[float, Burst]:
    shares = [
        (port, asked[n::PROCESSES], math.inf, True, CLIENTS // PROCESSES) for n in range(PROCESSES)
    ]
    begun, total = time.perf_counter(), Burst()
    for burst in (one for bursts in pool.starmap(load, shares) for one in bursts):
        total += burst
    return time.perf_counter() - begun, total


def _oversold(edition: Edition) -> int:
    """Count the places given beyond what the edition, and each quota, has."""
    rows = edition.registrations.confirmed()
    over = max(rows.count() - (edition.capacity or 0), 0)
    for quota in Quota.objects.filter(edition=edition, places__isnull=False):
        over += max(rows.within(quota).count() - (quota.places or 0), 0)
    return over


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
