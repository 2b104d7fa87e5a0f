"""What is measured on: 38C3 where its file lies, else an edition from load_scale; and delegates."""

import os
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command, get_commands
from django.utils import timezone

from accounts.models import ConsentText, User
from forum.editions.models import Edition, Organiser
from sessions_app.scale.fill import fill

SCHEDULE = Path(
    os.environ.get(
        "BENCH_SCHEDULE", settings.BASE_DIR.parent / "shared/data/schedules/38c3-schedule.xml"
    )
)
CSRF = "b" * 32


def load_content() -> Edition:
    """Load the edition, publish it, and open its registration."""
    now = timezone.now()
    if SCHEDULE.exists() and "import_schedule" in get_commands():
        call_command("import_schedule", str(SCHEDULE), edition="38c3", create=True)
    else:
        fill("38c3", organisations=500, registrations=500, sessions=300, now=now, tell=print)
    Edition.objects.filter(slug="38c3").update(
        published_at=now,
        current_since=now,
        archived_at=None,
        registration_opens_at=now,
        registration_closes_at=None,
    )
    return Edition.objects.get(slug="38c3")


def sign_in_strangers(count: int, *, prefix: str = "bench") -> list[str]:
    """Make people who are not registered, each signed in; return their cookies."""
    password = make_password(None)
    people = User.objects.bulk_create(
        User(
            email=f"{prefix}-{number:05d}@example.org",
            password=password,
            family_name=f"Қатысушы {number:05d}",
            given_name="Үлгі",
        )
        for number in range(count)
    )
    return [_sign_in(person) for person in people]


def sign_in_organiser(edition: Edition, *, email: str = "bench-organiser@example.org") -> str:
    """Make somebody who organises the edition, signed in; return their cookie."""
    person = User.objects.create_user(email, given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    return _sign_in(person)


def _sign_in(person: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return f"sessionid={store.session_key}; csrftoken={CSRF}"


def registration_body() -> bytes:
    """Write down what a guest posts."""
    consents = ConsentText.objects.values_list("pk", flat=True)
    told: list[tuple[str, object]] = [
        ("csrfmiddlewaretoken", CSRF),
        ("category", "guest"),
        ("languages", "kk"),
        ("job_title", ""),
        *(("consents", text) for text in consents),
    ]
    return urlencode(told).encode()
