"""Invitations: sent once, again after a day, withdrawn, accepted by whom they were sent to."""

import datetime as dt
import re

import pytest
from django.test import Client

from accounts.models import ConsentText, Organisation, Purpose, User
from forum.delegations import inviting
from forum.delegations.emails import invited_address
from forum.delegations.errors import (
    AnotherPerson,
    InvitationOver,
    InvitationSettled,
    InvitedAlready,
    NotYourDelegation,
    SentToday,
    TooManyInvitations,
)
from forum.models import (
    CategoryRule,
    DelegateInvitation,
    Edition,
    Letter,
    Registration,
    Status,
)
from forum.registrations import actions as registrations
from forum.registrations.errors import CategoryClosed, NotOpen

from .conftest import end_contact_of

pytestmark = pytest.mark.django_db
INVITED = "new@example.org"
DAY = dt.timedelta(days=1)


@pytest.fixture
def invitation(
    edition: Edition, organisation: Organisation, contact: User, now: dt.datetime
) -> DelegateInvitation:
    return invite(edition, organisation, contact, now)[0]


def invite(
    edition: Edition,
    organisation: Organisation,
    by: User,
    now: dt.datetime,
    addresses: tuple[str, ...] = (INVITED,),
) -> list[DelegateInvitation]:
    return inviting.invite(
        edition, organisation, addresses=addresses, language="ru", category="ngo", by=by, now=now
    )


def accept(invitation: DelegateInvitation, person: User, now: dt.datetime) -> Registration:
    return inviting.accept(
        invitation,
        person=person,
        region=None,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )


@pytest.fixture
def invited() -> User:
    return User.objects.create_user(INVITED, given_name="Жаңа")


def path_of(invitation: DelegateInvitation, language: str = "en") -> str:
    address = invited_address(invitation)
    return re.sub(r"^.*?/(kk|ru|en)/", f"/{language}/", address)


def test_the_letter_has_the_language_that_the_contact_chose_and_a_link_of_256_bits(
    invitation: DelegateInvitation,
) -> None:
    letter = Letter.objects.get(kind="delegate_invitation")
    assert (letter.to_address, letter.language, letter.recipient) == (INVITED, "ru", None)
    assert letter.subject == "ОФ «Пример-07» приглашает вас: XII Азаматтық форум"
    assert invited_address(invitation) in letter.text
    assert len(invitation.secret) == 43


def test_an_e_mail_is_invited_once(
    invitation: DelegateInvitation, colleague: User, now: dt.datetime
) -> None:
    with pytest.raises(InvitedAlready):
        invite(
            invitation.edition,
            invitation.organisation,
            colleague,
            now,
            ("NEW@example.org",),
        )
    assert DelegateInvitation.objects.count() == 1


def test_two_organisations_may_invite_one_person(
    invitation: DelegateInvitation,
    other_organisation: Organisation,
    outsider: User,
    now: dt.datetime,
) -> None:
    invite(invitation.edition, other_organisation, outsider, now)
    assert DelegateInvitation.objects.open().count() == 2


def test_a_stranger_invites_nobody(
    edition: Edition, organisation: Organisation, outsider: User, now: dt.datetime
) -> None:
    with pytest.raises(NotYourDelegation):
        invite(edition, organisation, outsider, now)


def test_open_invitations_are_bounded(
    edition: Edition,
    organisation: Organisation,
    contact: User,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inviting, "MOST_OPEN", 1)
    with pytest.raises(TooManyInvitations):
        invite(edition, organisation, contact, now, ("a@example.org", "b@example.org"))


def test_nobody_is_invited_once_registration_is_closed(
    edition: Edition, organisation: Organisation, contact: User, now: dt.datetime
) -> None:
    Edition.objects.filter(pk=edition.pk).update(registration_closes_at=now)
    with pytest.raises(NotOpen):
        invite(edition, organisation, contact, now)


def test_it_is_sent_again_at_most_once_a_day_with_the_same_link(
    invitation: DelegateInvitation, contact: User, now: dt.datetime
) -> None:
    with pytest.raises(SentToday):
        inviting.send_again(invitation, by=contact, now=now)
    again = inviting.send_again(invitation, by=contact, now=now + DAY)
    letters = Letter.objects.filter(kind="delegate_invitation")
    assert (letters.count(), again.letters, again.secret) == (2, 2, invitation.secret)


def test_a_withdrawn_one_leads_nowhere_and_its_letter_does_not_go(
    invitation: DelegateInvitation, invited: User, contact: User, now: dt.datetime
) -> None:
    inviting.withdraw(invitation, by=contact, now=now)
    assert Letter.objects.get(kind="delegate_invitation").cancelled_at == now
    with pytest.raises(InvitationOver):
        accept(invitation, invited, now)
    with pytest.raises(InvitationSettled):
        inviting.withdraw(invitation, by=contact, now=now)
    invite(invitation.edition, invitation.organisation, contact, now)


