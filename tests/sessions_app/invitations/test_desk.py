"""The desk for speakers: its organisers alone; letters to many, once each; answers for others."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.models import Edition, Letter, Organiser
from sessions_app.invitations import actions
from sessions_app.models import Appearance, Material, Session, Speaker

from .conftest import NOW, link, slides

pytestmark = pytest.mark.django_db
LIST = "/en/90/desk/speakers/"
PAGE = f"{LIST}SPK001/"
PAGES = (LIST, PAGE, f"{PAGE}profile/", f"{PAGE}times/", f"{PAGE}photo/", f"{PAGE}decline/")
ACTS = (
    f"{LIST}invite/",
    f"{LIST}remind/",
    f"{PAGE}confirm/",
    f"{PAGE}link/",
    f"{PAGE}files/X/publication/",
)


def names(client: Client, query: str) -> list[str]:
    answer = client.get(LIST + query)
    return [speaker.code for speaker, _answer, _parts in answer.context["rows"]]


@pytest.mark.usefixtures("speaker", "other")
@pytest.mark.parametrize("path", PAGES)
def test_strangers_sign_in_and_others_find_nothing(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/en/accounts/login/?next={path}"
    client.force_login(User.objects.create_user("delegate@example.org"))
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize("path", [*PAGES, *ACTS])
def test_an_organiser_of_another_edition_finds_nothing(client: Client, path: str) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=there, person=person)
    client.force_login(person)
    told = {"all": "1", "confirmed": "1", "reason": "", "language": "kk", "given_name_kk": "X"}
    asked = client.post if path in ACTS else client.get
    assert asked(path, told).status_code == 404
    assert client.post(path, told).status_code in {404, 405}
    assert (Letter.objects.count(), Speaker.objects.get().confirmed_at) == (0, None)


@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize("path", ACTS)
def test_an_act_cannot_be_got(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 405


def test_the_list_is_searched_and_filtered(desk: Client, speaker: Speaker, other: Speaker) -> None:
    Speaker.objects.filter(pk=other.pk).update(invited_at=NOW, email="", biography_kk="Б")
    assert names(desk, "") == [other.code, speaker.code]
    assert names(desk, "?q=улги") == [speaker.code]
    found = {name: names(desk, f"?show={name}") for name in ("not_invited", "awaited", "no_email")}
    assert found == {
        "not_invited": [speaker.code],
        "awaited": [other.code],
        "no_email": [other.code],
    }
    assert (names(desk, "?show=no_biography"), names(desk, "?show=confirmed")) == (
        [speaker.code],
        [],
    )
    assert len(names(desk, "?show=nonsense&page=99")) == 2


def test_inviting_asks_first_and_writes_one_letter_each(
    desk: Client, speaker: Speaker, session: Session, other: Speaker
) -> None:
    told = {"speaker": [speaker.code, other.code]}
    assert session.edition == other.edition
    asked = desk.post(f"{LIST}invite/", told)
    assert (asked.status_code, Letter.objects.count()) == (200, 0)
    for _time in range(2):
        assert desk.post(f"{LIST}invite/", told | {"confirmed": "1"}).status_code == 302
    letters = Letter.objects.order_by("to_address")
    assert [(letter.to_address, letter.language) for letter in letters] == [
        ("other@example.org", "kk"),
        ("speaker@example.org", "ru"),
    ]
    assert Speaker.objects.filter(invited_at=None).count() == 0


def test_the_letter_is_in_the_speakers_language_whoever_sends_it(
    desk: Client, speaker: Speaker, session: Session
) -> None:
    desk.post(f"{LIST}invite/", {"speaker": [speaker.code], "confirmed": "1"})
    letter = Letter.objects.get()
    assert "Вас приглашает: Союз, Министерство" in letter.text
    assert f"{session.title}\n  Роль: Выступает от имени: Үлгі Өкілетті" in letter.text
    assert link(speaker).replace("/en/", "/ru/") in letter.text
    assert link(speaker).replace("/en/", "/ru/") in letter.html
    assert "forum@example.org" in letter.text


def test_all_of_a_filtered_list_are_invited(desk: Client, speaker: Speaker, other: Speaker) -> None:
    Speaker.objects.filter(pk=other.pk).update(confirmed_at=NOW)
    desk.post(f"{LIST}invite/", {"all": "1", "show": "not_invited", "confirmed": "1"})
    assert Letter.objects.get().to_address == speaker.email


def test_who_has_no_address_or_declined_is_named(
    desk: Client, speaker: Speaker, other: Speaker
) -> None:
    Speaker.objects.filter(pk=speaker.pk).update(email="")
    Speaker.objects.filter(pk=other.pk).update(declined_at=NOW)
    answer = desk.post(f"{LIST}invite/", {"all": "1"})
    assert answer.context["found"].refused == ["Басқа has declined.", "Үлгі Спикер has no e-mail."]
    assert "confirmed" in answer.text
    desk.post(f"{LIST}invite/", {"all": "1", "confirmed": "1"})
    assert Letter.objects.count() == 0


@pytest.mark.usefixtures("speaker")
def test_nobody_chosen_is_told(desk: Client) -> None:
    answer = desk.post(f"{LIST}invite/", {"speaker": "NOBODY", "confirmed": "1"}, follow=True)
    assert "Choose speakers first" in answer.text


def test_of_another_edition_nobody_can_be_chosen(desk: Client, speaker: Speaker) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    Speaker.objects.create(edition=there, code="ELSE01", email="else@example.org")
    desk.post(f"{LIST}invite/", {"speaker": ["ELSE01", speaker.code], "confirmed": "1"})
    assert Letter.objects.get().to_address == speaker.email


def test_one_is_reminded_once_a_day(desk: Client, speaker: Speaker, other: Speaker) -> None:
    actions.invite(speaker.edition, [speaker], by=None, now=NOW)
    told = {"speaker": [speaker.code, other.code], "confirmed": "1"}
    for _time in range(2):
        desk.post(f"{LIST}remind/", told)
    assert Letter.objects.filter(kind="speaker_reminder").count() == 1


def test_once_it_has_begun_nobody_is_invited(desk: Client, speaker: Speaker) -> None:
    Edition.objects.update(starts_on=dt.date(2020, 1, 1))
    answer = desk.post(f"{LIST}invite/", {"all": "1", "confirmed": "1"}, follow=True)
    assert "The forum has begun" in answer.text
    assert (Letter.objects.count(), Speaker.objects.get(pk=speaker.pk).invited_at) == (0, None)


def test_an_answer_for_somebody_says_who_gave_it(desk: Client, speaker: Speaker) -> None:
    desk.post(f"{PAGE}confirm/")
    assert Speaker.objects.get(pk=speaker.pk).confirmed_at is not None
    assert "Answered on their behalf by Ұйымдастырушы Үлгі." in desk.get(PAGE).text


def test_the_speakers_own_answer_is_told_from_that(
    desk: Client, client: Client, speaker: Speaker
) -> None:
    desk.post(f"{PAGE}confirm/")
    client.post(link(speaker, "decline/"), {"reason": "Сапар"})
    text = desk.get(PAGE).text
    assert ("Answered by the speaker." in text, "Сапар" in text) == (True, True)


def test_a_new_link_ends_the_old_and_lets_one_invite_again(
    desk: Client, client: Client, speaker: Speaker
) -> None:
    desk.post(f"{LIST}invite/", {"all": "1", "confirmed": "1"})
    desk.post(f"{PAGE}link/")
    assert client.get(link(speaker)).status_code == 404
    desk.post(f"{LIST}invite/", {"all": "1", "confirmed": "1"})
    live = Letter.objects.unfinished().get()
    assert link(Speaker.objects.get(pk=speaker.pk)).replace("/en/", "/ru/") in live.text


def test_who_confirmed_gets_the_new_link_without_being_asked_again(
    desk: Client, speaker: Speaker
) -> None:
    desk.post(f"{PAGE}confirm/")
    desk.post(f"{LIST}invite/", {"speaker": speaker.code, "confirmed": "1"})
    letter = Letter.objects.get()
    assert letter.subject == "Ваша ссылка спикера: Форум"
    assert "Ждём ответа" not in letter.text


def test_the_desk_changes_the_address_too(desk: Client, speaker: Speaker) -> None:
    told = {"language": "en", "given_name_kk": "Үлгі", "email": "new@example.org"}
    assert desk.post(f"{PAGE}profile/", told).status_code == 302
    assert Speaker.objects.get(pk=speaker.pk).email == "new@example.org"


def test_a_file_is_published_and_taken_back(
    desk: Client, client: Client, speaker: Speaker, session: Session
) -> None:
    client.post(link(speaker, f"sessions/{session.code}/file/"), {"title": "T", "file": slides()})
    page = f"{PAGE}files/{Material.objects.get().code}/publication/"
    desk.post(page, {"publish": "1"})
    assert Material.objects.get().published_at is not None
    desk.post(page, {"publish": "0"})
    assert Material.objects.get().published_at is None


@pytest.mark.parametrize("path", [LIST, PAGE])
def test_queries_do_not_grow(
    desk: Client, edition: Edition, speaker: Speaker, session: Session, path: str
) -> None:
    costs = []
    for count in (1, 3):
        for number in range(count):
            code = f"{count}{number}"
            more = Speaker.objects.create(edition=edition, code=f"P{code}", given_name_kk="Үлгі")
            made = Session.objects.create(edition=edition, code=f"S{code}", title_kk="Отырыс")
            Appearance.objects.create(session=made, speaker=more)
            Appearance.objects.create(session=made, speaker=speaker)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        costs.append(len([one for one in asked if "django_session" not in one["sql"]]))
    assert costs[0] == costs[1]
    assert costs[0] <= 10
    assert session.pk
