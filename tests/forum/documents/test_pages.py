"""The pages: my forum, the desk, and the public check."""

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.documents import actions
from forum.documents.models import Document, Kind
from forum.models import Edition, Registration
from tests.forum.pdf import pages_of

from .conftest import NOW

pytestmark = pytest.mark.django_db
ME, DESK, VERIFY = "/en/12/me/", "/en/12/desk/documents/", "/en/12/verify/"


@pytest.mark.usefixtures("registration")
def test_delegate_gets_the_certificate_from_my_forum(mine: Client) -> None:
    page = mine.get(ME).content.decode()
    assert "Certificate of participation" in page
    assert "Letter of invitation" not in page
    response = mine.post(f"{ME}documents/", {"kind": "certificate", "language": "en"}, follow=True)
    assert response["Content-Type"] == "application/pdf"
    assert "Batish Sample" in pages_of(response.content)[0]
    document = Document.objects.get()
    assert f"/en/12/documents/{document.code}.pdf" in mine.get(ME).content.decode()


@pytest.mark.usefixtures("coming")
def test_delegate_gets_the_invitation_before_the_forum(mine: Client) -> None:
    page = mine.get(ME).content.decode()
    assert "Letter of invitation" in page
    assert "Certificate of participation" not in page
    response = mine.post(f"{ME}documents/", {"kind": "invitation", "language": "kk"}, follow=True)
    assert "Шақыру хаты" in pages_of(response.content)[0]


def test_whoever_arrived_reads_from_when_on_there_is_a_certificate(
    mine: Client, registration: Registration, time_machine: object
) -> None:
    time_machine.move_to("2025-10-16T10:00:00+05:00", tick=False)  # type: ignore[attr-defined]
    page = mine.get(ME).content.decode()
    assert "from this time on: 17 October 2025" in page
    response = mine.post(f"{ME}documents/", {"kind": "certificate", "language": "kk"}, follow=True)
    assert "Certificates are issued from this time on" in response.content.decode()
    assert not registration.documents.exists()


def test_waiting_delegate_sees_no_documents(mine: Client, coming: Registration) -> None:
    Registration.objects.filter(pk=coming.pk).update(confirmed_at=None, waiting_since=NOW)
    assert "My documents" not in mine.get(ME).content.decode()


@pytest.mark.parametrize(
    "wrong", [{}, {"kind": "diploma", "language": "kk"}, {"kind": "certificate", "language": "\0"}]
)
@pytest.mark.usefixtures("registration")
def test_a_wrong_choice_is_said(mine: Client, wrong: dict[str, str]) -> None:
    response = mine.post(f"{ME}documents/", wrong, follow=True)
    assert "Choose the document and its language." in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_meets_another_writer_reads_so(
    mine: Client, registration: Registration, another_writer: psycopg.Connection
) -> None:
    another_writer.execute(
        "SELECT 1 FROM forum_edition WHERE id = %s FOR NO KEY UPDATE", [registration.edition_id]
    )
    told = {"kind": "certificate", "language": "kk"}
    page = mine.post(f"{ME}documents/", told, follow=True).content.decode()
    assert "Somebody else is changing this at the moment." in page
    assert not Document.objects.exists()


def test_document_opens_for_its_owner_and_organisers_alone(
    client: Client, certificate: Document, delegate: User, organiser: User
) -> None:
    address = f"/en/12/documents/{certificate.code}.pdf"
    other = User.objects.create_user("o02@example.org")
    Edition.objects.create(
        number=11,
        year=2023,
        slug="11",
        name_kk="XI",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        published_at=NOW,
    ).team.create(person=other)
    assert client.get(address).status_code == 302
    answers = []
    for person in (delegate, organiser, other):
        client.force_login(person)
        answers.append(client.get(address).status_code)
    assert answers == [200, 200, 404]
    assert client.get(address.replace("/12/", "/11/")).status_code == 404


def test_withdrawn_document_is_not_sent_any_more(
    mine: Client, certificate: Document, organiser: User
) -> None:
    actions.withdraw(certificate, by=organiser, reason="Қате", now=NOW)
    response = mine.get(f"/en/12/documents/{certificate.code}.pdf")
    assert response.status_code == 404
    assert "This document was withdrawn." in response.content.decode()


def test_anybody_reads_that_a_document_is_valid_and_nothing_else(
    client: Client, certificate: Document
) -> None:
    response = client.get(f"{VERIFY}{certificate.code}/")
    page = response.content.decode()
    assert response.status_code == 200
    for said in ("Valid", "Certificate of participation", certificate.name, "20 October 2025"):
        assert said in page
    for kept in ("p03@example.org", "ABCDEF", "Пример-07", "Үлгі-07", "Төраға", "12-C-0001"):
        assert kept not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_anybody_reads_that_a_document_is_withdrawn_and_not_why(
    client: Client, certificate: Document, organiser: User
) -> None:
    actions.withdraw(certificate, by=organiser, reason="Құпия себеп", now=NOW)
    page = client.get(f"{VERIFY}{certificate.code}/").content.decode()
    assert "It holds no more." in page
    assert "Құпия себеп" not in page


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "o0o0", "%D2%9A", "x" * 500, "-", "______"])
@pytest.mark.usefixtures("edition")
def test_wrong_code_is_said_kindly(client: Client, code: str) -> None:
    response = client.get(f"{VERIFY}{code}/")
    assert response.status_code == 404


