"""Letters about releases: to those whom a change touches, once, in their language, never two."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.models import User
from forum.mailing.emails import to_message
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter, LetterKind, Registration
from sessions_app.releases import attendance
from sessions_app.releases.actions import publish
from sessions_app.releases.planners import release_letters
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release, Room

from .conftest import NOW, Again, Placer, at, place, registered, unplace
from .telling import TO_15, addresses, early, events, said, sent, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public")]


@pytest.mark.usefixtures("talk", "plenary", "delegate")
def test_of_the_first_release_speakers_learn_their_time_and_delegates_nothing(
    again: Again,
) -> None:
    release = again()
    (letter,) = tell()
    assert (letter.to_address, letter.language) == ("aigul@example.org", "ru")
    assert said(letter) == [
        "Вы участвуете в заседании «Баяндама»: 16 октября, четверг, 10:00–11:00, Үлкен зал."
    ]
    assert events(letter) == [("PUBLISH", "Баяндама", "CONFIRMED", 1)]
    release.refresh_from_db()
    assert release.told_at == NOW


@pytest.mark.usefixtures("talk")
def test_nobody_is_told_twice(again: Again) -> None:
    again()
    assert len(tell()) == 1
    assert tell() == []


def test_only_who_is_touched_is_told_of_a_change(
    talk: Session, placed: Placer, edition: Edition, hall: Room, again: Again
) -> None:
    other = Speaker.objects.create(edition=edition, code="OTHER", email="other@example.org")
    placed("Басқа", hall, "12:00", "13:00", other)
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    again()
    (letter,) = tell()
    assert letter.to_address == "aigul@example.org"
    assert said(letter) == [
        f"«Баяндама» переносится: было — 16 октября, четверг, 10:00–11:00; {TO_15}"
    ]
    assert events(letter) == [("PUBLISH", "Баяндама", "CONFIRMED", 2)]


def test_all_changes_of_one_speaker_make_one_letter(
    talk: Session, aigul: Speaker, placed: Placer, hall: Room, again: Again
) -> None:
    off = placed("Өтпейтін", hall, "12:00", "13:00", aigul).session
    left = placed("Онсыз", hall, "13:00", "14:00", aigul).session
    out = placed("Алынған", hall, "14:00", "15:00", aigul).session
    again()
    sent(tell())
    place(talk, hall, "16:00", "17:00")
    Session.objects.filter(pk=off.pk).update(cancelled_at=NOW)
    Appearance.objects.filter(session=left).delete()
    unplace(out)
    placed("Жаңа", hall, "17:00", "18:00", aigul)
    again()
    (letter,) = tell()
    assert len(said(letter)) == 5
    assert sorted(events(letter)) == [
        ("CANCEL", "Алынған", "CANCELLED", 2),
        ("CANCEL", "Онсыз", "CANCELLED", 1),
        ("CANCEL", "Өтпейтін", "CANCELLED", 3),
        ("PUBLISH", "Баяндама", "CONFIRMED", 2),
        ("PUBLISH", "Жаңа", "CONFIRMED", 2),
    ]


def test_each_cancelled_session_is_a_file_of_its_own(
    talk: Session, aigul: Speaker, placed: Placer, hall: Room, again: Again
) -> None:
    off = placed("Өтпейтін", hall, "12:00", "13:00", aigul).session
    again()
    sent(tell())
    Session.objects.filter(pk__in=[talk.pk, off.pk]).update(cancelled_at=NOW)
    again()
    (letter,) = tell()
    message = to_message(letter, now=NOW)
    files = [part.get_payload(decode=True) for part in message.message().walk()]
    calendars = [file for file in files if isinstance(file, bytes) and b"VCALENDAR" in file]
    assert [len(Calendar.from_ical(file).walk("VEVENT")) for file in calendars] == [1, 1]
    assert [kind for _content, kind in message.alternatives] == ["text/html"]


def test_a_single_event_is_shown_by_mail_programs_too(talk: Session, again: Again) -> None:
    again()
    (letter,) = tell()
    kinds = [kind for _content, kind in to_message(letter, now=NOW).alternatives]
    assert kinds == ["text/html", "text/calendar; method=PUBLISH"]
    assert f"/programme/{talk.code}/" in letter.calendar.replace("\r\n ", "")


@pytest.mark.usefixtures("delegate")
def test_delegates_are_told_when_a_session_for_everybody_moves(
    plenary: Session, talk: Session, hall: Room, edition: Edition, again: Again
) -> None:
    registered(edition, "waits@example.org", confirmed_at=None)
    registered(edition, "gone@example.org", cancelled_at=NOW)
    closed = registered(edition, "closed@example.org")
    User.objects.filter(pk=closed.person_id).update(is_active=False)
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    early(plenary)
    again()
    letters = tell()
    assert addresses(letters) == ["aigul@example.org", "delegate@example.org"]
    assert said(letters[1]) == [
        "«Пленарлық отырыс» переносится: было — 16 октября, четверг, 09:00–10:00; "
        "стало — 16 октября, четверг, 08:00–09:00."
    ]


@pytest.mark.usefixtures("delegate")
def test_delegates_are_not_told_of_what_is_not_for_everybody_or_only_renamed(
    plenary: Session, talk: Session, again: Again
) -> None:
    again()
    sent(tell())
    Session.objects.filter(pk=talk.pk).update(cancelled_at=NOW)
    Session.objects.filter(pk=plenary.pk).update(title_kk="Басты отырыс")
    again()
    assert addresses(tell()) == ["aigul@example.org"]


def test_who_speaks_and_comes_gets_one_letter(
    plenary: Session, talk: Session, hall: Room, delegate: Registration, again: Again
) -> None:
    Speaker.objects.filter(code="AIGUL").update(person=delegate.person, email="")
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    early(plenary)
    again()
    (letter,) = tell()
    assert letter.recipient == delegate.person
    assert len(said(letter)) == 2


def test_a_speaker_without_a_link_is_the_delegate_with_the_same_address(
    plenary: Session, talk: Session, hall: Room, edition: Edition, again: Again
) -> None:
    registered(edition, "aigul@example.org")
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    early(plenary)
    again()
    assert addresses(tell()) == ["aigul@example.org"]


def test_a_speaker_of_the_plenary_is_told_of_it_once(
    plenary: Session, delegate: Registration, edition: Edition, again: Again
) -> None:
    speaker = Speaker.objects.create(edition=edition, code="OPENS", person=delegate.person)
    Appearance.objects.create(session=plenary, speaker=speaker)
    again()
    sent(tell())
    early(plenary)
    again()
    (letter,) = tell()
    assert len(said(letter)) == len(events(letter)) == 1


def test_a_speaker_with_a_closed_account_or_no_address_is_not_told(
    talk: Session, aigul: Speaker, edition: Edition, again: Again
) -> None:
    person = User.objects.create_user("closed@example.org", is_active=False)
    Speaker.objects.filter(pk=aigul.pk).update(person=person)
    silent = Speaker.objects.create(edition=edition, code="SILENT")
    Appearance.objects.create(session=talk, speaker=silent)
    again()
    assert tell() == []


@pytest.mark.usefixtures("talk")
def test_past_sessions_are_told_to_nobody(again: Again) -> None:
    again()
    assert tell(now=at("10:00")) == []
    assert Release.objects.get().told_at == at("10:00")


@pytest.mark.usefixtures("talk")
def test_the_demo_is_told_of_its_sessions_however_long_they_are_past(
    edition: Edition, again: Again
) -> None:
    Edition.objects.filter(pk=edition.pk).update(is_demo=True)
    again()
    (letter,) = tell(now=NOW + dt.timedelta(days=400))
    assert letter.useful_until is None


def test_a_session_that_moves_from_the_past_into_what_is_to_come_is_told(
    talk: Session, hall: Room, again: Again
) -> None:
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    again()
    (letter,) = tell(now=at("10:30"))
    assert letter.useful_until == at("15:00")


@pytest.mark.usefixtures("talk")
def test_an_edition_that_is_not_public_tells_nobody_until_it_is(
    edition: Edition, again: Again
) -> None:
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    again()
    assert tell() == []
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    assert len(tell()) == 1


def test_a_way_of_attending_of_another_feature_is_asked(
    talk: Session, hall: Room, delegate: Registration, again: Again, monkeypatch
) -> None:
    seats = [attendance.Attendant(delegate.person_id, "ru", {talk.pk})]
    monkeypatch.setattr(attendance, "_ways", [*attendance._ways])
    attendance.attends(lambda _edition, _sessions: seats)
    again()
    sent(tell())
    place(talk, hall, "15:00", "16:00")
    again()
    assert addresses(tell()) == ["aigul@example.org", "delegate@example.org"]


@pytest.mark.usefixtures("talk")
def test_a_letter_is_in_the_readers_language_whatever_the_workers(again: Again) -> None:
    again()
    (letter,) = tell()
    assert letter.kind == LetterKind.PROGRAMME_CHANGE
    assert letter.subject == "Когда вы выступаете: Он екінші"
    assert "Программа опубликована" in letter.html


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize(
    ("notes", "text", "html"),
    [
        (
            {"ru": "Зал <1> & зал 2.", "kk": "Басқа"},
            "Зал <1> & зал 2.",
            r"Зал &lt;1&gt; &amp; зал 2\.",
        ),
        ({"kk": "Жаңа зал."}, "Жаңа зал.", r'lang="kk"[^>]*><p[^>]*>Жаңа зал\.</p>'),
    ],
)
def test_the_releases_note_is_told_in_the_readers_language(
    edition: Edition, notes: dict[str, str], text: str, html: str
) -> None:
    publish(edition, by=None, note=notes, now=NOW)
    (letter,) = tell()
    assert f"\n\n{text}\n\n" in letter.text
    assert re.search(html, letter.html)
    assert "Басқа" not in letter.text + letter.html


@pytest.mark.usefixtures("delegate")
def test_each_is_greeted_by_name_and_the_name_is_escaped(
    plenary: Session, edition: Edition, again: Again
) -> None:
    other = registered(edition, "other@example.org")
    User.objects.filter(pk=other.person_id).update(given_name="<b>О&О</b>")
    again()
    tell()
    early(plenary)
    again()
    first, second = tell()
    assert first.text.startswith("Здравствуйте, Данияр!\n")
    assert second.text.startswith("Здравствуйте, <b>О&О</b>!\n")
    assert "Здравствуйте, &lt;b&gt;О&amp;О&lt;/b&gt;!" in second.html


def test_seven_hundred_letters_cost_few_queries(
    plenary: Session, edition: Edition, again: Again
) -> None:
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.org", language=("kk", "ru", "en")[number % 3])
        for number in range(700)
    )
    Registration.objects.bulk_create(
        Registration(edition=edition, person=person, code=f"R{person.pk}", confirmed_at=NOW)
        for person in people
    )
    again()
    tell()
    early(plenary)
    with CaptureQueriesContext(connection) as queries:
        again()
        carry_out([release_letters], now=NOW)
    assert Letter.objects.count() == 700
    assert len(queries) <= 40
