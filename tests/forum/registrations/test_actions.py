"""Places: given, waited for, freed, moved up to; never more than there are."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import Consent, ConsentText, Purpose, User
from accounts.organisations.actions import BinTaken, add_organisation
from accounts.organisations.models import Organisation
from accounts.privacy.actions import withdraw
from forum.models import Edition, Registration, Status
from forum.registrations import actions, decisions, errors, offers
from forum.registrations.standing import turn_of

from .conftest import Registrar

pytestmark = pytest.mark.django_db


def statuses() -> list[str]:
    return [str(one.status) for one in Registration.objects.order_by("pk")]


def taken(edition: Edition) -> int:
    edition.refresh_from_db()
    return edition.places_taken


def test_who_comes_after_the_last_place_waits(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    for person in people[:4]:
        enrol(person)
    assert statuses() == ["confirmed", "confirmed", "waiting", "waiting"]
    assert taken(edition) == 2


def test_without_a_capacity_everybody_is_confirmed(
    people: list[User], enrol: Registrar, edition: Edition
) -> None:
    Edition.objects.update(capacity=None)
    for person in people:
        enrol(person)
    assert statuses() == ["confirmed"] * 5
    assert taken(edition) == 5


def test_a_person_is_registered_once(delegate: User, enrol: Registrar, edition: Edition) -> None:
    enrol(delegate)
    with pytest.raises(errors.AlreadyRegistered):
        enrol(delegate)
    assert statuses() == ["confirmed"]
    assert taken(edition) == 1


def test_who_cancelled_may_register_again_and_stands_last(
    people: list[User], enrol: Registrar, now: dt.datetime
) -> None:
    first = enrol(people[0])
    for person in people[1:4]:
        enrol(person)
    actions.cancel(first, by=people[0], reason="", now=now)
    again = enrol(people[0])
    assert again.status == Status.WAITING
    assert turn_of(again).place == 2


def test_a_cancelled_place_goes_to_who_waits_longest(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:4]]
    moved = actions.cancel(mine[0], by=people[0], reason="ill", now=now)
    assert moved == [mine[2]]
    assert statuses() == ["cancelled", "confirmed", "confirmed", "waiting"]
    assert taken(edition) == 2


def test_cancelling_a_waiting_registration_frees_no_place(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:4]]
    assert actions.cancel(mine[2], by=people[2], reason="", now=now) == []
    assert taken(edition) == 2


def test_a_registration_is_cancelled_once(
    delegate: User, enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    actions.cancel(mine, by=delegate, reason="", now=now)
    with pytest.raises(errors.AlreadyCancelled):
        actions.cancel(mine, by=delegate, reason="", now=now)
    assert taken(edition) == 0


def test_it_is_written_down_who_cancelled_when_and_why(
    people: list[User], enrol: Registrar, now: dt.datetime
) -> None:
    mine = enrol(people[0])
    actions.cancel(mine, by=people[1], reason="a double", now=now)
    mine.refresh_from_db()
    assert (mine.cancelled_by, mine.cancelled_at, mine.cancel_reason) == (
        people[1],
        now,
        "a double",
    )


def test_nobody_cancels_after_the_last_day(
    delegate: User, enrol: Registrar, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    with pytest.raises(errors.EditionOver):
        actions.cancel(mine, by=delegate, reason="", now=now + dt.timedelta(days=33))


def test_new_places_go_to_those_who_wait_in_order(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people]
    Edition.objects.update(capacity=4)
    assert offers.promote(edition, now=now) == mine[2:4]
    assert taken(edition) == 4


def test_who_waits_comes_before_who_registers_when_places_were_added(
    people: list[User], enrol: Registrar
) -> None:
    for person in people[:3]:
        enrol(person)
    Edition.objects.update(capacity=3)
    assert enrol(people[3]).status == Status.WAITING
    assert statuses() == ["confirmed", "confirmed", "confirmed", "waiting"]


def test_a_free_place_is_given_out_of_turn(
    people: list[User], enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:4]]
    Edition.objects.update(capacity=3)
    assert decisions.confirm(mine[3], by=people[4], now=now).status == Status.CONFIRMED
    assert taken(edition) == 3


def test_a_place_that_is_not_free_is_not_given(
    people: list[User], enrol: Registrar, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    with pytest.raises(errors.NoFreePlace):
        decisions.confirm(mine[2], by=people[4], now=now)


def test_only_who_waits_is_confirmed(delegate: User, enrol: Registrar, now: dt.datetime) -> None:
    with pytest.raises(errors.NotWaiting):
        decisions.confirm(enrol(delegate), by=delegate, now=now)


@pytest.mark.parametrize("days", [-2, 20, 40])
def test_outside_the_window_nobody_registers(
    delegate: User, enrol: Registrar, now: dt.datetime, days: int
) -> None:
    with pytest.raises(errors.NotOpen):
        enrol(delegate, now=now + dt.timedelta(days=days))
    assert statuses() == []


def test_a_broken_rule_other_than_the_bins_uniqueness_is_not_called_so(delegate: User) -> None:
    with pytest.raises(IntegrityError, match="organisation_bin_form"):
        add_organisation(Organisation(name_kk="Ұйым", bin="12"), by=delegate)


def test_without_consent_nothing_is_stored(delegate: User, enrol: Registrar) -> None:
    with pytest.raises(errors.ConsentMissing):
        enrol(delegate, consents=[])
    assert (statuses(), Consent.objects.count()) == ([], 0)


def test_a_withdrawn_consent_does_not_count(
    delegate: User, enrol: Registrar, now: dt.datetime
) -> None:
    actions.cancel(enrol(delegate), by=delegate, reason="", now=now)
    withdraw(delegate, purpose=Purpose.PROCESSING, now=now)
    with pytest.raises(errors.ConsentMissing):
        enrol(delegate, consents=[])


def test_the_consents_version_language_time_and_method_are_kept(
    delegate: User, enrol: Registrar, processing: ConsentText, now: dt.datetime
) -> None:
    enrol(delegate)
    given = Consent.objects.get(person=delegate)
    assert (given.text, given.language, given.given_at, given.method) == (
        processing,
        "kk",
        now,
        Consent.Method.FORM,
    )


def test_a_new_organisation_comes_with_the_registration_or_not_at_all(
    people: list[User], enrol: Registrar
) -> None:
    enrol(people[0], organisation=Organisation(name_kk="Жаңа ұйым", bin="600140000028"))
    assert Organisation.objects.get().added_by == people[0]
    with pytest.raises(errors.AlreadyRegistered):
        enrol(people[0], organisation=Organisation(name_kk="Тағы бір ұйым"))
    with pytest.raises(BinTaken):
        enrol(people[1], organisation=Organisation(name_kk="Басқа ұйым", bin="600140000028"))
    assert Organisation.objects.count() == 1


def test_a_change_changes_what_was_told(delegate: User, enrol: Registrar, now: dt.datetime) -> None:
    changed = actions.change(enrol(delegate), by=delegate, now=now, job_title="Төраға")
    changed.refresh_from_db()
    assert (changed.job_title, changed.status) == ("Төраға", Status.CONFIRMED)


def test_a_change_cannot_take_a_place(delegate: User, enrol: Registrar, now: dt.datetime) -> None:
    with pytest.raises(TypeError):
        actions.change(enrol(delegate), by=delegate, now=now, confirmed_at=now)


def test_history_keeps_who_changed_what(delegate: User, enrol: Registrar, now: dt.datetime) -> None:
    mine = actions.change(enrol(delegate), by=delegate, now=now, job_title="Төраға")
    events = Registration.pgh_event_model.objects.filter(pgh_obj=mine)  # type: ignore[attr-defined]
    newest = events.order_by("pgh_id").last()
    assert (newest.job_title, newest.pgh_context.metadata["user"]) == ("Төраға", delegate.pk)


def test_an_organisation_that_was_deleted_meanwhile_is_a_sentence(
    people: list[User], enrol: Registrar, edition: Edition, organisation: Organisation
) -> None:
    mine = enrol(people[0])
    Organisation.objects.filter(pk=organisation.pk).delete()
    with pytest.raises(errors.OrganisationGone):
        enrol(people[1], organisation=organisation)
    with pytest.raises(errors.OrganisationGone):
        actions.change(mine, by=people[0], now=mine.started_at, organisation=organisation)
    assert (Registration.objects.count(), taken(edition)) == (1, 1)
