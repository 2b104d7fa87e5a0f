"""A load generator that costs little: raw requests, written beforehand, over kept connections."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

CONNECTIONS = 2
"""By process; two processes, so that four requests are under way at a time."""


@dataclass
class Burst:
    """What a burst of requests saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    size: int = 0

    def __iadd__(self, other: "Burst") -> "Burst":
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.statuses += other.statuses
        self.size = max(self.size, other.size)
        return self


class Pool(Protocol):
    """The part of multiprocessing.Pool that is used here."""

    def starmap(self, function: object, arguments: list[object]) -> list[list[Burst]]: ...


@dataclass
class Answer:
    """One response: its status, its headers in lower case, and the length of its body."""

    status: int
    headers: dict[str, str]
    size: int


class Connection:
    """One kept connection; opened again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> Answer:
        """Send one request and read its answer to the end."""
        try:
            self.socket.sendall(request)
            received = self.socket.recv(65536)
        except (BrokenPipeError, ConnectionResetError):
            received = b""
        if not received:
            self.socket.close()
            self.open()
            self.socket.sendall(request)
            received = self.socket.recv(65536)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        first, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = {key.lower(): value.strip() for key, value in (x.split(":", 1) for x in lines)}
        size, there = int(headers.get("content-length", 0)), len(received) - end - 4
        while there < size:
            there += len(self._more())
        if headers.get("connection") == "close":
            self.socket.close()
            self.open()
        return Answer(int(first.split()[1]), headers, size)

    def _more(self) -> bytes:
        if not (more := self.socket.recv(262_144)):
            raise ConnectionError("The server closed the connection in the middle of an answer.")
        return more


def load(
    port: int,
    requests: Sequence[bytes],
    seconds: float,
    once: bool,
    connections: int = CONNECTIONS,
) -> list[Burst]:
    """Send `requests` for `seconds`, over and over or each only once; a burst a connection."""
    bursts = [Burst() for _ in range(connections)]
    threads = [
        threading.Thread(target=_send, args=(port, requests[n::connections], seconds, once, burst))
        for n, burst in enumerate(bursts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return bursts


def _send(port: int, requests: Sequence[bytes], seconds: float, once: bool, burst: Burst) -> None:
    connection = Connection(port)
    begun = time.perf_counter()
    for request in _turns(requests, once=once):
        before = time.perf_counter()
        if before - begun > seconds:
            break
        answer = connection.ask(request)
        burst.latencies.append(time.perf_counter() - before)
        burst.statuses[answer.status] += 1
        burst.size = max(burst.size, answer.size)
    burst.seconds = time.perf_counter() - begun
    connection.socket.close()


def _turns(requests: Sequence[bytes], *, once: bool) -> Iterator[bytes]:
    while requests:
        yield from requests
        if once:
            return
