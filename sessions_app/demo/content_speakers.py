"""Who speaks: the three real people of the plenary of 16 October 2025; all others are fictional.

Of the real ones nothing else may be told: no e-mail, phone, picture (forum-facts §1).
"""

from typing import NamedTuple

from sessions_app.demo.content_editions import Texts
from sessions_app.sessions.models import Kind, Role

FICTIONAL_SPEAKERS = 48
"""So many that nobody is needed twice within the blocks that run side by side."""


class PlenarySpeaker(NamedTuple):
    """A real person, and for whom they read, if for somebody."""

    given_name: Texts
    family_name: Texts
    position: Texts
    role: Role
    behalf_of: Texts | None = None
    behalf_of_position: Texts | None = None


PLENARY_SPEAKERS = (
    PlenarySpeaker(
        Texts("Арман", "Арман", "Arman"),
        Texts("Қырықбаев", "Кырыкбаев", "Kyrykbayev"),
        Texts(
            "Президенттің ішкі саясат және коммуникациялар мәселелері жөніндегі көмекшісі",
            "Помощник Президента по вопросам внутренней политики и коммуникаций",
            "Assistant to the President for domestic policy and communications",
        ),
        Role.READER,
        Texts("Қасым-Жомарт Тоқаев", "Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"),
        Texts(
            "Қазақстан Республикасының Президенті",
            "Президент Республики Казахстан",
            "President of the Republic of Kazakhstan",
        ),
    ),
    PlenarySpeaker(
        Texts("Бану", "Бану", "Banu"),
        Texts("Нұрғазиева", "Нургазиева", "Nurgaziyeva"),
        Texts(
            "Қазақстан Азаматтық альянсының президенті",
            "Президент Гражданского альянса Казахстана",
            "President of the Civil Alliance of Kazakhstan",
        ),
        Role.SPEAKER,
    ),
    PlenarySpeaker(
        Texts("Елнұр", "Елнур", "Yelnur"),
        Texts("Бейсенбаев", "Бейсенбаев", "Beisenbayev"),
        Texts(
            "«Аманат» партиясының атқарушы хатшысы",
            "Исполнительный секретарь партии «Аманат»",
            "Executive Secretary of the Amanat party",
        ),
        Role.SPEAKER,
    ),
)
PLENARY_KEY = "plenary"

BIOGRAPHY = Texts(
    "Демо бағдарламадағы ойдан шығарылған спикер.",
    "Вымышленный спикер демонстрационной программы.",
    "A fictional speaker of the demo programme.",
)

_SECTION = (Role.MODERATOR, Role.SPEAKER, Role.SPEAKER, Role.RAPPORTEUR)
_PANEL = (Role.MODERATOR, Role.PANELLIST, Role.PANELLIST, Role.PANELLIST, Role.PANELLIST)
ROLES_BY_KIND = {
    Kind.BREAKOUT: _SECTION,
    Kind.DIALOGUE: _SECTION,
    Kind.ROUND_TABLE: _SECTION,
    Kind.PANEL: _PANEL,
    Kind.MASTER_CLASS: (Role.SPEAKER,),
    Kind.PLENARY: (Role.MODERATOR, Role.SPEAKER),
    Kind.CEREMONY: (Role.MODERATOR,),
}


def speaker_name(number: int) -> tuple[Texts, Texts]:
    """Name the fictional speaker `number`: given name, surname."""
    return (
        Texts("Үлгі", "Образец", "Sample"),
        Texts(f"Спикер {number:02d}", f"Спикеров-{number:02d}", f"Speaker {number:02d}"),
    )


def speaker_position(number: int) -> Texts:
    """Say for whom the fictional speaker `number` works; organisations 01 to 48 are foundations."""
    return Texts(
        f"ҚҚ «Мысал-{number:02d}», директор",
        f"ОФ «Пример-{number:02d}», директор",
        f"Example-{number:02d} Foundation, director",
    )
