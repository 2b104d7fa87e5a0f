"""The 12th edition's tracks, rooms and sessions (forum-facts §1, "Demo programme")."""

from typing import NamedTuple

from sessions_app.demo.content_editions import TWELFTH_TEXTS, Texts
from sessions_app.sessions.models import Kind

TRACKS = {
    "ECO": Texts(
        "Тұрақты даму және экология",
        "Устойчивое развитие и экология",
        "Sustainable development and ecology",
    ),
    "DIG": Texts("Цифрландыру", "Цифровизация", "Digitalization"),
    "INC": Texts("Инклюзия", "Инклюзия", "Inclusion"),
    "YTH": Texts("Жастар бастамалары", "Молодёжные инициативы", "Youth initiatives"),
    "PUB": Texts("Қоғамдық кеңестер", "Общественные советы", "Public councils"),
}


class DemoRoom(NamedTuple):
    """A room and what it is equipped with; no seats means a shared area."""

    name: Texts
    capacity: int | None
    interpretation: tuple[str, ...] = ()
    sign_language: bool = False
    hearing_loop: bool = False
    step_free: bool = True
    stream: bool = False


ROOMS = {
    "MAIN": DemoRoom(
        Texts("Үлкен зал", "Большой зал", "Main Hall"),
        900,
        ("kk", "ru", "en"),
        sign_language=True,
        hearing_loop=True,
        stream=True,
    ),
    "A": DemoRoom(Texts("A залы", "Зал A", "Room A"), 200, ("kk", "ru"), hearing_loop=True),
    "B": DemoRoom(Texts("B залы", "Зал B", "Room B"), 150, ("kk", "ru")),
    "C": DemoRoom(Texts("C залы", "Зал C", "Room C"), 120, sign_language=True),
    "D": DemoRoom(Texts("D залы", "Зал D", "Room D"), 80, step_free=False),
    "EXPO": DemoRoom(Texts("Көрме аймағы", "Выставочная зона", "Fair area"), None),
}


class DemoSession(NamedTuple):
    """A session, its day of the edition (1 or 2), and its local times."""

    key: str
    day: int
    start: str
    end: str
    room: str
    kind: Kind
    track: str
    title: Texts
    abstract: Texts
    languages: tuple[str, ...] = ("kk", "ru")
    interpretation: tuple[str, ...] = ()
    sign_language: bool = False


ALL = ("kk", "ru", "en")

_CHECK_IN = Texts("Тіркеу", "Регистрация", "Registration")
_CHECK_IN_ABSTRACT = Texts(
    "Қатысушылар құжатын көрсетіп, бейдж бен бағдарлама алады. Қолжетімділік қызметі осы жерде.",
    "Участники показывают документ и получают бейдж и программу. Здесь же работает служба "
    "доступности.",
    "Participants show a document and get their badge and programme. The accessibility desk is "
    "here too.",
)

COMMON = [
    DemoSession(
        "check-in-1", 1, "08:30", "09:30", "EXPO", Kind.CHECK_IN, "", _CHECK_IN, _CHECK_IN_ABSTRACT
    ),
    DemoSession(
        "opening",
        1,
        "09:30",
        "10:00",
        "MAIN",
        Kind.PLENARY,
        "",
        Texts("Ашылу салтанаты", "Открытие", "Opening"),
        Texts(
            "Форумның ашылуы, күн тәртібі және жұмыс тәртібі.",
            "Открытие форума, повестка дня и порядок работы.",
            "The forum opens: its agenda and how it will work.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "panel-councils",
        1,
        "10:00",
        "12:00",
        "MAIN",
        Kind.PANEL,
        "PUB",
        Texts(
            "Қоғамдық кеңестер: ашықтық пен есептілік",
            "Общественные советы: прозрачность и подотчётность",
            "Public councils: transparency and accountability",
        ),
        Texts(
            "Қоғамдық кеңестер мемлекеттік органдардың ашықтығына қалай ықпал етеді? Өңірлердің "
            "тәжірибесі, қоғамдық бақылау және кері байланыс талқыланады.",
            "Как общественные советы влияют на прозрачность государственных органов? Опыт "
            "регионов, общественный контроль и обратная связь.",
            "How do public councils make state institutions more transparent? Experience of the "
            "regions, public oversight and feedback.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "lunch",
        1,
        "12:00",
        "13:00",
        "EXPO",
        Kind.BREAK,
        "",
        Texts("Түскі ас", "Обед", "Lunch"),
        Texts(
            "Халал және вегетариандық тағам бар.",
            "Есть халяльные и вегетарианские блюда.",
            "Halal and vegetarian food is served.",
        ),
    ),
    DemoSession(
        "panel-partnership",
        1,
        "13:00",
        "15:00",
        "MAIN",
        Kind.PANEL,
        "",
        Texts(
            "Халықаралық ұйымдармен әріптестік",
            "Партнёрство с международными организациями",
            "Partnership with international organisations",
        ),
        Texts(
            "Халықаралық ұйымдармен бірлескен жобалар: серіктес табу, есеп беру және нәтижені "
            "сақтап қалу.",
            "Совместные проекты с международными организациями: как найти партнёра, отчитаться и "
            "сохранить результат.",
            "Joint projects with international organisations: finding a partner, reporting, and "
            "keeping what was reached.",
        ),
        languages=ALL,
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "fair",
        1,
        "17:00",
        "18:00",
        "EXPO",
        Kind.FAIR,
        "",
        Texts("ҮЕҰ жәрмеңкесі", "Ярмарка НПО", "NGO fair"),
        Texts(
            "Ұйымдар өз жобаларын көрсетіп, серіктестер мен еріктілерді табады.",
            "Организации показывают свои проекты и находят партнёров и волонтёров.",
            "Organisations show their projects and find partners and volunteers.",
        ),
    ),
    DemoSession(
        "check-in-2", 2, "09:00", "10:00", "EXPO", Kind.CHECK_IN, "", _CHECK_IN, _CHECK_IN_ABSTRACT
    ),
    DemoSession(
        "plenary",
        2,
        "10:00",
        "12:30",
        "MAIN",
        Kind.PLENARY,
        "",
        TWELFTH_TEXTS["theme"],
        Texts(
            "Форумның басты отырысы: Мемлекет басшысының үндеуі, тұрақты даму мен экология, "
            "цифрландыру, инклюзия және жастар бастамалары туралы баяндамалар.",
            "Главное заседание форума: обращение Главы государства, доклады об устойчивом "
            "развитии и экологии, цифровизации, инклюзии и молодёжных инициативах.",
            "The forum's main session: the Head of State's address, reports on sustainable "
            "development and ecology, digitalization, inclusion and youth initiatives.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "closing",
        2,
        "15:15",
        "16:00",
        "MAIN",
        Kind.PLENARY,
        "",
        Texts("Ұсынымдарды қабылдау", "Принятие рекомендаций", "Adoption of recommendations"),
        Texts(
            "Секциялардың ұсынымдары таныстырылып, дауысқа салынады.",
            "Рекомендации секций представляются и выносятся на голосование.",
            "The sections' recommendations are presented and put to the vote.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "awards",
        2,
        "16:00",
        "17:00",
        "MAIN",
        Kind.CEREMONY,
        "",
        Texts("Марапаттау", "Награждение", "Awards"),
        Texts(
            "Үздік жобалар мен белсенді еріктілер марапатталады.",
            "Награждаются лучшие проекты и самые активные волонтёры.",
            "The best projects and the most active volunteers are honoured.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
]
