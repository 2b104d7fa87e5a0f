"""The papers: the row's words, every Kazakh letter, a code that leads to the check."""

import pytest
from django.test import Client

from accounts.models import Organisation, User
from forum.documents import actions
from forum.documents.models import Document, Kind
from forum.documents.papers import paper_of, verify_address
from forum.models import Edition, Registration
from tests.forum.pdf import codes_of, edges_of, pages_of, sizes_of

from .conftest import NOW, let_in

pytestmark = pytest.mark.django_db
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


def issued(registration: Registration, kind: Kind, language: str) -> Document:
    return actions.issue(
        registration, kind=kind, language=language, by=registration.person, now=NOW
    )


def words_of(document: Document) -> str:
    pages = pages_of(paper_of(document))
    assert len(pages) == 1
    return pages[0]


def test_certificate_in_kazakh_says_everything(
    registration: Registration, organiser: User, edition: Edition
) -> None:
    let_in(registration, organiser, day=edition.starts_on)
    document = issued(registration, Kind.CERTIFICATE, "kk")
    words = words_of(document)
    for said in (
        "Қазақстан Азаматтық альянсы · Министрлік",
        "Қатысушы сертификаты",
        "Нұрғазиева-Үлгі Бәтіш Серікқызы",
        "Қазақстанның XII Азаматтық форумы",
        "«Әділетті Қазақстан»",
        "2025 ж. 15–16 қазан · Конгресс-орталық (демо), Астана",
        "Қатысқан күндері: 15 қазан, сәрсенбі",
        "Альянс президенті",
        "Үлгі Төраға",
        "№ 12-C-0001 · 2025 ж. 20 қазан",
        document.spaced_code,
    ):
        assert said in words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ("Сертификат участника", "Нұрғазиева-Үлгі", "XII Гражданский", "Үлгі Төраға")),
        ("en", ("Certificate of participation", "Batish Sample", "12th Civil", "Sample Chair")),
    ],
)
def test_certificate_in_other_languages(
    registration: Registration, language: str, said: tuple[str, ...]
) -> None:
    words = words_of(issued(registration, Kind.CERTIFICATE, language))
    assert [one in words for one in said] == [True] * 4


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ("Шақыру хаты", "Нұрғазиева-Үлгі Бәтіш Серікқызы", "Төраға", "«Үлгі-07» ҚҚ")),
        ("ru", ("Письмо-приглашение", "Нұрғазиева-Үлгі Бәтіш Серікқызы", "ОФ «Пример-07»")),
        ("en", ("Letter of invitation", "Batish Sample", "15–16 November 2025", "Astana")),
    ],
)
def test_invitation_says_whom_when_and_where(
    coming: Registration, language: str, said: tuple[str, ...]
) -> None:
    words = words_of(issued(coming, Kind.INVITATION, language))
    assert [one in words for one in (*said, "ABCDEF", "12-L-0001")] == [True] * (len(said) + 2)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kazakh_letter_stands_on_the_paper(
    coming: Registration, kind: Kind, language: str
) -> None:
    User.objects.update(family_name=f"А{KAZAKH}", latin_name=f"L{KAZAKH}")
    Edition.objects.update(signer_name_kk=KAZAKH, signer_name_en=KAZAKH, certificates_from=NOW)
    Registration.objects.update(arrived_at=NOW)
    coming.refresh_from_db()
    words = words_of(issued(coming, kind, language))
    assert words.count(KAZAKH) >= 2


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "name", ['#panic("x")', "*x* _y_ @a <b> $c$", "\\ // `d` [e] {f}", "#sys.inputs"]
)
def test_what_looks_like_markup_is_printed_as_it_is(
    coming: Registration, kind: Kind, name: str
) -> None:
    User.objects.update(family_name=name, given_name="", patronymic="")
    Edition.objects.update(signer_name_kk=name, theme_kk=name, certificates_from=NOW)
    Registration.objects.update(arrived_at=NOW, job_title=name)
    coming.refresh_from_db()
    plain = name.replace(" ", "")
    words = words_of(issued(coming, kind, "kk")).replace(" ", "")
    assert words.count(plain) >= 3


@pytest.mark.parametrize("kind", Kind)
def test_long_words_stay_on_the_paper(coming: Registration, kind: Kind) -> None:
    User.objects.filter(pk=coming.person_id).update(
        family_name="Щ" * 100, given_name="Ж" * 100, patronymic="Ю" * 100
    )
    Edition.objects.update(
        certificates_from=NOW,
        name_kk="Қ" * 120,
        theme_kk="Ғ" * 300,
        signer_name_kk="Ү" * 60,
        signer_position_kk="Ұзақ лауазым " * 15,
    )
    Registration.objects.update(arrived_at=NOW, job_title="Ш" * 150)
    Organisation.objects.update(name_kk="Ф" * 300)
    coming.refresh_from_db()
    document = issued(coming, kind, "kk")
    content = paper_of(document)
    assert len(pages_of(content)) == 1
    left, bottom, right, top = edges_of(content)
    assert left > 0.05
    assert right < 0.96
    assert bottom > 0.03
    assert top < 0.95
    assert codes_of(content) == [verify_address(document)]


@pytest.mark.parametrize("kind", Kind)
def test_code_leads_to_the_check(
    coming: Registration, kind: Kind, client: Client, settings: object
) -> None:
    Edition.objects.update(certificates_from=NOW)
    Registration.objects.update(arrived_at=NOW)
    coming.refresh_from_db()
    document = issued(coming, kind, "ru")
    [address] = codes_of(paper_of(document))
    base = settings.BASE_URL  # type: ignore[attr-defined]
    assert address == f"{base}/ru/12/verify/{document.code}/"
    assert client.get(address.removeprefix(base)).status_code == 200


def test_certificate_lies_and_letter_stands(coming: Registration) -> None:
    assert sizes_of(paper_of(issued(coming, Kind.INVITATION, "kk"))) == {(210.0, 297.0)}
    Edition.objects.update(certificates_from=NOW)
    Registration.objects.update(arrived_at=NOW)
    coming.refresh_from_db()
    assert sizes_of(paper_of(issued(coming, Kind.CERTIFICATE, "kk"))) == {(297.0, 210.0)}


def test_paper_is_what_was_issued_whatever_the_name_is_today(certificate: Document) -> None:
    before = paper_of(certificate)
    User.objects.update(family_name="Басқа")
    assert paper_of(Document.objects.get()) == before
