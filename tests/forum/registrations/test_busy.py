"""What another writer holds is not waited for for ever: one sentence, 503, nothing written."""

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.test import Client

from accounts import locks
from accounts.locks import Busy
from accounts.models import ConsentText, User
from accounts.organisations.models import Organisation
from forum.editions.actions import archive
from forum.models import Edition, Registration

from .conftest import Registrar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """Somebody else's transaction, which stays open."""
    names = connection.settings_dict
    with psycopg.connect(
        host=names["HOST"] or "127.0.0.1",
        port=names["PORT"],
        user=names["USER"],
        password=names["PASSWORD"],
        dbname=names["NAME"],
    ) as connected:
        yield connected
        connected.rollback()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_TIMEOUT", "200ms")


def test_a_bin_that_another_is_writing_is_waited_for_but_not_for_ever(
    edition: Edition, delegate_client: Client, other: psycopg.Connection
) -> None:
    other.execute(
        "INSERT INTO accounts_organisation (name, name_kk, bin, legal_form, kind, added_at) "
        "VALUES ('Ұйым', 'Ұйым', '600140000028', '', 'ngo', now())"
    )
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    sent = {"category": "ngo", "languages": ["kk"], "organisation": "new", "consents": list(texts)}
    new = {"new-name": "Жаңа ұйым", "new-bin": "600140000028", "new-kind": "ngo"}
    response = delegate_client.post(f"/en/{edition.slug}/register/", sent | new)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Please try again." in response.content.decode()
    assert "Жаңа ұйым" in response.content.decode()
    assert (Registration.objects.count(), Organisation.objects.count()) == (0, 0)


def test_a_registration_that_another_is_changing_is_waited_for_but_not_for_ever(
    delegate: User,
    enrol: Registrar,
    edition: Edition,
    delegate_client: Client,
    other: psycopg.Connection,
) -> None:
    mine = enrol(delegate)
    other.execute("SELECT 1 FROM forum_registration WHERE id = %s FOR UPDATE", [mine.pk])
    sent = {"category": "guest", "languages": ["kk"], "organisation": "none"}
    for page in ("change", "cancel"):
        response = delegate_client.post(f"/en/{edition.slug}/me/{page}/", sent)
        assert response.status_code == 503, page
        assert "Please try again." in response.content.decode(), page
    mine.refresh_from_db()
    assert (mine.category, mine.cancelled_at) == ("ngo", None)


def test_an_edition_that_another_is_changing_is_waited_for_but_not_for_ever(
    edition: Edition, now: dt.datetime, other: psycopg.Connection
) -> None:
    other.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    with pytest.raises(Busy):
        archive(edition, now=now)


def test_the_admin_says_that_an_edition_is_held_by_another(
    edition: Edition, client: Client, other: psycopg.Connection
) -> None:
    client.force_login(User.objects.create_superuser("boss@example.org", given_name="Boss"))
    client.cookies["django_language"] = "en"
    other.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    response = client.post(
        "/admin/forum/edition/",
        {"action": "archive", "_selected_action": edition.pk, "index": 0, "confirmed": "1"},
    )
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Somebody else is changing this at the moment." in response.content.decode()
    edition.refresh_from_db()
    assert edition.archived_at is None
