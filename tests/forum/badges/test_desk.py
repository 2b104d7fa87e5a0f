"""The desk's page of badges."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.badges import actions
from forum.badges.models import SILENCE, Badge, BadgeBatch
from forum.editions.models import Edition
from tests.forum.pdf import pages_of

from .conftest import Holder

pytestmark = pytest.mark.django_db
DESK = "/en/12/desk/badges/"
ALL = {"wanted": "all", "category": "", "region": "", "layout": "a6"}


def made(desk: Client, now: dt.datetime) -> BadgeBatch:
    desk.post(DESK, ALL)
    batch = BadgeBatch.objects.get()
    actions.make(batch.code, clock=lambda: now)
    return BadgeBatch.objects.get()


def test_page_counts_what_is_printed_and_what_is_due(
    desk: Client, holder: Holder, now: dt.datetime
) -> None:
    holder(), holder()
    made(desk, now)
    holder()
    User.objects.filter(email="p01@example.org").update(family_name="Басқа")
    page = " ".join(desk.get(DESK).content.decode().split())
    for figure in ("<b>3</b> have a place", "<b>1</b> not printed yet", "<b>1</b> to be printed"):
        assert figure in page


def test_organiser_asks_for_badges_and_fetches_the_file(
    desk: Client, holder: Holder, now: dt.datetime
) -> None:
    holder(), holder()
    response = desk.post(DESK, ALL, follow=True)
    assert "A worker makes the badges." in response.content.decode()
    assert "data-running" in response.content.decode()
    batch = BadgeBatch.objects.get()
    address = f"{DESK}batches/{batch.code}.pdf"
    assert desk.get(address).status_code == 404
    actions.make(batch.code, clock=lambda: now)
    assert address in desk.get(DESK).content.decode()
    answer = desk.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert len(pages_of(b"".join(answer.streaming_content))) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**ALL, "wanted": "everybody"},
        {**ALL, "layout": "a7"},
        {**ALL, "category": "king\0"},
        {**ALL, "region": "999999999999999999999"},
        {**ALL, "region": "\0"},
    ],
)
def test_a_form_that_is_wrong_is_shown_again(
    desk: Client, holder: Holder, wrong: dict[str, str]
) -> None:
    holder()
    assert desk.post(DESK, wrong).status_code == 422
    assert not BadgeBatch.objects.exists()


def test_nobody_to_print_is_said(desk: Client) -> None:
    response = desk.post(DESK, ALL)
    assert response.status_code == 409
    assert "Nobody needs such a badge" in response.content.decode()


def test_second_batch_is_refused_with_a_sentence(desk: Client, holder: Holder) -> None:
    holder()
    desk.post(DESK, ALL)
    response = desk.post(DESK, ALL)
    assert response.status_code == 409
    assert "Badges are being made already." in response.content.decode()
    assert BadgeBatch.objects.count() == 1


def test_progress_survives_a_reload_and_is_a_part_of_its_own(
    desk: Client, holder: Holder, now: dt.datetime
) -> None:
    holder()
    desk.post(DESK, ALL)
    BadgeBatch.objects.update(heard_at=now, claim="x", done=120, total=1700)
    for address in (DESK, f"{DESK}progress/"):
        page = desk.get(address).content.decode()
        assert '<progress max="1700" value="120"' in page
        assert "120 / 1,700" in page


def test_stopped_batch_says_so_and_is_started_again(
    desk: Client, holder: Holder, now: dt.datetime
) -> None:
    holder()
    desk.post(DESK, ALL)
    BadgeBatch.objects.update(heard_at=now - SILENCE, claim="dead")
    batch = BadgeBatch.objects.get()
    page = desk.get(DESK).content.decode()
    assert "The worker stopped. Start it again." in page
    again = f"{DESK}batches/{batch.code}/again/"
    assert again in page
    said = desk.post(again, follow=True).content.decode()
    assert "The badges are started again." in said
    assert "need not be started again" in desk.post(again, follow=True).content.decode()


def test_badges_that_were_not_printed_count_so(
    desk: Client, holder: Holder, now: dt.datetime
) -> None:
    holder()
    batch = made(desk, now)
    address = f"{DESK}batches/{batch.code}/not-printed/"
    assert "1 badge counts as not printed." in desk.post(address, follow=True).content.decode()
    assert not Badge.objects.exists()
    assert "No badge counts as printed" in desk.post(address, follow=True).content.decode()


def test_file_that_is_gone_is_not_found(desk: Client, holder: Holder, now: dt.datetime) -> None:
    holder()
    batch = made(desk, now)
    default_storage.delete(batch.file)
    assert desk.get(f"{DESK}batches/{batch.code}.pdf").status_code == 404


def test_batch_is_its_editions_organisers_alone(
    client: Client, desk: Client, holder: Holder, now: dt.datetime
) -> None:
    mine = holder()
    batch = made(desk, now)
    pages = (f"{DESK}batches/{batch.code}.pdf", DESK, f"{DESK}progress/")
    other = User.objects.create_user("o02@example.org")
    Edition.objects.create(
        number=11, year=2023, slug="11", name_kk="XI", starts_on=now.date(), ends_on=now.date()
    ).team.create(person=other)
    for person in (mine.person, other):
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]
        assert client.post(f"{DESK}batches/{batch.code}/again/").status_code == 404
        assert client.post(f"{DESK}batches/{batch.code}/not-printed/").status_code == 404
    assert client.get(pages[0].replace("/12/", "/11/")).status_code == 404
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}


@pytest.mark.parametrize("typed", ["батиш", "TEST01", "batish", "  Бәтіш  Нұр "])
def test_one_badge_is_found_by_name_in_any_spelling_and_by_code(
    desk: Client, holder: Holder, typed: str
) -> None:
    mine = holder("Нұрғазиева", "Бәтіш", "Batish")
    holder("Басқа", "Адам")
    page = desk.get(DESK, {"q": typed}).content.decode()
    assert f"{DESK}{mine.code}.pdf" in page
    assert f"{DESK}TEST02.pdf" not in page


@pytest.mark.parametrize("typed", ["\0", "Жоқ адам", "%", "x" * 5000])
def test_search_that_finds_nobody_says_so(desk: Client, holder: Holder, typed: str) -> None:
    holder()
    response = desk.get(DESK, {"q": typed})
    assert response.status_code == 200
    assert ("Nobody with a place matches." in response.content.decode()) == (typed != "\0")


def test_name_that_cannot_be_printed_is_said_before(desk: Client, holder: Holder) -> None:
    holder("王小明", "", "Wang Xiaoming")
    page = desk.get(DESK, {"q": "wang"}).content.decode()
    assert "The badge says: Wang Xiaoming" in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_page_asks_the_same_number_of_questions_for_any_number_of_rows(
    desk: Client, holder: Holder, now: dt.datetime, organiser: User, count: int
) -> None:
    for number in range(count):
        holder(region="KZ-71")
        BadgeBatch.objects.create(
            edition=organiser.organises.get().edition,
            code=f"B{number}",
            asked_by=organiser,
            failed_at=now,
        )
    Badge.objects.bulk_create(
        Badge(registration_id=pk, printed_at=now, printed_by=organiser, digest="x")
        for pk in organiser.organises.get().edition.registrations.values_list("pk", flat=True)
    )
    with CaptureQueriesContext(connection) as asked:
        desk.get(DESK, {"q": "үлгі"})
    assert len(asked) <= 10
    with CaptureQueriesContext(connection) as asked:
        desk.get(f"{DESK}progress/")
    assert len(asked) <= 6
