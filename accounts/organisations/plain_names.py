"""What is left of an organisation's name without quotes, legal form and case: for likeness.

«Үлгі» қоғамдық қоры, ҚҚ "Үлгі" and Улги are one plain name. It is written in Latin letters, since
pg_trgm takes Cyrillic ones for letters only where the server's locale does.
"""

import re
from itertools import zip_longest

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Trim

from accounts.names import fold, folded

_LEGAL_FORMS = """
республикалық қоғамдық бірлестігі, республикалық қоғамдық бірлестік, қоғамдық бірлестігі,
қоғамдық бірлестік, қоғамдық қоры, қоғамдық қор, корпоративтік қоры, корпоративтік қор, жеке қоры,
жеке қор, заңды тұлғалар бірлестігі, жеке кәсіпкерлер мен заңды тұлғалар бірлестігі,
жеке мекемесі, жеке мекеме, мемлекеттік мекемесі, мемлекеттік мекеме,
коммерциялық емес акционерлік қоғамы, коммерциялық емес акционерлік қоғам, тұтыну кооперативі,
діни бірлестігі, діни бірлестік, жауапкершілігі шектеулі серіктестігі, филиалы, өкілдігі,
ҚБ, РҚБ, ҚҚ, ЖҚ, ЗТБ, ЖММ, КЕАҚ, ЖШС, ҮЕҰ,
республиканское общественное объединение, общественное объединение, общественный фонд,
корпоративный фонд, частный фонд, объединение юридических лиц,
объединение юридических лиц и индивидуальных предпринимателей,
объединение индивидуальных предпринимателей и юридических лиц, частное учреждение,
государственное учреждение, некоммерческое акционерное общество, потребительский кооператив,
религиозное объединение, товарищество с ограниченной ответственностью, филиал, представительство,
ОО, РОО, ОФ, ЧФ, ОЮЛ, ЧУ, НАО, ТОО, ГУ, НПО,
republican public association, public association, public foundation, corporate foundation,
private foundation, association of legal entities, private institution,
non commercial joint stock company, non profit joint stock company, consumer cooperative,
religious association, limited liability partnership, LLP, NGO, PF, PA
"""
_NO_LETTER = "[^0-9a-zа-я]+"
"""For folded text: the letters of Kazakh are those of Russian there."""
_forms = sorted({fold(form) for form in _LEGAL_FORMS.split(",")}, key=lambda one: (-len(one), one))
_LEGAL_FORM = f"(^| )(?:{'|'.join(_forms)})(?= |$)"
"""The same for Python and PostgreSQL; the blank that follows may begin the next one. The column is
made of it: whoever changes the list makes a migration that drops the column and adds it anew."""


_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыэюяъь"
_LATIN = "abvgdejziiklmnoprstufhcqwwyeua"
"""One letter for one, so that both sides do it alike; what has none of its own is left out."""
_SOUNDS = {ord(letter): sound for letter, sound in zip_longest(_CYRILLIC, _LATIN, fillvalue="")}


def plain(name: str) -> str:
    """Return the plain name, "" where nothing but a legal form is there."""
    words = re.sub(_NO_LETTER, " ", fold(name)).strip()
    return " ".join(re.sub(_LEGAL_FORM, " ", words).translate(_SOUNDS).split())


def plain_in_sql(*fields: str) -> models.Expression:
    """Make the expression that does the same to columns, joined."""
    words = Trim(_replaced(folded(*fields), _NO_LETTER, " "))
    left = Func(
        _replaced(words, _LEGAL_FORM, " "),
        Value(_CYRILLIC),
        Value(_LATIN),
        function="TRANSLATE",
        output_field=models.TextField(),
    )
    return Trim(_replaced(left, " +", " "))


def plain_key(*fields: str) -> models.GeneratedField:
    """Make a column that holds the plain names of `fields`."""
    return models.GeneratedField(
        expression=plain_in_sql(*fields), output_field=models.TextField(), db_persist=True
    )


def numbers_in(name: str) -> list[str]:
    """Return the numbers of a name; two names whose numbers differ are two bodies."""
    return sorted(re.findall("[0-9]+", name))


def _replaced(text: models.Expression | F, pattern: str, by: str) -> Func:
    arguments = text, Value(pattern), Value(by), Value("g")
    return Func(*arguments, function="REGEXP_REPLACE", output_field=models.TextField())
