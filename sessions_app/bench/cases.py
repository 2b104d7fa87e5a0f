"""What is asked, and how one answer is measured."""

import datetime as dt
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.editions.models import ContentStamp, Edition
from sessions_app.bench.content import (
    CSRF,
    registration_body,
    sign_in_organiser,
    sign_in_strangers,
)
from sessions_app.bench.servers import request
from sessions_app.board.marks import mark_of
from sessions_app.timetable.models import Placement, Slot

POSTS = 600


@dataclass
class Case:
    """An address, the requests for it, and what share of its null view it should reach."""

    name: str
    path: str
    requests: list[bytes]
    target: float | None = None
    cookie: str = ""
    fresh: Sequence[tuple[str, bytes | None]] = ()
    """Who posts what while the queries are counted, cold and warm: no request can be sent twice."""
    body: bytes | None = None
    status: int = 200

    @property
    def once(self) -> bool:
        """Whether each request can be sent only once: nobody registers twice."""
        return self.body is not None


def make_cases(edition: Edition) -> list[Case]:
    """List the pages of issue 2, point 11, with requests written down."""
    slot = Slot.objects.filter(release__edition=edition).select_related("session").first()
    assert slot is not None, "The edition has no release."
    pages = [
        ("home", "/kk/", None),
        ("programme", f"/kk/{edition.slug}/programme/", 0.6),
        ("session", f"/kk/{edition.slug}/programme/{slot.session.code}/", None),
        ("speakers", f"/kk/{edition.slug}/speakers/", None),
        ("ics", f"/{edition.slug}/schedule.ics", 0.6),
        ("json", f"/{edition.slug}/schedule.json", 0.6),
        ("xml", f"/{edition.slug}/schedule.xml", 0.6),
    ]
    cases = [Case(name, path, [request(path)] * 4, target) for name, path, target in pages]
    warnings, organiser = f"/kk/{edition.slug}/desk/warnings/", sign_in_organiser(edition)
    asked = request(warnings, headers={"Cookie": organiser})
    cases.append(Case("warnings", warnings, [asked] * 4, cookie=organiser))
    register = f"/kk/{edition.slug}/register/"
    visitor, *posting = sign_in_strangers(POSTS + 1)
    cases.append(
        Case(
            "register GET",
            register,
            [request(register, headers={"Cookie": visitor})] * 4,
            cookie=visitor,
        )
    )
    body = registration_body()
    cases.append(
        Case(
            "register POST",
            register,
            [request(register, headers={"Cookie": cookie}, body=body) for cookie in posting],
            cookie=posting[0],
            fresh=[(cookie, body) for cookie in posting[-2:]],
            body=body,
            status=302,
        )
    )
    return cases + _board_cases(edition, organiser)


def _board_cases(edition: Edition, cookie: str) -> list[Case]:
    """List what the timetable's board asks: everything, what is new, and that a session moves."""
    board, mark = f"/kk/{edition.slug}/desk/timetable/", mark_of(edition)
    signed = {"Cookie": cookie, "X-CSRFToken": CSRF}
    # Each moves a session of its own: what another moved meanwhile is refused.
    placements = Placement.objects.filter(session__edition=edition)
    stands = list(placements.select_related("session", "room").order_by("pk")[: POSTS + 2])
    known = f"since={mark.version}&stamp={mark.stamp}"

    def move(one: Placement) -> bytes:
        start = one.starts_at + dt.timedelta(minutes=5)
        told: dict[str, object] = {"session": one.session.code, "room": one.room.code}
        told |= {"start": start.isoformat(), "minutes": 30}
        return json.dumps({"base": mark.version, "moves": [told]}).encode()

    reads = {
        "board": f"{board}state.json",
        "board poll": f"{board}changes.json?{known}",
        # Read as the board does, so that the moves are told only what is new.
        "board warnings": f"{board}findings.json?{known}",
    }
    cases = [
        Case(name, path, [request(path, headers=signed)] * 4, cookie=cookie)
        for name, path in reads.items()
    ]
    path, (*bodies, cold, warm) = f"{board}moves/?{known}", map(move, stands)
    moves = [request(path, headers=signed, body=body) for body in bodies]
    fresh = [(cookie, cold), (cookie, warm)]
    moving = Case("board move", path, moves, cookie=cookie, fresh=fresh, body=bodies[0])
    return [*cases, moving]


def null_request(case: Case, size: int) -> bytes:
    """Write down the same question to the null view: same cookies, same body."""
    headers = {"Cookie": case.cookie} if case.cookie else None
    return request(f"/null/{size}/", headers=headers, body=case.body)


def queries_and_cpu(case: Case, edition: Edition) -> tuple[int, int, float]:
    """Return the queries of a cold and of a warm answer, and the cold one's CPU seconds.

    Here and not in the web server, where counting would slow down what is measured.
    """
    cold_one, warm_one = case.fresh or [(case.cookie, None)] * 2
    if case.body is None:
        _ask(case, *cold_one)  # imports and compiles the templates, which is no matter of the page
    ContentStamp.objects.filter(edition=edition).update(value=F("value") + 1)
    with CaptureQueriesContext(connection) as cold:
        begun = time.process_time()
        _ask(case, *cold_one)
        seconds = time.process_time() - begun
    with CaptureQueriesContext(connection) as warm:
        _ask(case, *warm_one)
    return len(cold), len(warm), seconds


def _ask(case: Case, cookies: str, body: bytes | None) -> None:
    client = Client(raise_request_exception=False, HTTP_ACCEPT_ENCODING="gzip")
    for cookie in filter(None, cookies.split("; ")):
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    if body is None:
        status = client.get(case.path).status_code
    else:
        form = "application/x-www-form-urlencoded"
        status = client.post(case.path, body, content_type=form).status_code
    assert status == case.status, f"{case.path} answered {status} while its queries were counted."
