"""From two days before the forum a free place is offered: accepted in time, or passed on."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter, Registration, Status
from forum.registrations import actions, errors, offers, queue
from forum.registrations.planners import places_kept
from forum.registrations.tasks import pass_on_offers

from .conftest import Registrar

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def mine(people: list[User], enrol: Registrar) -> list[Registration]:
    return [enrol(person) for person in people[:4]]


@pytest.fixture
def late(edition: Edition) -> dt.datetime:
    """A day before the forum."""
    return queue.opens_at(edition) - 24 * HOUR


def statuses() -> list[str]:
    return [str(one.status) for one in Registration.objects.order_by("pk")]


def test_a_free_place_is_kept_for_the_first_until_a_deadline(
    mine: list[Registration], edition: Edition, late: dt.datetime
) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    kept = Registration.objects.get(pk=mine[2].pk)
    edition.refresh_from_db()
    assert statuses() == ["cancelled", "confirmed", "offered", "waiting"]
    assert (kept.offer_until, edition.places_taken) == (late + 12 * HOUR, 2)
    letter = Letter.objects.get(kind="place_kept")
    assert (letter.recipient, letter.useful_until) == (kept.person, kept.offer_until)


def test_a_deadline_never_lies_behind_the_beginning(
    mine: list[Registration], edition: Edition
) -> None:
    start = queue.opens_at(edition)
    actions.cancel(mine[0], by=mine[0].person, reason="", now=start - 3 * HOUR)
    assert Registration.objects.get(pk=mine[2].pk).offer_until == start


def test_an_accepted_place_is_theirs(mine: list[Registration], late: dt.datetime) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    offers.accept_offer(mine[2], by=mine[2].person, now=late + HOUR)
    assert statuses() == ["cancelled", "confirmed", "confirmed", "waiting"]


def test_an_offer_nobody_accepts_goes_to_the_next(
    mine: list[Registration], edition: Edition, late: dt.datetime
) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    later = late + 12 * HOUR
    with pytest.raises(errors.OfferLapsed):
        offers.accept_offer(mine[2], by=mine[2].person, now=later)
    offers.lapse_offers(edition, now=later)
    assert statuses() == ["cancelled", "confirmed", "cancelled", "offered"]
    assert Registration.objects.get(pk=mine[2].pk).lapsed
    with pytest.raises(errors.OfferLapsed):
        offers.accept_offer(mine[2], by=mine[2].person, now=later)
    assert Letter.objects.filter(kind="offer_lapsed").count() == 1


def test_who_was_offered_a_place_and_cancels_passes_it_on(
    mine: list[Registration], late: dt.datetime
) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    actions.cancel(mine[2], by=mine[2].person, reason="", now=late + HOUR)
    assert statuses() == ["cancelled", "confirmed", "cancelled", "offered"]


def test_on_the_forums_days_the_desk_gives_the_places(
    mine: list[Registration], people: list[User], enrol: Registrar, edition: Edition
) -> None:
    start = queue.opens_at(edition)
    actions.cancel(mine[0], by=mine[0].person, reason="", now=start + HOUR)
    assert statuses() == ["cancelled", "confirmed", "waiting", "waiting"]
    Edition.objects.update(registration_closes_at=None)
    assert enrol(people[4], now=start + HOUR).status == Status.WAITING


@pytest.mark.usefixtures("mine")
def test_of_many_offers_each_is_told_once(
    edition: Edition,
    late: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "LETTERS_UNDER_LOCK", 1)
    Edition.objects.update(capacity=4)
    offers.promote(edition, now=late)
    assert [carry_out([places_kept], now=late) for _run in range(2)] == [1, 0]
    assert Letter.objects.filter(kind="place_kept").count() == 2


def test_beat_passes_on_what_lapsed(mine: list[Registration], late: dt.datetime) -> None:
    now = dt.datetime.now(dt.UTC)
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    assert pass_on_offers() == 0
    Registration.objects.filter(pk=mine[2].pk).update(offer_until=now - HOUR)
    assert pass_on_offers() == 1
    assert statuses()[2] == "cancelled"


def test_the_page_offers_the_place_and_takes_the_answer(
    mine: list[Registration], late: dt.datetime, client: Client
) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    client.force_login(mine[2].person)
    assert "Accept the place" in client.get("/en/12/me/").content.decode()
    assert client.post("/en/12/me/accept/").status_code == 302
    assert statuses()[2] == "confirmed"
    assert client.post("/en/12/me/accept/").status_code == 409


def test_nobody_accepts_for_another(
    mine: list[Registration], late: dt.datetime, client: Client
) -> None:
    actions.cancel(mine[0], by=mine[0].person, reason="", now=late)
    assert client.post("/en/12/me/accept/").status_code == 302
    client.force_login(mine[3].person)
    assert client.post("/en/12/me/accept/").status_code == 409
    assert statuses() == ["cancelled", "confirmed", "offered", "waiting"]
