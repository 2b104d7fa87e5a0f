"""Measures the doors: two devices read the tickets of a forum of 18,000, without a pause.

Every scan is a request of its own, as when the network is there. Of people, who take two seconds
each, that is a hundred doors.
"""

import json
import math
import time
import uuid
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum.arrivals import actions
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.tickets.codes import ticket_payload
from sessions_app.bench.client import Burst, load
from sessions_app.bench.content import CSRF, sign_in_organiser
from sessions_app.bench.servers import Web, request
from sessions_app.scale.delegates import add_delegates, add_organisations

SLUG = "doors"
BODIES, DELEGATES = 500, 18_000
DOORS, SCANS = 2, 800
PROCESSES = 2


def measure_arriving(web: Web, pool: Any) -> dict[str, Any]:
    """Let `DOORS` devices scan `SCANS` tickets each; tell how long an answer took."""
    now = timezone.now()
    edition = Edition.objects.create(
        slug=SLUG,
        year=now.year,
        name_kk="Есік алдындағы форум",
        starts_on=now.date(),
        ends_on=now.date(),
        is_demo=True,  # lets in on any day: whoever measures at midnight, too
        published_at=now,
    )
    add_delegates(edition, add_organisations(BODIES), count=DELEGATES, now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cookie = sign_in_organiser(edition, email="bench-doors@example.org")
    by = User.objects.get(email="bench-doors@example.org")
    keys = [
        str(actions.enrol(edition, name=f"№ {door}", by=by, now=now).key) for door in range(DOORS)
    ]
    holders = edition.registrations.select_related("edition").order_by("pk")[: DOORS * SCANS]
    asked = [
        _scan(holder, key=keys[number % DOORS], cookie=cookie)
        for number, holder in enumerate(holders)
    ]
    # The first answers of a web server that has just started are no matter of the doors.
    load(web.port, asked[-4 * DOORS :], math.inf, True, DOORS)
    total = Burst()
    shares = [
        (web.port, asked[place : -4 * DOORS : PROCESSES], math.inf, True, DOORS // PROCESSES)
        for place in range(PROCESSES)
    ]
    for burst in (one for bursts in pool.starmap(load, shares) for one in bursts):
        total += burst
    latencies = sorted(total.latencies)
    return {
        "scans": len(latencies),
        "statuses": dict(total.statuses),
        "p50_ms": 1000 * latencies[len(latencies) // 2],
        "p95_ms": 1000 * latencies[len(latencies) * 95 // 100],
        "arrived": edition.registrations.filter(arrived_at__isnull=False).count(),
    }


def _scan(holder: Registration, *, key: str, cookie: str) -> bytes:
    clock = round(1000 * time.time())
    scan = {
        "nonce": str(uuid.uuid4()),
        "how": "camera",
        "at": clock,
        "payload": ticket_payload(holder),
    }
    headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "X-Device": key}
    body = json.dumps({"clock": clock, "scans": [scan]}).encode()
    return request(f"/kk/{SLUG}/desk/check-in/scans/", headers=headers, body=body)
