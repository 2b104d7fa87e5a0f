"""A speaker whom another writer holds: one sentence, 503, and everything as it was."""

import psycopg
import pytest
from django.test import Client

from sessions_app.models import Speaker

from .conftest import link

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/en/90/desk/speakers/SPK001/"


def test_a_speaker_whom_another_is_changing_is_waited_for_but_not_for_ever(
    client: Client, desk: Client, speaker: Speaker, another_writer: psycopg.Connection
) -> None:
    another_writer.execute(
        "SELECT 1 FROM sessions_app_speaker WHERE id = %s FOR UPDATE", [speaker.pk]
    )
    answers = [
        desk.post(f"{DESK}link/"),
        desk.post(f"{DESK}confirm/"),
        client.post(link(speaker, "confirm/")),
    ]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    for answer in answers:
        assert "Somebody else is changing this at the moment." in answer.content.decode()
    before = speaker.link_secret
    speaker.refresh_from_db()
    assert (speaker.link_secret, speaker.confirmed_at) == (before, None)
