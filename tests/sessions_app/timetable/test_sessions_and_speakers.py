"""A session's page, the list of speakers and a speaker's page: what is released, nothing else."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext

from forum.editions.models import Edition
from forum.editions.shelf import shelf
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room, Slot, SlotSpeaker
from tests.sessions_app.timetable.conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.fixture
def session(edition: Edition, hall: Room, speaker: Speaker, placed: Placer) -> Session:
    """A released session of a published edition, in which the speaker reads for somebody."""
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
    made = placed("Климат", hall, "10:00", "11:00", speaker).session
    Appearance.objects.update(role=Role.READER, behalf_of_kk="Үлгі Өкілетті")
    publish(edition, by=None, note="", now=NOW)
    return made


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.text


def test_a_session_says_when_in_the_editions_zone(client: Client, session: Session) -> None:
    text = page(client, f"/en/12/programme/{session.code}/")
    assert 'datetime="2025-10-16T10:00:00+05:00"' in text
    assert "Thursday, 16 October, 10:00–11:00 (UTC+5)" in " ".join(strip_tags(text).split())


def test_a_reader_is_shown_with_whom_he_represents(client: Client, session: Session) -> None:
    text = page(client, f"/en/12/programme/{session.code}/")
    assert 'Reads on behalf of: <span lang="kk">Үлгі Өкілетті</span>' in text


def test_a_session_says_what_its_room_has(client: Client, session: Session, hall: Room) -> None:
    def tags() -> list[str]:
        text = page(client, f"/en/12/programme/{session.code}/")
        return re.findall(r'<li class="tag tag-quiet">(.*?)</li>', text)

    assert tags() == []
    Room.objects.filter(pk=hall.pk).update(
        step_free=True, hearing_loop=True, sign_language=True, interpretation_languages=["kk", "en"]
    )
    assert tags() == [
        "Step-free access",
        "Hearing loop",
        "Place for sign language",
        "Interpreters' booths: Kazakh, English",
    ]


def test_a_cancelled_session_says_so(client: Client, session: Session) -> None:
    Session.objects.update(cancelled_at=NOW)
    assert "This session is cancelled." in page(client, f"/en/12/programme/{session.code}/")


@pytest.mark.parametrize("path", ["programme/{code}/", "speakers/SPK001/"])
def test_times_are_read_in_the_zone_of_an_edition_elsewhere(
    client: Client, session: Session, path: str
) -> None:
    Edition.objects.update(time_zone="Europe/Berlin")
    text = page(client, f"/en/12/{path.format(code=session.code)}")
    assert set(re.findall(r"\d\d:\d\d–\d\d:\d\d", text)) == {"07:00–08:00"}


def test_what_ends_on_another_day_says_on_which(client: Client, session: Session) -> None:
    Placement.objects.update(ends_at=at("18:00") + dt.timedelta(days=1))
    publish(session.edition, by=None, note="", now=NOW)
    for path in (f"/en/12/programme/{session.code}/", "/en/12/speakers/SPK001/"):
        words = " ".join(strip_tags(page(client, path)).split())
        assert "Thursday, 16 October, 10:00– Friday, 17 October, 18:00" in words


def test_the_tracks_earlier_and_later_sessions_stand_below(
    client: Client, session: Session, hall: Room, placed: Placer
) -> None:
    track = Track.objects.create(edition=session.edition, code="eco", name_kk="Экология")
    for title, start, end in [
        ("Бірінші", "08:00", "09:00"),
        ("Алдыңғы", "09:00", "10:00"),
        ("Кейінгі", "11:00", "12:00"),
        ("Соңғы", "12:00", "13:00"),
        ("Болмайды", "13:00", "14:00"),
    ]:
        placed(title, hall, start, end)
    Session.objects.update(track=track)
    Session.objects.filter(title_kk="Болмайды").update(cancelled_at=NOW)
    publish(session.edition, by=None, note="", now=NOW)

    def neighbours(title: str) -> list[str]:
        code = Session.objects.get(title_kk=title).code
        text = page(client, f"/kk/12/programme/{code}/")
        return re.findall(r'rel="(?:prev|next)"><span>[^<]*</span>([^<]*)</a>', text)

    assert neighbours("Климат") == ["Алдыңғы", "Кейінгі"]
    assert neighbours("Бірінші") == ["Алдыңғы"]
    assert neighbours("Соңғы") == ["Кейінгі"]


def test_languages_stand_in_words(client: Client, session: Session) -> None:
    Session.objects.update(working_languages=["kk", "ru", "de"])
    assert "<dd>Қазақша, орысша, de</dd>" in page(client, f"/kk/12/programme/{session.code}/")
    assert "<dd>Kazakh, Russian, de</dd>" in page(client, f"/en/12/programme/{session.code}/")


def test_long_words_in_another_language_are_marked(client: Client, session: Session) -> None:
    Session.objects.update(abstract_ru="О климате", description_kk="Климат туралы")
    text = page(client, f"/kk/12/programme/{session.code}/")
    assert re.findall(r'class="tongue"[^>]*>([^<]*)<', text) == ["рус"]
    assert '<div lang="ru"><p>О климате</p></div>' in text
    assert "<div><p>Климат туралы</p></div>" in text


@pytest.mark.usefixtures("session")
def test_a_name_stands_in_one_language_and_is_marked(client: Client) -> None:
    Speaker.objects.update(
        family_name_kk=None, given_name_ru="Образец", family_name_ru="Участников"
    )
    for path in ("/kk/12/speakers/", "/kk/12/speakers/SPK001/"):
        assert '<span lang="ru">Образец Участников</span> <span class="tongue"' in page(
            client, path
        )


def test_who_speaks_only_in_cancelled_sessions_is_not_announced(
    client: Client, session: Session
) -> None:
    Session.objects.update(cancelled_at=NOW)
    assert "SPK001" not in page(client, "/kk/12/speakers/")
    assert "/kk/12/speakers/SPK001/" in page(client, f"/kk/12/programme/{session.code}/")
    assert '<span class="tag tag-danger">' in page(client, "/kk/12/speakers/SPK001/")


@pytest.mark.usefixtures("session")
def test_the_speakers_are_paged_by_the_kazakh_alphabet(client: Client) -> None:
    edition, slot = Edition.objects.get(), Slot.objects.get()
    people = Speaker.objects.bulk_create(
        Speaker(edition=edition, code=f"P{n:03}", given_name_kk="Үлгі", family_name_kk=f"Я{n:03}")
        for n in range(60)
    )
    early = Speaker.objects.create(edition=edition, code="ALEPH", family_name_kk="Әбенов")
    SlotSpeaker.objects.bulk_create(
        SlotSpeaker(slot=slot, release=slot.release, speaker=one, during=slot.during)
        for one in [*people, early]
    )
    first, second = page(client, "/kk/12/speakers/"), page(client, "/kk/12/speakers/?page=2")
    codes = [re.findall(r"/kk/12/speakers/(\w+)/", text) for text in (first, second)]
    assert codes == [
        ["ALEPH", "SPK001", *(f"P{n:03}" for n in range(58))],
        ["P058", "P059"],
    ]


@pytest.mark.usefixtures("session")
def test_a_search_that_finds_nobody_says_so(client: Client) -> None:
    text = page(client, "/en/12/speakers/?q=" + "z" * 5000)
    assert '<p class="empty-title">No speaker matches</p>' in text


@pytest.mark.usefixtures("session")
def test_what_is_not_released_is_a_404(client: Client, hall: Room, placed: Placer) -> None:
    drafted = placed("Жаңа", hall, "12:00", "13:00").session
    hidden = Speaker.objects.create(edition=drafted.edition, code="HID001", given_name_kk="Үлгі")
    Appearance.objects.create(session=drafted, speaker=hidden)
    assert client.get(f"/kk/12/programme/{drafted.code}/").status_code == 404
    assert client.get("/kk/12/speakers/HID001/").status_code == 404
    assert "HID001" not in page(client, "/kk/12/speakers/")


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/ru/12/programme/NOBODY/", "There is no such session in the programme."),
        ("/ru/12/speakers/NOBODY/", "There is no such speaker in the programme."),
    ],
)
def test_an_unknown_code_is_a_404_in_the_readers_language(
    client: Client, path: str, sentence: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert '<html lang="ru">' in response.text
    with translation.override("ru"):
        assert f'<p class="lead">{gettext(sentence)}</p>' in response.text
    assert '<a class="btn btn-primary" href="/ru/12/programme/">' in response.text


def test_before_the_first_release_nobody_is_announced(
    client: Client, edition: Edition, speaker: Speaker
) -> None:
    Edition.objects.update(published_at=NOW)
    text = page(client, f"/en/{edition.slug}/speakers/")
    assert '<p class="empty-title">The speakers are not announced yet</p>' in text
    assert client.get(f"/en/12/speakers/{speaker.code}/").status_code == 404


@pytest.mark.parametrize("path", ["programme/S00000/", "speakers/", "speakers/SPK001/"])
def test_a_hidden_edition_is_a_404_that_does_not_name_it(
    client: Client, session: Session, path: str
) -> None:
    Edition.objects.filter(pk=session.edition_id).update(published_at=None)
    response = client.get(f"/kk/12/{path}")
    assert response.status_code == 404
    assert "Он екінші" not in response.text


def test_a_speaker_is_found_in_another_spelling(client: Client, session: Session) -> None:
    found = Speaker.objects.create(
        edition=session.edition, code="NUR001", given_name_kk="Бану", family_name_kk="Нұрғазиева"
    )
    Appearance.objects.create(session=session, speaker=found)
    publish(session.edition, by=None, note="", now=NOW)
    text = page(client, "/kk/12/speakers/?q=нургазиева")
    assert text.count('class="card-item"') == 1
    assert "/kk/12/speakers/NUR001/" in text


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("query", ["?page=0", "?page=999", "?page=x", "?q=%00", "?page=%D2%B1"])
def test_a_strange_query_shows_a_page_all_the_same(client: Client, query: str) -> None:
    assert "SPK001" in page(client, f"/kk/12/speakers/{query}")


def test_a_speaker_page_says_where_to_hear_them(client: Client, session: Session) -> None:
    text = page(client, "/en/12/speakers/SPK001/")
    assert f"/en/12/programme/{session.code}/" in text
    assert "10:00–11:00" in text


def crowd(edition: Edition, count: int) -> str:
    """Add `count` rooms with a session each at one time, every speaker in the first of them."""
    rooms = Room.objects.bulk_create(
        Room(edition=edition, code=f"r{n}", name_kk="Зал") for n in range(count)
    )
    sessions = Session.objects.bulk_create(
        Session(edition=edition, code=f"N{n}", title_kk="Климат") for n in range(count)
    )
    Placement.objects.bulk_create(
        Placement(session=one, room=room, starts_at=at("14:00"), ends_at=at("15:00"))
        for one, room in zip(sessions, rooms, strict=True)
    )
    people = Speaker.objects.bulk_create(
        Speaker(edition=edition, code=f"P{n}", given_name_kk="Үлгі") for n in range(count)
    )
    Appearance.objects.bulk_create(
        Appearance(session=one, speaker=person, exclusive=False)
        for one in sessions
        for person in (people if one is sessions[0] else people[:1])
    )
    publish(edition, by=None, note="", now=NOW)
    return sessions[0].code


@pytest.mark.parametrize("count", [1, 3, 100])
def test_every_size_costs_the_same_queries(
    client: Client, session: Session, count: int, django_assert_num_queries: object
) -> None:
    code = crowd(session.edition, count)
    for path, queries in [
        (f"/kk/12/programme/{code}/", 6),
        ("/kk/12/speakers/", 4),
        ("/kk/12/speakers/P0/", 6),
    ]:
        with django_assert_num_queries(queries):  # type: ignore[operator]
            page(client, path)


def test_an_archived_edition_is_still_read(client: Client, session: Session) -> None:
    day = dt.date(2001, 1, 1)
    Edition.objects.update(starts_on=day, ends_on=day, archived_at=NOW)
    assert "Климат" in page(client, f"/kk/12/programme/{session.code}/")
