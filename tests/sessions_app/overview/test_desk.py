"""The desk's front page: how an edition stands, for its organisers only."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Region, User
from forum.models import Edition, Letter, Organiser, Registration, Status
from sessions_app.models import Appearance, Placement, Room, Session, Speaker
from sessions_app.overview.figures import chart_of, figures_of
from sessions_app.overview.missing import COUNTED, counts_of
from sessions_app.releases.actions import publish
from sessions_app.warnings.access import findings_of
from sessions_app.warnings.actions import set_level
from sessions_app.warnings.models import Level, Rule

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 10, 1, 7, tzinfo=dt.UTC)
QUERIES = 8


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_kk="XII форум",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        capacity=50,
        published_at=NOW,
        registration_opens_at=NOW,
    )


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def registered(edition: Edition, number: int, **fields: object) -> Registration:
    person = User.objects.create_user(f"p{number}@example.org", given_name=f"Үлгі {number}")
    told: dict[str, object] = {"registered_at": NOW, "confirmed_at": NOW, "category": "ngo"}
    body = fields.get("organisation")
    return Registration.objects.create(
        edition=edition,
        person=person,
        code=f"R{number}",
        region=body.region if isinstance(body, Organisation) else None,
        **(told | fields),
    )


def placed(edition: Edition, number: int, room: Room, hour: int) -> Session:
    session = Session.objects.create(
        edition=edition, code=f"S{number}", title_kk=f"Отырыс {number}", title_ru=f"Сессия {number}"
    )
    start = dt.datetime(2025, 10, 15, hour, tzinfo=dt.UTC)
    Placement.objects.create(
        session=session, room=room, starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )
    speaker = Speaker.objects.create(edition=edition, code=f"P{number}", given_name_kk="Үлгі")
    Appearance.objects.create(session=session, speaker=speaker)
    return session


def lacks(client: Client) -> list[str]:
    return [lack.sentence for lack in client.get("/en/12/desk/").context["lacks"]]


def test_a_stranger_is_asked_to_sign_in(client: Client, edition: Edition) -> None:
    answer = client.get(f"/kk/{edition.slug}/desk/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/kk/accounts/login/?next=/kk/12/desk/",
    )


def test_a_delegate_finds_no_desk(client: Client, edition: Edition) -> None:
    client.force_login(registered(edition, 1).person)
    assert client.get("/kk/12/desk/").status_code == 404


def test_an_organiser_of_another_edition_finds_no_desk(client: Client, edition: Edition) -> None:
    other = Edition.objects.create(
        slug="11", year=2023, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=other, person=person)
    client.force_login(person)
    assert client.get("/kk/12/desk/").status_code == 404
    assert client.get("/kk/11/desk/").status_code == 200


def test_a_superuser_sees_every_desk(client: Client, edition: Edition) -> None:
    client.force_login(User.objects.create_superuser("admin@example.org"))
    assert client.get(f"/kk/{edition.slug}/desk/").status_code == 200


def test_it_cannot_be_posted_to(desk: Client) -> None:
    assert desk.post("/kk/12/desk/").status_code == 405


def test_registrations_are_counted_by_region_and_category(edition: Edition) -> None:
    astana = Organisation.objects.create(name_kk="ҚҚ", region=Region.objects.get(code="KZ-71"))
    registered(edition, 1, organisation=astana)
    registered(edition, 2, organisation=astana, confirmed_at=None, waiting_since=NOW)
    registered(edition, 3, category="media")
    registered(edition, 4, cancelled_at=NOW)
    registered(edition, 5, confirmed_at=None, registered_at=None)
    found = figures_of(edition)
    assert (found.confirmed, found.others) == (
        2,
        [(Status.AWAITING, 0), (Status.WAITING, 1), (Status.CANCELLED, 1)],
    )
    assert [(row.confirmed, row.waiting) for row in found.regions if row.live] == [(1, 1), (1, 0)]
    assert next(row.name for row in found.regions if row.live) == "Астана қаласы"
    assert [row.live for row in found.categories] == [2, 0, 0, 0, 0, 1, 0, 0]
    assert len(found.regions) == 21


def test_who_awaits_approval_is_counted_and_led_to(desk: Client, edition: Edition) -> None:
    registered(edition, 1, confirmed_at=None, approval_asked_at=NOW)
    registered(edition, 2, confirmed_at=None, approval_asked_at=NOW, declined_at=NOW)
    assert "1 registration awaits approval." in lacks(desk)
    page = desk.get("/en/12/desk/").text
    assert page.count('href="/en/12/desk/registrations/?status=awaiting"') == 2
    assert page.count('href="/en/12/desk/registrations/?status=declined"') == 1


def test_days_without_registrations_stand_in_the_chart(edition: Edition) -> None:
    registered(edition, 1)
    registered(edition, 2, registered_at=NOW + dt.timedelta(days=3))
    registered(edition, 3, registered_at=NOW + dt.timedelta(days=3))
    bars = chart_of(edition)
    assert [(bar.day.day, bar.count) for bar in bars] == [(1, 1), (2, 0), (3, 0), (4, 2)]
    assert [bar.height for bar in bars] == [70.0, 0.0, 0.0, 140.0]


def test_weeks_share_a_bar_where_the_days_are_many(edition: Edition) -> None:
    for number, days in enumerate((0, 1, 5, 119), start=1):
        registered(edition, number, registered_at=NOW + dt.timedelta(days=days))
    assert len(chart_of(edition)) == 120
    registered(edition, 5, registered_at=NOW + dt.timedelta(days=420))
    bars = chart_of(edition)
    assert [(bar.day, bar.last, bar.count) for bar in bars if bar.count] == [
        (dt.date(2025, 9, 29), dt.date(2025, 10, 5), 2),
        (dt.date(2025, 10, 6), dt.date(2025, 10, 12), 1),
        (dt.date(2026, 1, 26), dt.date(2026, 2, 1), 1),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 25), 1),
    ]


def test_the_chart_ends_with_the_newest_registration_and_stays_short(edition: Edition) -> None:
    registered(edition, 1)
    registered(edition, 2, registered_at=NOW + dt.timedelta(days=4000))
    bars = chart_of(edition)
    assert (len(bars) <= 121, sum(bar.count for bar in bars)) == (True, 2)
    assert bars[-1].last == (NOW + dt.timedelta(days=4000)).date()


def test_the_desk_shows_from_when_to_when_a_bar_is(desk: Client, edition: Edition) -> None:
    registered(edition, 1)
    registered(edition, 2, registered_at=NOW + dt.timedelta(days=420))
    page = desk.get("/en/12/desk/").content.decode()
    assert "Registrations over time" in page
    assert "29 September 2025 – 5 October 2025" in page


def test_a_registration_after_midnight_in_astana_counts_there(edition: Edition) -> None:
    registered(edition, 1, registered_at=dt.datetime(2025, 10, 1, 19, 30, tzinfo=dt.UTC))
    assert [bar.day for bar in chart_of(edition)] == [dt.date(2025, 10, 2)]


def test_it_says_what_is_missing(desk: Client, edition: Edition) -> None:
    room = Room.objects.create(edition=edition, code="A", name_kk="A залы")
    placed(edition, 1, room, 5)
    placed(edition, 2, room, 5)
    Session.objects.create(edition=edition, code="S3", title_kk="Отырыс")
    assert lacks(desk) == [
        "The draft holds 1 clash and cannot be published until it is solved.",
        "The programme is not published yet.",
        "1 session has no room and time.",
        "3 sessions have no moderator.",
        "1 session has no Russian title.",
        "2 speakers have not confirmed.",
        "2 speakers have no e-mail and get no reminders.",
    ]


def test_a_speaker_who_is_written_to_at_their_account_lacks_nothing(
    desk: Client, edition: Edition, organiser: User
) -> None:
    speaker = Speaker.objects.create(edition=edition, code="P1", given_name_kk="Үлгі")
    assert "1 speaker has no e-mail and gets no reminders." in lacks(desk)
    Speaker.objects.filter(pk=speaker.pk).update(person=organiser)
    assert "1 speaker has no e-mail and gets no reminders." not in lacks(desk)


def test_it_counts_what_the_warnings_find(edition: Edition) -> None:
    room = Room.objects.create(edition=edition, code="A", name_kk="A залы")
    for number in range(5):
        placed(edition, number, room, number)
    panel = {"edition": edition, "kind": "panel", "title_ru": "Сессия"}
    Session.objects.create(code="S8", cancelled_at=NOW, **panel)
    Session.objects.create(code="S9", **panel)
    Session.objects.filter(code__in=["S1", "S2"]).update(kind="plenary", title_kk="")
    Session.objects.filter(code="S3").update(cancelled_at=NOW, title_ru="")
    Appearance.objects.filter(session__code="S4").update(role="moderator")
    Speaker.objects.create(edition=edition, code="P9", given_name_kk="Отырыссыз")
    found = Counter(finding.rule for finding in findings_of(edition))
    counts = counts_of(edition)
    counted = {rule: counts[name] for name, rule in COUNTED.items()}
    assert counted == {rule: found[rule] for rule in counted}
    assert sorted(counted.values()) == [0, 1, 2, 3, 4]


def test_what_is_ignored_is_not_missing(desk: Client, edition: Edition) -> None:
    Session.objects.create(
        edition=edition, code="S1", title_kk="Отырыс", title_ru="Сессия", kind="plenary"
    )
    assert "1 session has no room and time." in lacks(desk)
    set_level(edition, Rule.NOT_PLACED, Level.IGNORED, by=None)
    assert lacks(desk) == ["The programme is not published yet."]


def test_every_organiser_is_led_to_the_warnings(desk: Client, edition: Edition) -> None:
    Session.objects.create(edition=edition, code="S1", title_kk="Отырыс", title_ru="Сессия")
    assert b'href="/kk/12/desk/warnings/?rule=not_placed"' in desk.get("/kk/12/desk/").content


def test_a_changed_draft_is_noticed(desk: Client, edition: Edition) -> None:
    room = Room.objects.create(edition=edition, code="A", name_kk="A залы")
    session = placed(edition, 1, room, 5)
    Appearance.objects.update(role="moderator")
    Speaker.objects.update(confirmed_at=NOW, email="s1@example.org")
    publish(edition, by=None, note="", now=NOW)
    assert lacks(desk) == []
    Placement.objects.filter(session=session).update(
        ends_at=dt.datetime(2025, 10, 15, 7, tzinfo=dt.UTC)
    )
    assert lacks(desk) == ["The draft differs from release 1, which the public reads."]


def test_letters_are_counted(desk: Client, edition: Edition) -> None:
    states: list[dict[str, object]] = [
        {},
        {"begun_at": NOW, "sent_at": NOW},
        {"begun_at": NOW, "uncertain_at": NOW},
        {"failed_at": NOW},
        {"missed_at": NOW},
    ]
    for number, state in enumerate(states):
        Letter.objects.create(
            edition=edition,
            kind="confirmed",
            to_address="p@example.org",
            language="kk",
            dedupe_key=str(number),
            **state,
        )
    counts = desk.get("/kk/12/desk/").context["counts"]
    kinds = ("sent", "waiting", "uncertain", "failed", "missed")
    assert [counts[f"letters_{kind}"] for kind in kinds] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(
    desk: Client,
    edition: Edition,
    count: int,
) -> None:
    room = Room.objects.create(edition=edition, code="A", name_kk="A залы")
    for number in range(count):
        registered(edition, number)
        placed(edition, number, room, number)
    publish(edition, by=None, note="", now=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        assert desk.get("/kk/12/desk/").status_code == 200
    # Redis may have let go of the session, which is then read from the database.
    assert len([query for query in asked if "django_session" not in query["sql"]]) == QUERIES


def test_my_forum_leads_an_organiser_to_the_desk(desk: Client) -> None:
    assert desk.get("/kk/12/me/").content.count(b'href="/kk/12/desk/"') == 1


def test_my_forum_leads_no_delegate_there(client: Client, edition: Edition) -> None:
    client.force_login(registered(edition, 1).person)
    assert client.get("/kk/12/me/").content.count(b"/desk/") == 0


def test_who_declined_and_still_stands_in_the_programme_is_counted(
    desk: Client, edition: Edition
) -> None:
    placed(edition, 1, Room.objects.create(edition=edition, code="A", name_kk="A залы"), 5)
    sentence = "1 speaker has declined and still stands in the programme."
    assert sentence not in lacks(desk)
    Speaker.objects.update(declined_at=NOW)
    assert sentence in lacks(desk)
    assert (
        f'href="/en/{edition.slug}/desk/speakers/?show=declined"' in desk.get("/en/12/desk/").text
    )
