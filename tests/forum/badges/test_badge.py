"""One badge: what stands on it, that a scanner reads it, and that nothing leaves its place."""

import datetime as dt
import time

import pytest
from django.test import Client

from accounts.models import User
from forum.badges.models import Badge
from forum.badges.printing import print_badges
from forum.editions.models import Edition, Organiser, Role
from forum.models import Registration
from forum.tickets.codes import ticket_payload
from tests.forum.pdf import codes_of, edges_of, pages_of, picture_of, sizes_of

from .conftest import Holder

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
LONG_BODY = "ОФ «Республикалық “Үлгі-07” азаматтық бастамаларды қолдау және дамыту орталығы»"


def one(registration: Registration) -> bytes:
    return print_badges(registration.edition, [registration], layout="a6", at=NOW)[0]


def address(registration: Registration) -> str:
    return f"/kk/12/desk/badges/{registration.code}.pdf"


def test_badge_says_both_names_body_position_category_languages_days_and_code(
    desk: Client, holder: Holder
) -> None:
    mine = holder(
        "Нұрғазиева-Үлгі",
        "Бәтіш",
        "Batish Sample",
        patronymic="Серікқызы",
        organisation=LONG_BODY,
        job_title="Бас директордың орынбасары",
        category="international",
        days=[dt.date(2025, 10, 16)],
    )
    response = desk.get(address(mine))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert pages_of(response.content) == [
        " ".join(
            [
                "Қазақстанның XII Азаматтық форумы",
                "2025 ж. 15–16 қазан · Астана",
                "Нұрғазиева-Үлгі Бәтіш Серікқызы",
                "Batish Sample",
                "Бас директордың орынбасары",
                LONG_BODY,
                "Халықаралық ұйым",
                "Международная организация · International organisation",
                mine.code,
                "Қазақша · Русский",
                "16 қазан",
            ]
        )
    ]
    assert sizes_of(response.content) == {(105.0, 148.5)}


def test_badge_is_the_same_in_every_language_of_the_desk(desk: Client, holder: Holder) -> None:
    mine = holder(category="guest")
    pages = {
        tuple(pages_of(desk.get(f"/{language}/12/desk/badges/{mine.code}.pdf").content))
        for language in ("kk", "ru", "en")
    }
    assert len(pages) == 1
    assert "Қонақ Гость · Guest" in pages.pop()[0]


def test_every_kazakh_letter_stands_on_the_badge(holder: Holder) -> None:
    mine = holder(f"А{KAZAKH}", "Ы", organisation=f"«{KAZAKH}»", job_title=KAZAKH)
    page = pages_of(one(mine))[0]
    assert f"А{KAZAKH} Ы {KAZAKH} «{KAZAKH}»" in page


def test_scanner_reads_the_ticket(holder: Holder) -> None:
    mine = holder(ticket_number=3)
    assert codes_of(one(mine)) == [ticket_payload(mine)]


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "*жирный* _курсив_",
        "@ссылка <метка>",
        "$x^2$ `raw` [a] {b}",
        "\\ // /* */ = t",
        '#sys.inputs "кавычки" \\"',
        "#import(“x”)",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(holder: Holder, name: str) -> None:
    mine = holder(name, "", "#eval(1)", organisation=name, job_title=name)
    page = pages_of(one(mine))[0].replace(" ", "")
    plain = name.replace(" ", "")
    assert f"{plain}#eval(1){plain}{plain}" in page


WIDE = ["Щ" * 100, "Ж" * 100, "Ю" * 100]


@pytest.mark.parametrize(
    "names",
    [
        (WIDE[0], WIDE[1], "W" * 200, WIDE[2]),
        ("Мұхаммедғалиева-Байтұрсынова", "Гүлжазира", "G" * 30, "Бейбітшілікқызы"),
        ("А" * 22 + "-00004", "Үлгі", "", ""),
        ("/".join(["Щит"] * 20), "-" * 100, "w-" * 100, ""),
        ("п\u0301" * 50, "Ы", "", ""),
    ],
)
def test_long_names_stay_on_the_badge_whole(holder: Holder, names: tuple[str, ...]) -> None:
    family, given, latin, patronymic = names
    mine = holder(
        family,
        given,
        latin,
        patronymic=patronymic,
        organisation="Ф" * 300,
        job_title="Ш" * 150,
        code="WWWWWW",
    )
    content = one(mine)
    page = pages_of(content)[0].replace("\u200b", "").replace(" ", "").replace("\u0301", "")
    said = (family + given + patronymic + latin + "Ш" * 150 + "Ф" * 300).replace("\u0301", "")
    assert said in page
    left, bottom, right, top = edges_of(content)
    # Seven millimetres are left free at the sides.
    assert left > 0.06
    assert right < 0.94
    assert bottom > 0
    assert top < 1
    assert codes_of(content) == [ticket_payload(mine)]


