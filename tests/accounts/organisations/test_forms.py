"""Choosing an organisation, or adding one, without JavaScript."""

import pytest

from accounts.organisations.forms import OrganisationChoice
from accounts.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NEW = {"organisation": "new", "new-name": "Жаңа ұйым", "new-kind": "ngo"}


def choose(**data: str) -> OrganisationChoice:
    return OrganisationChoice(data)


def test_a_picked_one_is_chosen(example: Organisation) -> None:
    choice = choose(organisation=str(example.pk))
    assert (choice.is_valid(required=True), choice.chosen) == (True, example)


def test_a_name_that_one_alone_has_needs_no_click(example: Organisation) -> None:
    choice = choose(organisation_search="улги-07")
    assert (choice.is_valid(required=True), choice.chosen) == (True, example)


def test_among_several_one_must_choose(example: Organisation) -> None:
    other = Organisation.objects.create(name_kk="Үлгі-07 одағы")
    choice = choose(organisation_search="улги-07")
    assert (choice.is_valid(required=True), choice.results) == (False, [example, other])


@pytest.mark.parametrize("answer", ["", "0", "999999999999999999999", "x", "²", "-1"])
def test_an_answer_that_is_none_is_refused(answer: str) -> None:
    choice = choose(organisation=answer)
    assert (choice.is_valid(required=True), choice.chosen) == (False, None)


def test_who_comes_for_nobody_says_so() -> None:
    choice = choose(organisation="none", organisation_search="улги")
    assert (choice.is_valid(required=False), choice.chosen) == (True, None)


def test_what_is_not_found_is_said() -> None:
    choice = choose(organisation_search="no such body")
    assert not choice.is_valid(required=False)
    assert choice.error


def test_a_new_one_is_made_unsaved_with_a_clean_bin() -> None:
    choice = choose(**NEW, **{"new-bin": "6001 4000 0028"})
    assert choice.is_valid(required=True)
    assert choice.chosen is not None
    assert (choice.chosen.pk, choice.chosen.bin, choice.chosen.name_kk) == (
        None,
        "600140000028",
        "Жаңа ұйым",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("bin", "600140000019"), ("kind", "party"), ("region", "0")],
)
def test_what_is_wrong_with_a_new_one_is_said(field: str, value: str) -> None:
    choice = choose(**(NEW | {f"new-{field}": value}))
    assert not choice.is_valid(required=True)
    assert list(choice.new.errors) == [field]


@pytest.mark.usefixtures("example")
def test_a_bin_of_the_list_is_refused() -> None:
    choice = choose(**NEW, **{"new-bin": "600140000018", "new-another": "on"})
    assert not choice.is_valid(required=True)
    assert list(choice.new.errors) == ["bin"]


def test_another_spelling_of_the_list_is_warned_of(example: Organisation) -> None:
    choice = choose(**(NEW | {"new-name": 'оф "пример-07"'}))
    assert not choice.is_valid(required=True)
    assert choice.results == [example]


@pytest.mark.usefixtures("example")
def test_who_says_that_it_is_another_may_add_it() -> None:
    choice = choose(**(NEW | {"new-name": "ОФ Пример-07", "new-another": "on"}))
    assert choice.is_valid(required=True)


def test_a_search_without_a_hit_is_answered_with_a_sentence(example: Organisation) -> None:
    assert choose(organisation_search="no such body").found_nothing
    assert not choose(organisation_search="улги").found_nothing
    assert not choose(organisation_search="").found_nothing
    assert not choose(organisation_search="no such body", organisation="new").found_nothing
    assert not OrganisationChoice(chosen=example).found_nothing
