"""Registering by a file: the template, the preview of each row, the confirmation."""

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.dispatch import Signal
from django.test import Client
from django.utils import translation

from accounts.models import Organisation, User
from forum.delegations import registering
from forum.delegations.access import Delegation
from forum.delegations.template import write_template
from forum.models import Edition, Registration
from forum.registrations.signals import place_given

from .conftest import Registrar, end_contact_of, rows

pytestmark = pytest.mark.django_db
HEAD = ["E-mail", "Surname", "Given name", "Phone", "Category", "Language of letters"]
GOOD = ["d1@example.org", "Sample", "One", "8 701 000 00 01", "Guest", "Russian"]


@pytest.fixture
def address(organisation: Organisation, edition: Edition) -> str:
    return f"/en/{edition.slug}/delegation/{organisation.code}/file/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def csv(*lines: list[str], encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)


def send(client: Client, address: str, content: bytes, name: str = "d.csv", **more: Any) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)} | more)


def confirm(client: Client, address: str, preview: Any, **more: Any) -> Any:
    told = {"token": preview.context["token"], "declared": "on"}
    return client.post(f"{address}confirm/", told | more, follow=True)


@contextlib.contextmanager
def connected(signal: Signal, receiver: Callable[..., None]) -> Iterator[None]:
    signal.connect(receiver)
    yield
    signal.disconnect(receiver)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def fates(response: Any) -> list[tuple[int, str, str]]:
    return [(one.number, one.fate.value, one.sentence) for one in response.context["preview"].lines]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "kz1048"])
def test_a_file_is_previewed_and_confirmed(
    contact_client: Client, address: str, encoding: str, delimiter: str
) -> None:
    russian = ["d2@example.org", "Образцова", "Пример", "", "Гость", "русский"]
    preview = send(
        contact_client, address, csv(HEAD, GOOD, russian, encoding=encoding, delimiter=delimiter)
    )
    assert fates(preview) == [(2, "place", ""), (3, "place", "")]
    assert Registration.objects.count() == 0
    done = confirm(contact_client, address, preview)
    assert "2 delegates are registered, and we have written to each." in text(done)
    person = User.objects.get(email="d2@example.org")
    assert (person.full_name, person.language) == ("Образцова Пример", "ru")
    assert User.objects.get(email="d1@example.org").phone == "+77010000001"


def test_kazakh_of_the_old_windows_is_read(contact_client: Client, address: str) -> None:
    kazakh = ["d2@example.org", "Нұрғазиева", "Үлгі", "", "Қонақ", "қазақша"]
    preview = send(contact_client, address, csv(HEAD, kazakh, encoding="kz1048"))
    assert preview.context["preview"].lines[0].name == "Нұрғазиева Үлгі"
    assert "The file was read as KZ-1048." in text(preview)


def test_the_template_goes_round(
    contact_client: Client,
    contact: User,
    edition: Edition,
    organisation: Organisation,
    address: str,
) -> None:
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            book = openpyxl.load_workbook(
                io.BytesIO(write_template(Delegation(edition, organisation, contact)))
            )
        sheet = book.worksheets[0]
        number = f"{language}1"
        sheet.append(
            [f"{number}@example.org", f"S{number}", "Үлгі", "", "Sample", "8 701 000 00 01"]
        )
        stream = io.BytesIO()
        book.save(stream)
        preview = send(contact_client, address, stream.getvalue(), "d.xlsx")
        assert [one[1] for one in fates(preview)] == ["place"]
        confirm(contact_client, address, preview)
    assert Registration.objects.confirmed().count() == 3


