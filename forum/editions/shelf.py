"""Where kept answers lie: the newest in each process, those that all share in Redis.

An answer is kept under its page's address, and carries the stamp of its content: one of an older
stamp is not sent, and the new one takes its place, so that changes never pile up.
"""

import functools
import hashlib
import threading
from collections import OrderedDict

from django.conf import settings
from django.core.cache import cache

from forum.editions.answers import Answer

BYTES_IN_PROCESS = 32 * 1024 * 1024
SECONDS_IN_REDIS = 7 * 24 * 3600
STRIPES = 64


class Shelf:
    """The answers used last, in this process, up to a number of bytes."""

    def __init__(self, most_bytes: int = BYTES_IN_PROCESS) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()
        self._rendering = [threading.Lock() for _stripe in range(STRIPES)]

    def find(self, key: str) -> Answer | None:
        """Return the answer to `key`, of whichever stamp: whoever sends it compares that."""
        with self._lock:
            if answer := self._answers.get(key):
                self._answers.move_to_end(key)
            return answer

    def get(self, key: str, *, stamp: str) -> Answer | None:
        """Return the answer to `key` when it is of this `stamp`."""
        answer = self.find(key)
        return answer if answer and answer.stamp == stamp else None

    def put(self, key: str, answer: Answer) -> None:
        """Keep it, and let go of those that were not asked for the longest time."""
        with self._lock:
            if old := self._answers.pop(key, None):
                self.bytes -= old.size
            self._answers[key] = answer
            self.bytes += answer.size
            while self.bytes > self.most_bytes:
                _key, oldest = self._answers.popitem(last=False)
                self.bytes -= oldest.size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()
            self.bytes = 0

    def rendering(self, key: str) -> threading.Lock:
        """Return the lock under which this process renders `key`: once, not once a thread."""
        return self._rendering[hash(key) % STRIPES]


shelf = Shelf()


def find_shared(key: str, *, stamp: str | None) -> Answer | None:
    """Return what another process rendered, with None of whichever stamp; nothing without Redis."""
    answer = cache.get(_shared(key))
    return answer if isinstance(answer, Answer) and stamp in (None, answer.stamp) else None


def share(key: str, answer: Answer) -> None:
    """Keep an answer for every process; while Redis is away, none is the worse for it."""
    cache.set(_shared(key), answer, SECONDS_IN_REDIS)


def _shared(key: str) -> str:
    return f"page:{_build()}:{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


@functools.cache
def _build() -> str:
    """Digest the code, templates and translations: a new version must not send the old one's pages.

    By content and not by time, so that two machines with one version share their pages.
    """
    base = settings.BASE_DIR
    files = [
        *(base / "templates").rglob("*.html"),
        *(base / "locale").rglob("*.mo"),
        *(
            file
            for app in ("accounts", "forum", "sessions_app")
            for file in (base / app).rglob("*.py")
        ),
        *settings.STATIC_ROOT.glob("staticfiles.json"),
    ]
    digest = hashlib.blake2b(settings.BASE_URL.encode(), digest_size=8)
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()
