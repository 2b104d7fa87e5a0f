"""What people need is erased two weeks after the forum, from the history, too."""

import datetime as dt
import logging

import psycopg
import pytest
from django.core.management import call_command

from accounts.models import Purpose, User
from accounts.privacy.actions import withdraw
from forum.editions.models import Edition
from forum.models import Registration
from forum.needs import actions
from forum.needs.models import NeedsErasure, NeedsView, Seen
from forum.needs.tasks import erase_needs

from .conftest import Comes, browser_of, make_edition

pytestmark = pytest.mark.django_db
LAST_DAY_OF_KEEPING = dt.datetime(2036, 10, 30, 23, 59, tzinfo=dt.UTC)
NEXT_DAY = dt.datetime(2036, 10, 31, 0, 0, tzinfo=dt.UTC)


def kept(edition: Edition) -> tuple[int, int]:
    """How many registrations, and how many entries of their history, still tell of needs."""
    nothing = {"needs": [], "needs_note": ""}
    events = Registration.pgh_event_model.objects.filter(edition=edition)  # type: ignore[attr-defined]
    return edition.registrations.exclude(**nothing).count(), events.exclude(**nothing).count()


@pytest.fixture
def told(comes: Comes) -> Registration:
    """Somebody who told two needs, one after the other, and another who told none."""
    comes()
    registration = comes("halal", needs_note="Тек балық")
    registration.needs = ["sign"]
    registration.save(update_fields=["needs"])
    return registration


def test_two_weeks_after_the_last_day_nothing_is_left(
    edition: Edition, told: Registration, caplog: pytest.LogCaptureFixture
) -> None:
    assert kept(edition) == (1, 2)
    assert actions.erase_due(now=LAST_DAY_OF_KEEPING) == 0
    assert kept(edition) == (1, 2)
    with caplog.at_level(logging.INFO, "forum.needs.actions"):
        assert actions.erase_due(now=NEXT_DAY) == 1
    assert kept(edition) == (0, 0)
    assert [record.getMessage() for record in caplog.records] == [
        "Needs of edition 13 erased: 1 registrations, 2 entries of their history"
    ]
    told.refresh_from_db()
    assert (told.needs, told.needs_note, told.languages) == ([], "", ["kk", "ru"])


@pytest.mark.usefixtures("told")
def test_once_is_enough(edition: Edition) -> None:
    actions.erase_due(now=NEXT_DAY)
    events = Registration.pgh_event_model.objects.count()  # type: ignore[attr-defined]
    assert actions.erase_due(now=NEXT_DAY) == 0
    assert Registration.pgh_event_model.objects.count() == events  # type: ignore[attr-defined]
    (done,) = NeedsErasure.objects.all()
    assert (done.edition, done.by, done.whole, done.registrations, done.snapshots) == (
        *(edition, None, True, 1, 2),
    )


def test_what_was_cleared_before_leaves_the_history_too(
    edition: Edition, told: Registration
) -> None:
    told.needs, told.needs_note = [], ""
    told.save()
    assert kept(edition) == (0, 2)
    actions.erase_due(now=NEXT_DAY)
    assert kept(edition) == (0, 0)


@pytest.mark.usefixtures("told")
def test_the_demo_keeps_its_needs(edition: Edition) -> None:
    Edition.objects.update(is_demo=True)
    assert actions.erase_due(now=NEXT_DAY) == 0
    assert kept(edition) == (1, 2)


@pytest.mark.usefixtures("told")
def test_one_edition_does_not_touch_another(edition: Edition, comes: Comes) -> None:
    other = make_edition("14")
    Edition.objects.filter(pk=other.pk).update(ends_on=dt.date(2037, 10, 16))
    comes("loop", edition=other)
    actions.erase_due(now=NEXT_DAY)
    assert (kept(edition), kept(other)) == ((0, 0), (1, 1))


@pytest.mark.usefixtures("told")
def test_what_was_searched_for_is_erased_with_it(
    edition: Edition, preparer: User, now: dt.datetime
) -> None:
    actions.write_down_look(
        edition, by=preparer, seen=Seen.LIST, people=1, asked="образец sign", now=now
    )
    actions.erase_due(now=NEXT_DAY)
    assert list(NeedsView.objects.values_list("asked", "people")) == [("", 1)]


@pytest.mark.usefixtures("told")
def test_the_task_and_the_command_do_the_same(edition: Edition) -> None:
    Edition.objects.update(starts_on=dt.date(2020, 10, 15), ends_on=dt.date(2020, 10, 16))
    assert erase_needs() == 1
    assert kept(edition) == (0, 0)