def test_the_template_has_notes_choices_and_no_formula(
    contact: User, edition: Edition, organisation: Organisation
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name_kk="=1+1")
    organisation.refresh_from_db()
    content = write_template(Delegation(edition, organisation, contact))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, about, lists = book.worksheets
    assert all(cell.comment for cell in sheet[1])
    assert len(sheet.data_validations.dataValidation) == 2
    assert lists.sheet_state == "hidden"
    cells = [cell for one in book.worksheets for row in one.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert "=1+1" in str(about["A1"].value)


def test_each_row_is_told_why_not(contact_client: Client, address: str, enrol: Registrar) -> None:
    enrol([*rows(1)])
    User.objects.create_user("off@example.org", is_active=False)
    preview = send(
        contact_client,
        address,
        csv(
            HEAD,
            ["d1@example.org", "Sample", "Twice", "", "Guest", ""],
            ["off@example.org", "Sample", "Off", "", "Guest", ""],
            ["new@example.org", "Үлгі", "делегат-1", "", "Guest", ""],
            ["bad", "Sample", "Bad", "123", "Minister", "Latin"],
            ["f@example.org", "=1+1", "Formula", "", "Guest", ""],
            ["g@example.org", "Sample", "Good", "", "", ""],
            ["G@example.org", "Sample", "Again", "", "", ""],
            ["s@example.org", "Sample", "State", "", "State body", ""],
        ),
    )
    told = fates(preview)
    assert [one[:2] for one in told] == [
        (2, "already"), (3, "wrong"), (4, "namesake"), (5, "wrong"), (6, "wrong"), (7, "place"),
        (8, "wrong"), (9, "wrong"),
    ]  # fmt: skip
    said = {number: sentence for number, _fate, sentence in told}
    assert said[3].startswith("This person is registered already or cannot be registered.")
    assert "E-mail: Enter a valid email address." in said[5]
    assert "Phone: This is no phone number." in said[5]
    assert said[6] == "Surname: The cell holds a formula. Put its result there as a value."
    assert said[8] == "The e-mail stands in row 7 already."
    confirm(contact_client, address, preview)
    assert set(Registration.objects.values_list("person__email", flat=True)) == {
        "d1@example.org", "g@example.org",
    }  # fmt: skip


def test_a_namesake_is_registered_where_the_contact_says_so(
    contact_client: Client, address: str, enrol: Registrar
) -> None:
    enrol(rows(1))
    preview = send(
        contact_client, address, csv(HEAD, ["n@example.org", "Үлгі", "Делегат-1", "", "", ""])
    )
    confirm(contact_client, address, preview, another=["2", "x", "9" * 50])
    assert Registration.objects.filter(person__email="n@example.org").exists()


def test_how_many_would_wait_is_shown(
    contact_client: Client, address: str, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=1)
    lines = [[f"d{n}@example.org", "S", f"N{n}", "", "", ""] for n in range(3)]
    preview = send(contact_client, address, csv(HEAD, *lines))
    assert [one[1] for one in fates(preview)] == ["place", "line", "line"]
    confirm(contact_client, address, preview)
    assert Registration.objects.waiting().count() == 2


def test_a_long_file_is_registered_in_parts(
    contact_client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "AT_A_TIME", 2)
    lines = [[f"d{n}@example.org", "S", f"N{n}", "", "", ""] for n in range(5)]
    done = confirm(contact_client, address, send(contact_client, address, csv(HEAD, *lines)))
    assert "5 delegates are registered" in text(done)
    assert Registration.objects.confirmed().count() == 5


def test_a_later_part_that_is_refused_says_how_many_are_registered(
    contact_client: Client,
    address: str,
    edition: Edition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registering, "AT_A_TIME", 2)
    lines = [[f"d{n}@example.org", "S", f"N{n}", "", "", ""] for n in range(5)]
    preview = send(contact_client, address, csv(HEAD, *lines))

    def close(**_signal: object) -> None:
        """Let the last place be taken away once the second delegate has one."""
        if Registration.objects.count() == 2:
            Edition.objects.filter(pk=edition.pk).update(capacity=2)

    with connected(place_given, close):
        stopped = confirm(contact_client, address, preview)
    assert stopped.status_code == 409
    assert "2 delegates are registered. Then: Something changed meanwhile" in text(stopped)
    assert [one[1] for one in fates(stopped)] == ["already", "already", "line", "line", "line"]
    confirm(contact_client, address, stopped)
    assert (Registration.objects.confirmed().count(), Registration.objects.count()) == (2, 5)


def test_a_stale_preview_is_refused_and_shown_anew(
    contact_client: Client, address: str, edition: Edition
) -> None:
    preview = send(contact_client, address, csv(HEAD, GOOD))
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=0)
    stale = confirm(contact_client, address, preview)
    assert stale.status_code == 409
    assert "Something changed meanwhile, so nobody is registered yet." in text(stale)
    assert fates(stale) == [(2, "line", "")]
    confirm(contact_client, address, stale)
    assert Registration.objects.waiting().count() == 1


