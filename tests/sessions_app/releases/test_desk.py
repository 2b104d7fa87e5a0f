"""The desk: what stands before publishing, publishing what one saw, and going back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.models import Edition, Organiser, Registration
from sessions_app.sessions.models import Appearance, Kind, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room
from sessions_app.warnings.models import Level, Rule, WarningLevel

from .conftest import NOW, Again, Placer, at, place, unplace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]
PAGE = "/en/12/desk/release/"
LIST = "/en/12/desk/releases/"
BACK = f"{LIST}1/revert/"


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture
def session(placed: Placer, hall: Room) -> Session:
    found: Session = placed("Ашылу", hall, "10:00", "11:00").session
    return found


@pytest.fixture
def _ahead() -> Iterator[None]:
    """Stand before the forum, whatever the day of the test."""
    with time_machine.travel(NOW):
        yield


def seen(client: Client, address: str = PAGE) -> dict[str, str]:
    """Return what the page's form would send."""
    return {"seen": client.get(address).context["preview"].state.mark}


def sentences(client: Client, address: str = PAGE) -> list[str]:
    told = client.get(address).context["preview"].changes
    return [sentence for change in told for sentence in change.sentences]


ADDRESSES = [PAGE, LIST, BACK]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/en/accounts/login/?next={address}",
    )


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_delegate_and_an_organiser_of_another_edition_find_nothing(
    client: Client, edition: Edition, again: Again, address: str
) -> None:
    again()
    delegate = User.objects.create_user("delegate@example.org")
    Registration.objects.create(edition=edition, person=delegate, code="R", confirmed_at=NOW)
    eleventh = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    foreign = User.objects.create_user("foreign@example.org")
    Organiser.objects.create(edition=eleventh, person=foreign)
    for person in (delegate, foreign):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {"seen": "x"}).status_code in {404, 405}
    assert Release.objects.count() == 1


def test_publishing_makes_a_release_with_the_note_in_three_languages(
    desk: Client, organiser: User, session: Session
) -> None:
    note = {"note_kk": "Жаңа", "note_ru": "Новое", "note_en": "New"}
    answer = desk.post(PAGE, seen(desk) | note)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    release = Release.objects.get()
    assert release.published_by == organiser
    assert (release.note_kk, release.note_ru, release.note_en) == ("Жаңа", "Новое", "New")
    assert release.slots.get().session == session


@pytest.mark.usefixtures("session")
def test_a_get_publishes_nothing(desk: Client) -> None:
    assert desk.get(PAGE, seen(desk)).status_code == 200
    assert not Release.objects.exists()


def test_what_changes_is_said_before(
    desk: Client, session: Session, hall: Room, again: Again
) -> None:
    again()
    place(session, hall, "11:00", "12:00")
    assert sentences(desk) == [
        "“Ашылу” is moved from Thursday, 16 October, 10:00–11:00"
        " to Thursday, 16 October, 11:00–12:00."
    ]


@pytest.mark.usefixtures("session")
def test_where_nothing_changed_it_says_so_and_publishes_nothing(desk: Client, again: Again) -> None:
    again()
    answer = desk.get(PAGE)
    assert "Nothing has changed since release 1" in answer.content.decode()
    assert "Publish what I see here" not in answer.content.decode()
    desk.post(PAGE, seen(desk))
    assert Release.objects.count() == 1


@pytest.mark.parametrize("what", ["move", "cancel", "title", "speaker", "release"])
def test_one_publishes_what_one_saw(
    desk: Client, session: Session, hall: Room, again: Again, what: str
) -> None:
    form = seen(desk)
    if what == "move":
        place(session, hall, "11:00", "12:00")
    elif what == "cancel":
        Session.objects.filter(pk=session.pk).update(cancelled_at=NOW)
    elif what == "title":
        Session.objects.filter(pk=session.pk).update(title_ru="Открытие")
    elif what == "speaker":
        newcomer = Speaker.objects.create(edition=session.edition, code="NEW")
        Appearance.objects.create(session=session, speaker=newcomer)
    else:
        again()
        place(session, hall, "11:00", "12:00")
    before = Release.objects.count()
    answer = desk.post(PAGE, form | {"note_kk": "Сақталсын"})
    assert answer.status_code == 409
    assert "Somebody changed the draft meanwhile" in answer.content.decode()
    assert "Сақталсын" in answer.content.decode()
    assert Release.objects.count() == before
    mark = answer.context["preview"].state.mark
    assert f'name="seen" value="{mark}"' in answer.content.decode()


