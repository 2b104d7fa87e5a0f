"""A speaker answers the invitation, changes their mind, and cannot once it is too late."""

import pytest
import time_machine
from django.test import Client

from forum.models import Edition, Letter
from sessions_app.invitations import actions
from sessions_app.models import Speaker

from .conftest import NOW, at, link, reread

pytestmark = pytest.mark.django_db
BEGUN = at("09:00")


def test_one_confirms_by_a_press_and_a_second_one_changes_nothing(
    client: Client, speaker: Speaker
) -> None:
    assert client.post(link(speaker, "confirm/")).status_code == 302
    first = reread(speaker).confirmed_at
    assert first is not None
    client.post(link(speaker, "confirm/"))
    assert reread(speaker).confirmed_at == first


def test_declining_asks_first_and_needs_no_reason(client: Client, speaker: Speaker) -> None:
    assert client.get(link(speaker, "decline/")).status_code == 200
    assert reread(speaker).declined_at is None
    assert client.post(link(speaker, "decline/"), {"reason": ""}).status_code == 302
    assert reread(speaker).declined_at is not None


def test_one_may_change_ones_mind_both_ways(client: Client, speaker: Speaker) -> None:
    client.post(link(speaker, "confirm/"))
    client.post(link(speaker, "decline/"), {"reason": "Сапар"})
    now = reread(speaker)
    assert (now.confirmed_at, now.decline_reason) == (None, "Сапар")
    client.post(link(speaker, "confirm/"))
    now = reread(speaker)
    assert (now.confirmed_at is None, now.declined_at, now.decline_reason) == (False, None, "")


@pytest.mark.parametrize("page", ["confirm/", "decline/", "times/"])
def test_once_the_forum_has_begun_nothing_is_answered(
    client: Client, speaker: Speaker, page: str
) -> None:
    with time_machine.travel(BEGUN, tick=False):
        answer = client.post(link(speaker, page), {"from_0_0": "09:00", "until_0_0": "10:00"})
        shown = client.get(link(speaker)).text
    now = reread(speaker)
    assert answer.status_code == 409
    assert (now.confirmed_at, now.declined_at, now.availabilities.count()) == (None, None, 0)
    assert "confirm/" not in shown


def test_in_the_archive_not_even_the_biography_changes(client: Client, speaker: Speaker) -> None:
    Edition.objects.update(archived_at=NOW)
    told = {"language": "kk", "given_name_kk": "Үлгі", "biography_kk": "Жаңа"}
    assert client.post(link(speaker, "profile/"), told).status_code == 409
    assert not reread(speaker).biography_kk


def test_sixty_acts_in_a_minute_are_enough(client: Client, speaker: Speaker) -> None:
    answers = [client.post(link(speaker, "confirm/")).status_code for _time in range(61)]
    assert answers == [302] * 60 + [429]


def test_who_answers_gets_no_letter_that_still_waits(client: Client, speaker: Speaker) -> None:
    actions.invite(speaker.edition, [speaker], by=None, now=NOW)
    assert Letter.objects.unfinished().count() == 1
    client.post(link(speaker, "confirm/"))
    assert Letter.objects.unfinished().count() == 0
