"""The benchmark's own parts: a client that counts right, a null view, targets that can fail."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from sessions_app.bench.client import Connection, load
from sessions_app.bench.report import as_markdown, targets
from sessions_app.bench.servers import request


class Hundred(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hundred)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_an_answer_is_read_to_its_end(port):
    connection = Connection(port)
    sizes = [connection.ask(request("/")).size for _ in range(2)]
    connection.socket.close()
    assert sizes == [100_000, 100_000]


def test_what_may_be_sent_once_is_sent_once(port):
    bursts = load(port, [request("/")] * 7, seconds=10, once=True)
    assert sum(len(burst.latencies) for burst in bursts) == 7


@pytest.mark.django_db
def test_the_null_view_answers_as_many_bytes_as_asked_for(settings):
    settings.ROOT_URLCONF = "sessions_app.bench.urls"
    assert len(Client().get("/null/1234/").content) == 1234


def test_the_null_view_is_not_in_the_sites_addresses():
    with pytest.raises(Resolver404):
        resolve("/null/1/")


def result(ratio):
    side = dict.fromkeys(("requests_s", "p50_ms", "p99_ms", "cpu_ms", "db_ms", "bytes"), 1.0)
    row = {
        "name": "ics",
        "status": 200,
        "is_page": True,
        "page": side,
        "null": side,
        "ratio": ratio,
    }
    row |= {"target": 0.6, "wrong": {}, "queries_cold": 3, "queries_warm": 1, "cold_cpu_s": 0.1}
    return {"time": "now", "content": "", "pages": [row], "workers_mb": [(90.0, 60.0)]}


def test_a_page_that_is_too_slow_fails_its_target():
    assert [reached for _, _, reached in targets(result(0.5))] == [False, True, True]


def test_publishing_that_takes_too_long_or_asks_too_much_fails_its_target():
    def reached(seconds, queries):
        row = {"name": "a release", "seconds": seconds, "queries": queries, "letters": 700}
        return targets(result(0.7) | {"publishing": [row]})[2][2]

    assert [reached(2.9, 40), reached(3.0, 40), reached(2.9, 41)] == [True, False, False]


def test_a_slow_list_of_the_desk_and_a_long_lock_fail_their_targets():
    def reached(p95, queries, lock):
        page = {"name": "a list", "status": 200, "p50_ms": 1, "p95_ms": p95, "queries": queries}
        many = {"count": 500.0, "seconds": 5.0, "longest_lock_s": lock}
        desk = {"pages": [page], "approving": many}
        return [one[2] for one in targets(result(0.7) | {"desk": desk})[2:4]]

    assert reached(149, 10, 0.9) == [True, True]
    assert reached(150, 10, 1.0) == [False, False]
    assert reached(149, 11, 0.9) == [False, True]


def test_the_table_names_what_failed():
    assert "| ics at least 0.6 of its null view | 0.50 | FAIL |" in as_markdown(result(0.5))


def test_badges_that_take_too_long_or_too_much_fail_their_target():
    def reached(seconds, mb, one):
        row = {"badges": 18000, "seconds": seconds, "mb": mb, "one_seconds": one}
        return [done for _, _, done in targets(result(0.7) | {"badges": row})[2:4]]

    assert [reached(59, 499, 0.9), reached(60, 499, 1), reached(59, 500, 0.9)] == [
        [True, True],
        [False, False],
        [False, True],
    ]


def test_letters_that_are_late_lost_or_too_large_fail_their_target():
    def reached(**told):
        row = {"letters": 18000, "sent": 18000, "arrived": 18000, "seconds": 240, "mb": 249}
        found = targets(result(0.7) | {"sending": row | told})
        return found[2][2]

    assert [reached(), reached(seconds=241), reached(mb=250), reached(arrived=17999)] == [
        True,
        False,
        False,
        False,
    ]
