"""What the search for an organisation answers."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.organisations.models import Organisation

pytestmark = pytest.mark.django_db
SEARCH = "/ru/accounts/organisations/search/"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


def ids(client: Client, typed: str) -> list[int]:
    return [row["id"] for row in client.get(SEARCH, {"q": typed}).json()["results"]]


@pytest.mark.parametrize(
    "typed", ["улги", "ҮЛГІ-07", "пример-07 оф", "600140000018", '"Пример-07"', "6001400000"]
)
def test_any_spelling_finds_it(person_client: Client, example: Organisation, typed: str) -> None:
    assert ids(person_client, typed) == [example.pk]


@pytest.mark.parametrize(
    "typed", ["primer", "Primer-07", "primer07", "пример07", "ulgi07", "Qogamdyq qory", "OF primer"]
)
def test_latin_letters_and_a_missing_blank_find_it(
    person_client: Client, example: Organisation, typed: str
) -> None:
    assert ids(person_client, typed) == [example.pk]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("«Жастар» қоғамдық бірлестігі", "zhastar qogamdyq birlestigi"),
        ("Қазақстан ерікті ұйымдары", "Kazakstan erikti uiymdary"),
        ("Ассоциация молодёжи «Помощь»", "assotsiatsiya molodezhi pomoshch"),
        ("Щит и Солидарность", "shchit solidarnost"),
        ("Әйелдер күші", "ayelder kushi"),
    ],
)
def test_names_are_found_in_latin_letters(person_client: Client, name: str, typed: str) -> None:
    Organisation.objects.create(name_kk="Басқа ұйым")
    wanted = Organisation.objects.create(name_kk=name)
    assert ids(person_client, typed) == [wanted.pk]


def test_the_best_match_stands_first(person_client: Client) -> None:
    made = [
        Organisation.objects.create(name_kk=name)
        for name in ("Пример-205", "Пример-051", "Одағы «Пример-05»", "Пример-05", "05 Пример")
    ]
    contained, begun, second, first, turned = (one.pk for one in made)
    assert ids(person_client, "«Пример 05»") == [second, first, begun, turned, contained]
    assert ids(person_client, "primer05") == [second, first, begun, turned, contained]


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("typed", ["", "у", "%%", "__", "nothing like it", "у\0", "(((", "x" * 300])
def test_what_is_short_or_unlike_finds_nothing(person_client: Client, typed: str) -> None:
    assert ids(person_client, typed) == []


def test_a_row_has_the_name_of_the_pages_language_and_what_tells_it_apart(
    person_client: Client, example: Organisation
) -> None:
    assert person_client.get(SEARCH, {"q": "үлгі"}).json() == {
        "results": [
            {"id": example.pk, "name": "ОФ «Пример-07»", "note": "область Ұлытау · 600140000018"}
        ]
    }


def test_at_most_twenty_are_given_in_one_query_each(
    person_client: Client, django_assert_num_queries
) -> None:
    for number in range(30):
        Organisation.objects.create(name_kk=f"Үлгі {number:02}")
    ids(person_client, "үлгі")
    with django_assert_num_queries(3):  # the session and the person are two
        assert len(ids(person_client, "үлгі")) == 20


def test_a_stranger_is_refused(client: Client) -> None:
    assert client.get(SEARCH, {"q": "үлгі"}).status_code == 403


def test_a_post_is_refused(person_client: Client) -> None:
    assert person_client.post(SEARCH, {"q": "үлгі"}).status_code == 405


def test_a_machine_that_asks_without_end_is_refused(person_client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"search_organisations": "2/m/user"}
    answers = [person_client.get(SEARCH, {"q": "үлгі"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.usefixtures("redis_away")
def test_it_searches_while_redis_is_away(person_client: Client, example: Organisation) -> None:
    assert ids(person_client, "үлгі-07") == [example.pk]
