"""`python -m sessions_app.bench`, run by `make bench`."""

import datetime as dt
import multiprocessing
import os
import sys
from pathlib import Path

VAR_DIR = Path(__file__).resolve().parent.parent.parent / "var"


def main() -> int:
    """Start everything, measure, write the report; the exit status is 1 when a target is missed."""
    from forum import embedded
    from sessions_app.bench.servers import local_postgres, own_database, own_redis

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
        return _run(embedded.free_port(), local_postgres(os.environ["DATABASE_URL"]))
    finally:
        servers.stop()


def _run(port: int, postgres: int | None) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sessions_app.bench.badges import measure_badges
    from sessions_app.bench.cases import make_cases, queries_and_cpu
    from sessions_app.bench.content import load_content
    from sessions_app.bench.desk import measure_desk
    from sessions_app.bench.measure import PROCESSES, Bench, revalidation
    from sessions_app.bench.publishing import measure_publishing
    from sessions_app.bench.report import targets, write
    from sessions_app.bench.servers import Web

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    edition = load_content()
    cases = make_cases(edition)
    web = Web(port, VAR_DIR / "bench/web.log")
    try:
        with multiprocessing.Pool(PROCESSES) as pool:
            bench, rows = Bench(web, pool, postgres), []
            for case in cases:
                print(f"measuring {case.name} …", flush=True)
                row = bench.measure(case)
                if "page" in row:
                    cold, warm, seconds = queries_and_cpu(case, edition)
                    row |= {"queries_cold": cold, "queries_warm": warm, "cold_cpu_s": seconds}
                rows.append(row)
                if case.name == "programme" and (again := revalidation(case, port)):
                    rows.append(bench.measure(again))
        result = {
            "time": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}",
            "content": f"{edition.sessions.count()} sessions, {edition.speakers.count()} speakers, "
            f"{edition.registrations.count()} registrations; {os.cpu_count()} cores.",
            "rows": rows,
            "publishing": measure_publishing(),
            "desk": measure_desk(port),
            "badges": measure_badges(),
            "workers_mb": web.memory(),
        }
    finally:
        web.stop()
    print(write(result, VAR_DIR / "bench"))
    return 0 if all(reached for _, _, reached in targets(result)) else 1


if __name__ == "__main__":
    sys.exit(main())
