"""One's own ticket: only while the place is one's own, and with what the desk asks for."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.models import Edition, Registration
from forum.tickets.codes import ticket_payload
from forum.tickets.pictures import qr_svg
from tests.forum.pdf import codes_of, edges_of, pages_of, sizes_of

pytestmark = pytest.mark.django_db
PAGE = "/en/12/me/ticket/"


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_en="12th Civil Forum",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        venue_en="Congress Centre",
        published_at=timezone.now(),
    )


@pytest.fixture
def delegate(client: Client) -> User:
    person = User.objects.create_user("p03@example.org", given_name="Sample 03")
    client.force_login(person)
    return person


@pytest.fixture
def registration(edition: Edition, delegate: User) -> Registration:
    now = timezone.now()
    return Registration.objects.create(
        edition=edition,
        person=delegate,
        code="ABCDEF",
        category="ngo",
        registered_at=now,
        confirmed_at=now,
    )


def test_the_ticket_shows_its_code_name_days_and_place(
    client: Client, registration: Registration
) -> None:
    page = client.get(PAGE).content.decode()
    assert qr_svg(ticket_payload(registration)) in page
    for words in ("ABCDEF", "Sample 03", "15–16 October 2025", "Congress Centre"):
        assert words in page


@pytest.mark.usefixtures("registration")
def test_a_ticket_for_one_day_says_which(client: Client) -> None:
    Registration.objects.update(days=[dt.date(2025, 10, 16)])
    page = client.get(PAGE).content.decode()
    assert "Thursday, 16 October" in page
    assert "15–16 October 2025</dd>" not in page


@pytest.mark.parametrize(
    "state",
    [{"confirmed_at": None}, {"cancelled_at": timezone.now()}, {"declined_at": timezone.now()}],
)
def test_who_has_no_place_has_no_ticket(
    client: Client, registration: Registration, state: dict[str, object]
) -> None:
    Registration.objects.filter(pk=registration.pk).update(**state)
    assert client.get("/en/12/me/ticket.pdf").status_code == 404
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "You have no ticket" in response.content.decode()


def test_the_ticket_on_paper_says_the_same_and_a_scanner_reads_it(
    client: Client, registration: Registration
) -> None:
    User.objects.update(family_name="Ұлғатайқызы-Әһң", latin_name="Sample *x* #y")
    Registration.objects.update(days=[dt.date(2025, 10, 16)])
    response = client.get("/kk/12/me/ticket.pdf")
    assert (response["Content-Type"], sizes_of(response.content)) == (
        "application/pdf",
        {(148.0, 210.0)},
    )
    [page] = pages_of(response.content)
    for words in ("Ұлғатайқызы-Әһң Sample 03", "Sample *x* #y", "ABCDEF", "16 қазан, бейсенбі"):
        assert words in page
    assert codes_of(response.content) == [ticket_payload(registration)]


def test_long_words_stay_on_the_ticket(client: Client, registration: Registration) -> None:
    User.objects.update(family_name="Щ" * 100, given_name="Ж" * 100, patronymic="Ю" * 100)
    User.objects.update(latin_name="W" * 200)
    Edition.objects.update(name_kk="Қ" * 120, venue_kk="Ғ" * 200, city_kk="Ұ" * 100)
    content = client.get("/kk/12/me/ticket.pdf").content
    left, bottom, right, top = edges_of(content)
    assert len(pages_of(content)) == 1
    assert left > 0.05
    assert right < 0.95
    assert bottom > 0.02
    assert top < 0.95
    assert codes_of(content) == [ticket_payload(registration)]


@pytest.mark.usefixtures("registration")
def test_the_page_asks_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get(PAGE)


@pytest.mark.usefixtures("registration")
def test_the_ticket_is_looked_at_and_not_sent(client: Client) -> None:
    assert client.post(PAGE).status_code == 405
