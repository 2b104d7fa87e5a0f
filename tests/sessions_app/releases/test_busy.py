"""Who publishes an edition that another writer holds reads a sentence; nothing is published."""

import psycopg
import pytest
from django.test import Client

from accounts.models import User
from forum.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.releases.draft import read_draft
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Placer

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edition_that_another_is_changing_is_waited_for_but_not_for_ever(
    edition: Edition,
    hall: Room,
    placed: Placer,
    client: Client,
    another_writer: psycopg.Connection,
) -> None:
    placed("Ашылу", hall, "10:00", "11:00")
    publish(edition, by=None, note="", now=NOW)
    placed("Жабылу", hall, "11:00", "12:00")
    publish(edition, by=None, note="", now=NOW)
    placed("Кеш", hall, "12:00", "13:00")
    client.force_login(User.objects.create_superuser("boss@example.org", given_name="Boss"))
    another_writer.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    for page in ("release/", "releases/1/revert/"):
        answer = client.post(f"/en/12/desk/{page}", {"seen": read_draft(edition).mark})
        assert (answer.status_code, answer["Retry-After"]) == (503, "5"), page
        assert "Somebody else is changing this at the moment." in answer.content.decode(), page
    assert list(Release.objects.values_list("number", flat=True)) == [2, 1]
