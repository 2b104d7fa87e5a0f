"""The command and its action, on real programmes and on small ones."""

import datetime as dt
import gzip
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.editions.models import Edition
from sessions_app.exchange.actions import import_new_edition, import_schedule
from sessions_app.exchange.report import ImportRefused
from sessions_app.sessions.models import Appearance, Kind, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room, Slot
from sessions_app.warnings.models import Level, Rule, WarningLevel
from tests.sessions_app.exchange.conftest import NOW, event, load, shared, xml

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
BASE = settings.BASE_URL


def run(path: Path, **options: object) -> list[str]:
    """Run the command and return what it printed, by lines."""
    out = io.StringIO()
    call_command("import_schedule", str(path), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("38c3-schedule.xml", (1007, 72, 567, 4)),
        ("fosdem-2007.xml", (215, 18, 244, 2)),
        ("democon.json", (36, 2, 27, 3)),
    ],
)
def test_real_programme_is_imported_whole_and_once(file: str, counts: tuple[int, ...]):
    path = shared(f"schedules/{file}")
    run(path, edition="77", create=True)
    edition = Edition.objects.get(slug="77")
    found = (
        Slot.objects.filter(release__edition=edition).count(),
        Room.objects.filter(edition=edition).count(),
        Speaker.objects.filter(edition=edition).count(),
        len(edition.days),
    )
    assert found == counts
    assert run(path, edition="77")[-1].endswith("0 new, 0 changed")
    assert Release.objects.filter(edition=edition).count() == 1


def test_room_overlaps_are_named_and_marked():
    lines = run(shared("schedules/38c3-schedule.xml"), edition="38", create=True)
    named = [line for line in lines if line.endswith("The room was marked as shared.")]
    assert len(named) == 2
    in_two_places = [line for line in lines if line.endswith("marked as not exclusive.")]
    assert bool(in_two_places) == Appearance.objects.filter(exclusive=False).exists()


def test_night_belongs_to_the_day_before():
    run(shared("schedules/38c3-schedule.xml"), edition="38", create=True)
    edition = Edition.objects.get(slug="38")
    assert edition.day_starts_at == dt.time(6, 0)
    days = {
        edition.day_of(starts) for starts in Placement.objects.values_list("starts_at", flat=True)
    }
    assert days == set(edition.days)


def test_unknown_edition_is_refused_without_create(tmp_path: Path):
    with pytest.raises(CommandError, match="Add --create"):
        run(tmp_path / "x.xml", edition="99")


def test_edition_is_found_by_its_number(tmp_path: Path):
    load(event())
    Edition.objects.update(number=5)
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    assert run(path, edition="5")[-1].endswith(
        "1 unchanged, 0 dropped, 0 taken out, 0 new, 0 changed"
    )


def test_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    assert run(path, edition="5", create=True, dry_run=True)[-1].endswith("1 new, 0 changed")
    assert (Edition.objects.count(), Session.objects.count()) == (0, 0)


def test_draft_is_not_published(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    run(path, edition="5", create=True, draft=True)
    assert (Placement.objects.count(), Release.objects.count()) == (1, 0)


def test_new_draft_is_seen_by_nobody_and_says_what_to_do(tmp_path: Path, client: Client):
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    lines = run(path, edition="5", create=True, draft=True)
    assert lines[-3:-1] == [
        f"The programme stands in the draft. Publish it at the desk: {BASE}/en/5/desk/release/",
        "The edition is not published: only its organisers see it. Publish it in the admin:"
        f" {BASE}/admin/forum/edition/",
    ]
    assert client.get("/en/5/").status_code == 404
    client.force_login(User.objects.create_superuser("boss@example.org"))
    pages = [line.rpartition(BASE)[2] for line in lines[-3:-1]]
    assert [client.get(page).status_code for page in pages] == [200, 200]


def test_release_into_a_hidden_edition_says_that_nobody_sees_it(tmp_path: Path):
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    run(path, edition="5", create=True, draft=True)
    told = run(path, edition="5")[-3:-1]
    assert told[0] == "The programme is published as release 1."
    assert told[1].startswith("The edition is not published: only its organisers see it.")


def test_draft_of_a_published_edition_says_where_to_publish_it(tmp_path: Path):
    load(event())
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event("Changed")).read())
    lines = run(path, edition="small", draft=True)
    assert lines[-2] == (
        f"The programme stands in the draft. Publish it at the desk: {BASE}/en/small/desk/release/"
    )


