"""The draft becomes a release, free of double bookings; the database has the last word."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from psycopg.types.range import TimestamptzRange

from forum.editions.models import Edition
from sessions_app.releases.actions import NotPublishable, publish
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room, Slot, SlotSpeaker
from sessions_app.timetable.moves import Move, NotPlaceable, Spot, move

from .conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db
NOON = TimestamptzRange(at("11:00"), at("13:00"))


def place(session: Session, *, room: Room, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    move(session.edition, [Move(session, Spot(room, starts_at, ends_at))], by=None, now=NOW)


def unplace(session: Session) -> None:
    move(session.edition, [Move(session, None)], by=None, now=NOW)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_release_holds_what_the_draft_held(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    placement = placed("Ашылу", hall, "10:00", "11:00", speaker)
    release = publish(edition, by=None, note="First", now=NOW)
    slot = release.slots.get()
    assert (release.number, slot.session_id, slot.room) == (1, placement.session_id, hall)
    assert (slot.during.lower, slot.during.upper) == (at("10:00"), at("11:00"))
    assert [row.speaker for row in slot.speakers.all()] == [speaker]


def test_unchanged_draft_returns_the_newest_release(edition: Edition, hall: Room, placed: Placer):
    placed("Ашылу", hall, "10:00", "11:00")
    first = publish(edition, by=None, note="", now=NOW)
    assert publish(edition, by=None, note="again", now=NOW) == first
    assert Release.objects.count() == 1


def test_moved_session_makes_the_next_number(edition: Edition, hall: Room, placed: Placer):
    placement = placed("Ашылу", hall, "10:00", "11:00")
    publish(edition, by=None, note="", now=NOW)
    place(placement.session, room=hall, starts_at=at("11:00"), ends_at=at("12:00"))
    assert publish(edition, by=None, note="", now=NOW).number == 2


def test_a_changed_title_makes_the_next_number(edition: Edition, hall: Room, placed: Placer):
    session = placed("Ашылу", hall, "10:00", "11:00").session
    first = publish(edition, by=None, note="", now=NOW)
    Session.objects.filter(pk=session.pk).update(title_ru="Открытие")
    second = publish(edition, by=None, note="", now=NOW)
    assert (first.slots.get().titles, second.slots.get().titles) == (
        {"kk": "Ашылу"},
        {"kk": "Ашылу", "ru": "Открытие"},
    )


def test_touching_ends_do_not_clash(edition: Edition, hall: Room, speaker: Speaker, placed: Placer):
    placed("Бірінші", hall, "10:00", "11:00", speaker)
    placed("Екінші", hall, "11:00", "12:00", speaker)
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 2


def test_every_clash_is_named_and_nothing_is_published(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    other = Room.objects.create(edition=edition, code="a", name_kk="А залы")
    placed("Бірінші", hall, "10:00", "12:00", speaker)
    placed("Екінші", hall, "11:00", "13:00")
    placed("Үшінші", other, "11:30", "12:30", speaker)
    with pytest.raises(NotPublishable) as refusal:
        publish(edition, by=None, note="", now=NOW)
    room, person = refusal.value.sentences
    assert "“Бірінші” and “Екінші”" in room
    assert "“Үлкен зал”" in room
    assert room.endswith("11:00.")
    assert person.startswith("Үлгі Қатысушы 01 is both in “Бірінші” and in “Үшінші”")
    assert not Release.objects.exists()


def test_long_session_clashes_with_each_that_it_covers(
    edition: Edition, hall: Room, placed: Placer
):
    placed("Ұзақ", hall, "09:00", "18:00")
    placed("Бірінші", hall, "10:00", "11:00")
    placed("Екінші", hall, "12:00", "13:00")
    with pytest.raises(NotPublishable) as refusal:
        publish(edition, by=None, note="", now=NOW)
    assert len(refusal.value.sentences) == 2


def test_shared_room_holds_several(edition: Edition, hall: Room, placed: Placer):
    Room.objects.filter(pk=hall.pk).update(shared=True)
    placed("Бірінші", hall, "10:00", "12:00")
    placed("Екінші", hall, "11:00", "13:00")
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 2


def test_speaker_may_be_in_two_places_where_one_is_not_exclusive(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    other = Room.objects.create(edition=edition, code="a", name_kk="А залы")
    placed("Бірінші", hall, "10:00", "12:00", speaker)
    second = placed("Екінші", other, "10:00", "12:00", speaker)
    Appearance.objects.filter(session=second.session).update(exclusive=False)
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 2


def test_cancelled_session_stays_where_it_was_and_frees_its_room(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    placement = placed("Бірінші", hall, "10:00", "12:00", speaker)
    publish(edition, by=None, note="", now=NOW)
    Session.objects.filter(pk=placement.session_id).update(cancelled_at=NOW)
    placed("Екінші", hall, "10:00", "12:00", speaker)
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 2


def test_cancelled_session_that_nobody_saw_is_left_out(
    edition: Edition, hall: Room, placed: Placer
):
    placement = placed("Бірінші", hall, "10:00", "12:00")
    Session.objects.filter(pk=placement.session_id).update(cancelled_at=NOW)
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 0


def test_unplaced_session_is_not_in_the_next_release(edition: Edition, hall: Room, placed: Placer):
    placement = placed("Бірінші", hall, "10:00", "12:00")
    publish(edition, by=None, note="", now=NOW)
    unplace(placement.session)
    assert publish(edition, by=None, note="", now=NOW).slots.count() == 0


def test_session_is_placed_in_one_place(hall: Room, placed: Placer):
    session = placed("Бірінші", hall, "10:00", "12:00").session
    place(session, room=hall, starts_at=at("14:00"), ends_at=at("15:00"))
    assert Placement.objects.get(session=session).starts_at == at("14:00")


def test_end_before_start_is_refused(hall: Room, placed: Placer):
    session = placed("Бірінші", hall, "10:00", "12:00").session
    with pytest.raises(NotPlaceable, match="ends before it starts"):
        place(session, room=hall, starts_at=at("14:00"), ends_at=at("14:00"))


def test_room_of_another_edition_is_refused(hall: Room, placed: Placer):
    session = placed("Бірінші", hall, "10:00", "12:00").session
    eleventh = Edition.objects.create(
        year=2023, slug="11", name="11", starts_on=NOW, ends_on=NOW, number=11
    )
    foreign = Room.objects.create(edition=eleventh, code="main", name="Main")
    with pytest.raises(NotPlaceable, match="another edition"):
        place(session, room=foreign, starts_at=at("14:00"), ends_at=at("15:00"))


def test_database_refuses_a_second_session_in_a_room(edition: Edition, hall: Room, placed: Placer):
    placed("Бірінші", hall, "10:00", "12:00")
    other = Session.objects.create(edition=edition, code="OTHER", title_kk="Басқа")
    release = publish(edition, by=None, note="", now=NOW)
    insert = (
        "INSERT INTO sessions_app_slot (release_id, session_id, room_id, room_shared, during)"
        " VALUES (%s, %s, %s, false, tstzrange(%s, %s))"
    )
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="slot_room_once"), transaction.atomic():
            cursor.execute(insert, [release.pk, other.pk, hall.pk, at("11:00"), at("13:00")])
        cursor.execute(insert, [release.pk, other.pk, hall.pk, at("12:00"), at("13:00")])


def test_database_refuses_a_speaker_in_two_places(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    room = Room.objects.create(edition=edition, code="a", name_kk="А залы")
    placed("Бірінші", hall, "10:00", "12:00", speaker)
    placed("Екінші", room, "10:00", "12:00")
    release = publish(edition, by=None, note="", now=NOW)
    slot = Slot.objects.get(room=room)
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="slot_speaker_one_place"),
    ):
        cursor.execute(
            "INSERT INTO sessions_app_slotspeaker"
            " (slot_id, release_id, speaker_id, exclusive, during)"
            " VALUES (%s, %s, %s, true, tstzrange(%s, %s))",
            [slot.pk, release.pk, speaker.pk, at("11:00"), at("13:00")],
        )


def test_database_believes_no_claim_that_a_room_is_shared(
    edition: Edition, hall: Room, placed: Placer
):
    placed("Бірінші", hall, "10:00", "12:00")
    other = Session.objects.create(edition=edition, code="OTHER", title_kk="Басқа")
    release = publish(edition, by=None, note="", now=NOW)
    claimed = Slot(
        release=release, session=other, room=hall, room_shared=True, cancelled=True, during=NOON
    )
    with pytest.raises(IntegrityError, match="slot_room_once"), transaction.atomic():
        claimed.save()


def test_database_believes_no_claim_that_a_speaker_may_be_elsewhere(
    edition: Edition, hall: Room, speaker: Speaker, placed: Placer
):
    placed("Бірінші", hall, "11:00", "12:00", speaker)
    annex = Room.objects.create(edition=edition, code="annex")
    other = placed("Екінші", annex, "13:00", "14:00", speaker).session
    release = publish(edition, by=None, note="", now=NOW)
    slots = Slot.objects.filter(release=release, session=other)
    with pytest.raises(IntegrityError, match="slot_speaker_one_place"), transaction.atomic():
        slots.update(during=NOON)
    free = TimestamptzRange(at("20:00"), at("21:00"))
    slot = slots.get()
    slot.speakers.update(exclusive=False, during=free)
    stays = slot.speakers.get()
    assert (stays.exclusive, stays.during) == (True, slot.during)


def test_publishing_asks_as_many_queries_for_one_session_as_for_twenty(
    edition: Edition, hall: Room, placed: Placer
):
    placed("Бірінші", hall, "00:00", "00:30")
    with CaptureQueriesContext(connection) as one:
        publish(edition, by=None, note="", now=NOW)
    for number in range(1, 20):
        placed(f"{number}", hall, f"{number}:00", f"{number}:30")
    with CaptureQueriesContext(connection) as twenty:
        publish(edition, by=None, note="", now=NOW)
    assert len(twenty) == len(one)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_release(edition: Edition, hall: Room, placed: Placer):
    placed("Бірінші", hall, "10:00", "12:00")
    together = threading.Barrier(4)
    numbers: list[int] = []

    def run() -> None:
        try:
            together.wait()
            numbers.append(publish(edition, by=None, note="", now=NOW).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [1, 1, 1, 1]
    assert Release.objects.count() == 1
    assert SlotSpeaker.objects.count() == 0
