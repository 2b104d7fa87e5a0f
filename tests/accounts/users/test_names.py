"""Names: compared in any spelling, in the Kazakh alphabet's order."""

import pytest
from django.db import IntegrityError

from accounts.models import User
from accounts.names import ALPHABET, fold, order_key

pytestmark = pytest.mark.django_db


def test_kazakh_and_russian_spellings_fold_to_one() -> None:
    assert fold("Нұрғазиева") == fold("НУРГАЗИЕВА")


def test_nul_does_not_reach_the_database() -> None:
    assert fold("Үл\0гі") == "ул ги"


def test_the_columns_of_the_database_fold_as_python_does() -> None:
    person = User.objects.create_user(
        "p@example.org", family_name=ALPHABET.upper(), given_name=ALPHABET
    )
    person.refresh_from_db()
    assert person.search_key == f"{fold(ALPHABET)} {fold(ALPHABET)}   p@example.org"


def test_people_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    letters = list("ҮАЯӘІБҰЫҢ")
    for place, letter in enumerate(letters):
        User.objects.create_user(f"p{place}@example.org", family_name=letter)
    ordered = User.objects.order_by("sort_key").values_list("family_name", flat=True)
    assert "".join(ordered) == "АӘБҢҰҮЫІЯ"
    assert sorted(letters, key=order_key) == list(ordered)


def test_an_email_is_one_persons_whatever_its_case() -> None:
    User.objects.create_user("Person@Example.org")
    with pytest.raises(IntegrityError, match="user_email_unique"):
        User.objects.bulk_create([User(email="PERSON@example.ORG")])


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"family_name": "Үлгіұлы", "given_name": "Қатысушы"}, "Үлгіұлы Қатысушы"),
        ({"given_name": "Sample"}, "Sample"),
        ({"family_name": "О", "given_name": "У", "patronymic": "Ұлы"}, "О У Ұлы"),
        ({}, "p@example.org"),
    ],
)
def test_the_name_is_what_there_is_of_it(names: dict[str, str], shown: str) -> None:
    assert User(email="p@example.org", **names).full_name == shown
