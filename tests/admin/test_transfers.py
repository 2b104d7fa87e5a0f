"""Tables go out as Excel opens them and cannot run; rows come in by the rules, all or none."""

import codecs
import io
import re

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from accounts.models import Organisation, User
from accounts.organisations.merging import merge
from accounts.transfers import ExcelCSV, guarded, unguarded
from forum.models import Edition, Registration

from .conftest import enrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
ORGANISATIONS = "/admin/accounts/organisation/"
REGISTRATIONS = "/admin/forum/registration/"
XLSX, CSV = 0, 1


@pytest.fixture(autouse=True)
def english(client: Client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def upload(client: Client, path: str, text: str | bytes, kind: int = CSV):
    content = text.encode() if isinstance(text, str) else text
    name = "file.csv" if kind == CSV else "file.xlsx"
    sent = {"format": kind, "import_file": SimpleUploadedFile(name, content), "resource": 0}
    return client.post(f"{path}import/", sent)


def read_in(client: Client, path: str, text: str):
    """Send a file, and confirm what its preview shows."""
    preview = upload(client, path, text)
    assert preview.context.get("confirm_form") is not None
    return client.post(f"{path}process_import/", preview.context["confirm_form"].initial)


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_is_guarded_and_read_back(cell: str):
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["+77010000001", "Ұйым", "", None, 5])
def test_what_is_no_formula_stays(cell: object):
    assert guarded(cell) == cell


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_with_any_delimiter_and_encoding(delimiter: str, encoding: str):
    text = f"bin{delimiter}name_kk\n600140000018{delimiter}Ұйым\n"
    assert ExcelCSV().create_dataset(text.encode(encoding)).dict == [
        {"bin": "600140000018", "name_kk": "Ұйым"}
    ]


def test_csv_of_organisations_opens_in_excel(clerk: Client):
    Organisation.objects.create(name_kk="=1+1", bin="600140000018")
    response = clerk.post(f"{ORGANISATIONS}export/", {"format": CSV, "resource": 0})
    text = response.content.removeprefix(codecs.BOM_UTF8).decode()
    assert response.content.startswith(codecs.BOM_UTF8)
    assert text.splitlines()[0] == (
        "Number;BIN;Name in Kazakh;Name in Russian;Name in English;Kind;Legal form;Region;"
        "In the register;Other names and numbers"
    )
    assert ";600140000018;'=1+1;" in text


def test_xlsx_of_organisations_holds_no_formula(clerk: Client):
    Organisation.objects.create(name_kk="=1+1")
    response = clerk.post(f"{ORGANISATIONS}export/", {"format": XLSX, "resource": 0})
    rows = tablib.Dataset().load(io.BytesIO(response.content), format="xlsx").dict
    assert rows[0]["Name in Kazakh"] == "'=1+1"


