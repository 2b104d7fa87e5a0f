"""Each change of a registration writes its letter, in the delegate's language, or none at all."""

import datetime as dt

import pytest
from django.utils import translation
from icalendar import Calendar

from accounts.models import Region, User
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter, LetterKind, Registration
from forum.registrations import actions, decisions, emails, errors, offers, queue
from forum.registrations.planners import places_given

from .conftest import Registrar

pytestmark = pytest.mark.django_db


def written() -> list[tuple[str, str]]:
    return list(Letter.objects.unfinished().order_by("pk").values_list("kind", "to_address"))


def event(letter: Letter) -> dict[str, object]:
    calendar = Calendar.from_ical(letter.calendar)
    (entry,) = calendar.walk("VEVENT")
    return {
        "method": str(calendar["method"]),
        "uid": str(entry["uid"]),
        "sequence": int(entry["sequence"]),
        "days": (entry.decoded("dtstart"), entry.decoded("dtend")),
    }


def test_who_gets_a_place_gets_a_confirmation_with_the_days(
    delegate: User, enrol: Registrar, edition: Edition
) -> None:
    mine = enrol(delegate)
    letter = Letter.objects.get()
    assert (letter.kind, letter.calendar_method) == (LetterKind.CONFIRMED, "REQUEST")
    assert mine.code in letter.text
    assert mine.code in letter.html
    assert event(letter) == {
        "method": "REQUEST",
        "uid": f"registration-{mine.code}@example.org",
        "sequence": 0,
        "days": (edition.starts_on, edition.ends_on + dt.timedelta(days=1)),
    }


def test_who_waits_reads_at_which_place(people: list[User], enrol: Registrar) -> None:
    people[3].language = "en"
    people[3].save()
    for person in people[:4]:
        enrol(person)
    letter = Letter.objects.get(recipient=people[3])
    assert (letter.kind, letter.calendar) == (LetterKind.WAITING, "")
    assert "Your place on the waiting list: 2." in letter.text


def test_the_letter_is_in_the_recipients_language_whoever_is_the_clerk(
    delegate: User, enrol: Registrar
) -> None:
    User.objects.filter(pk=delegate.pk).update(language="en")
    delegate.refresh_from_db()
    with translation.override("ru"):
        enrol(delegate)
    letter = Letter.objects.get()
    assert (letter.language, letter.subject) == (
        "en",
        "Your registration is confirmed: 12th Civil Forum",
    )
    assert "/en/12/me/" in letter.text


def test_cancelling_takes_back_what_has_not_gone_and_tells_both(
    people: list[User], enrol: Registrar, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    actions.cancel(mine[0], by=people[0], reason="", now=now)
    assert written() == [
        ("confirmed", "p2@example.org"),
        ("cancelled", "p1@example.org"),
        ("place_offered", "p3@example.org"),
    ]


def test_a_cancellation_takes_the_days_out_of_the_calendar(
    delegate: User, enrol: Registrar, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    put = event(Letter.objects.get())
    actions.cancel(mine, by=delegate, reason="", now=now)
    taken = event(Letter.objects.get(kind=LetterKind.CANCELLED))
    assert taken == put | {"method": "CANCEL", "sequence": 1}


def test_who_is_confirmed_out_of_turn_is_told(
    people: list[User], enrol: Registrar, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    Edition.objects.update(capacity=3)
    decisions.confirm(mine[2], by=people[4], now=now)
    assert written()[-1] == ("place_offered", "p3@example.org")


def test_of_many_who_move_up_at_once_each_is_told_once(
    people: list[User],
    enrol: Registrar,
    edition: Edition,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for person in people:
        enrol(person)
    assert len(written()) == 5
    Letter.objects.update(begun_at=now, sent_at=now)
    monkeypatch.setattr(queue, "LETTERS_UNDER_LOCK", 1)
    Edition.objects.update(capacity=5)
    later = now + dt.timedelta(minutes=1)
    offers.promote(edition, now=later)
    assert written() == [("place_offered", "p3@example.org")]
    assert [carry_out([places_given], now=later) for _run in range(2)] == [2, 0]
    assert written()[1:] == [
        ("place_offered", "p4@example.org"),
        ("place_offered", "p5@example.org"),
    ]


def test_a_refused_registration_writes_nothing(delegate: User, enrol: Registrar) -> None:
    with pytest.raises(errors.ConsentMissing):
        enrol(delegate, consents=[])
    assert (Registration.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_name_is_text_in_html(delegate: User, enrol: Registrar) -> None:
    delegate.given_name = "<b>Үлгі</b>"
    delegate.save()
    enrol(delegate)
    letter = Letter.objects.get()
    assert "&lt;b&gt;Үлгі" in letter.html
    assert "<b>Үлгі</b>" not in letter.html
    assert "<b>Үлгі</b>" in letter.text


def test_the_mornings_summary_is_in_the_order_of_regions_and_categories(
    delegate: User, edition: Edition, now: dt.datetime
) -> None:
    first, second = Region.objects.all()[:2]
    numbers = emails.Numbers(
        new=3,
        by_region={second.pk: 2, None: 3, first.pk: 1},
        by_category={"guest": 1, "ngo": 5},
        confirmed=6,
        awaiting=2,
        waiting=0,
        letters_not_sent=0,
    )
    letter = emails.organiser_summary(
        delegate, edition, numbers=numbers, today=now.date(), until=now, now=now
    )
    lines = [line for line in letter.text.splitlines() if line.startswith("- ")]
    assert lines == [
        f"- {first.name_kk}: 1",
        f"- {second.name_kk}: 2",
        "- Өңірі көрсетілмеген: 3",
        "- Өңірлік ҮЕҰ: 5",
        "- Қонақ: 1",
    ]


def test_the_letter_says_when_and_where(delegate: User, edition: Edition, enrol: Registrar) -> None:
    edition.venue_kk, edition.city_kk = "Үлгі орталығы", "Астана"
    edition.save()
    enrol(delegate)
    letter = Letter.objects.get()
    assert letter.text.count("Үлгі орталығы, Астана") == 1
    assert letter.html.count("Үлгі орталығы, Астана") == 1