@pytest.mark.usefixtures("edition")
def test_wrong_code_leads_to_another_try(client: Client) -> None:
    page = client.get(f"{VERIFY}ABCDEFGHJKMN/").content.decode()
    assert "We have issued no document with this code." in page
    assert 'name="code"' in page


def test_code_is_read_as_people_type_it(client: Client, certificate: Document) -> None:
    code = certificate.code
    typed = f" {code[:4].lower()} {code[4:8]}–{code[8:]} "
    response = client.get(VERIFY, {"code": typed})
    assert response["Location"] == f"{VERIFY}{code}/"
    assert client.get(f"{VERIFY}{certificate.spaced_code.lower()}/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), ("нет", 422), ("\0", 422), ("x" * 1000, 422)]
)
@pytest.mark.usefixtures("edition")
def test_what_cannot_be_a_code_is_said(client: Client, typed: str, status: int) -> None:
    assert client.get(VERIFY, {"code": typed}).status_code == status


@pytest.mark.usefixtures("edition")
def test_guessing_is_held_off(client: Client, certificate: Document) -> None:
    cache.clear()
    answers = [client.get(f"{VERIFY}ABCDEFGHJKM{n}/").status_code for n in "2345678" * 3]
    assert answers == [404] * 20 + [429]
    assert client.get(f"{VERIFY}{certificate.code}/").status_code == 200


def test_document_of_another_edition_is_unknown_here(client: Client, certificate: Document) -> None:
    Edition.objects.create(
        number=11,
        year=2023,
        slug="11",
        name_kk="XI",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        published_at=NOW,
    )
    assert client.get(f"/en/11/verify/{certificate.code}/").status_code == 404


def test_organiser_issues_and_withdraws(
    desk: Client, registration: Registration, organiser: User
) -> None:
    told = {"code": " abcdef ", "kind": "certificate", "language": "ru"}
    assert "Issued: " in desk.post(DESK, told, follow=True).content.decode()
    document = registration.documents.get()
    assert document.issued_by == organiser
    page = desk.get(DESK).content.decode()
    assert document.full_number in page
    address = f"{DESK}{document.code}/withdraw/"
    assert address in page
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"reason": " "}).status_code == 422
    said = desk.post(address, {"reason": "Қате есім"}, follow=True).content.decode()
    assert "Withdrawn: " in said
    assert "Қате есім" in said
    again = desk.post(address, {"reason": "x"}, follow=True).content.decode()
    assert "This document was withdrawn already." in again


@pytest.mark.parametrize("code", ["", "NOBODY", "\0", "x" * 40])
@pytest.mark.usefixtures("registration")
def test_organiser_who_names_nobody_reads_so(desk: Client, code: str) -> None:
    told = {"code": code, "kind": "certificate", "language": "ru"}
    assert desk.post(DESK, told).status_code == 422


def test_organiser_reads_why_there_is_none(desk: Client, registration: Registration) -> None:
    Registration.objects.filter(pk=registration.pk).update(arrived_at=None)
    told = {"code": "ABCDEF", "kind": "certificate", "language": "ru"}
    response = desk.post(DESK, told)
    assert response.status_code == 409
    assert "no arrival is recorded" in response.content.decode()


@pytest.mark.parametrize("typed", ["batish", "нургазиева", "ABCDEF", "code", "abc\0def"])
def test_desk_finds_by_name_number_and_code(
    desk: Client, certificate: Document, typed: str
) -> None:
    typed = certificate.spaced_code if typed == "code" else typed
    assert certificate.full_number in desk.get(DESK, {"q": typed}).content.decode()
    assert certificate.full_number not in desk.get(DESK, {"q": "жоқ"}).content.decode()


def test_desk_is_the_organisers_alone(
    client: Client, certificate: Document, delegate: User
) -> None:
    pages = (DESK, f"{DESK}{certificate.code}/withdraw/")
    assert [client.get(page).status_code for page in pages] == [302, 302]
    client.force_login(delegate)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(pages[1], {"reason": "x"}).status_code == 404
    certificate.refresh_from_db()
    assert certificate.withdrawn_at is None


@pytest.mark.parametrize("count", [1, 3, 60])
def test_desk_asks_the_same_number_of_questions_for_any_number_of_rows(
    desk: Client, registration: Registration, organiser: User, count: int
) -> None:
    Document.objects.bulk_create(
        Document(
            edition=registration.edition,
            registration=registration,
            kind=Kind.CERTIFICATE,
            language="kk",
            number=number,
            code=f"{number:012}",
            name="Үлгі",
            issued_at=NOW,
            issued_by=organiser,
            withdrawn_at=NOW,
            withdrawn_by=organiser,
            withdrawn_reason="Қате",
        )
        for number in range(count)
    )
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(DESK).status_code == 200
    assert len(asked) == 5
