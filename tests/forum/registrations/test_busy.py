"""What another writer holds is not waited for for ever: one sentence, 503, nothing written."""

import datetime as dt

import psycopg
import pytest
from django.test import Client

from accounts.locks import Busy
from accounts.models import ConsentText, User
from accounts.organisations.models import Organisation
from forum.editions.actions import archive
from forum.models import Edition, Registration

from .conftest import Registrar

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bin_that_another_is_writing_is_waited_for_but_not_for_ever(
    edition: Edition, delegate_client: Client, another_writer: psycopg.Connection
) -> None:
    another_writer.execute(
        "INSERT INTO accounts_organisation (code, name, name_kk, bin, legal_form, kind, "
        "register_status, other_names, merge_reason, added_at) "
        "VALUES ('ABCDEFGH', 'Ұйым', 'Ұйым', '600140000028', '', 'ngo', '', '', '', now())"
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
    another_writer: psycopg.Connection,
) -> None:
    mine = enrol(delegate)
    another_writer.execute("SELECT 1 FROM forum_registration WHERE id = %s FOR UPDATE", [mine.pk])
    sent = {"category": "guest", "languages": ["kk"], "organisation": "none"}
    for page in ("change", "cancel"):
        response = delegate_client.post(f"/en/{edition.slug}/me/{page}/", sent)
        assert response.status_code == 503, page
        assert "Please try again." in response.content.decode(), page
    mine.refresh_from_db()
    assert (mine.category, mine.cancelled_at) == ("ngo", None)


def test_an_edition_that_another_is_changing_is_waited_for_but_not_for_ever(
    edition: Edition, now: dt.datetime, another_writer: psycopg.Connection
) -> None:
    another_writer.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    with pytest.raises(Busy):
        archive(edition, now=now)


def test_the_admin_says_that_an_edition_is_held_by_another(
    edition: Edition, client: Client, another_writer: psycopg.Connection
) -> None:
    client.force_login(User.objects.create_superuser("boss@example.org", given_name="Boss"))
    client.cookies["django_language"] = "en"
    another_writer.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    response = client.post(
        "/admin/forum/edition/",
        {"action": "archive", "_selected_action": edition.pk, "index": 0, "confirmed": "1"},
    )
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Somebody else is changing this at the moment." in response.content.decode()
    edition.refresh_from_db()
    assert edition.archived_at is None
