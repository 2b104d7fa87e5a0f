"""The cache goes on while Redis is away, and does not ask one that hangs each time."""

import logging
import time

import pytest
from django.core.cache import cache

from forum import caches
from forum.caches import OptionalRedisCache
from forum.embedded import free_port


def away() -> OptionalRedisCache:
    return OptionalRedisCache(f"redis://127.0.0.1:{free_port()}", {})


def test_what_was_set_is_found_while_redis_is_there() -> None:
    cache.set("word", "сөз")
    assert cache.get("word") == "сөз"
    assert cache.add("word", "other") is False
    assert cache.delete("word") is True


def test_without_redis_nothing_is_found_and_a_lock_is_got() -> None:
    one = away()
    one.set("word", "сөз")
    assert one.get("word", "nothing") == "nothing"
    assert one.add("word", "other") is True
    assert one.delete("word") is False


def test_an_outage_is_told_once_and_not_asked_about_for_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = away()
    with caplog.at_level(logging.WARNING, logger="forum.caches"):
        for _question in range(3):
            one.get("word")
        assert [record.args for record in caplog.records] == [("ConnectionError", 5.0)]
        monkeypatch.setitem(caches._away_until, one.server, time.monotonic() - 1)
        one.get("word")
    assert len(caplog.records) == 2
