"""The right to see needs is a superuser's to give; looks in the admin are written down."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from forum.models import Edition, NeedsErasure, NeedsView, Organiser, Registration
from forum.needs.models import Seen

from .conftest import enrol
from .test_registrations import edition_form

pytestmark = pytest.mark.django_db
LIST = "/admin/forum/registration/"


def team_form(edition: Edition, organiser: User, **told: object) -> dict[str, object]:
    role = Organiser.objects.get(person=organiser)
    return edition_form(edition) | {
        "team-TOTAL_FORMS": 1,
        "team-INITIAL_FORMS": 1,
        "team-0-id": role.pk,
        "team-0-edition": edition.pk,
        "team-0-person": organiser.pk,
        **told,
    }


def test_a_superuser_gives_the_right_and_takes_it_away(
    boss: Client, superuser: User, edition: Edition, organiser: User
) -> None:
    page = f"/admin/forum/edition/{edition.pk}/change/"
    assert 'name="team-0-sees_needs"' in boss.get(page).content.decode()
    assert boss.post(page, team_form(edition, organiser, **{"team-0-sees_needs": "on"})).url
    role = Organiser.objects.get(person=organiser)
    assert (bool(role.sees_needs_since), role.sees_needs_by) == (True, superuser)
    given = role.sees_needs_since
    boss.post(page, team_form(edition, organiser, **{"team-0-sees_needs": "on"}))
    role.refresh_from_db()
    assert role.sees_needs_since == given
    boss.post(page, team_form(edition, organiser))
    role.refresh_from_db()
    assert (role.sees_needs_since, role.sees_needs_by) == (None, None)


def test_a_new_organiser_may_be_given_it_at_once(boss: Client, edition: Edition) -> None:
    person = User.objects.create_user("new@example.org")
    sent = edition_form(edition) | {
        "team-TOTAL_FORMS": 1,
        "team-0-person": person.pk,
        "team-0-sees_needs": "on",
    }
    assert boss.post(f"/admin/forum/edition/{edition.pk}/change/", sent).status_code == 302
    assert Organiser.objects.get(person=person).sees_needs_since is not None


def test_an_organiser_who_is_taken_off_the_team_is_no_error(
    boss: Client, edition: Edition, organiser: User
) -> None:
    sent = team_form(edition, organiser, **{"team-0-sees_needs": "on", "team-0-DELETE": "on"})
    assert boss.post(f"/admin/forum/edition/{edition.pk}/change/", sent).status_code == 302
    assert not Organiser.objects.exists()


def test_other_staff_see_the_right_and_cannot_give_it(
    clerk: Client, registrar: User, edition: Edition, organiser: User
) -> None:
    names = ("change_edition", "change_organiser", "add_organiser", "view_organiser")
    registrar.user_permissions.set(Permission.objects.filter(codename__in=names))
    page = f"/admin/forum/edition/{edition.pk}/change/"
    assert 'name="team-0-sees_needs"' not in clerk.get(page).content.decode()
    sent = team_form(edition, organiser, **{"team-0-sees_needs": "on"})
    assert clerk.post(page, sent).status_code == 302
    assert Organiser.objects.get(person=organiser).sees_needs_since is None


@pytest.fixture
def needy(edition: Edition, now: dt.datetime) -> Registration:
    return enrol(edition, 1, now, needs=["wheelchair"], needs_note="Ramp-please")


def looks() -> list[tuple[str, int | None, int]]:
    return list(NeedsView.objects.order_by("pk").values_list("seen", "registration", "people"))


def test_form_history_and_export_are_written_down(
    clerk: Client, registrar: User, needy: Registration, edition: Edition, now: dt.datetime
) -> None:
    enrol(edition, 2, now)
    registrar.user_permissions.add(Permission.objects.get(codename="view_needs"))
    clerk.get(f"{LIST}{needy.pk}/change/")
    clerk.get(f"{LIST}{needy.pk}/history/")
    clerk.post(f"{LIST}export/", {"format": 1, "resource": 0})
    record = (Seen.RECORD.value, needy.pk, 1)
    assert looks() == [record, record, (Seen.EXPORT.value, None, 2)]
    assert set(NeedsView.objects.values_list("person", "edition")) == {(registrar.pk, edition.pk)}


def test_who_does_not_see_needs_leaves_no_trace(clerk: Client, needy: Registration) -> None:
    clerk.get(f"{LIST}{needy.pk}/change/")
    clerk.get(f"{LIST}{needy.pk}/history/")
    clerk.post(f"{LIST}export/", {"format": 1, "resource": 0})
    assert looks() == []


def test_looks_and_erasures_are_read_and_never_changed(
    boss: Client, needy: Registration, edition: Edition, superuser: User, now: dt.datetime
) -> None:
    boss.get(f"{LIST}{needy.pk}/change/")
    NeedsErasure.objects.create(edition=edition, by=superuser, at=now, registrations=1, snapshots=1)
    for model in (NeedsView, NeedsErasure):
        row = model.objects.get()
        path = f"/admin/forum/{model._meta.model_name}/"
        assert boss.get(path).status_code == 200
        assert boss.get(f"{path}{row.pk}/change/").status_code == 200
        assert boss.post(f"{path}{row.pk}/change/", {}).status_code == 403
        assert boss.get(f"{path}add/").status_code == 403
        assert boss.get(f"{path}{row.pk}/delete/").status_code == 403


def test_looks_are_found_by_who_looked(boss: Client, needy: Registration) -> None:
    boss.get(f"{LIST}{needy.pk}/change/")
    path = "/admin/forum/needsview/"
    assert len(boss.get(f"{path}?q=boss").context["cl"].result_list) == 1
    assert len(boss.get(f"{path}?q=nobody").context["cl"].result_list) == 0


def test_a_registrar_sees_no_looks(clerk: Client) -> None:
    assert clerk.get("/admin/forum/needsview/").status_code == 403
