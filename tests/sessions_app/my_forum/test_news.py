"""My forum tells what changed of one's sessions since one looked last."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from forum.models import Registration
from sessions_app.models import Appearance, Release, Room, Session, Speaker, Star
from sessions_app.my_forum.access import find_mine
from sessions_app.my_forum.changes import news_for
from sessions_app.my_forum.models import MyForum
from sessions_app.releases.actions import publish
from tests.sessions_app.releases.conftest import place, unplace
from tests.sessions_app.seats.conftest import NOW, Again, take

pytestmark = pytest.mark.django_db
HEAD = "Changed since you looked last"


def news(registration: Registration, *speakers: Speaker) -> list[str]:
    mine = find_mine(registration.edition, person=registration.person)
    assert mine is not None
    found = news_for(mine, [speaker.pk for speaker in speakers], now=NOW)
    return [sentence for one in found for sentence in one.sentences]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_move_of_ones_session_is_told_and_anothers_is_not(
    delegate: Registration, water: Session, books: Session, large: Room, again: Again
) -> None:
    take(delegate, water)
    assert news(delegate) == []
    place(books, large, "14:00", "15:00")
    again()
    assert news(delegate) == []
    place(water, large, "16:00", "17:00")
    again()
    told = news(delegate)
    assert len(told) == 2
    assert [" is moved from " in told[0], " is in another room" in told[1]] == [True, True]


@pytest.mark.parametrize("way", ["waits", "stars"])
def test_who_waits_or_starred_is_told_too(
    coming: list[Registration], water: Session, again: Again, way: str
) -> None:
    reader = coming[2]
    if way == "waits":
        for one in coming[:3]:
            take(one, water)
    else:
        Star.objects.create(person=reader.person, session=water)
    unplace(water)
    again()
    assert [sentence.count("no longer in the programme") for sentence in news(reader)] == [1]
    assert news(coming[3]) == []


def test_a_speaker_is_told_of_joining_and_leaving(
    delegate: Registration, books: Session, again: Again
) -> None:
    speaker = Speaker.objects.create(
        edition=books.edition, code="SPK001", person=delegate.person, given_name_kk="Үлгі"
    )
    appearance = Appearance.objects.create(session=books, speaker=speaker)
    again()
    assert [one.count("You take part in") for one in news(delegate, speaker)] == [1]
    MyForum.objects.create(registration=delegate, seen_release=Release.objects.first())
    assert news(delegate, speaker) == []
    appearance.delete()
    again()
    assert [one.count("You no longer take part in") for one in news(delegate, speaker)] == [1]


def test_what_was_published_before_one_registered_is_known(
    delegate: Registration, water: Session, large: Room, again: Again
) -> None:
    place(water, large, "16:00", "17:00")
    last = again()
    Star.objects.create(person=delegate.person, session=water)
    assert len(news(delegate)) == 2
    Registration.objects.update(registered_at=last.published_at + dt.timedelta(minutes=1))
    assert news(delegate) == []


def test_who_comes_no_more_is_told_nothing(
    delegate: Registration, water: Session, large: Room, again: Again
) -> None:
    Star.objects.create(person=delegate.person, session=water)
    place(water, large, "16:00", "17:00")
    again()
    assert len(news(delegate)) == 2
    Registration.objects.filter(pk=delegate.pk).update(cancelled_at=NOW)
    assert news(delegate) == []


def test_what_is_past_is_not_told(
    delegate: Registration, water: Session, large: Room, again: Again
) -> None:
    Star.objects.create(person=delegate.person, session=water)
    place(water, large, "16:00", "17:00")
    again()
    mine = find_mine(delegate.edition, person=delegate.person)
    assert mine is not None
    after = NOW + dt.timedelta(days=400)
    assert (len(news_for(mine, [], now=NOW)), news_for(mine, [], now=after)) == (1, [])


def test_what_was_read_is_not_told_again(
    client: Client, delegate: Registration, water: Session, large: Room, again: Again
) -> None:
    take(delegate, water)
    slug = delegate.edition.slug
    client.force_login(delegate.person)
    place(water, large, "16:00", "17:00")
    delegate.edition.is_demo = True
    delegate.edition.save()
    second = again()
    page = client.get(f"/en/{slug}/me/").text
    button = f'action="/en/{slug}/me/seen/{second.number}/"'
    assert (page.count(HEAD), page.count(button)) == (1, 1)
    place(water, large, "18:00", "19:00")
    third = again()
    answered = client.post(f"/en/{slug}/me/seen/{second.number}/")
    assert (answered.status_code, answered["Location"]) == (302, f"/en/{slug}/me/")
    # What came between reading and saying so is told all the same.
    assert client.get(f"/en/{slug}/me/").text.count(HEAD) == 1
    client.post(f"/en/{slug}/me/seen/{third.number}/")
    client.post(f"/en/{slug}/me/seen/{second.number}/")
    assert client.get(f"/en/{slug}/me/").text.count(HEAD) == 0
    assert client.post(f"/en/{slug}/me/seen/99/").status_code == 404
    assert client.post(f"/en/{slug}/me/seen/{'9' * 30}/").status_code == 404


def test_an_edition_without_a_release_has_no_news(delegate: Registration) -> None:
    assert (Release.objects.count(), news(delegate)) == (0, [])
    publish(delegate.edition, by=None, note="", now=NOW)
    assert news(delegate) == []