def test_who_accepts_is_endorsed_by_the_contact_and_not_by_themselves(
    invitation: DelegateInvitation, invited: User, contact: User, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=invitation.edition, category="ngo", approval="contact")
    made = accept(invitation, invited, now)
    invitation.refresh_from_db()
    assert (made.status, made.organisation) == (Status.CONFIRMED, invitation.organisation)
    assert (made.registered_by, made.endorsed_by, made.approved_by) == (invited, contact, contact)
    assert (invitation.accepted_at, invitation.registration) == (now, made)
    assert Letter.objects.filter(kind="confirmed", recipient=invited).count() == 1


def test_nobody_accepts_twice(
    invitation: DelegateInvitation, invited: User, now: dt.datetime
) -> None:
    accept(invitation, invited, now)
    with pytest.raises(InvitationOver):
        accept(invitation, invited, now)


def test_who_got_the_letter_passed_on_is_not_endorsed(
    invitation: DelegateInvitation, now: dt.datetime
) -> None:
    other = User.objects.create_user("other@example.org")
    with pytest.raises(AnotherPerson):
        accept(invitation, other, now)
    assert not Registration.objects.exists()


def test_a_category_closed_meanwhile_is_said(
    invitation: DelegateInvitation, invited: User, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=invitation.edition, category="ngo", closed_at=now)
    with pytest.raises(CategoryClosed):
        accept(invitation, invited, now)


def test_it_holds_while_somebody_speaks_for_the_organisation(
    invitation: DelegateInvitation, colleague: User, contact: User, invited: User, now: dt.datetime
) -> None:
    end_contact_of(contact)
    inviting.refuse_over(invitation)
    end_contact_of(colleague)
    with pytest.raises(InvitationOver):
        accept(invitation, invited, now)


def test_a_stranger_reads_who_invites_and_signs_up_with_that_e_mail(
    invitation: DelegateInvitation, client: Client
) -> None:
    path = path_of(invitation)
    page = client.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert f"/en/accounts/signup/?next={path}&amp;email=new%40example.org" in text
    assert "no-store" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    invitation.refresh_from_db()
    assert invitation.opened_at


def test_the_invited_person_registers_in_one_form(
    invitation: DelegateInvitation, invited: User, client: Client
) -> None:
    client.force_login(invited)
    path = path_of(invitation)
    assert "ОФ «Пример-07»" in client.get(path_of(invitation, "ru")).content.decode()
    assert client.post(path, {}).status_code == 422
    consent = ConsentText.objects.current().get(purpose=Purpose.PROCESSING)
    done = client.post(path, {"languages": ["kk"], "consents": [consent.pk]})
    assert (done.status_code, done["Location"]) == (302, "/en/12/me/")
    assert Registration.objects.get().person == invited
    assert client.get(path)["Location"] == "/en/12/me/"


def test_who_registered_for_the_organisation_before_is_endorsed_by_opening_it(
    invitation: DelegateInvitation,
    invited: User,
    contact: User,
    client: Client,
    now: dt.datetime,
) -> None:
    mine = register(invitation.edition, invited, invitation.organisation, now)
    client.force_login(invited)
    assert client.get(path_of(invitation))["Location"] == "/en/12/me/"
    mine.refresh_from_db()
    assert mine.endorsed_by == contact


def test_who_registered_for_another_organisation_is_told_so_and_nothing_changes(
    invitation: DelegateInvitation, invited: User, client: Client, now: dt.datetime
) -> None:
    mine = register(invitation.edition, invited, None, now)
    client.force_login(invited)
    page = client.get(path_of(invitation))
    assert "You are registered for this edition already." in page.content.decode()
    mine.refresh_from_db()
    assert (mine.endorsed_at, mine.organisation) == (None, None)


def test_somebody_elses_link_is_told_apart(invitation: DelegateInvitation, client: Client) -> None:
    client.force_login(User.objects.create_user("other@example.org"))
    page = client.get(path_of(invitation))
    assert "for another e-mail than the one you use here" in page.content.decode()
    assert client.post(path_of(invitation), {}).status_code == 409


@pytest.mark.parametrize("change", ["secret", "code", "edition"])
def test_a_wrong_link_is_one_404(
    invitation: DelegateInvitation, client: Client, change: str
) -> None:
    right = {"edition": "12", "code": invitation.code, "secret": invitation.secret}
    parts = right | {change: "wrong"}
    path = f"/en/{parts['edition']}/invited/{parts['code']}/{parts['secret']}/"
    assert client.get(path).status_code == 404


def test_the_history_holds_no_secret(
    invitation: DelegateInvitation, invited: User, client: Client
) -> None:
    client.force_login(invited)
    client.get(path_of(invitation))
    events = DelegateInvitation.pgh_event_model.objects.all()  # type: ignore[attr-defined]
    told = [str(one.pgh_context.metadata) for one in events if one.pgh_context]
    assert told
    assert not any(invitation.secret in one for one in told)


def register(
    edition: Edition, person: User, organisation: Organisation | None, now: dt.datetime
) -> Registration:
    return registrations.register(
        edition,
        person=person,
        category="ngo" if organisation else "guest",
        organisation=organisation,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )
