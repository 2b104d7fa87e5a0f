"""The demo, loaded once a file: every page has something to show; demo people are the cast."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.users import demo
from forum.models import Edition
from sessions_app.demo.load import load_demo
from sessions_app.models import Appearance, Slot


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        with override_settings(EMBEDDED=True):
            load_demo(now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def codes() -> dict[str, str]:
    """A session, one who speaks in it, a room and a track of the 12th; an organisation."""
    appearance = Appearance.objects.filter(session__edition__slug="12").order_by("pk")[0]
    slot = Slot.objects.filter(release__edition__slug="12", session__track__isnull=False)[0]
    assert slot.session.track is not None
    return {
        "session": appearance.session.code,
        "speaker": appearance.speaker.code,
        "room": slot.room.code,
        "track": slot.session.track.code,
        "organisation": Organisation.objects.order_by("pk")[0].code,
    }


@pytest.fixture
def twelfth() -> Edition:
    return Edition.objects.get(slug="12")


def client_of(person: demo.DemoPerson | None, **options: object) -> Client:
    """Return a browser in which `person` is signed in; nobody, for a stranger."""
    client = Client(**options)  # type: ignore[arg-type]
    if person:
        client.force_login(
            User.objects.get(email=person.email), "django.contrib.auth.backends.ModelBackend"
        )
    return client