def test_a_second_confirmation_registers_nobody_twice(contact_client: Client, address: str) -> None:
    content = csv(HEAD, GOOD)
    preview = send(contact_client, address, content)
    confirm(contact_client, address, preview)
    again = confirm(contact_client, address, preview)
    assert again.status_code == 422
    assert "The file is no longer here. Send it once more." in text(again)
    assert [one[1] for one in fates(send(contact_client, address, content))] == ["already"]
    assert Registration.objects.count() == 1


def test_two_confirmations_at_once_register_nobody_twice(
    contact_client: Client, address: str, enrol: Registrar
) -> None:
    preview = send(contact_client, address, csv(HEAD, ["d1@example.org", "S", "N", "", "", ""]))
    enrol(rows(1))
    again = confirm(contact_client, address, preview)
    assert "These people are registered already." in text(again)
    assert Registration.objects.count() == 1


def test_without_the_declaration_nobody_is_registered(contact_client: Client, address: str) -> None:
    preview = send(contact_client, address, csv(HEAD, GOOD))
    refused = contact_client.post(f"{address}confirm/", {"token": preview.context["token"]})
    assert refused.status_code == 422
    assert Registration.objects.count() == 0
    confirm(contact_client, address, refused)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "d.csv", "The file is empty."),
        (b"a;b\n1;2", "d.csv", "has none of our headings"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "d.xls", "old .xls file"),
        (b"PK\x03\x04nonsense", "d.xlsx", "not an XLSX workbook"),
        (bytes(range(256)), "d.csv", "signs cannot be read"),
        (csv(HEAD, *[GOOD] * 5_000), "d.csv", "The table has more than 200 rows."),
        (b"E-mail;Surname\n" + b"x" * (11 * 1024 * 1024), "d.csv", "larger than 10 MB"),
    ],
)
def test_a_bad_file_is_a_sentence(
    contact_client: Client, address: str, content: bytes, name: str, said: str
) -> None:
    page = send(contact_client, address, content, name)
    assert page.status_code == 422
    assert said in text(page)


def test_sixty_megabytes_are_refused_before_they_are_read(
    contact_client: Client, address: str
) -> None:
    page = send(contact_client, address, b"x" * (60 * 1024 * 1024))
    assert page.status_code == 422
    assert "larger than 10 MB" in text(page)


def test_no_file_is_a_sentence(contact_client: Client, address: str) -> None:
    page = contact_client.post(address, {})
    assert page.status_code == 422
    assert "Choose a file." in text(page)


def test_another_contacts_file_is_not_confirmed(
    contact_client: Client, colleague: User, address: str
) -> None:
    preview = send(contact_client, address, csv(HEAD, GOOD))
    other = Client(headers={"accept-language": "en"})
    other.force_login(colleague)
    assert confirm(other, address, preview).status_code == 422


def test_a_contact_who_ended_meanwhile_confirms_nothing(
    contact_client: Client, contact: User, address: str
) -> None:
    preview = send(contact_client, address, csv(HEAD, GOOD))
    end_contact_of(contact)
    assert confirm(contact_client, address, preview).status_code == 404


def test_an_empty_file_with_headings_shows_nobody(contact_client: Client, address: str) -> None:
    page = send(contact_client, address, csv(HEAD))
    assert page.status_code == 200
    assert "There is nobody in the file." in text(page)


def test_without_redis_the_file_cannot_be_kept_and_that_is_said(
    contact_client: Client,
    address: str,
    redis_away: None,  # noqa: ARG001
) -> None:
    page = send(contact_client, address, csv(HEAD, GOOD))
    assert page.status_code == 503
    assert "The file cannot be kept just now." in text(page)


def test_closed_registration_is_said(
    contact_client: Client, address: str, edition: Edition, now: dt.datetime
) -> None:
    preview = send(contact_client, address, csv(HEAD, GOOD))
    Edition.objects.filter(pk=edition.pk).update(registration_closes_at=now)
    refused = confirm(contact_client, address, preview)
    assert refused.status_code == 409
    assert "Registration for this edition is closed." in text(refused)
