"""A person: one an e-mail whatever its case, and a name of which most parts may be missing."""

# A fixture may be wanted for what it does alone.
# ruff: noqa: ARG001

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_database_holds_one_person_an_e_mail_whatever_its_case(person: User) -> None:
    with pytest.raises(IntegrityError, match="user_email_unique"), transaction.atomic():
        User.objects.bulk_create([User(email="P03@EXAMPLE.org", password="!")])


def test_the_second_person_with_an_e_mail_is_told_so(person: User) -> None:
    second = User(email="P03@EXAMPLE.org", password="!")
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert len(refused.value.messages) == 1


def test_a_person_is_found_by_the_e_mail_in_any_case(person: User) -> None:
    assert User.objects.get_by_natural_key("P03@Example.ORG") == person


@pytest.mark.parametrize(
    ("names", "full_name", "short_name"),
    [
        ({"given_name": "Sukarno"}, "Sukarno", "Sukarno"),
        ({"family_name": "Серікұлы", "given_name": "Арман"}, "Серікұлы Арман", "Арман"),
        ({"latin_name": "Sample Participant"}, "Sample Participant", "Sample Participant"),
        ({}, "x@example.org", "x@example.org"),
    ],
)
def test_a_person_has_a_name_to_be_called_by(
    names: dict[str, str], full_name: str, short_name: str
) -> None:
    somebody = User.objects.create_user("x@example.org", **names)
    assert (somebody.full_name, somebody.short_name) == (full_name, short_name)


def test_a_person_without_a_password_has_none_that_could_be_guessed(person: User) -> None:
    assert not person.has_usable_password()


def test_people_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    names = ["Яковлев", "Әлиев", "Ұлытау", "Абаев", "Уақов", "Ахметов"]
    for number, name in enumerate(names):
        User.objects.create_user(f"s{number}@example.org", family_name=name)
    ordered = User.objects.order_by("sort_key").values_list("family_name", flat=True)
    assert list(ordered) == ["Абаев", "Ахметов", "Әлиев", "Уақов", "Ұлытау", "Яковлев"]
