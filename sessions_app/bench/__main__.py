"""`python -m sessions_app.bench [PART ...]`, run by `make bench`."""

import argparse
import datetime as dt
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

VAR_DIR = Path(__file__).resolve().parent.parent.parent / "var"
PARTS = ("pages", "publishing", "desk", "registering", "arriving", "badges", "sending")


def main() -> int:
    """Start everything, measure, write the report; the exit status is 1 when a target is missed."""
    from forum import embedded
    from sessions_app.bench.servers import local_postgres, own_database, own_redis

    parser = argparse.ArgumentParser(prog="python -m sessions_app.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parts = parser.parse_args().parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    multiprocessing.set_start_method("spawn")
    servers = embedded.start(VAR_DIR / "bench/servers", durable=False)
    try:
        os.environ |= {
            "DATABASE_URL": own_database(servers.database_url),
            "REDIS_URL": own_redis(servers.redis_url),
            "SECRET_KEY": "only-for-the-benchmark-0123456789-0123456789-0123456789",
            "DJANGO_SETTINGS_MODULE": "forum.settings",
            "DEBUG": "0",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
        }
        return _run(parts, embedded.free_port(), local_postgres(os.environ["DATABASE_URL"]))
    finally:
        servers.stop()


def _run(parts: list[str], port: int, postgres: int | None) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sessions_app.bench.content import load_content
    from sessions_app.bench.measure import PROCESSES
    from sessions_app.bench.report import targets, write
    from sessions_app.bench.servers import Web

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    edition = load_content()
    result: dict[str, Any] = {
        "time": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}",
        "content": f"{edition.sessions.count()} sessions, {edition.speakers.count()} speakers, "
        f"{edition.registrations.count()} registrations; {os.cpu_count()} cores.",
    }
    web = Web(port, VAR_DIR / "bench/web.log")
    try:
        with multiprocessing.Pool(PROCESSES) as pool:
            for part in parts:
                print(f"measuring {part} …", flush=True)
                result[part] = _measure(part, edition, web, pool, postgres)
        result["workers_mb"] = web.memory()
    finally:
        web.stop()
    print(write(result, VAR_DIR / "bench"))
    return 0 if all(reached for _, _, reached in targets(result)) else 1


def _measure(part: str, edition: Any, web: Any, pool: Any, postgres: int | None) -> Any:
    from sessions_app.bench.arriving import measure_arriving
    from sessions_app.bench.badges import measure_badges
    from sessions_app.bench.desk import measure_desk
    from sessions_app.bench.measure import measure_pages
    from sessions_app.bench.publishing import measure_publishing
    from sessions_app.bench.registering import measure_registering
    from sessions_app.bench.sending import measure_sending

    ways = {
        "pages": lambda: measure_pages(edition, web, pool, postgres),
        "publishing": measure_publishing,
        "desk": lambda: measure_desk(web.port),
        "registering": lambda: measure_registering(web, pool, postgres),
        "arriving": lambda: measure_arriving(web, pool),
        "badges": measure_badges,
        "sending": measure_sending,
    }
    return ways[part]()


if __name__ == "__main__":
    sys.exit(main())
