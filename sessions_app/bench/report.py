"""Writes what was measured: a table for people, JSON for comparing runs."""

import json
from pathlib import Path
from typing import Any

MAX_QUERIES = 10
MAX_COLD_SECONDS = 0.5
MAX_WORKER_MB = 200
MAX_BADGES_SECONDS, MAX_BADGES_MB, MAX_BADGE_SECONDS = 60.0, 500, 1.0
MAX_PUBLISHING_SECONDS, MAX_PUBLISHING_QUERIES = 3.0, 40
MAX_DESK_MS = 150
MAX_LOCK_SECONDS = 1.0
MAX_SCAN_MS = 50
MAX_SENDING_SECONDS, SENDING, MAX_SENDER_MB = 240.0, 18_000, 250
MAX_RUSH_SECONDS, RUSH, MAX_RUSH_P99_MS = 360.0, 18_000, 2000
HEAD = (
    "| page | req/s | null req/s | share | p50 ms | p99 ms | CPU ms | null CPU ms | DB ms "
    "| bytes | queries cold/warm |\n|---|---|---|---|---|---|---|---|---|---|---|"
)


def as_markdown(result: dict[str, Any]) -> str:
    """Make the table, then each target with whether it was reached."""
    lines = [f"# Benchmark {result['time']}", "", result["content"], "", HEAD]
    lines += [_line(row) for row in result.get("pages", [])]
    lines += ["", "| target | measured | |", "|---|---|---|"]
    lines += [
        f"| {name} | {measured} | {'pass' if reached else 'FAIL'} |"
        for name, measured, reached in targets(result)
    ]
    return "\n".join(lines) + "\n"