@pytest.mark.parametrize("name", ["-1", "static", "kk", "Admin", "a/b", "x" * 41])
def test_address_that_the_site_needs_is_refused(tmp_path: Path, name: str):
    path = tmp_path / "a.xml"
    path.write_bytes(xml(event()).read())
    with pytest.raises(CommandError) as refused:
        run(path, edition=name, create=True)
    assert str(refused.value) in {
        "An edition's address has up to 40 Latin letters, digits, hyphens and underscores, and"
        " begins with a letter or a digit.",
        f"“{name}” belongs to other pages of the site. Choose another, such as the number.",
    }
    assert not Edition.objects.exists()


def test_hour_is_an_hour_and_naive_times_are_local():
    load(event())
    placement = Placement.objects.get()
    assert placement.starts_at == dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)
    assert placement.ends_at - placement.starts_at == dt.timedelta(hours=1)


def test_kind_is_read_from_the_type_in_any_language():
    load(
        event(more="<room>Hall</room><type>Пленарлық отырыс</type>")
        + event("B", id="2", start="12:00", more="<room>Hall</room><type>Keynote</type>")
        + event("C", id="3", start="14:00", more="<room>Hall</room><type>Séance</type>")
    )
    kinds = Session.objects.order_by("source_id").values_list("kind", flat=True)
    assert list(kinds) == [Kind.PLENARY, Kind.PLENARY, Kind.OTHER]


def test_session_without_a_room_stands_in_a_shared_one():
    report = load(event(more="") + event("B", id="2", more=""))
    assert list(Room.objects.values_list("code", "shared")) == [("unnamed", True)]
    assert len([note for note in report.notes if "room without a name" in note]) == 2


def test_html_becomes_text():
    markup = "&lt;p&gt;Қош &amp;amp; кел&lt;script&gt;x&lt;/script&gt;"
    load(event(more=f"<room>H</room><abstract>{markup}</abstract>"))
    assert Session.objects.get().abstract_kk == "Қош & кел"


def test_file_of_another_time_is_refused():
    load(event())
    edition = Edition.objects.get()
    stream = io.BytesIO(xml(event()).read().replace(b"2025-10-16", b"2019-10-16"))
    with pytest.raises(ImportRefused, match="2019-10-16"):
        import_schedule(stream, edition, by=None, now=NOW)


def test_edition_without_a_programme_takes_the_files_days():
    edition = Edition.objects.create(
        slug="9", number=9, year=2030, starts_on=dt.date(2030, 1, 1), ends_on=dt.date(2030, 1, 2)
    )
    import_schedule(xml(event()), edition, by=None, now=NOW)
    edition.refresh_from_db()
    assert edition.days == [dt.date(2025, 10, 16)]


def test_edition_keeps_its_zone_and_its_days_hold_every_session():
    edition = Edition.objects.create(
        slug="9", year=2024, starts_on=dt.date(2025, 10, 16), ends_on=dt.date(2025, 10, 16)
    )
    late = xml(event() + event("Late", id="2", start="21:00")).read()
    stream = io.BytesIO(late.replace(b"Asia/Almaty", b"Europe/Berlin"))
    report = import_schedule(stream, edition, by=None, now=NOW)
    edition.refresh_from_db()
    assert edition.time_zone == "Asia/Almaty"
    assert edition.days == [dt.date(2025, 10, 16), dt.date(2025, 10, 17)]
    assert report.notes[0] == (
        "The file's times are those of Europe/Berlin; the programme shows them in Asia/Almaty."
    )


