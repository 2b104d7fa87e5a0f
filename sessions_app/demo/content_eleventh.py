"""A small programme for the 11th edition, all of it demo: the archive must show something."""

from sessions_app.demo.content_editions import Texts
from sessions_app.demo.content_programme import ALL, ROOMS, DemoSession
from sessions_app.sessions.models import Kind

ELEVENTH_ROOMS = {code: ROOMS[code] for code in ("MAIN", "A", "B", "EXPO")}

ELEVENTH_SESSIONS = [
    DemoSession(
        "11-opening",
        1,
        "10:00",
        "11:00",
        "MAIN",
        Kind.PLENARY,
        "",
        Texts("Ашылу салтанаты", "Открытие", "Opening"),
        Texts("XI форумның ашылуы.", "Открытие XI форума.", "The 11th forum opens."),
        interpretation=ALL,
        sign_language=True,
    ),
    DemoSession(
        "11-order",
        1,
        "11:30",
        "13:00",
        "A",
        Kind.BREAKOUT,
        "",
        Texts(
            "Мемлекеттік әлеуметтік тапсырыс: өңірлер тәжірибесі",
            "Государственный социальный заказ: опыт регионов",
            "State social order: experience of the regions",
        ),
        Texts(
            "Өңірлер тапсырысты жоспарлау мен бағалау тәжірибесімен бөліседі.",
            "Регионы делятся опытом планирования и оценки заказа.",
            "The regions share how they plan and evaluate the order.",
        ),
    ),
    DemoSession(
        "11-volunteers",
        1,
        "11:30",
        "13:00",
        "B",
        Kind.ROUND_TABLE,
        "",
        Texts(
            "Еріктілер мен ауыл қауымдастықтары",
            "Волонтёры и сельские сообщества",
            "Volunteers and rural communities",
        ),
        Texts(
            "Ауылдағы еріктілік бастамалары туралы дөңгелек үстел.",
            "Круглый стол о волонтёрских инициативах на селе.",
            "A round table on volunteering in villages.",
        ),
    ),
    DemoSession(
        "11-fair",
        2,
        "10:00",
        "12:00",
        "EXPO",
        Kind.FAIR,
        "",
        Texts("ҮЕҰ жәрмеңкесі", "Ярмарка НПО", "NGO fair"),
        Texts(
            "Ұйымдар өз жобаларын көрсетеді.",
            "Организации показывают свои проекты.",
            "Organisations show their projects.",
        ),
    ),
    DemoSession(
        "11-closing",
        2,
        "12:00",
        "13:00",
        "MAIN",
        Kind.PLENARY,
        "",
        Texts("Ұсынымдарды қабылдау", "Принятие рекомендаций", "Adoption of recommendations"),
        Texts(
            "XI форумның ұсынымдары қабылданады.",
            "Принимаются рекомендации XI форума.",
            "The 11th forum adopts its recommendations.",
        ),
        interpretation=ALL,
        sign_language=True,
    ),
]
