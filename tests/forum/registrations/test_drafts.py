"""A registration begun and kept for later."""

import pytest
from django.test import Client

from accounts.models import ConsentText, User
from accounts.organisations.models import Organisation
from forum.models import Edition, Letter, Registration, Status

from .conftest import Registrar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
PATH = "/en/12/register/"


def test_what_was_typed_is_kept_and_holds_no_place(
    delegate_client: Client, edition: Edition, organisation: Organisation
) -> None:
    typed = {"category": "ngo", "organisation": str(organisation.pk), "job_title": "Төраға"}
    answer = delegate_client.post(PATH, typed | {"needs": "sign", "later": "1"})
    draft = Registration.objects.get()
    edition.refresh_from_db()
    assert (answer.status_code, draft.status, edition.places_taken) == (302, Status.DRAFT, 0)
    assert (draft.category, draft.organisation, draft.job_title) == ("ngo", organisation, "Төраға")
    assert (draft.needs, Letter.objects.count()) == ([], 0)


def test_the_form_goes_on_where_it_was_left(
    delegate_client: Client, organisation: Organisation
) -> None:
    typed = {"category": "ngo", "organisation": str(organisation.pk), "job_title": "Төраға"}
    delegate_client.post(PATH, typed | {"later": "1"})
    page = delegate_client.get(PATH).content.decode()
    assert 'value="Төраға"' in page
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    sent = typed | {"languages": ["kk"], "consents": list(texts)}
    assert delegate_client.post(PATH, sent).status_code == 302
    mine = Registration.objects.get()
    assert mine.status == Status.CONFIRMED
    assert mine.registered_at is not None
    assert mine.registered_at > mine.started_at


def test_nonsense_is_left_out_of_a_draft(delegate_client: Client) -> None:
    typed = {"category": "king", "languages": ["xx"], "region": "0", "job_title": "x" * 500}
    assert delegate_client.post(PATH, typed | {"later": "1"}).status_code == 302
    draft = Registration.objects.get()
    assert (draft.category, draft.languages, draft.region, draft.job_title) == ("", [], None, "")


def test_a_draft_is_dropped_without_a_letter_to_anybody_else(delegate_client: Client) -> None:
    delegate_client.post(PATH, {"category": "guest", "later": "1"})
    delegate_client.post("/en/12/me/cancel/", {"reason": ""})
    assert Registration.objects.get().status == Status.CANCELLED
    assert Letter.objects.count() == 0


def test_a_sent_registration_does_not_become_a_draft(
    delegate_client: Client, delegate: User, enrol: Registrar
) -> None:
    enrol(delegate)
    delegate_client.post(PATH, {"category": "guest", "later": "1"})
    assert Registration.objects.get().status == Status.CONFIRMED
