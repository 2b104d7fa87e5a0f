"""Sessions lie in the database: what a cookie may hold, and who clears them away."""

import datetime as dt

import pytest
from celery import Celery
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.sign_in.sessions import SessionStore
from accounts.sign_in.tasks import forget_ended_sessions
from forum.celery import app

pytestmark = pytest.mark.django_db


KEYS = {
    "a NUL": r"abcdefghijk\000lmnop",
    "kazakh": "ұқыпты".encode().decode("latin-1"),
    "spaces": "a b c d e f g h",
    "nothing": "",
    "high": "\xff" * 9,
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("path", ["/kk/accounts/login/", "/kk/12/me/", "/", "/admin/"])
def test_a_cookie_that_is_no_key_is_no_session(key: str, path: str) -> None:
    names = ("sessionid", "csrftoken", "django_language", "messages")
    client = Client(headers={"cookie": "; ".join(f'{name}="{key}"' for name in names)})
    assert client.get(path).status_code in (200, 302, 404)
    assert client.post(path).status_code in (302, 404, 405, 422)


def test_what_has_ended_is_forgotten() -> None:
    now = timezone.now()
    ends = {"ended": now - dt.timedelta(days=1), "lasting": now + dt.timedelta(days=1)}
    for name, moment in ends.items():
        Session.objects.create(session_key=name, session_data="", expire_date=moment)
    forget_ended_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasting"]


def test_beat_asks_for_it() -> None:
    assert isinstance(app, Celery)
    app.loader.import_default_modules()
    planned = [plan["task"] for plan in settings.CELERY_BEAT_SCHEDULE.values()]
    assert forget_ended_sessions.name in planned
    assert set(planned) <= app.tasks.keys()


def test_a_session_is_kept_and_found() -> None:
    kept = SessionStore()
    kept["word"] = "сәлем"
    kept.save()
    assert SessionStore(kept.session_key)["word"] == "сәлем"
