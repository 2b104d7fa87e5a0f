"""A file that is read once more: who and what is found again, changes, vanishes and comes back."""

import pytest
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.exchange.report import Report
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from tests.sessions_app.exchange.conftest import NOW, event, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_changed_title_is_one_change():
    load(event("Before") + event("Other", id="2", start="12:00"))
    report = load(event("After") + event("Other", id="2", start="12:00"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert sorted(Session.objects.values_list("title_en", flat=True)) == ["After", "Other"]


def test_moved_session_keeps_its_code_and_makes_a_release():
    load(event())
    before = Session.objects.get()
    report = load(event(start="11:00"))
    assert (report.changed, report.release) == (1, 2)
    assert Session.objects.get().code == before.code


def test_vanished_session_is_cancelled_and_comes_back():
    both = event() + event("Second", id="2", start="12:00")
    load(both)
    report = load(event())
    assert report.taken_out == 1
    assert Session.objects.get(source_id="id:2").cancelled_at == NOW
    assert load(event()).taken_out == 0
    assert load(both).changed == 1
    assert Session.objects.get(source_id="id:2").cancelled_at is None


def test_session_made_by_hand_stays():
    load(event())
    edition = Edition.objects.get()
    Session.objects.create(edition=edition, code="HAND23", title_kk="Қолмен")
    assert load(event()).taken_out == 0
    assert Session.objects.get(code="HAND23").cancelled_at is None


def test_what_an_organiser_wrote_survives_an_empty_field():
    load(event())
    Session.objects.update(title_kk="Баяндама", abstract_kk="Мазмұны")
    assert load(event()).changed == 0
    assert Session.objects.get().abstract_kk == "Мазмұны"


def test_people_of_one_id_are_one_speaker_whatever_the_spelling():
    persons = '<room>Hall</room><persons><person id="7">{}</person></persons>'
    load(
        event(more=persons.format("Sample Participant"))
        + event("B", id="2", start="12:00", more=persons.format("S. Participant"))
    )
    assert Speaker.objects.count() == 1


def test_namesakes_with_ids_are_two_speakers():
    load(
        event(
            more="<room>Hall</room><persons><person id='1'>Same Name</person>"
            "<person id='2'>Same Name</person></persons>"
        )
    )
    assert Speaker.objects.count() == 2


def test_speaker_made_by_hand_is_found_in_another_spelling():
    load(event())
    edition = Edition.objects.get()
    Speaker.objects.create(
        edition=edition, code="SPK234", given_name_kk="Үлгі", family_name_kk="Қатысушы"
    )
    load(event(more="<room>Hall</room><persons><person>Улги Катысушы</person></persons>"))
    assert Appearance.objects.get().speaker.code == "SPK234"


def test_report_names_what_is_new_and_what_changed():
    load(event("Stays") + event("Moves", id="2", start="12:00"))
    report = load(
        event("Stays")
        + event("Moves", id="2", start="13:00")
        + event("Comes", id="3", start="15:00")
    )
    assert report.lines()[1:-2] == ["New: “Comes”.", "Changed: “Moves” (time or room)."]


def test_report_of_many_changes_is_cut():
    def many(title: str) -> str:
        return "".join(
            event(f"{title} {n}", id=str(n), more=f"<room>Hall {n}</room>") for n in range(103)
        )

    load(many("Before"))
    lines = load(many("After")).lines()
    assert len([line for line in lines if line.startswith("Changed")]) == 100
    assert "And 3 more." in lines


@pytest.mark.parametrize(
    ("language", "one", "three"),
    [
        (
            "en",
            "In the file: 1 session, 1 room, 0 speakers, 1 day.",
            "In the file: 3 sessions, 1 room, 0 speakers, 2 days.",
        ),
        (
            "ru",
            "В файле: 1 заседание, 1 зал, 0 спикеров, 1 день.",
            "В файле: 3 заседания, 1 зал, 0 спикеров, 2 дня.",
        ),
        (
            "kk",
            "Файлда: 1 отырыс, 1 зал, 0 спикер, 1 күн.",
            "Файлда: 3 отырыс, 1 зал, 0 спикер, 2 күн.",
        ),
    ],
)
def test_report_counts_in_words_that_fit(language: str, one: str, three: str):
    def said(sessions: int, days: int) -> str:
        return Report("12", sessions=sessions, rooms=1, speakers=0, days=days).lines()[0]

    with translation.override(language):
        assert (said(1, 1), said(3, 2)) == (one, three)
