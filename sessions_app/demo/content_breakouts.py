"""What runs side by side in the rooms A to D: one table a block."""

from sessions_app.demo.content_editions import Texts
from sessions_app.demo.content_programme import TRACKS, DemoSession
from sessions_app.sessions.models import Kind

_FIRST = {
    ("A", "ECO", Kind.BREAKOUT): (
        Texts(
            "Жергілікті қауымдастықтар және климат",
            "Местные сообщества и климат",
            "Local communities and climate",
        ),
        Texts(
            "Ауылдар мен шағын қалалар су тапшылығына және ыстыққа қалай бейімделеді? Қауымдастық "
            "бастамаларының мысалдары.",
            "Как сёла и малые города приспосабливаются к нехватке воды и жаре? Примеры инициатив "
            "самих сообществ.",
            "How do villages and small towns adapt to drought and heat? Examples of what "
            "communities do themselves.",
        ),
    ),
    ("B", "DIG", Kind.BREAKOUT): (
        Texts(
            "ҮЕҰ-ға арналған цифрлық құралдар",
            "Цифровые инструменты для НПО",
            "Digital tools for NGOs",
        ),
        Texts(
            "Тегін және ашық құралдар: есеп жүргізу, еріктілерді үйлестіру, дербес деректерді "
            "қорғау.",
            "Бесплатные и открытые инструменты: учёт, координация волонтёров, защита персональных "
            "данных.",
            "Free and open tools: accounting, coordinating volunteers, protecting personal data.",
        ),
    ),
    ("C", "INC", Kind.BREAKOUT): (
        Texts(
            "Қолжетімді мемлекеттік қызметтер",
            "Доступные государственные услуги",
            "Accessible public services",
        ),
        Texts(
            "Мүгедектігі бар адамдар қызметті кедергісіз алуы үшін не өзгеруі керек? Қызмет "
            "алушылар мен органдардың әңгімесі.",
            "Что нужно изменить, чтобы люди с инвалидностью получали услуги без барьеров? Разговор "
            "получателей услуг и ведомств.",
            "What must change so that people with disabilities get services without barriers? "
            "Users and agencies talk.",
        ),
    ),
    ("D", "YTH", Kind.MASTER_CLASS): (
        Texts("Алғашқы жоба", "Первый проект", "Writing a first project"),
        Texts(
            "Идеядан өтінімге дейін: мақсат, бюджет және нәтижені өлшеу. Дәптер мен қалам алып "
            "келіңіз.",
            "От идеи до заявки: цель, бюджет и измерение результата. Возьмите с собой блокнот и "
            "ручку.",
            "From the idea to the application: the goal, the budget, and measuring the result. "
            "Bring pen and paper.",
        ),
    ),
}

_SECOND = {
    ("A", "INC", Kind.BREAKOUT): (
        Texts("Кедергісіз еңбек", "Труд без барьеров", "Work without barriers"),
        Texts(
            "Жұмыс берушілер мен ҮЕҰ мүгедектігі бар адамдарды жұмысқа орналастыру тәжірибесімен "
            "бөліседі.",
            "Работодатели и НПО делятся опытом трудоустройства людей с инвалидностью.",
            "Employers and NGOs share how people with disabilities found work.",
        ),
    ),
    ("B", "YTH", Kind.BREAKOUT): (
        Texts("Жастар волонтёрлігі", "Молодёжное волонтёрство", "Youth volunteering"),
        Texts(
            "Еріктілерді қалай тартуға, оқытуға және қолдауға болады.",
            "Как привлекать, обучать и поддерживать волонтёров.",
            "How to find, train and support volunteers.",
        ),
    ),
    ("C", "PUB", Kind.BREAKOUT): (
        Texts("Ашық бюджет", "Открытые бюджеты", "Open budgets"),
        Texts(
            "Жергілікті бюджетті оқу және талқылау: тұрғындардың қатысуына арналған тәсілдер.",
            "Как читать и обсуждать местный бюджет: способы участия жителей.",
            "Reading and discussing a local budget: ways for residents to take part.",
        ),
    ),
    ("D", "DIG", Kind.BREAKOUT): (
        Texts(
            "ҮЕҰ жұмысындағы ашық деректер", "Открытые данные в работе НПО", "Open data for NGOs"
        ),
        Texts(
            "Ашық деректерді қайдан табуға, қалай тексеруге және жобада қолдануға болады.",
            "Где найти открытые данные, как их проверить и применить в проекте.",
            "Where to find open data, how to check them and use them in a project.",
        ),
    ),
}

_DIALOGUE = Texts("Министрлікпен диалог", "Диалог с министерством", "Dialogue with the ministry")
_DIALOGUE_ABSTRACT = Texts(
    "ҮЕҰ өкілдері министрлікке сұрақ қойып, ұсыныстарын айтады. Жауаптар хаттамаға енгізіледі.",
    "Представители НПО задают министерству вопросы и вносят предложения. Ответы заносятся в "
    "протокол.",
    "NGOs put questions and proposals to the ministry. The answers go into the protocol.",
)
_DRAFTING = Texts("Ұсынымдар әзірлеу", "Выработка рекомендаций", "Drafting recommendations")
_DRAFTING_ABSTRACT = Texts(
    "Секция қорытынды құжатқа енетін ұсынымдарды дайындайды.",
    "Секция готовит рекомендации для итогового документа.",
    "The section drafts its recommendations for the final document.",
)
# Four rooms for five tracks: the public councils have their panel in the main hall.
_ROOM_TRACKS = {"A": "ECO", "B": "DIG", "C": "INC", "D": "YTH"}


def _each_track(title: Texts, abstract: Texts, kind: Kind) -> dict:
    named = {
        track: Texts(*(f"{text}: {_small(name)}" for text, name in zip(title, names, strict=True)))
        for track, names in TRACKS.items()
    }
    return {(room, track, kind): (named[track], abstract) for room, track in _ROOM_TRACKS.items()}


def _small(name: str) -> str:
    return name[0].lower() + name[1:]


def _block(prefix: str, day: int, start: str, end: str, table: dict) -> list[DemoSession]:
    return [
        DemoSession(
            key=f"{prefix}-{room}",
            day=day,
            start=start,
            end=end,
            room=room,
            kind=kind,
            track=track,
            title=title,
            abstract=abstract,
            languages=("kk", "ru") if room in "AB" else ("kk",) if room == "C" else ("ru",),
            interpretation=("kk", "ru") if room in "AB" else (),
            sign_language=room == "C",
        )
        for (room, track, kind), (title, abstract) in table.items()
    ]


BREAKOUTS = [
    *_block("first", 1, "10:00", "11:30", _FIRST),
    *_block(
        "dialogue",
        1,
        "13:00",
        "14:30",
        _each_track(_DIALOGUE, _DIALOGUE_ABSTRACT, Kind.DIALOGUE),
    ),
    *_block("second", 1, "15:00", "16:30", _SECOND),
    *_block(
        "drafting",
        2,
        "13:30",
        "15:00",
        _each_track(_DRAFTING, _DRAFTING_ABSTRACT, Kind.BREAKOUT),
    ),
]