@pytest.mark.usefixtures("told")
def test_the_command_erases_now(edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="The forum is not over"):
        call_command("erase_needs", edition="13")
    with pytest.raises(CommandError, match="There is no edition “99”"):
        call_command("erase_needs", edition="99")
    assert kept(edition) == (1, 2)
    Edition.objects.update(starts_on=dt.date(2020, 10, 15), ends_on=dt.date(2020, 10, 16))
    call_command("erase_needs", edition="13")
    assert kept(edition) == (0, 0)
    assert "1 registrations, 2 entries of their history" in capsys.readouterr().out


@pytest.mark.usefixtures("told")
def test_the_desk_asks_and_erases_once_the_forum_is_over(edition: Edition, preparer: User) -> None:
    client, page = browser_of(preparer), "/en/13/desk/needs/erase/"
    refused = client.post(page)
    assert refused.status_code == 409
    assert "The forum is not over" in refused.content.decode()
    Edition.objects.update(starts_on=dt.date(2020, 10, 15), ends_on=dt.date(2020, 10, 16))
    assert "This cannot be undone." in client.get(page).content.decode()
    assert kept(edition) == (1, 2)
    done = client.post(page, follow=True).content.decode()
    assert kept(edition) == (0, 0)
    assert "What 1 person needs is erased." in done
    assert "What people of this forum needed was erased" in done
    assert NeedsErasure.objects.get().by == preparer


@pytest.mark.usefixtures("told")
def test_who_sees_counts_alone_erases_nothing(edition: Edition, organiser: User) -> None:
    Edition.objects.update(starts_on=dt.date(2020, 10, 15), ends_on=dt.date(2020, 10, 16))
    assert browser_of(organiser).post("/en/13/desk/needs/erase/").status_code == 404
    assert browser_of(None).post("/en/13/desk/needs/erase/").status_code == 302
    assert kept(edition) == (1, 2)


@pytest.mark.parametrize("purpose", [Purpose.PROCESSING, Purpose.NEEDS])
def test_who_withdraws_the_consent_is_forgotten_at_once(
    edition: Edition, told: Registration, comes: Comes, now: dt.datetime, purpose: Purpose
) -> None:
    comes("loop")
    withdraw(told.person, purpose=purpose, now=now)
    assert kept(edition) == (1, 1)
    told.refresh_from_db()
    assert (told.needs, told.needs_note) == ([], "")
    (done,) = NeedsErasure.objects.all()
    assert (done.whole, done.by, done.registrations, done.snapshots) == (False, told.person, 1, 2)


def test_who_withdraws_another_consent_keeps_the_needs(
    edition: Edition, told: Registration, now: dt.datetime
) -> None:
    withdraw(told.person, purpose=Purpose.PUBLICATION, now=now)
    assert kept(edition) == (1, 2)


def test_it_is_kept_for_as_long_as_the_form_says() -> None:
    assert dt.timedelta(weeks=2) == actions.KEPT_FOR


def test_who_wants_it_forgotten_erases_it_alone(
    edition: Edition, told: Registration, comes: Comes
) -> None:
    comes("loop")
    client, page = browser_of(told.person), "/en/13/me/needs/"
    assert "Sign-language interpreter" in client.get(page).content.decode()
    assert kept(edition) == (2, 3)
    done = client.post(page, follow=True).content.decode()
    assert "What you told us about your needs is erased." in done
    assert kept(edition) == (1, 1)
    told.refresh_from_db()
    assert (told.needs, told.status) == ([], "confirmed")


@pytest.mark.usefixtures("told")
def test_who_has_no_registration_has_nothing_to_erase(edition: Edition, preparer: User) -> None:
    assert browser_of(preparer).post("/en/13/me/needs/").status_code == 404
    assert browser_of(None).post("/en/13/me/needs/").status_code == 302
    assert kept(edition) == (1, 2)


def test_ones_own_registration_leads_there(told: Registration) -> None:
    page = browser_of(told.person).get("/en/13/me/").content.decode()
    assert 'href="/en/13/me/needs/"' in page


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_is_held_waits_for_the_next_run(
    edition: Edition, told: Registration, another_writer: psycopg.Connection
) -> None:
    other = make_edition("14")
    Registration.objects.filter(pk=told.pk).update(edition=other)
    Registration.objects.exclude(pk=told.pk).update(needs=["loop"])
    another_writer.execute("SELECT 1 FROM forum_edition WHERE id = %s FOR UPDATE", [edition.pk])
    assert actions.erase_due(now=NEXT_DAY) == 1
    assert (kept(edition)[0], kept(other)[0]) == (1, 0)
    another_writer.rollback()
    assert actions.erase_due(now=NEXT_DAY) == 1
    assert kept(edition) == (0, 0)