def test_who_presses_twice_makes_one_release(desk: Client, session: Session) -> None:
    form = seen(desk)
    assert desk.post(PAGE, form).status_code == 302
    assert desk.post(PAGE, form).status_code == 302
    assert Release.objects.get().slots.get().session == session


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("form", [{}, {"seen": ""}, {"seen": "x" * 81}, {"note_kk": "x" * 2001}])
def test_nonsense_is_refused(desk: Client, form: dict[str, str]) -> None:
    assert desk.post(PAGE, form).status_code == 422
    assert not Release.objects.exists()


@pytest.mark.usefixtures("session")
def test_what_blocks_is_named_and_nothing_is_published(
    desk: Client, hall: Room, placed: Placer
) -> None:
    placed("Жабылу", hall, "10:30", "11:30")
    answer = desk.get(PAGE)
    (block,) = answer.context["preview"].blocks
    assert block.sentence in answer.content.decode()
    assert "Publish what I see here" not in answer.content.decode()
    assert desk.post(PAGE, seen(desk)).status_code == 422
    assert not Release.objects.exists()


@pytest.mark.usefixtures("session")
def test_a_rule_that_an_edition_made_strict_blocks_too(desk: Client, edition: Edition) -> None:
    form = seen(desk)
    WarningLevel.objects.create(
        edition=edition, rule=Rule.NO_RUSSIAN_TITLE, level=Level.BLOCKS_RELEASE
    )
    assert desk.post(PAGE, form).status_code == 422
    assert not Release.objects.exists()


@pytest.mark.usefixtures("session")
def test_warnings_are_counted_by_rule(desk: Client, edition: Edition) -> None:
    for number in range(2):
        Session.objects.create(edition=edition, code=f"N{number}", title_kk="Орынсыз")
    counts = dict(desk.get(PAGE).context["preview"].warnings)
    assert counts["No room and time"] == 2
    assert counts["No Russian title"] == 3


@pytest.mark.usefixtures("_ahead")
def test_who_will_be_written_to_is_counted_by_language(
    desk: Client, session: Session, hall: Room, speaker: Speaker, again: Again
) -> None:
    edition = session.edition
    Session.objects.filter(pk=session.pk).update(kind=Kind.PLENARY)
    reached = Speaker.objects.create(
        edition=edition, code="OK", email="ok@example.org", language="ru"
    )
    for one in (speaker, reached):
        Appearance.objects.create(session=session, speaker=one)
    for number, language in enumerate(("kk", "kk", "en")):
        person = User.objects.create_user(f"p{number}@example.org", language=language)
        Registration.objects.create(
            edition=edition, person=person, code=f"R{number}", confirmed_at=NOW
        )
    again()
    place(session, hall, "11:00", "12:00")
    hearers = desk.get(PAGE).context["preview"].hearers
    assert hearers.speakers == [("Russian", 1)]
    assert hearers.delegates == [("Kazakh", 2), ("English", 1)]
    assert hearers.unreached == [speaker]


def test_going_back_sets_rooms_and_times_and_publishes_them(
    desk: Client, session: Session, hall: Room, placed: Placer, again: Again
) -> None:
    first = again()
    place(session, hall, "11:00", "12:00")
    late = placed("Кейінгі", hall, "13:00", "14:00").session
    again()
    assert desk.post(BACK, seen(desk, BACK)).status_code == 302
    newest = Release.objects.get(number=3)
    assert newest.reverts == first
    assert [slot.during.lower for slot in newest.slots.all()] == [at("10:00")]
    assert Placement.objects.get(session=session).starts_at == at("10:00")
    assert not Placement.objects.filter(session=late).exists()


def test_a_get_goes_back_nowhere(desk: Client, session: Session, hall: Room, again: Again) -> None:
    again()
    place(session, hall, "11:00", "12:00")
    again()
    assert sentences(desk, BACK) == [
        "“Ашылу” is moved from Thursday, 16 October, 11:00–12:00"
        " to Thursday, 16 October, 10:00–11:00."
    ]
    assert Release.objects.count() == 2
    assert Placement.objects.get(session=session).starts_at == at("11:00")


