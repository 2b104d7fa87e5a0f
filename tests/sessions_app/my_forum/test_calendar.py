"""The calendar's address can be changed and switched off by its owner alone."""

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import Registration
from sessions_app.my_forum import actions
from sessions_app.my_forum.calendar import calendar_secret
from sessions_app.my_forum.models import MyForum
from tests.sessions_app.seats.conftest import NOW

pytestmark = pytest.mark.django_db


def fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("my_forum", "edition").get(pk=registration.pk)


def path_of(registration: Registration) -> str:
    found = fresh(registration)
    return reverse("my_ics", args=[found.edition.slug, calendar_secret(found)])


def test_a_new_address_ends_the_earlier_one(client: Client, delegate: Registration) -> None:
    first = path_of(delegate)
    assert client.get(first).status_code == 200
    client.force_login(delegate.person)
    slug = delegate.edition.slug
    answered = client.post(f"/en/{slug}/me/calendar/renew/")
    assert (answered.status_code, answered["Location"]) == (302, f"/en/{slug}/me/calendar/")
    second = path_of(delegate)
    statuses = [Client().get(path).status_code for path in (first, second)]
    assert (first == second, statuses) == (False, [410, 200])
    shown = client.get(f"/en/{slug}/me/calendar/").text
    assert (shown.count(second), shown.count(first)) == (1, 0)


def test_what_ended_says_where_the_new_address_is(client: Client, delegate: Registration) -> None:
    first = path_of(delegate)
    actions.renew_calendar(delegate)
    answered = client.get(f"{first}?lang=ru")
    assert (answered.status_code, answered["Content-Type"], answered.text) == (
        410,
        "text/plain; charset=utf-8",
        "Этот адрес календаря больше не действует. Возьмите новый на странице «Мой форум».\n",
    )


def test_a_calendar_is_off_until_it_gets_a_new_address(
    client: Client, delegate: Registration
) -> None:
    first, slug = path_of(delegate), delegate.edition.slug
    client.force_login(delegate.person)
    client.post(f"/en/{slug}/me/calendar/off/")
    assert client.get(first).status_code == 410
    for page in ("me", "me/calendar"):
        shown = client.get(f"/en/{slug}/{page}/").text
        assert (shown.count("It is switched off"), shown.count(".ics?lang=")) == (1, 0)
    client.post(f"/en/{slug}/me/calendar/renew/")
    statuses = [client.get(path).status_code for path in (first, path_of(delegate))]
    assert statuses == [410, 200]


def test_off_twice_is_off_since_the_first_time(delegate: Registration) -> None:
    actions.switch_calendar_off(delegate, now=NOW)
    actions.switch_calendar_off(delegate, now=NOW.replace(year=NOW.year + 1))
    assert MyForum.objects.get().calendar_off_at == NOW


def test_another_key_keeps_the_addresses(
    client: Client, delegate: Registration, settings: pytest.FixtureRequest
) -> None:
    first = path_of(delegate)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-key-of-fifty-characters-and-more-0123456789"  # type: ignore[attr-defined]
    assert client.get(first).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert client.get(first).status_code == 404


@pytest.mark.parametrize("path", ["calendar/renew/", "calendar/off/", "seen/1/"])
@pytest.mark.usefixtures("sessions")
def test_nobody_changes_what_is_anothers(
    client: Client, coming: list[Registration], path: str
) -> None:
    slug = coming[0].edition.slug
    client.force_login(coming[1].person)
    client.post(f"/en/{slug}/me/{path}")
    assert list(MyForum.objects.values_list("registration", flat=True)) == [coming[1].pk]


def test_who_is_not_registered_has_no_calendar(client: Client, delegate: Registration) -> None:
    Registration.objects.filter(pk=delegate.pk).update(cancelled_at=NOW)
    client.force_login(delegate.person)
    slug = delegate.edition.slug
    statuses = [
        client.get(f"/en/{slug}/me/calendar/").status_code,
        client.post(f"/en/{slug}/me/calendar/renew/").status_code,
        client.post(f"/en/{slug}/me/calendar/off/").status_code,
    ]
    assert (statuses, MyForum.objects.count()) == ([404, 404, 404], 0)
