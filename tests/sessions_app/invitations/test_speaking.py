"""A speaker's own page: found by the secret alone, and kept by nobody."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import Edition
from sessions_app.invitations import actions
from sessions_app.models import Session, Speaker
from sessions_app.releases.actions import publish

from .conftest import NOW, link, reread

pytestmark = pytest.mark.django_db


def test_it_shows_the_part_and_whom_one_reads_for(
    client: Client, speaker: Speaker, session: Session
) -> None:
    text = client.get(link(speaker)).text
    assert (session.title in text, "Үлгі Өкілетті" in text) == (True, True)
    assert ("Not published yet" in text, "10:00–11:00" in text) == (True, False)


def test_it_shows_time_and_room_once_they_are_released(
    client: Client, speaker: Speaker, session: Session
) -> None:
    publish(session.edition, by=None, note="", now=NOW)
    text = client.get(link(speaker)).text
    assert ("10:00–11:00" in text, "Үлкен зал" in text) == (True, True)


def test_nobody_finds_or_keeps_it(client: Client, speaker: Speaker) -> None:
    answer = client.get(link(speaker))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert answer.text.count(speaker.link_secret) == answer.text.count(f"/{speaker.link_secret}/")
    assert '<link rel="canonical"' not in answer.text


def test_who_guesses_finds_nothing(client: Client, speaker: Speaker, other: Speaker) -> None:
    right = link(speaker)
    wrong = [
        right.replace(speaker.link_secret, other.link_secret),
        right.replace(speaker.link_secret, "x"),
        right.replace(speaker.link_secret, speaker.link_secret[:-1]),
        right.replace(speaker.code, other.code),
        right.replace(speaker.code, "NOBODY"),
        right.replace("/90/", "/12/"),
    ]
    assert [client.get(path).status_code for path in [right, *wrong]] == [200, *[404] * 6]
    assert len({client.get(path).text.count("does not lead anywhere") for path in wrong}) == 1


def test_another_edition_with_the_same_code_is_not_opened(client: Client, speaker: Speaker) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    Speaker.objects.create(edition=there, code=speaker.code)
    assert client.get(link(speaker).replace("/90/", "/91/")).status_code == 404


def test_a_link_that_was_renewed_is_dead(client: Client, speaker: Speaker) -> None:
    old = link(speaker)
    actions.renew_link(speaker, by=None, now=NOW)
    assert client.get(old).status_code == 404
    assert client.get(link(reread(speaker))).status_code == 200


@pytest.mark.parametrize("page", ["confirm/"])
def test_an_act_cannot_be_got(client: Client, speaker: Speaker, page: str) -> None:
    assert client.get(link(speaker, page)).status_code == 405


@pytest.mark.parametrize("page", ["", "photo.jpg"])
def test_a_page_to_read_cannot_be_posted_to(client: Client, speaker: Speaker, page: str) -> None:
    assert client.post(link(speaker, page)).status_code == 405


def test_a_foreign_site_cannot_answer_for_the_speaker(speaker: Speaker) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(speaker, "confirm/")).status_code == 403
    assert reread(speaker).confirmed_at is None


def test_the_history_does_not_keep_the_secret(client: Client, speaker: Speaker) -> None:
    client.post(link(speaker, "confirm/"))
    event = Speaker.pgh_event_model.objects.filter(confirmed_at__isnull=False).get()
    assert event.pgh_context.metadata["url"] == f"/speaking/{speaker.code}/"


def test_the_address_is_made_by_its_name(speaker: Speaker) -> None:
    args = ["90", speaker.code, speaker.link_secret]
    assert reverse("speaking", args=args) == link(speaker).replace("/en/", "/kk/")
