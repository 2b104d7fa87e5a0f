"""Rights in the reader's language; second factors that were lost; lists that would only confuse."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import User
from forum.models import Edition

from .conftest import enrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
PEOPLE = "/admin/accounts/user/"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_groups_rights_stand_in_the_readers_language(
    boss: Client, registrar: User, language: str
) -> None:
    boss.cookies["django_language"] = language
    group = registrar.groups.get()
    form = boss.get(f"/admin/auth/group/{group.pk}/change/").context["adminform"].form
    labels = [str(label) for _value, label in form.fields["permissions"].choices]
    assert len(labels) > 30
    assert [label for label in labels if re.search("[A-Za-z]", label)] == []
    assert len(set(labels)) == len(labels)


def test_a_group_keeps_the_rights_that_its_form_sends(boss: Client, registrar: User) -> None:
    group = registrar.groups.get()
    chosen = list(group.permissions.values_list("pk", flat=True))
    sent = {"name": "Registrars", "permissions": chosen[:2]}
    assert boss.post(f"/admin/auth/group/{group.pk}/change/", sent).status_code == 302
    assert set(Group.objects.get().permissions.values_list("pk", flat=True)) == set(chosen[:2])


@pytest.mark.parametrize("path", ["account/emailaddress/", "mfa/authenticator/"])
def test_the_admin_shows_no_list_of_secrets(boss: Client, path: str) -> None:
    assert boss.get(f"/admin/{path}").status_code == 404


def forget(client: Client, person: User, **fields: str):
    sent = {"action": "forget_second_factor", "_selected_action": [person.pk], "index": 0}
    return client.post(PEOPLE, sent | fields)


@pytest.fixture
def second_factor(organiser: User) -> Authenticator:
    return Authenticator.objects.create(user=organiser, type=Authenticator.Type.TOTP, data={})


def test_a_lost_second_factor_is_taken_away_after_asking(
    boss: Client, organiser: User, second_factor: Authenticator
) -> None:
    assert forget(boss, organiser).status_code == 200
    assert Authenticator.objects.get() == second_factor
    assert forget(boss, organiser, confirmed="1").status_code == 302
    assert Authenticator.objects.count() == 0


@pytest.mark.usefixtures("second_factor")
def test_only_a_superuser_takes_a_second_factor_away(clerk: Client, organiser: User) -> None:
    forget(clerk, organiser, confirmed="1")
    assert Authenticator.objects.count() == 1


def test_the_fields_that_search_speak_kazakh(boss: Client) -> None:
    boss.cookies["django_language"] = "kk"
    page = boss.get("/admin/forum/registration/add/").content.decode()
    assert "admin/js/vendor/select2/i18n/kk.js" in page


@pytest.mark.parametrize(("sees_more", "links"), [(True, 2), (False, 0)])
def test_a_record_leads_only_to_records_that_one_may_see(
    client: Client, edition: Edition, now: dt.datetime, sees_more: bool, links: int
) -> None:
    row = enrol(edition, 1, now)
    person = User.objects.create_user("eyes@example.org", given_name="Eyes", is_staff=True)
    may = ["view_registration", *(["view_edition", "view_user"] if sees_more else [])]
    person.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(person)
    page = client.get(f"/admin/forum/registration/{row.pk}/change/").content.decode()
    assert str(edition) in page
    targets = (f"/admin/forum/edition/{edition.pk}/", f"/admin/accounts/user/{row.person_id}/")
    assert sum(target in page for target in targets) == links


def test_no_row_has_a_public_page(boss: Client) -> None:
    assert {boss.get(f"/admin/r/{kind}/1/").status_code for kind in range(1, 40)} == {404}