def test_organisations_are_added_and_changed_by_bin(clerk: Client):
    Organisation.objects.create(name_kk="Ескі", bin="600140000018")
    text = "bin;name_kk;kind;region\n600140000018;Жаңа;ngo;KZ-71\n600140000028;Екінші;media;\n"
    read_in(clerk, ORGANISATIONS, text)
    assert list(
        Organisation.objects.order_by("bin").values_list("bin", "name_kk", "kind", "region__code")
    ) == [("600140000018", "Жаңа", "ngo", "KZ-71"), ("600140000028", "Екінші", "media", None)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_goes_out_comes_in_again_in_any_language(clerk: Client, language: str):
    row = Organisation.objects.create(
        name_kk="Ұйым", bin="600140000018", kind="media", legal_form="union"
    )
    clerk.cookies["django_language"] = language
    response = clerk.post(f"{ORGANISATIONS}export/", {"format": CSV, "resource": 0})
    text = response.content.removeprefix(codecs.BOM_UTF8).decode()
    if language != "en":
        assert not re.search("[A-Za-z]", text.splitlines()[0])
    Organisation.objects.update(kind="ngo", legal_form="")
    clerk.cookies["django_language"] = "ru"
    read_in(clerk, ORGANISATIONS, text)
    row.refresh_from_db()
    assert (row.kind, row.legal_form, row.name_kk) == ("media", "union", "Ұйым")


def test_the_import_page_names_what_is_read(clerk: Client):
    page = clerk.get(f"{REGISTRATIONS}import/").content.decode()
    assert ("<strong>Consent</strong>" in page, "<strong>Needs</strong>" in page) == (True, False)


def test_one_wrong_bin_keeps_the_whole_file_out(clerk: Client):
    text = "bin;name_kk;kind\n600140000018;Бірінші;ngo\n600140000019;Екінші;ngo\n"
    response = upload(clerk, ORGANISATIONS, text)
    assert "A digit of this BIN is wrong: the last one does not fit." in response.content.decode()
    assert response.context.get("confirm_form") is None
    assert Organisation.objects.count() == 0


def test_the_register_is_read_in_any_language(clerk: Client):
    text = "BIN;Name in Russian;In the register\n600140000018;Ұйым;Ликвидируется\n"
    read_in(clerk, ORGANISATIONS, text)
    row = Organisation.objects.get()
    assert (row.register_status, row.other_names) == ("liquidation", "")
    read_in(clerk, ORGANISATIONS, text.replace("Ликвидируется", "active"))
    row.refresh_from_db()
    assert row.register_status == "active"


@pytest.mark.parametrize("status", ["gone", "Мүлде"])
def test_a_status_that_is_none_is_refused(clerk: Client, status: str):
    response = upload(clerk, ORGANISATIONS, f"name_kk;register_status\nҰйым;{status}\n")
    assert response.context.get("confirm_form") is None


def test_a_row_of_another_spelling_says_whether_it_is_another(clerk: Client):
    known = Organisation.objects.create(name_ru="ОФ «Пример-07»")
    text = "id;bin;name_kk;another\n{number};600140000018;«ПРИМЕР-07» қоғамдық қоры;{another}\n"
    response = upload(clerk, ORGANISATIONS, text.format(number="", another=""))
    assert response.context.get("confirm_form") is None
    assert f"The list holds the same name: {known.described}." in response.content.decode()
    read_in(clerk, ORGANISATIONS, text.format(number=known.pk, another=""))
    known.refresh_from_db()
    assert (known.bin, known.name_kk, Organisation.objects.count()) == (
        "600140000018",
        "«ПРИМЕР-07» қоғамдық қоры",
        1,
    )
    read_in(clerk, ORGANISATIONS, "name_ru;another\nПример 07;да\n")
    assert Organisation.objects.count() == 2


def test_two_of_one_name_with_bins_or_of_two_regions_are_two(clerk: Client):
    text = (
        "bin;name_ru;region\n600140000018;Үміт;KZ-71\n600140000028;Үміт;KZ-71\n"
        "600140000107;Сенім;KZ-71\n;Сенім;KZ-75\n"
    )
    read_in(clerk, ORGANISATIONS, text)
    assert Organisation.objects.count() == 4


def test_a_file_that_names_one_twice_is_refused(clerk: Client):
    response = upload(clerk, ORGANISATIONS, "name_ru\nОФ «Үміт»\nУмит\n")
    assert "This file names it twice: ОФ «Үміт»." in response.content.decode()
    assert response.context.get("confirm_form") is None


def test_a_file_from_before_a_merge_changes_the_one_that_was_kept(clerk: Client, registrar: User):
    keep = Organisation.objects.create(name_kk="Ұйым", bin="600140000018")
    gone = Organisation.objects.create(name_kk="Қайталанған", bin="600140000206")
    merge(keep, gone=[gone], by=registrar, reason="Twice", now=timezone.now())
    read_in(clerk, ORGANISATIONS, "bin;name_en\n600140000206;Body\n")
    keep.refresh_from_db()
    assert (keep.name_en, keep.bin, Organisation.objects.listed().count()) == (
        "Body",
        "600140000018",
        1,
    )


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00garbage", b"PK\x03\x04 no workbook"])
@pytest.mark.parametrize("kind", [XLSX, CSV])
def test_a_file_of_garbage_is_refused_without_an_error(clerk: Client, content: bytes, kind: int):
    response = upload(clerk, ORGANISATIONS, content, kind)
    assert response.status_code == 200
    assert response.context.get("confirm_form") is None
    assert Organisation.objects.count() == 0


HEAD = "edition;email;family_name;given_name;category;organisation_bin;languages;consent\n"


@pytest.fixture
def body() -> Organisation:
    return Organisation.objects.create(name_kk="Ұйым", bin="600140000018")


def test_rows_register_people_until_the_places_are_taken(clerk: Client, body: Organisation):
    Edition.objects.update(capacity=1)
    rows = [f"12;n{n}@example.org;Үлгі;Бір;ngo;600140000018;kk ru;иә" for n in range(2)]
    read_in(clerk, REGISTRATIONS, HEAD + "\n".join(rows))
    assert Registration.objects.confirmed().get().organisation == body
    assert (
        Registration.objects.waiting().count(),
        User.objects.filter(email="n1@example.org").count(),
    ) == (1, 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("12;n@example.org;А;Б;ngo;;kk;", "Write “yes” under “consent”"),
        ("99;n@example.org;А;Б;ngo;;kk;yes", "There is no such edition."),
        ("12;n@example.org;А;Б;king;;kk;yes", "There is no such category."),
        ("12;no address;А;Б;ngo;;kk;yes", "Enter a valid email address."),
        ("12;n@example.org;А;Б;ngo;600140000028;kk;yes", "The list holds no such organisation"),
        ("12;p01@example.org;А;Б;ngo;;kk;yes", "is registered for this edition already."),
    ],
)
def test_a_row_that_cannot_be_registered_keeps_the_file_out(
    clerk: Client, edition: Edition, now, row: str, sentence: str
):
    enrol(edition, 1, now)
    response = upload(clerk, REGISTRATIONS, HEAD + "12;x@example.org;А;Б;guest;;kk;yes\n" + row)
    assert sentence in response.content.decode()
    assert Registration.objects.count() == 1
    assert not User.objects.filter(email__in=["n@example.org", "x@example.org"]).exists()


