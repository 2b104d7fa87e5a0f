"""The desk's pages: what is wrong, and how strict the edition is; for its organisers only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.users.models import User
from forum.editions.models import Edition, Organiser
from forum.registrations.models import Registration
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Room
from sessions_app.warnings.models import Rule, WarningLevel
from sessions_app.warnings.page import A_PAGE, SHOWN
from tests.sessions_app.warnings.conftest import Maker, at

pytestmark = pytest.mark.django_db

PAGE = "/en/12/desk/warnings/"
LEVELS = "/en/12/desk/warnings/levels/"
BOTH = pytest.mark.parametrize("address", [PAGE, LEVELS])
QUERIES = 5  # the session, the user, the edition, and the findings' two


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", given_name="Aigul")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def shown(client: Client, query: str = "") -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the page's levels, each with its rules and how many findings they have."""
    groups = client.get(PAGE + query).context["groups"]
    return [(one.level.value, [(r.rule.value, r.count) for r in one.rules]) for one in groups]


def choices(**changed: str) -> dict[str, str]:
    """Return what the untouched form sends, but for `changed`."""
    sent = dict.fromkeys(Rule.values, "warns")
    return sent | {"room_twice": "blocks_release", "speaker_twice": "blocks_release"} | changed


@BOTH
@pytest.mark.usefixtures("edition")
def test_a_stranger_is_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/en/accounts/login/?next={address}")


@BOTH
def test_a_delegate_finds_nothing(client: Client, edition: Edition, address: str) -> None:
    person = User.objects.create_user("delegate@example.org")
    Registration.objects.create(
        edition=edition, person=person, code="R1", category="ngo", confirmed_at=at("09:00", day=1)
    )
    client.force_login(person)
    assert client.get(address).status_code == 404


@BOTH
def test_an_organiser_of_another_edition_finds_nothing(
    client: Client, edition: Edition, address: str
) -> None:
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=other, person=person)
    client.force_login(person)
    assert client.get(address).status_code == 404
    assert client.get(address.replace("12", "11")).status_code == 200


def test_the_list_cannot_be_posted_to(desk: Client) -> None:
    assert desk.post(PAGE).status_code == 405


def test_findings_stand_by_level_and_rule(desk: Client, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", title_ru="")
    session("Forest", hall, "10:00-11:00", title_ru="")
    session("Steppe")
    assert shown(desk) == [
        ("blocks_release", [("room_twice", 1)]),
        ("warns", [("not_placed", 1), ("no_russian_title", 2)]),
    ]


def test_a_good_draft_is_called_so(desk: Client) -> None:
    assert "Nothing is wrong." in desk.get(PAGE).content.decode()


def test_of_a_rule_that_is_broken_often_some_are_shown_and_all_are_linked(
    desk: Client, session: Maker
) -> None:
    for number in range(SHOWN + 1):
        session(f"Water {number}")
    page = desk.get(PAGE).content.decode()
    assert page.count("has no room and time.") == SHOWN
    assert 'href="?rule=not_placed">Show all 9: No room and time</a>' in page
    assert desk.get(PAGE + "?rule=not_placed").content.count(b"has no room and time.") == SHOWN + 1


def test_the_findings_of_a_rule_are_paged(desk: Client, session: Maker) -> None:
    for number in range(A_PAGE + 1):
        session(f"Water {number}")
    second = desk.get(PAGE + "?rule=not_placed&page=2")
    assert second.content.count(b"has no room and time.") == 1
    assert shown(desk, "?rule=not_placed&page=2") == [("warns", [("not_placed", A_PAGE + 1)])]
    assert b"?rule=not_placed&amp;session=&amp;page=1" in second.content


@pytest.mark.parametrize("typed", ["S00001", "s00001", "forest", "Айгуль", "aigul"])
def test_a_session_is_found_by_code_title_or_speaker(
    desk: Client, aigul: Speaker, session: Maker, typed: str
) -> None:
    session("Water")
    session("Forest", speaker=aigul)
    Speaker.objects.update(given_name_ru="Айгуль")
    page = desk.get(PAGE, {"session": typed}).content.decode()
    assert (page.count("“Water” has no"), page.count("“Forest” has no")) == (0, 1)


def test_both_sides_of_a_clash_find_it(desk: Client, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:00-11:00")
    for code in ("S00000", "S00001"):
        assert shown(desk, f"?session={code}") == [("blocks_release", [("room_twice", 1)])]


@pytest.mark.parametrize("query", ["?rule=beauty", "?session=%00", "?session=" + "x" * 101])
def test_a_filter_that_makes_no_sense_is_refused(desk: Client, session: Maker, query: str) -> None:
    session("Water")
    answer = desk.get(PAGE + query)
    assert (answer.status_code, answer.context["groups"]) == (400, [])
    assert "Nothing is shown: the filter cannot be understood." in answer.content.decode()


def test_who_may_not_enter_the_admin_is_not_led_there(
    desk: Client, organiser: User, session: Maker
) -> None:
    session("Water", title_ru="")
    assert b"/admin/sessions_app/session/" not in desk.get(PAGE).content
    User.objects.filter(pk=organiser.pk).update(is_staff=True, is_superuser=True)
    assert b"/admin/sessions_app/session/" in desk.get(PAGE).content


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_queries_do_not_grow(desk: Client, hall: Room, session: Maker, count: int) -> None:
    for number in range(count):
        session(f"Water {number}", hall, "10:00-11:00")
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(PAGE).status_code == 200
    assert len(asked) == QUERIES


def test_levels_are_chosen_in_one_form(desk: Client, session: Maker) -> None:
    session("Water", kind="panel")
    sent = choices(no_moderator="blocks_release", not_placed="ignored")
    answer = desk.post(LEVELS, sent, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "The levels are saved and hold from now on." in answer.content.decode()
    assert shown(desk) == [("blocks_release", [("no_moderator", 1)])]
    assert WarningLevel.objects.count() == 2


def test_the_form_shows_what_holds(desk: Client, edition: Edition) -> None:
    WarningLevel.objects.create(edition=edition, rule="track_twice", level="ignored")
    form = desk.get(LEVELS).context["form"]
    assert (form["track_twice"].value(), form["room_lacks"].value()) == ("ignored", "warns")


def test_a_level_that_may_not_be_is_not_offered_and_refused(desk: Client) -> None:
    answer = desk.post(LEVELS, choices(room_twice="ignored", not_placed="ignored"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "room_twice": ["This rule cannot have that level. Choose another."]
    }
    assert WarningLevel.objects.count() == 0


def test_a_rule_that_is_left_out_is_refused(desk: Client) -> None:
    sent = choices()
    del sent["no_moderator"]
    assert desk.post(LEVELS, sent).status_code == 422
