"""Who sees what delegates need: single people, counts, or nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from forum.editions.models import Edition
from forum.needs.access import get_needs_desk, get_needs_of_people

from .conftest import browser_of, make_edition, organiser_of, staff

pytestmark = pytest.mark.django_db
COUNTS = ("", "sessions/")
PEOPLE = ("people/", "people.xlsx", "meals/", "erase/")


def answers(person: User | None, pages: tuple[str, ...]) -> set[int]:
    client = browser_of(person)
    return {client.get(f"/en/13/desk/needs/{page}").status_code for page in pages}


@pytest.mark.usefixtures("edition")
def test_a_stranger_signs_in_first() -> None:
    assert answers(None, COUNTS + PEOPLE) == {302}
    for find in (get_needs_desk, get_needs_of_people):
        with pytest.raises(Http404):
            find("13", person=AnonymousUser())


@pytest.mark.usefixtures("edition")
def test_a_delegate_finds_no_such_page() -> None:
    delegate = User.objects.create_user("delegate@example.org")
    assert answers(delegate, COUNTS + PEOPLE) == {404}


@pytest.mark.usefixtures("edition")
def test_nor_does_who_prepares_another_edition() -> None:
    other = organiser_of(make_edition("14"), sees=True)
    assert answers(other, COUNTS + PEOPLE) == {404}


def test_an_organiser_sees_counts_and_no_people(organiser: User) -> None:
    assert answers(organiser, COUNTS) == {200}
    assert answers(organiser, PEOPLE) == {404}


def test_who_was_given_the_right_sees_both(preparer: User) -> None:
    assert answers(preparer, COUNTS + PEOPLE) == {200}


@pytest.mark.usefixtures("edition")
def test_staff_with_the_permission_see_both() -> None:
    assert answers(staff("view_needs"), COUNTS + PEOPLE) == {200}


@pytest.mark.usefixtures("edition")
def test_staff_without_it_see_nothing() -> None:
    assert answers(staff("view_registration", "change_registration"), COUNTS + PEOPLE) == {404}


@pytest.mark.usefixtures("edition")
def test_the_permission_without_the_admin_is_not_enough() -> None:
    person = staff("view_needs")
    person.is_staff = False
    person.save()
    assert answers(person, COUNTS + PEOPLE) == {404}


def test_only_who_runs_the_edition_is_led_round_the_desk(edition: Edition, preparer: User) -> None:
    path = f"/en/13/desk/needs/?{edition.pk}"
    assert "desk-nav" in browser_of(preparer).get(path).content.decode()
    assert "desk-nav" not in browser_of(staff("view_needs")).get(path).content.decode()


@pytest.mark.usefixtures("edition")
def test_an_unknown_edition_is_no_page_either(preparer: User) -> None:
    assert browser_of(preparer).get("/en/99/desk/needs/people/").status_code == 404