def test_what_was_cancelled_since_is_named(
    desk: Client, session: Session, hall: Room, placed: Placer, again: Again
) -> None:
    again()
    placed("Басқа", hall, "15:00", "16:00")
    Session.objects.filter(pk=session.pk).update(cancelled_at=NOW)
    again()
    assert desk.get(BACK).context["preview"].cancelled == ["Ашылу"]
    desk.post(BACK, seen(desk, BACK))
    newest = Release.objects.latest("number")
    assert [slot.cancelled for slot in newest.slots.all()] == [True]


@pytest.mark.usefixtures("session")
def test_going_back_to_what_blocks_leaves_the_draft_as_it_is(
    desk: Client, hall: Room, placed: Placer, again: Again
) -> None:
    Room.objects.filter(pk=hall.pk).update(shared=True)
    other = placed("Қатар", hall, "10:00", "11:00").session
    again()
    place(other, hall, "12:00", "13:00")
    Room.objects.filter(pk=hall.pk).update(shared=False)
    again()
    answer = desk.post(BACK, seen(desk, BACK))
    assert answer.status_code == 422
    assert "are both in the room" in answer.content.decode()
    assert Release.objects.count() == 2
    assert Placement.objects.get(session=other).starts_at == at("12:00")


def test_going_back_is_refused_when_somebody_moved_meanwhile(
    desk: Client, session: Session, hall: Room, again: Again
) -> None:
    again()
    place(session, hall, "11:00", "12:00")
    again()
    form = seen(desk, BACK)
    place(session, hall, "15:00", "16:00")
    assert desk.post(BACK, form).status_code == 409
    assert Placement.objects.get(session=session).starts_at == at("15:00")


@pytest.mark.usefixtures("session")
def test_there_is_no_going_back_to_the_newest_or_to_none(desk: Client, again: Again) -> None:
    again()
    assert desk.get(BACK).status_code == 404
    assert desk.post(f"{LIST}7/revert/", {"seen": "x"}).status_code == 404


def test_the_list_leads_to_everything(
    desk: Client, session: Session, hall: Room, again: Again
) -> None:
    again()
    unplace(session)
    place(session, hall, "11:00", "12:00")
    again()
    shown = desk.get(LIST).content.decode()
    for address in (PAGE, BACK, "/en/12/programme/releases/1/", "releases/2/changes/"):
        assert address in shown
    assert f"{LIST}2/revert/" not in shown


@pytest.mark.usefixtures("_ahead")
@pytest.mark.parametrize("address", [*ADDRESSES, "/en/12/desk/warnings/?session=A"])
def test_queries_do_not_grow_above_ten(
    desk: Client, hall: Room, placed: Placer, *, again: Again, speaker: Speaker, address: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    def add(number: int) -> None:
        """Publish a plenary, then move it, with a delegate and a speaker more to tell."""
        session = placed(f"{number}", hall, f"{number}:00", f"{number}:20").session
        Session.objects.filter(pk=session.pk).update(kind=Kind.PLENARY)
        again()
        person = User.objects.create_user(f"p{number}@example.org")
        Registration.objects.create(
            edition=edition, person=person, code=f"R{number}", confirmed_at=NOW
        )
        newcomer = Speaker.objects.create(
            edition=edition, code=f"N{number}", email=f"P{number}@example.org"
        )
        for one in (speaker, newcomer):
            Appearance.objects.create(session=session, speaker=one)
        place(session, hall, f"{number}:30", f"{number}:50")

    edition = hall.edition
    placed("Бірінші", hall, "08:00", "08:30")
    again()
    add(10)
    add(11)
    few = asked()
    for number in (12, 13, 14):
        add(number)
    assert (asked(), few <= 10) == (few, True)


@pytest.mark.usefixtures("session")
def test_before_the_first_release_ten_queries_are_enough(
    desk: Client, session: Session, speaker: Speaker
) -> None:
    Appearance.objects.create(session=session, speaker=speaker)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(PAGE).status_code == 200
    assert len(queries) <= 10
