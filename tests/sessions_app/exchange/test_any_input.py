"""Whatever comes is read or refused in a sentence, and never ends in another error."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions_app.exchange.conftest import read_or_refused

pytestmark = pytest.mark.usefixtures("english")


NAMES = ["schedule", "conference", "days", "rooms", "events", "date", "start", "duration", "title"]
NAMES += [
    "persons",
    "id",
    "guid",
    "links",
    "language",
    "name",
    "talks",
    "speakers",
    "tracks",
    "end",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value: object):
    assert read_or_refused(json.dumps(value).encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    for begin in (b"", b"<", b"{", b'<?xml version="1.0" encoding="rot13"?>'):
        assert read_or_refused(begin + content)


FIELD = st.text(max_size=20) | st.sampled_from(["24:00", "2025-10-16T10:00", "1:99", "99:99", "-1"])


@settings(max_examples=150, deadline=None)
@given(FIELD, FIELD, FIELD, FIELD)
def test_any_fields_are_read_or_refused(date: str, start: str, duration: str, guid: str):
    thing = {"title": "A", "date": date, "start": start, "duration": duration, "guid": guid}
    content = {"days": [{"date": "2025-10-16", "events": [thing]}]}
    assert read_or_refused(json.dumps(content).encode())
