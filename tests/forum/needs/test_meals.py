"""The caterer's sheet: each person in one row, no names."""

from typing import Any

import pytest

from accounts.models import User

from .conftest import SECOND, Comes, browser_of

pytestmark = pytest.mark.django_db


def test_each_person_stands_in_one_row(comes: Comes, preparer: User) -> None:
    comes("halal")
    comes("halal", "vegetarian")
    comes("vegetarian", days=[SECOND])
    comes("assistant", "sign")
    response = browser_of(preparer).get("/en/13/desk/needs/meals/")
    context: Any = response.context
    assert [(one.heading, [str(f) for f in one.figures]) for one in context["lines"]] == [
        ("Halal", ["1", "1"]),
        ("Vegetarian", ["0", "1"]),
        ("Halal and vegetarian", ["1", "1"]),
        ("Any food", ["1", "1"]),
        ("Assistants, of whose food we know nothing", ["1", "1"]),
    ]
    assert [str(one) for one in context["total"]] == ["4", "5"]
    assert "Образец" not in response.content.decode()
