"""Names without legal form and quotes: the same in Python and in the database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.organisations.models import Organisation
from accounts.organisations.plain_names import numbers_in, plain


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("«Үлгі-07» қоғамдық қоры", "ulgi 07"),
        ("ҚҚ «Үлгі-07»", "ulgi 07"),
        ("ОФ «Улги 07»", "ulgi 07"),
        ('Общественный фонд "Пример"', "primer"),
        ("Public foundation “Sample”", "sample"),
        ("РОО ОФ «Пример» в г. Алматы, филиал", "primer v g almaty"),
        ("Объединение юридических лиц и индивидуальных предпринимателей «Ақ»", "ak"),
        ("Қоғамдық қор", ""),
        ("Primer", "primer"),
        ("Объезд, мощь", "obezd mow"),
        ("Фондовый рынок", "fondovyi rynok"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(name: str, left: str) -> None:
    assert plain(name) == left


def test_numbers_are_told_apart() -> None:
    assert numbers_in("Школа № 5, 2020") == ["2020", "5"]


WORDS = st.sampled_from(
    [
        "қоғамдық",
        "қоры",
        "ҚҚ",
        "ОФ",
        "«Үлгі»",
        "фонд",
        "Общественный",
        "и",
        "№7",
        "Ё-Ұ",
        "LLP",
        "оо",
    ]
)
ANY = st.text(alphabet="абғҚқӘіІ ёъЬщ-«»\"'.,07zZ\t", max_size=40)


class Twins(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.one_of(st.lists(WORDS, max_size=8).map(" ".join), ANY))
    def test_the_database_makes_the_same_of_it(self, name: str) -> None:
        organisation = Organisation.objects.create(name_kk=name)
        organisation.refresh_from_db()
        assert organisation.plain_key == plain(name)