def test_night_by_the_clock_is_shown_on_its_day():
    load(event(start="09:00") + event("Night", id="2", start="24:30"))
    edition = Edition.objects.get()
    night = Placement.objects.get(session__source_id="id:2")
    assert edition.day_of(night.starts_at) == dt.date(2025, 10, 16)
    assert edition.days == [dt.date(2025, 10, 16)]


def test_days_without_dates_are_the_editions():
    edition = Edition.objects.create(
        slug="9", year=2025, starts_on=dt.date(2025, 10, 16), ends_on=dt.date(2025, 10, 17)
    )
    counted = xml(event()).read().replace(b' index="1" date="2025-10-16"', b' index="2"')
    first = xml(event()).read().replace(b' date="2025-10-16"', b"")
    both = first.replace(b"</schedule>", counted[counted.index(b"<day") :].replace(b'"1"', b'"7"'))
    import_schedule(io.BytesIO(both), edition, by=None, now=NOW)
    starts = sorted(Placement.objects.values_list("starts_at", flat=True))
    assert starts == [dt.datetime(2025, 10, day, 5, tzinfo=dt.UTC) for day in (16, 17)]
    again = import_schedule(io.BytesIO(both), edition, by=None, now=NOW)
    assert (again.new, again.changed) == (0, 0)


def test_days_that_differ_are_told():
    edition = Edition.objects.create(
        slug="9", year=2025, starts_on=dt.date(2025, 10, 14), ends_on=dt.date(2025, 10, 15)
    )
    report = import_schedule(xml(event()), edition, by=None, now=NOW)
    assert report.notes == [
        "The edition was held from 2025-10-14 to 2025-10-15; so that it holds the file's days, it"
        " is now held from 2025-10-16 to 2025-10-16."
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\x00\x01\x02garbage",
        b"<schedule><day>",
        b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>',
        gzip.compress(b"<" + b" " * 50_000_000),
    ],
    ids=["empty", "array", "garbage", "truncated", "entities", "bomb"],
)
def test_hostile_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes):
    path = tmp_path / "hostile"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run(path, edition="5", create=True)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert not Edition.objects.exists()


def test_refused_file_leaves_everything_as_it_was(tmp_path: Path):
    load(event())
    path = tmp_path / "broken.xml"
    path.write_bytes(xml(event("Changed")).read()[:-20])
    with pytest.raises(CommandError, match="broken or cut off"):
        run(path, edition="small")
    assert list(Session.objects.values_list("title_en", flat=True)) == ["A talk"]


@pytest.mark.parametrize("name", ["missing.xml", "."])
def test_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / name, edition="5", create=True)


@pytest.mark.parametrize(
    ("file", "sessions"), [("sessionize-gab2024.json", 15), ("invalid-example.json", 1)]
)
def test_files_that_are_not_quite_schedules_are_read(file: str, sessions: int):
    run(shared(f"schedules/{file}"), edition="5", create=True)
    assert Session.objects.count() == sessions


def test_import_asks_as_many_queries_for_one_session_as_for_twenty():
    counts = []
    for number in (1, 20):
        inner = "".join(
            event(f"T{n}", id=str(n), more=f"<room>H{n}</room><track>T{n}</track>")
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            import_new_edition(xml(inner), f"e{number}", by=None, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_blocks_a_release_refuses_the_file_whole():
    load(event())
    edition = Edition.objects.get()
    WarningLevel.objects.create(
        edition=edition, rule=Rule.NO_RUSSIAN_TITLE, level=Level.BLOCKS_RELEASE
    )
    stream = xml(event() + event("Another", id="2", start="12:00"))
    with pytest.raises(ImportRefused, match="Another"):
        import_schedule(stream, edition, by=None, now=NOW)
    assert (Session.objects.count(), Release.objects.count()) == (1, 1)


def test_file_that_puts_everything_in_one_place_is_refused_whole():
    with pytest.raises(ImportRefused, match=r"More than 5,000 times"):
        load("".join(event(f"Talk {number}", id=str(number)) for number in range(120)))
    assert not Edition.objects.exists()
