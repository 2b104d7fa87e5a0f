"""The link in a letter: one person, one topic, and nobody else's."""

import pytest
from pytest_django.fixtures import Settings

from forum.models import Topic
from forum.subscriptions.links import NotOurs, person_in, token

ONE = token(17, Topic.SUMMARIES)


def test_a_token_names_the_person_for_whom_it_was_made() -> None:
    assert person_in(ONE, Topic.SUMMARIES) == 17


def test_it_says_nothing_of_a_number_that_follows_another() -> None:
    other = token(18, Topic.SUMMARIES)
    assert sum(one != two for one, two in zip(ONE, other, strict=True)) > 16


@pytest.mark.parametrize(
    "given",
    [
        token(17, Topic.REMINDERS),
        ONE[:-1],
        ONE + "a",
        ONE[:-1] + ("a" if ONE[-1] != "a" else "b"),
        ("b" if ONE[0] != "b" else "c") + ONE[1:],
        ONE.upper(),
        ONE + "\n",
        "",
        "ҚАЗАҚ",
        "1" * 32,
        "a" * 32,
        "a" * 10_000,
    ],
)
def test_another_topics_and_a_forged_one_are_refused(given: str) -> None:
    with pytest.raises(NotOurs):
        person_in(given, Topic.SUMMARIES)


def test_it_holds_after_the_key_was_changed_until_the_old_one_is_taken_out(
    settings: Settings,
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 6
    assert person_in(ONE, Topic.SUMMARIES) == 17
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NotOurs):
        person_in(ONE, Topic.SUMMARIES)
