"""What a person needs is kept only where they agreed to that apart, whichever way it is told."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import Consent, ConsentText, Purpose, User
from accounts.privacy.actions import withdraw
from forum.models import Edition, Registration
from forum.registrations import actions
from forum.registrations.errors import NeedsConsentMissing
from tests.forum.registrations.conftest import Registrar

pytestmark = pytest.mark.django_db
REFUSED = "What a person needs is kept only with their consent."


@pytest.fixture
def of_needs() -> ConsentText:
    return ConsentText.objects.current().get(purpose=Purpose.NEEDS)


def sent(*texts: ConsentText, **more: object) -> dict[str, object]:
    """Return the form of a guest who agrees to `texts`."""
    agreed = [text.pk for text in texts]
    return {"category": "guest", "languages": ["kk"], "consents": agreed} | more


@pytest.mark.parametrize("told", [{"needs": ["wheelchair"]}, {"needs_note": "Пандус"}])
def test_needs_without_their_consent_are_refused_and_stay_typed(
    delegate_client: Client,
    edition: Edition,
    processing: ConsentText,
    of_needs: ConsentText,
    told: dict[str, object],
) -> None:
    path = f"/en/{edition.slug}/register/"
    refused = delegate_client.post(path, sent(processing, **told))
    assert (refused.status_code, refused.text.count(REFUSED)) == (422, 1)
    typed = 'value="wheelchair"' if "needs" in told else 'value="Пандус"'
    assert refused.text.count(typed) == 1
    assert (Registration.objects.count(), Consent.objects.count()) == (0, 0)
    assert delegate_client.post(path, sent(processing, of_needs, **told)).status_code == 302
    mine = Registration.objects.get()
    assert bool(mine.needs or mine.needs_note)
    given = Consent.objects.order_by("pk").values_list("text__purpose", flat=True)
    assert set(given) == {"processing", "needs"}


def test_who_needs_nothing_is_asked_for_nothing_more(
    delegate_client: Client, edition: Edition, processing: ConsentText
) -> None:
    path = f"/en/{edition.slug}/register/"
    assert delegate_client.post(path, sent(processing)).status_code == 302


def test_a_change_asks_for_the_consent_until_it_is_given(
    delegate_client: Client, edition: Edition, enrol: Registrar, of_needs: ConsentText,
    delegate: User,
) -> None:  # fmt: skip
    mine, path = enrol(delegate, category="guest"), f"/en/{edition.slug}/me/change/"
    assert delegate_client.get(path).text.count(str(of_needs.text_en)) == 1
    refused = delegate_client.post(path, sent(needs=["loop"]))
    assert (refused.status_code, refused.text.count(REFUSED)) == (422, 1)
    assert delegate_client.post(path, sent(of_needs, needs=["loop"])).status_code == 302
    mine.refresh_from_db()
    assert mine.needs == ["loop"]
    assert delegate_client.get(path).text.count(str(of_needs.text_en)) == 0


def test_what_stood_before_the_consent_was_asked_hinders_no_other_change(
    enrol: Registrar, delegate: User, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    Registration.objects.update(needs=["sign"])
    actions.change(mine, by=delegate, now=now, job_title="Төраға", needs=["sign"], needs_note="")
    with pytest.raises(NeedsConsentMissing):
        actions.change(mine, by=delegate, now=now, needs=["sign", "loop"])
    mine.refresh_from_db()
    assert (mine.job_title, mine.needs) == ("Төраға", ["sign"])


def test_what_was_withdrawn_counts_no_more(
    enrol: Registrar, delegate: User, processing: ConsentText, of_needs: ConsentText,
    now: dt.datetime,
) -> None:  # fmt: skip
    mine = enrol(delegate, consents=[processing, of_needs], needs=["loop"])
    withdraw(delegate, purpose=Purpose.NEEDS, now=now)
    mine.refresh_from_db()
    assert mine.needs == []
    with pytest.raises(NeedsConsentMissing):
        actions.change(mine, by=delegate, now=now, needs=["loop"])
