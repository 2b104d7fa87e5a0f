"""Staff confirm and decline contacts; who waits stands first and is counted."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.contacts.actions import ask_to_be_contact, confirm_contact
from accounts.models import Contact, ContactStatus, Organisation, RegisterStatus, User

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/contact/"


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def asking(now: dt.datetime) -> list[Contact]:
    """Three who ask, the last for a body in liquidation."""
    bodies = [Organisation(name_kk=f"Ұйым {number}") for number in range(3)]
    bodies[2].register_status = RegisterStatus.LIQUIDATION
    return [
        ask_to_be_contact(
            body,
            person=User.objects.create_user(f"c{number}@example.org", given_name=f"Asks {number}"),
            message="",
            now=now + dt.timedelta(minutes=number),
        )
        for number, body in enumerate(bodies)
    ]


def act(client: Client, action: str, contacts: list[Contact], **more: str):
    chosen = [contact.pk for contact in contacts]
    return client.post(LIST, {"action": action, "_selected_action": chosen, "index": 0, **more})


def standing(contacts: list[Contact]) -> list[str]:
    return [Contact.objects.get(pk=contact.pk).status for contact in contacts]


def test_those_who_wait_stand_first(
    clerk: Client, asking: list[Contact], registrar: User, now: dt.datetime
) -> None:
    confirm_contact(asking[0], by=registrar, now=now)
    shown = clerk.get(LIST).context["cl"].result_list
    assert list(shown) == [asking[1], asking[2], asking[0]]
    pending = clerk.get(f"{LIST}?status=pending")
    assert list(pending.context["cl"].result_list) == [asking[1], asking[2]]
    page = pending.content.decode()
    assert ("Waits for confirmation (2)" in page, "No BIN · In liquidation" in page) == (True, True)


def test_the_front_page_tells_how_many_wait(clerk: Client, asking: list[Contact]) -> None:
    assert "3 people ask to be contacts" in clerk.get(reverse("admin:index")).content.decode()
    Contact.objects.exclude(pk=asking[0].pk).delete()
    assert "1 person asks to be" in clerk.get(reverse("admin:index")).content.decode()
    Contact.objects.all().delete()
    assert "to be the contact" not in clerk.get(reverse("admin:index")).content.decode()


def test_confirming_asks_first_and_does_bodies_that_close_too(
    clerk: Client, asking: list[Contact], registrar: User
) -> None:
    assert act(clerk, "confirm", asking).status_code == 200
    assert standing(asking) == ["pending"] * 3
    response = act(clerk, "confirm", asking, confirmed="1")
    assert response.status_code == 302
    assert standing(asking) == ["confirmed"] * 3
    assert set(Contact.objects.values_list("confirmed_by", flat=True)) == {registrar.pk}


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("decline", False, ContactStatus.DECLINED), ("end", True, ContactStatus.ENDED)],
)
def test_no_needs_a_reason(
    clerk: Client, asking: list[Contact], action: str, before: bool, after: str
) -> None:
    if before:
        act(clerk, "confirm", asking[:1], confirmed="1")
    assert act(clerk, action, asking[:1], confirmed="1").status_code == 422
    assert act(clerk, action, asking[:1], confirmed="1", reason="Unknown").status_code == 302
    contact = Contact.objects.get(pk=asking[0].pk)
    assert (contact.status, contact.end_reason) == (after, "Unknown")


def test_what_cannot_be_done_is_said_and_the_rest_is_done(
    clerk: Client, asking: list[Contact]
) -> None:
    act(clerk, "confirm", asking[:1], confirmed="1")
    response = act(clerk, "confirm", asking, confirmed="1")
    page = clerk.get(response["Location"]).content.decode()
    assert "2 contacts are confirmed." in page
    assert "This contact is confirmed already." in page


def test_staff_add_a_contact_who_then_waits(clerk: Client, asking: list[Contact]) -> None:
    person = User.objects.create_user("new@example.org")
    sent = {"organisation": asking[0].organisation.pk, "person": person.pk, "message": "By phone"}
    assert clerk.post(f"{LIST}add/", sent).status_code == 302
    made = Contact.objects.get(person=person)
    assert (made.status, made.message) == (ContactStatus.PENDING, "By phone")
    again = clerk.post(f"{LIST}add/", sent)
    assert again.status_code == 200
    assert "is a contact of this organisation already" in again.content.decode()


def test_who_only_sees_decides_nothing(
    clerk: Client, registrar: User, asking: list[Contact]
) -> None:
    registrar.groups.get().permissions.remove(Permission.objects.get(codename="confirm_contact"))
    act(clerk, "confirm", asking, confirmed="1")
    assert standing(asking) == ["pending"] * 3
    assert "ask to be contacts" not in clerk.get(reverse("admin:index")).content.decode()


def test_nothing_is_rewritten_or_deleted(boss: Client, asking: list[Contact]) -> None:
    path = reverse("admin:accounts_contact_change", args=[asking[0].pk])
    assert boss.post(path, {"message": "x"}).status_code == 403
    assert boss.post(path.replace("change", "delete")).status_code == 403
