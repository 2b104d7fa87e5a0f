"""Merging organisations that are listed twice: what moves, what is filled, what is remembered."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.contacts.actions import ask_to_be_contact, confirm_contact
from accounts.locks import Busy
from accounts.models import Contact, Region, RegisterStatus, User
from accounts.organisations.access import find_organisations, holder_of
from accounts.organisations.merging import MergedAlready, MergeError, merge, relations
from accounts.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC)


@pytest.fixture
def staff() -> User:
    user = User.objects.create_user("staff@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="confirm_contact"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def double() -> Organisation:
    """The same body as the example, as a delegate spelt it."""
    return Organisation.objects.create(
        name_ru="Общественный фонд Образец 7",
        name_en="Example-07",
        legal_form="public_foundation",
        register_status=RegisterStatus.INACTIVE,
        other_names="Бұрынғы атауы",
    )


def merged(keep: Organisation, *gone: Organisation, by: User) -> Organisation:
    return merge(keep, gone=gone, by=by, reason="Entered twice", now=NOW)


def test_the_other_is_hidden_and_tells_where_it_went(
    example: Organisation, double: Organisation, staff: User
) -> None:
    merged(example, double, by=staff)
    double.refresh_from_db()
    assert (double.merged_into, double.merged_at, double.merged_by, double.merge_reason) == (
        example,
        NOW,
        staff,
        "Entered twice",
    )
    assert list(Organisation.objects.listed()) == [example]
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "typed", ["Образец 7", "example-07", "бурынгы", "Бұрынғы", "obrazets 7", "Пример-07"]
)
def test_a_search_by_any_of_their_names_finds_the_kept_one(
    example: Organisation, double: Organisation, staff: User, typed: str
) -> None:
    merged(example, double, by=staff)
    assert find_organisations(typed) == [example]


def test_what_was_empty_is_filled_and_nothing_else_changes(
    example: Organisation, double: Organisation, staff: User
) -> None:
    kept = merged(example, double, by=staff)
    kept.refresh_from_db()
    assert (kept.name_kk, kept.name_ru, kept.name_en) == (
        "«Үлгі-07» қоғамдық қоры",
        "ОФ «Пример-07»",
        "Example-07",
    )
    assert (kept.legal_form, kept.register_status) == ("public_foundation", "inactive")
    assert (kept.region, kept.bin) == (Region.objects.get(code="KZ-62"), "600140000018")
    assert kept.other_names.splitlines() == ["Общественный фонд Образец 7", "Бұрынғы атауы"]


def test_the_bin_goes_to_the_kept_one_that_has_none(
    example: Organisation, double: Organisation, staff: User
) -> None:
    merged(double, example, by=staff)
    assert Organisation.objects.get(bin="600140000018") == double
    assert holder_of("6001 4000 0018") == double


def test_a_second_bin_is_remembered_and_leads_to_the_kept_one(
    example: Organisation, double: Organisation, staff: User
) -> None:
    Organisation.objects.filter(pk=double.pk).update(bin="600140000028")
    merged(example, double, by=staff)
    assert holder_of("600140000028") == example
    assert find_organisations("600140000028") == [example]


def test_three_become_one_and_chains_stay_short(
    example: Organisation, double: Organisation, staff: User
) -> None:
    third, fourth = (Organisation.objects.create(name_kk=f"Үшінші {n}") for n in (3, 4))
    merged(double, third, by=staff)
    merged(example, double, fourth, by=staff)
    left = Organisation.objects.filter(merged_into__isnull=False)
    assert set(left.values_list("pk", "merged_into")) == {
        (one.pk, example.pk) for one in (double, third, fourth)
    }


def test_contacts_move_and_who_speaks_for_both_does_it_once(
    example: Organisation, double: Organisation, staff: User
) -> None:
    both, alone = (User.objects.create_user(f"c{n}@example.org") for n in (1, 2))
    waits = ask_to_be_contact(example, person=both, message="", now=NOW)
    speaks = ask_to_be_contact(double, person=both, message="", now=NOW)
    confirm_contact(speaks, by=staff, now=NOW)
    single = ask_to_be_contact(double, person=alone, message="", now=NOW)
    merged(example, double, by=staff)
    live = Contact.objects.live().order_by("pk")
    assert list(live.values_list("pk", "organisation")) == [
        (speaks.pk, example.pk),
        (single.pk, example.pk),
    ]
    waits.refresh_from_db()
    assert (waits.ended_at, waits.ended_by) == (NOW, staff)
    assert (
        waits.end_reason
        == "Ұйым тізімде екі рет тұрды; сіз оның байланыс тұлғасы болып қала бересіз."
    )


def test_the_same_one_twice_or_none_is_refused(example: Organisation, staff: User) -> None:
    for gone in ((example,), ()):
        with pytest.raises(MergeError):
            merged(example, *gone, by=staff)


def test_what_was_merged_already_is_refused(
    example: Organisation, double: Organisation, staff: User
) -> None:
    merged(example, double, by=staff)
    other = Organisation.objects.create(name_kk="Басқа")
    for keep, gone in ((other, double), (double, other)):
        with pytest.raises(MergedAlready):
            merged(keep, gone, by=staff)
    assert Organisation.objects.listed().count() == 2


def test_all_are_merged_or_none(example: Organisation, double: Organisation, staff: User) -> None:
    other = Organisation.objects.create(name_kk="Басқа")
    merged(other, example, by=staff)
    with pytest.raises(MergedAlready):
        merged(other, double, example, by=staff)
    double.refresh_from_db()
    assert double.merged_into is None


def test_history_tells_who_merged_and_why(
    example: Organisation, double: Organisation, staff: User
) -> None:
    merged(example, double, by=staff)
    event = Organisation.pgh_event_model.objects.filter(pgh_obj_id=double.pk).latest("pgh_id")
    assert event.merged_into_id == example.pk
    assert event.pgh_context.metadata == {
        "user": staff.pk,
        "step": "merge",
        "why": "Entered twice",
    }


@pytest.mark.parametrize(
    "values", [{"merged_at": timezone.now()}, {"merged_into": "itself", "merged_at": NOW}]
)
def test_the_database_refuses_half_a_merge(
    example: Organisation, values: dict[str, object]
) -> None:
    if "merged_into" in values:
        values = values | {"merged_into": example}
    with pytest.raises(IntegrityError, match="organisation_merged"):
        Organisation.objects.update(**values)


def test_every_relation_to_an_organisation_follows_a_merge() -> None:
    """A feature that points at organisations names `follows_merge` among its triggers."""
    without = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in relations()
        if f"at_the_kept_{one.field.name}"
        not in {trigger.name for trigger in getattr(one.related_model._meta, "triggers", ())}
    }
    assert without == {
        "accounts.Organisation.merged_into",
        # Pairs that a task finds anew; a merge removes them.
        "accounts.LikelyDouble.first",
        "accounts.LikelyDouble.second",
    }


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_do_one_after_the_other(staff: User) -> None:
    for number in range(5):
        one, other = (Organisation.objects.create(name_kk=f"{number} {n}") for n in (1, 2))
        barrier = Barrier(2)

        def run(pair: tuple[Organisation, Organisation], barrier: Barrier = barrier) -> str:
            barrier.wait(10)
            try:
                merged(*pair, by=staff)
            except MergedAlready:
                return "merged already"
            else:
                return "done"
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(run, [(one, other), (other, one)]))
        assert said == ["done", "merged already"]
    assert Organisation.objects.listed().count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_waited_for_but_not_for_ever(
    example: Organisation,
    double: Organisation,
    staff: User,
    another_writer: psycopg.Connection,
) -> None:
    another_writer.execute("SELECT 1 FROM accounts_organisation FOR KEY SHARE")
    with pytest.raises(Busy):
        merged(example, double, by=staff)
    double.refresh_from_db()
    assert double.merged_into is None