@pytest.mark.parametrize(
    ("own", "latin", "shown"),
    [
        ("Үлгі", "Sample", ("Үлгі", "Sample")),
        ("Үлгі", "", ("Үлгі", "")),
        ("", "Sample", ("Sample", "")),
        ("Sample", "Sample", ("Sample", "")),
        ("王小明", "Wang Xiaoming", ("Wang Xiaoming", "")),
        ("Үлгі 😀", "😀", ("Үлгі", "")),
        ("王 Үлгі", "", ("Үлгі", "")),
    ],
)
def test_names_in_the_scripts_there_are(
    holder: Holder, own: str, latin: str, shown: tuple[str, str]
) -> None:
    page = pages_of(one(holder(own, "", latin)))[0]
    names = " ".join(filter(None, shown))
    assert page.startswith(
        f"Қазақстанның XII Азаматтық форумы 2025 ж. 15–16 қазан · Астана {names} ҮЕҰ"
    )


def test_name_from_right_to_left_is_drawn(holder: Holder) -> None:
    content = one(holder("محمد", "راشد", "Mohammed Rashid"))
    page = pages_of(content)[0]
    assert "Mohammed Rashid" in page
    assert sorted(c for c in page if "\u0600" <= c <= "\u06ff") == sorted("محمدراشد")


def test_whoever_gave_no_name_gets_a_line_and_no_email(holder: Holder) -> None:
    nobody = holder("", "")
    content, incomplete = print_badges(nobody.edition, [nobody], layout="a6", at=NOW)
    assert "@" not in pages_of(content)[0]
    assert incomplete == {nobody.pk}


def test_four_badges_lie_on_a_sheet_of_a4(edition: Edition, holder: Holder) -> None:
    five = [holder(f"Қатысушы-{n}") for n in range(5)]
    content, _incomplete = print_badges(edition, five, layout="a4", at=NOW)
    assert sizes_of(content) == {(210.0, 297.0)}
    pages = pages_of(content)
    assert [sum(f"TEST{n:02}" in page for n in range(1, 6)) for page in pages] == [4, 1]
    assert set(codes_of(content)) == {ticket_payload(one) for one in five[:4]}


def test_each_category_has_a_band_of_its_own_colour(holder: Holder) -> None:
    colours = set()
    categories = Registration._meta.get_field("category").choices
    for category, _label in categories or []:
        picture = picture_of(one(holder(category=category)), scale=1)
        colours.add(picture.getpixel((picture.width - 8, int(104 / 148.5 * picture.height))))
    assert len(colours) == 8


def test_printing_says_when_and_by_whom(
    desk: Client, holder: Holder, organiser: User, now: dt.datetime
) -> None:
    mine = holder()
    response = desk.post(address(mine))
    assert (response.status_code, len(pages_of(response.content))) == (200, 1)
    badge = Badge.objects.get(registration=mine)
    assert badge.printed_by == organiser
    assert badge.printed_at >= now


def test_looking_at_a_badge_does_not_count_as_printing(desk: Client, holder: Holder) -> None:
    desk.get(address(holder()))
    assert not Badge.objects.exists()


def test_one_badge_takes_less_than_a_second(desk: Client, holder: Holder) -> None:
    mine = holder("Нұрғазиева", "Бәтіш", "Batish Sample", organisation=LONG_BODY)
    desk.get(address(mine))
    began = time.process_time()
    desk.post(address(mine))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_at": None},
        {"cancelled_at": NOW},
        {"declined_at": NOW},
    ],
)
def test_whoever_has_no_place_has_no_badge(
    desk: Client, holder: Holder, fields: dict[str, object]
) -> None:
    mine = holder(**fields)
    assert [desk.get(address(mine)).status_code, desk.post(address(mine)).status_code] == [404, 404]


@pytest.mark.parametrize("code", ["NOBODY", "x" * 300, "a-b_c"])
@pytest.mark.usefixtures("holder")
def test_unknown_code_is_not_found(desk: Client, code: str) -> None:
    assert desk.get(f"/kk/12/desk/badges/{code}.pdf").status_code == 404


def test_badge_of_another_edition_is_not_found(
    desk: Client, holder: Holder, organiser: User, now: dt.datetime
) -> None:
    mine = holder()
    Edition.objects.create(
        number=11, year=2023, slug="11", name_kk="XI", starts_on=now.date(), ends_on=now.date()
    ).team.create(person=organiser)
    assert desk.get(address(mine).replace("/12/", "/11/")).status_code == 404


def test_whoever_checks_in_prints_one_badge_and_opens_no_desk(
    client: Client, holder: Holder, edition: Edition
) -> None:
    mine = holder()
    helper = User.objects.create_user("h01@example.org")
    Organiser.objects.create(edition=edition, person=helper, role=Role.CHECK_IN)
    client.force_login(helper)
    assert client.post(address(mine)).status_code == 200
    assert mine.badge.printed_by == helper
    assert client.get("/kk/12/desk/badges/").status_code == 404


def test_delegate_and_stranger_print_nothing(client: Client, holder: Holder) -> None:
    mine = holder()
    assert client.post(address(mine)).status_code == 302
    client.force_login(mine.person)
    assert client.post(address(mine)).status_code == 404
    assert not Badge.objects.exists()