def targets(result: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """List the targets with what was measured; of pages, those of issue 2, "Speed and memory"."""
    found = []
    for row in result.get("pages", []):
        if "page" not in row:
            found.append((f"{row['name']} answers", f"status {row['status']}", False))
            continue
        if row["target"]:
            name = f"{row['name']} at least {row['target']} of its null view"
            found.append((name, f"{row['ratio']:.2f}", row["ratio"] >= row["target"]))
        if row["wrong"]:
            found.append((f"{row['name']} answers alike", str(row["wrong"]), False))
        # The rule is for pages; a form that is posted writes what it has to.
        if "queries_cold" in row and row["is_page"]:
            queries = max(row["queries_cold"], row["queries_warm"])
            name = f"{row['name']} at most {MAX_QUERIES} queries"
            found.append((name, str(queries), queries <= MAX_QUERIES))
        if row["name"] == "programme":
            cold = row["cold_cpu_s"]
            name = f"programme cold under {MAX_COLD_SECONDS} s of CPU"
            found.append((name, f"{cold:.2f} s", cold < MAX_COLD_SECONDS))
    found += [_published(row) for row in result.get("publishing", [])]
    found += _desk(result["desk"]) if "desk" in result else []
    found += _rush(result["registering"]) if "registering" in result else []
    found += _arriving(result["arriving"]) if "arriving" in result else []
    if badges := result.get("badges"):
        found += _badges(badges)
    if "sending" in result:
        found.append(_sending(result["sending"]))
    resident = max((worker[0] for worker in result["workers_mb"]), default=0.0)
    found.append(
        (f"web worker under {MAX_WORKER_MB} MB", f"{resident:.0f} MB", resident < MAX_WORKER_MB)
    )
    return found


def _published(row: dict[str, Any]) -> tuple[str, str, bool]:
    name = (
        f"{row['name']} under {MAX_PUBLISHING_SECONDS:.0f} s, at most {MAX_PUBLISHING_QUERIES}"
        " queries"
    )
    measured = f"{row['letters']} letters, {row['seconds']:.2f} s, {row['queries']} queries"
    within = row["seconds"] < MAX_PUBLISHING_SECONDS and row["queries"] <= MAX_PUBLISHING_QUERIES
    return name, measured, within


def _desk(desk: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """List the targets of issue 4, "Speed", for the desk's lists, and for approving many."""
    found = []
    for row in desk["pages"]:
        name = f"{row['name']} p95 under {MAX_DESK_MS} ms, at most {MAX_QUERIES} queries"
        measured = f"{row['p95_ms']:.0f} ms (p50 {row['p50_ms']:.0f}), {row['queries']} queries"
        is_fast = row["p95_ms"] < MAX_DESK_MS and row["queries"] <= MAX_QUERIES
        found.append((name, measured, is_fast and row["status"] == 200))
    many = desk["approving"]
    name = f"approving {many['count']:.0f} holds no lock for {MAX_LOCK_SECONDS:.0f} s"
    measured = f"{many['longest_lock_s']:.2f} s, {many['seconds']:.1f} s in all"
    return [*found, (name, measured, many["longest_lock_s"] < MAX_LOCK_SECONDS)]


def _rush(row: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """List the targets of issue 4, "Speed", for delegates who register at once."""
    rate, people = row["people"] / row["seconds"], row["people"]
    spread = f"p50 {row['p50_ms']:.0f} ms, p99 {row['p99_ms']:.0f} ms"
    spread += f"; CPU {row['cpu_ms']:.1f} ms and {row['db_ms']:.1f} ms of the database"
    whole = row["statuses"] == {302: people} and row["letters"] == people
    kept = row["confirmed"] + row["waiting"] == people and not row["oversold"]
    told = f"{row['statuses']}, {row['confirmed']} confirmed, {row['waiting']} waiting"
    return [
        (
            f"{RUSH:,} registrations under {MAX_RUSH_SECONDS:.0f} s, p99 under 2 s",
            f"{people:,} in {row['seconds']:.0f} s ({rate:.1f} a second), {spread}",
            rate >= RUSH / MAX_RUSH_SECONDS and row["p99_ms"] < MAX_RUSH_P99_MS,
        ),
        (
            "no error, no oversell, a letter each",
            f"{told}, {row['oversold']} oversold, {row['letters']} letters",
            whole and kept,
        ),
    ]


def _arriving(row: dict[str, Any]) -> list[tuple[str, str, bool]]:
    told = f"p50 {row['p50_ms']:.0f} ms, p95 {row['p95_ms']:.0f} ms, {row['arrived']:,} arrived"
    good = row["p95_ms"] < MAX_SCAN_MS and row["statuses"] == {200: row["scans"]}
    return [(f"a check-in of {row['scans']:,} at two doors p95 under {MAX_SCAN_MS} ms", told, good)]


def _sending(row: dict[str, Any]) -> tuple[str, str, bool]:
    """Tell the target of issue 5, "Speed": 18,000 letters by two senders."""
    rate = row["sent"] / row["seconds"]
    told = f"{row['arrived']:,} arrived in {row['seconds']:.0f} s ({rate:.0f} a second)"
    whole = row["sent"] == row["arrived"] == row["letters"]
    fast = rate >= SENDING / MAX_SENDING_SECONDS and row["mb"] < MAX_SENDER_MB
    name = f"{SENDING:,} letters sent under {MAX_SENDING_SECONDS:.0f} s and {MAX_SENDER_MB} MB each"
    return name, f"{told}, {row['mb']:.0f} MB", whole and fast


def _badges(row: dict[str, Any]) -> list[tuple[str, str, bool]]:
    within = row["seconds"] < MAX_BADGES_SECONDS and row["mb"] < MAX_BADGES_MB
    name = f"{row['badges']:,} badges under {MAX_BADGES_SECONDS:.0f} s and {MAX_BADGES_MB} MB"
    one = row["one_seconds"]
    return [
        (name, f"{row['seconds']:.1f} s, {row['mb']:.0f} MB", within),
        ("one badge under 1 s", f"{one:.2f} s", one < MAX_BADGE_SECONDS),
    ]


def write(result: dict[str, Any], folder: Path) -> str:
    """Write both files into `folder`, and return the text."""
    folder.mkdir(parents=True, exist_ok=True)
    text = as_markdown(result)
    (folder / f"{result['time']}.md").write_text(text)
    (folder / f"{result['time']}.json").write_text(json.dumps(result, indent=1))
    return text


def _line(row: dict[str, Any]) -> str:
    if "page" not in row:
        return f"| {row['name']} | status {row['status']} |" + " |" * 9
    page, null = row["page"], row["null"]
    cells = [
        row["name"],
        f"{page['requests_s']:.0f}",
        f"{null['requests_s']:.0f}",
        f"{row['ratio']:.2f}",
        f"{page['p50_ms']:.1f}",
        f"{page['p99_ms']:.1f}",
        f"{page['cpu_ms']:.2f}",
        f"{null['cpu_ms']:.2f}",
        f"{page['db_ms']:.2f}",
        f"{page['bytes']:,}",
        f"{row['queries_cold']}/{row['queries_warm']}" if "queries_cold" in row else "",
    ]
    return f"| {' | '.join(cells)} |"
