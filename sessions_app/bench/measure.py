"""Measures a case beside its null view: A B A B, so that a busy moment falls on both."""

import statistics
from dataclasses import dataclass, field
from typing import Any

from forum.editions.models import Edition
from sessions_app.bench.cases import Case, make_cases, null_request, queries_and_cpu
from sessions_app.bench.client import Burst, Connection, load
from sessions_app.bench.servers import Web, database_cpu, request

ROUNDS = 3
SECONDS = 0.8
PROCESSES = 2


@dataclass
class Side:
    """The page, or its null view."""

    burst: Burst = field(default_factory=Burst)
    cpu: float = 0.0
    database: float = 0.0
    rates: list[float] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """Sum up what was seen."""
        count = len(self.burst.latencies)
        latencies = sorted(self.burst.latencies)
        return {
            "requests_s": statistics.median(self.rates),
            "p50_ms": 1000 * latencies[count // 2],
            "p99_ms": 1000 * latencies[min(count - 1, count * 99 // 100)],
            "cpu_ms": 1000 * self.cpu / count,
            "db_ms": 1000 * self.database / count,
            "bytes": self.burst.size,
        }


@dataclass
class Bench:
    """What a run holds on to: the web, two client processes, PostgreSQL's pid if it is ours."""

    web: Web
    pool: Any
    postgres: int | None

    def measure(self, case: Case) -> dict[str, Any]:
        """Measure one case; an address that does not answer as it should is only named."""
        port, burst_of = self.web.port, max(1, len(case.requests) // (ROUNDS + 1))
        if case.once:
            probe, rest = case.requests[:1], case.requests[1:]
        else:
            probe, rest = case.requests[:1] * 20, case.requests
        answers = [Connection(port).ask(each) for each in probe]
        if answers[-1].status != case.status:
            return {"name": case.name, "path": case.path, "status": answers[-1].status}
        null = [null_request(case, answers[-1].size)] * 4
        page_side, null_side = Side(), Side()
        for turn in range(ROUNDS):
            mine = rest[turn * burst_of : (turn + 1) * burst_of] if case.once else rest
            self._burst(null_side, null, once=False)
            self._burst(page_side, mine, once=case.once)
        wrong = {s: n for s, n in page_side.burst.statuses.items() if s != case.status}
        page, beside = page_side.row(), null_side.row()
        return {
            "name": case.name,
            "path": case.path,
            "status": case.status,
            "is_page": not case.once,
            "wrong": wrong,
            "page": page,
            "null": beside,
            "ratio": page["requests_s"] / beside["requests_s"],
            "target": case.target,
        }

    def _burst(self, side: Side, requests: list[bytes], *, once: bool) -> None:
        cpu, database = self.web.cpu(), database_cpu(self.postgres)
        shares = [(self.web.port, requests[n::PROCESSES], SECONDS, once) for n in range(PROCESSES)]
        total, rate = Burst(), 0.0
        for burst in (one for bursts in self.pool.starmap(load, shares) for one in bursts):
            total += burst
            rate += len(burst.latencies) / burst.seconds if burst.seconds else 0.0
        side.burst += total
        side.rates.append(rate)
        side.cpu += self.web.cpu() - cpu
        side.database += database_cpu(self.postgres) - database


def measure_pages(
    edition: Edition, web: Web, pool: Any, postgres: int | None
) -> list[dict[str, Any]]:
    """Measure each page beside its null view, and the programme as a browser that has it asks."""
    bench, rows = Bench(web, pool, postgres), []
    for case in make_cases(edition):
        print(f"measuring {case.name} …", flush=True)
        row = bench.measure(case)
        if "page" in row:
            cold, warm, seconds = queries_and_cpu(case, edition)
            row |= {"queries_cold": cold, "queries_warm": warm, "cold_cpu_s": seconds}
        rows.append(row)
        if case.name == "programme" and (again := revalidation(case, web.port)):
            rows.append(bench.measure(again))
    return rows


def revalidation(programme: Case, port: int) -> Case | None:
    """Ask for the programme as a browser does that has it; None where it gives no ETag."""
    etag = Connection(port).ask(programme.requests[0]).headers.get("etag")
    if etag is None:
        return None
    asking = [request(programme.path, headers={"If-None-Match": etag})] * 4
    return Case("programme 304", programme.path, asking, 0.8, status=304)
