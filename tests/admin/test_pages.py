"""Every list and form of the admin opens, in as many queries for three rows as for one."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import (
    Consent,
    ConsentText,
    Contact,
    LikelyDouble,
    Organisation,
    Region,
    User,
)
from forum.models import Edition, Letter, NeedsErasure, NeedsView, Registration
from sessions_app.models import Building, Release, Room, Session, Speaker, Track, WarningLevel

from .conftest import Fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

OURS = (
    User, Organisation, Contact, LikelyDouble, Region, Consent, ConsentText, Edition, Registration,
    Letter, Room, Track, Session, Speaker, Release, Building, WarningLevel, NeedsView, NeedsErasure,
)  # fmt: skip
ADDED_HERE = (
    User, Organisation, Contact, Region, ConsentText, Edition, Registration, Room, Track, Session,
    Speaker, Release, Building,
)  # fmt: skip
NOT_ADDED_HERE = (Consent, Letter, LikelyDouble, WarningLevel, NeedsView, NeedsErasure)
MOST_QUERIES = 12  # two of them read the session and the person who looks


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{page}", args=args)


def queries(client: Client, path: str) -> list[str]:
    """Return the queries of a page without what they look for, so that a difference tells.

    Redis may have let go of a session, which is then read from the database; no list decides that.
    """
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
    assert response.status_code == 200
    asked = [query["sql"].partition(" WHERE ")[0] for query in seen.captured_queries]
    return [sql for sql in asked if "django_session" not in sql]


def test_every_model_of_ours_is_in_the_admin():
    apps = ("accounts", "forum", "sessions_app")
    registered = {m for m in admin.site._registry if m._meta.app_label in apps}
    assert registered == set(OURS)


@pytest.mark.parametrize("model", OURS)
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    boss: Client, fill: Fill, model: type
):
    fill(1)
    path = address(model, "changelist")
    boss.get(path)
    one = queries(boss, path)
    fill(3)
    assert queries(boss, path) == one
    assert len(one) <= MOST_QUERIES


@pytest.mark.parametrize("model", OURS)
def test_form_of_a_row_opens(boss: Client, fill: Fill, model: type):
    fill(1)
    row = model._default_manager.order_by("pk").first()
    response = boss.get(address(model, "change", row.pk))
    assert response.status_code == 200
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("model", OURS)
def test_history_of_a_row_opens(boss: Client, fill: Fill, model: type):
    fill(1)
    row = model._default_manager.order_by("pk").first()
    assert boss.get(address(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", ADDED_HERE)
def test_empty_form_opens(boss: Client, model: type):
    assert boss.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", NOT_ADDED_HERE)
def test_what_is_not_made_by_hand_has_no_form(boss: Client, model: type):
    assert boss.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_front_page_opens_in_every_language(boss: Client, language: str):
    boss.cookies["django_language"] = language
    response = boss.get(reverse("admin:index"))
    assert response.status_code == 200
    assert response["Content-Language"] == language


@pytest.mark.parametrize("model", OURS)
def test_an_organiser_without_staff_rights_has_no_admin(
    client: Client, organiser: User, model: type
):
    client.force_login(organiser)
    response = client.get(address(model, "changelist"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


def test_a_stranger_is_asked_to_sign_in(client: Client):
    response = client.get(address(Registration, "changelist"))
    assert response.status_code == 302


@pytest.mark.parametrize("model", [Consent, ConsentText, Room, Track, Session, Speaker, Release])
def test_the_registrar_does_not_see_what_is_not_theirs(clerk: Client, model: type):
    assert clerk.get(address(model, "changelist")).status_code == 403


@pytest.mark.parametrize("model", [User, Organisation, Edition, Registration, Letter])
def test_the_registrar_sees_what_is_theirs(clerk: Client, fill: Fill, model: type):
    fill(1)
    row = model._default_manager.order_by("pk").first()
    assert clerk.get(address(model, "changelist")).status_code == 200
    assert clerk.get(address(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?edition=x",
        "?edition=99999999999999999999999",
        "?p=x",
        "?status=nonsense",
        "?nonsense=1",
    ],
)
def test_nonsense_in_the_address_of_a_list_is_no_error(boss: Client, fill: Fill, query: str):
    fill(1)
    assert boss.get(address(Registration, "changelist") + query).status_code in (200, 302)


def test_a_lists_count_needs_no_plural_of_the_model(boss: Client, fill: Fill):
    fill(3)
    page = boss.get(address(Room, "changelist") + "?edition=all").content.decode()
    paginator = page.partition('<p class="paginator">')[2].partition("</p>")[0]
    assert paginator.strip() == f"{Room.objects.count()} нәтиже"


@pytest.mark.parametrize(("who", "sees"), [("superuser", True), ("registrar", False)])
def test_an_edition_leads_only_where_one_may_go(
    client: Client, request: pytest.FixtureRequest, edition: Edition, who: str, sees: bool
) -> None:
    client.force_login(request.getfixturevalue(who))
    page = client.get(f"/admin/forum/edition/{edition.pk}/change/").content.decode()
    assert ("/release/add/" in page, f"/{edition.slug}/desk/" in page) == (sees, sees)


@pytest.mark.parametrize("model", OURS)
@pytest.mark.parametrize(
    "query",
    [
        "q=Үлгі",
        "q=%00",
        f"q={'x' * 3000}",
        "o=99",
        "p=zz",
        "p=-1",
        "pk__in=1,%00",
        "id__year=99999",
    ],
)
def test_a_list_shows_something_whatever_its_address_asks(
    boss: Client, fill: Fill, model: type, query: str
):
    fill(1)
    assert boss.get(f"{address(model, 'changelist')}?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("year", ["99999", "-1", "abc", "0"])
def test_a_year_that_never_is_shows_the_whole_list(boss: Client, fill: Fill, year: str):
    fill(1)
    path = address(User, "changelist")
    response = boss.get(f"{path}?date_joined__year={year}")
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert boss.get(response["Location"]).status_code == 200
