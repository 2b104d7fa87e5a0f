"""Letters are shown as they will arrive, sent again and withdrawn, and never edited."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation

from accounts.models import User
from forum.mailing.admin import STATES, state_of
from forum.models import Edition, Letter

from .conftest import enrol

pytestmark = pytest.mark.django_db
LIST = "/admin/forum/letter/"


@pytest.fixture(autouse=True)
def english(client: Client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def letter(edition: Edition) -> Letter:
    return Letter.objects.create(
        edition=edition,
        kind="confirmed",
        to_address="p01@example.org",
        language="kk",
        subject="Сіз тіркелдіңіз",
        text="Сәлеметсіз бе!",
        html='<p style="color:#006f88">Сәлеметсіз бе!</p>',
        dedupe_key="test:1",
    )


def sent(letter: Letter, now) -> Letter:
    letter.begun_at = letter.sent_at = now
    letter.save()
    return letter


def act(client: Client, action: str, letter: Letter, **fields: str):
    return client.post(
        LIST, {"action": action, "_selected_action": letter.pk, "index": 0, **fields}
    )


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_its_html_runs_nothing_and_stands_in_a_frame(boss: Client, letter: Letter):
    response = boss.get(f"{LIST}{letter.pk}/html/")
    policy = {one.strip() for one in response["Content-Security-Policy"].split(";")}
    assert response.content.decode() == letter.html
    assert {"default-src 'none'", "script-src 'none'", "sandbox allow-popups"} <= policy


def test_the_page_around_it_keeps_the_strict_policy(boss: Client, letter: Letter):
    response = boss.get(f"{LIST}{letter.pk}/change/")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert letter.text in response.content.decode()


@pytest.mark.parametrize("page", ["html/", "change/"])
def test_letters_are_not_for_the_organiser_without_staff_rights(
    client: Client, organiser: User, letter: Letter, page: str
):
    client.force_login(organiser)
    assert client.get(f"{LIST}{letter.pk}/{page}").status_code == 302


def test_an_unknown_letter_is_not_found(boss: Client, letter: Letter):
    assert boss.get(f"{LIST}{letter.pk + 1}/html/").status_code == 404


def test_nobody_edits_a_letter(boss: Client, letter: Letter):
    assert boss.post(f"{LIST}{letter.pk}/change/", {"subject": "Other"}).status_code == 403


def test_sending_again_asks_first_and_makes_a_copy(clerk: Client, letter: Letter, now):
    sent(letter, now)
    assert act(clerk, "resend", letter).status_code == 200
    assert Letter.objects.count() == 1
    assert said(act(clerk, "resend", letter, confirmed="1")) == ["Done for 1 letter."]
    assert Letter.objects.filter(copy_of=letter).count() == 1


def test_a_letter_on_its_way_is_not_sent_again(boss: Client, letter: Letter):
    assert said(act(boss, "resend", letter, confirmed="1")) == [
        "Сіз тіркелдіңіз: This letter is still on its way; it need not be sent again."
    ]


def test_a_waiting_letter_is_withdrawn(boss: Client, letter: Letter):
    act(boss, "withdraw", letter, confirmed="1")
    letter.refresh_from_db()
    assert state_of(letter) == "withdrawn"


def test_a_sent_letter_cannot_be_withdrawn(boss: Client, letter: Letter, now):
    sent(letter, now)
    assert said(act(boss, "withdraw", letter, confirmed="1")) == [
        "Сіз тіркелдіңіз: It can no longer be withdrawn."
    ]


@pytest.mark.parametrize("state", STATES)
def test_the_filter_finds_what_the_list_calls_by_that_state(
    boss: Client, letter: Letter, now, state: str
):
    moments = {
        "sent": ["begun_at", "sent_at"],
        "failed": ["failed_at"],
        "missed": ["missed_at"],
        "unwanted": ["cancelled_at", "unwanted_at"],
        "withdrawn": ["cancelled_at"],
        "uncertain": ["begun_at", "uncertain_at"],
        "waiting": [],
    }
    for name in moments[state]:
        setattr(letter, name, now)
    letter.save()
    found = {
        one
        for one in STATES
        if list(boss.get(LIST, {"status": one}).context["cl"].result_list) == [letter]
    }
    assert (state_of(letter), found) == (state, {state})


def test_the_last_letter_of_a_registration_is_sent_again(
    clerk: Client, registrar: User, edition: Edition, now
):
    mine = enrol(edition, 1, now)
    last = sent(Letter.objects.get(recipient=mine.person), now)
    path = "/admin/forum/registration/"
    response = clerk.post(
        path, {"action": "resend_letter", "_selected_action": mine.pk, "index": 0}
    )
    assert said(response) == ["1 letter will be sent again."]
    assert Letter.objects.get(copy_of=last).asked_by == registrar


def test_a_clerk_gets_a_copy_at_the_own_address(
    clerk: Client, registrar: User, letter: Letter, now
):
    sent(letter, now)
    assert act(clerk, "send_me_a_copy", letter).status_code == 200
    assert said(act(clerk, "send_me_a_copy", letter, confirmed="1")) == ["Done for 1 letter."]
    copy = Letter.objects.exclude(pk=letter.pk).get()
    assert (copy.to_address, copy.asked_by) == (registrar.email, registrar)


def test_an_uncertain_letter_is_settled_by_who_knows(boss: Client, letter: Letter, now):
    page = f"{LIST}{letter.pk}/change/"
    button = 'value="settle">It arrived'
    assert boss.get(page).content.decode().count(button) == 0
    Letter.objects.update(begun_at=now, uncertain_at=now)
    assert boss.get(page).content.decode().count(button) == 1
    assert said(act(boss, "settle", letter, confirmed="1")) == ["Done for 1 letter."]
    letter.refresh_from_db()
    assert state_of(letter) == "sent"
    refused = said(act(boss, "settle", letter, confirmed="1"))[-1]
    assert refused == "Сіз тіркелдіңіз: Of this letter it is known whether it went."


def test_a_text_that_is_not_kept_is_said_to_be_erased(boss: Client, letter: Letter, now):
    page = f"{LIST}{letter.pk}/change/"
    assert boss.get(page).content.decode().count("letter-html") == 1
    Letter.objects.update(purged_at=now, text="", html="")
    shown = boss.get(page).content.decode()
    assert (shown.count("letter-html"), shown.count("The text was erased on ")) == (0, 1)
