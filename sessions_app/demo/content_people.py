"""300 fictional organisations and 700 fictional delegates: how many of each, and the odd ones.

Names, e-mails and phones are as forum-facts §1 has them, so that nobody takes them for real.
"""

from typing import NamedTuple

from accounts.languages import Language
from accounts.organisations.models import LegalForm, OrganisationKind
from forum.quotas.models import Category
from sessions_app.demo.content_editions import Texts

# Checksum-valid, and the year part 60 keeps them out of every register.
HEAD_BINS = ("600140000018", "600140000028", "600140000107", "600140000206", "600140000305")
BRANCH_BIN = "600141000013"
OFFICE_BIN = "600142000019"


class Quota(NamedTuple):
    """A share of the places: how many organisations send how many delegates.

    `places` are the whole category's, or with `places_by_region` those in each region.
    """

    category: Category
    kind: OrganisationKind
    organisations: int
    delegates: int
    places: int
    regional: bool = False
    places_by_region: bool = False


# The demo quotas are 500, 80, 50, 40, 38 and 22 of 730 places; 700 delegates, in proportion.
QUOTAS = (
    Quota(Category.NGO, OrganisationKind.NGO, 200, 480, 25, regional=True, places_by_region=True),
    Quota(Category.REPUBLICAN, OrganisationKind.NGO, 30, 76, 80),
    Quota(Category.STATE, OrganisationKind.STATE, 20, 48, 50, regional=True),
    Quota(Category.COUNCIL, OrganisationKind.COUNCIL, 20, 38, 40, regional=True),
    Quota(Category.INTERNATIONAL, OrganisationKind.INTERNATIONAL, 19, 37, 38),
    Quota(Category.MEDIA, OrganisationKind.MEDIA, 11, 21, 22),
)

# By category and, for NGOs of the regions, in turn. "{n}" is the organisation's number.
NAMES: dict[Category, tuple[tuple[LegalForm, Texts], ...]] = {
    Category.NGO: (
        (
            LegalForm.PUBLIC_FOUNDATION,
            Texts("ҚҚ «Мысал-{n}»", "ОФ «Пример-{n}»", "Example-{n} Foundation"),
        ),
        (
            LegalForm.ASSOCIATION,
            Texts("ҚБ «Мысал-{n}»", "ОО «Пример-{n}»", "Example-{n} Association"),
        ),
        (
            LegalForm.INSTITUTION,
            Texts("ЖММ «Мысал-{n}»", "ЧУ «Пример-{n}»", "Example-{n} Institution"),
        ),
    ),
    Category.REPUBLICAN: (
        (
            LegalForm.UNION,
            Texts("ЗТБ «Мысал-{n}»", "ОЮЛ «Пример-{n}»", "Example-{n} Union"),
        ),
    ),
    Category.STATE: (
        (
            LegalForm.OTHER,
            Texts(
                "«Мысал-{n}» мемлекеттік органы",
                "Государственный орган «Пример-{n}»",
                "Example-{n} State Body",
            ),
        ),
    ),
    Category.COUNCIL: (
        (
            LegalForm.OTHER,
            Texts(
                "«Мысал-{n}» қоғамдық кеңесі",
                "Общественный совет «Пример-{n}»",
                "Example-{n} Public Council",
            ),
        ),
    ),
    Category.INTERNATIONAL: (
        (
            LegalForm.OTHER,
            Texts(
                "«Мысал-{n}» халықаралық ұйымы",
                "Международная организация «Пример-{n}»",
                "Example-{n} International",
            ),
        ),
    ),
    Category.MEDIA: (
        (
            LegalForm.OTHER,
            Texts("«Мысал-{n}» газеті", "Газета «Пример-{n}»", "Example-{n} Newspaper"),
        ),
    ),
}
FOUNDATIONS_FIRST = 48
"""The speakers' positions name these; they are all public foundations."""

LONG_NAME = Texts(
    "«Үлгі мысалдар мен мысалды үлгілердің «Мысал-02» республикалық орталығы» қоғамдық қоры",
    "Общественный фонд «Республиканский центр образцовых примеров и образцов «Пример-02»»",
    "Public Foundation “National Centre of Sample Examples and Exemplary Samples “Example-02””",
)


class Name(NamedTuple):
    """A person's name as the database keeps it."""

    family: str
    given: str
    patronymic: str = ""
    latin: str = ""


# By the delegate's number.
ODD_NAMES = {
    1: Name("Үлгіұлы", "Мысал", latin="Mysal Ülgiuly"),  # the father's name stands first
    2: Name("Үлгіқызы", "Мысал", "Мысалқызы", "Mysal Ulgikyzy"),
    3: Name("Участников-03", "Образец", latin="Obrazets Uchastnikov-03"),  # no patronymic
    4: Name("", "Sample", latin="Sample"),  # a foreigner with a single name
    5: Name("Образцова-Примерова", "Проба", "Образцовна", "Proba Obraztsova-Primerova"),
    6: Name("Ұлгібай", "Мысал", latin="Mysal Ulgibai"),  # differs from the next by Ұ/У only
    7: Name("Улгібай", "Мысал", latin="Mysal Ulgibai"),
}


def delegate_name(number: int, language: Language) -> Name:
    """Name the fictional delegate `number` as one who writes in `language`."""
    if number in ODD_NAMES:
        return ODD_NAMES[number]
    latin = f"Sample Participant {number:02d}"
    if language == Language.RUSSIAN:
        return Name(f"Участников-{number:02d}", "Образец", "Образцович", latin)
    if language == Language.KAZAKH:
        return Name(f"Қатысушы {number:02d}", "Үлгі", "Мысалұлы", latin)
    return Name(f"Participant {number:02d}", "Sample", "", latin)