@pytest.mark.parametrize("path", [ORGANISATIONS, REGISTRATIONS])
@pytest.mark.parametrize("page", ["import/", "export/"])
def test_the_pages_keep_the_strict_policy(boss: Client, path: str, page: str):
    response = boss.get(f"{path}{page}")
    assert response.status_code == 200
    assert "unsafe" not in response["Content-Security-Policy"]
    assert " onchange=" not in response.content.decode()
    assert " style=" not in response.content.decode()


def test_importing_is_for_who_may_add_and_change(client: Client, registrar: User):
    registrar.groups.get().permissions.remove(
        *registrar.groups.get().permissions.filter(codename="add_registration")
    )
    client.force_login(registrar)
    assert client.get(f"{REGISTRATIONS}import/").status_code == 403


@pytest.mark.parametrize(
    "sent",
    [{}, {"import_file_name": "../x", "format": "7"}, {"import_file_name": "x", "format": "1"}],
)
def test_confirming_a_file_that_is_gone_says_so(clerk: Client, sent: dict[str, str]):
    response = clerk.post(f"{ORGANISATIONS}process_import/", sent, follow=True)
    assert "The file is no longer here. Send it once more." in response.content.decode()


def test_a_row_refused_after_the_preview_keeps_the_file_out(clerk: Client, edition: Edition, now):
    text = HEAD + "12;x@example.org;А;Б;guest;;kk;yes\n12;p01@example.org;А;Б;guest;;kk;yes"
    preview = upload(clerk, REGISTRATIONS, text)
    enrol(edition, 1, now)
    clerk.post(f"{REGISTRATIONS}process_import/", preview.context["confirm_form"].initial)
    assert Registration.objects.count() == 1


def test_the_export_is_xlsx_unless_another_is_chosen(boss: Client):
    form = boss.get(f"{REGISTRATIONS}export/").context["form"]
    assert (form["format"].value(), dict(form.fields["format"].choices)["0"]) == ("0", "xlsx")
