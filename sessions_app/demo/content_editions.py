"""The two editions. Numbers, years, city, theme and organisers are facts; the rest is demo."""

import datetime as dt
from typing import NamedTuple


class Texts(NamedTuple):
    """The same in the three languages, Kazakh first."""

    kk: str
    ru: str
    en: str


CITY = Texts("Астана", "Астана", "Astana")
# No source names the real venue.
VENUE = Texts("Конгресс-орталық (демо)", "Конгресс-центр (демо)", "Congress Centre (demo)")

# Nobody real signs demo papers.
SIGNER = {
    "signer_name": Texts("Үлгі Төраға", "Образец Председателев", "Sample Chair"),
    "signer_position": Texts(
        "Ұйымдастыру комитетінің төрағасы (демо)",
        "Председатель организационного комитета (демо)",
        "Chair of the organising committee (demo)",
    ),
}

TWELFTH = {
    "slug": "12",
    "number": 12,
    "year": 2025,
    "starts_on": dt.date(2025, 10, 15),
    "ends_on": dt.date(2025, 10, 16),
    "capacity": 730,
}
TWELFTH_TEXTS = {
    **SIGNER,
    "name": Texts(
        "Қазақстанның XII Азаматтық форумы",
        "XII Гражданский форум Казахстана",
        "12th Civil Forum of Kazakhstan",
    ),
    "theme": Texts(
        "Әділетті Қазақстан: азаматтық қоғам мен мемлекеттің әріптестігі",
        "Справедливый Казахстан: партнёрство гражданского общества и государства",
        "Just Kazakhstan: Partnership between Civil Society and the State",
    ),
    "city": CITY,
    "venue": VENUE,
    "organisers": Texts(
        "Қазақстан Азаматтық альянсы\nҚазақстан Республикасының Мәдениет және ақпарат министрлігі",
        "Гражданский альянс Казахстана\nМинистерство культуры и информации Республики Казахстан",
        "Civil Alliance of Kazakhstan\n"
        "Ministry of Culture and Information of the Republic of Kazakhstan",
    ),
    "about": Texts(
        "Азаматтық форум — үкіметтік емес ұйымдардың, мемлекеттік органдардың, бизнестің және "
        "сарапшылардың республикалық кездесуі. Бұл беттегі бағдарлама мен қатысушылар — демо "
        "деректер.",
        "Гражданский форум — республиканская встреча неправительственных организаций, "
        "государственных органов, бизнеса и экспертов. Программа и участники на этих страницах — "
        "демонстрационные данные.",
        "The Civil Forum is the national meeting of non-governmental organisations, state bodies, "
        "business and experts. The programme and the participants on these pages are demo data.",
    ),
}

ELEVENTH = {
    "slug": "11",
    "number": 11,
    "year": 2023,
    # The sources say only: 2023, two days. These two are demo.
    "starts_on": dt.date(2023, 11, 22),
    "ends_on": dt.date(2023, 11, 23),
    "capacity": 600,
}
ELEVENTH_TEXTS = {
    **SIGNER,
    "name": Texts(
        "Қазақстанның XI Азаматтық форумы",
        "XI Гражданский форум Казахстана",
        "11th Civil Forum of Kazakhstan",
    ),
    "city": CITY,
    "venue": VENUE,
    "organisers": Texts(
        "Қазақстан Азаматтық альянсы",
        "Гражданский альянс Казахстана",
        "Civil Alliance of Kazakhstan",
    ),
    "about": Texts(
        "XI форум 2023 жылы Астанада екі күн өтті. Нақты күндер мен бағдарлама — демо деректер.",
        "XI форум прошёл в 2023 году в Астане и длился два дня. Точные даты и программа — "
        "демонстрационные данные.",
        "The 11th forum took place in Astana in 2023 and lasted two days. The exact dates and the "
        "programme are demo data.",
    ),
}
