"""The demo is whole, in three languages, names nobody it must not, and is loaded once."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone

from accounts.languages import Language
from accounts.models import Consent, LikelyDouble, Organisation, Purpose, User
from accounts.organisations.bin import validate_bin
from accounts.organisations.doubles import find_doubles
from accounts.users.demo import DEMO_EMAILS, DEMO_PASSWORD
from forum.models import Edition, Registration
from sessions_app.demo.load import load_demo
from sessions_app.models import Appearance, Release, Role, Room, Session, Speaker, Track

pytestmark = pytest.mark.django_db
COUNTED = (
    Appearance,
    Consent,
    Edition,
    Organisation,
    Registration,
    Release,
    Room,
    Session,
    Speaker,
    Track,
    User,
)
REAL = {"Арман Кырыкбаев", "Бану Нургазиева", "Елнур Бейсенбаев"}


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker):  # noqa: ARG001
    """Load once for all tests of this file; each one's own changes are rolled back before."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(EMBEDDED=False):
        load_demo(now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo():
    return Edition.objects.get(slug="12")


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_a_second_run_changes_nothing(demo):
    before, stamp = counts(), demo.content_stamp.value
    assert load_demo(now=timezone.now()).editions == []
    demo.content_stamp.refresh_from_db()
    assert (counts(), demo.content_stamp.value) == (before, stamp)


def test_it_holds_700_delegates_of_300_organisations_one_of_them_twice(demo):
    delegates = demo.registrations.exclude(pk__in=demo.registrations.awaiting())
    assert (delegates.count(), Organisation.objects.count()) == (700, 301)
    assert find_doubles(now=timezone.now()) == 1
    assert str(LikelyDouble.objects.get().first.name_ru) == "ОФ «Пример-03»"


def test_journalists_await_approval_for_the_last_place_of_the_media(demo):
    assert demo.registrations.awaiting().filter(category="media").count() == 12
    quota = demo.quotas.get(category="media", region=None)
    assert quota.places - quota.taken == 1


def test_as_many_places_are_taken_as_are_confirmed(demo):
    assert demo.places_taken == demo.registrations.confirmed().count() == 698


def test_everybody_agreed_before_they_registered(demo):
    agreed = Consent.objects.filter(text__purpose=Purpose.PROCESSING).values("person")
    assert not demo.registrations.exclude(person__in=agreed).exists()


def test_a_visitor_may_register_today(demo):
    assert demo.registration_is_open(now=timezone.now())


def test_both_programmes_are_published_once(demo):
    assert list(
        Release.objects.values_list("edition__slug", "number").order_by("edition__slug")
    ) == [("11", 1), ("12", 1)]
    assert demo.releases.get().slots.count() == demo.sessions.count() == 26


def test_the_home_page_shows_the_12th_and_the_archive_the_11th(demo):
    assert Edition.objects.current().get() == demo
    assert Edition.objects.archived().get().slug == "11"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Edition, "name"),
        (Edition, "organisers"),
        (Edition, "city"),
        (Edition, "venue"),
        (Session, "title"),
        (Session, "abstract"),
        (Room, "name"),
        (Track, "name"),
        (Organisation, "name"),
        (Speaker, "family_name"),
        (Speaker, "position"),
    ],
)
def test_nothing_is_left_untranslated(model, field):
    missing = Q()
    for language in Language.values:
        column = f"{field}_{language}"
        missing |= Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
    assert not model.objects.filter(missing).exists()


def test_only_the_three_of_the_plenary_are_real():
    named = {
        f"{speaker.given_name_ru} {speaker.family_name_ru}" for speaker in Speaker.objects.all()
    }
    assert {name for name in named if not name.startswith("Образец Спикеров-")} == REAL


def test_nothing_else_is_told_of_real_people():
    real = Speaker.objects.exclude(family_name_ru__startswith="Спикеров-")
    assert set(real.values_list("email", "biography_ru", "person")) == {("", None, None)}


def test_the_reader_is_shown_with_the_president():
    reader = Appearance.objects.get(role=Role.READER)
    assert (reader.speaker.family_name_en, reader.behalf_of_en) == (
        "Kyrykbayev",
        "Kassym-Jomart Tokayev",
    )


def test_every_bin_has_its_check_digit():
    bins = Organisation.objects.exclude(bin=None).values_list("bin", flat=True)
    for number in bins:
        validate_bin(number or "")
    assert len(bins) == 7


def test_a_pair_of_names_differs_by_one_letter():
    pair = User.objects.filter(email__in=("p06@example.org", "p07@example.org"))
    assert len(set(pair.values_list("family_name", flat=True))) == 2


def test_one_organisation_has_a_long_name_with_quotes():
    names = Organisation.objects.filter(name_ru__regex="«.*»").values_list("name_ru", flat=True)
    assert max(map(len, names)) >= 60


def test_the_demo_people_stay_away_from_other_servers():
    assert not User.objects.filter(email__in=DEMO_EMAILS).exists()


def test_beside_embedded_servers_the_demo_people_come_too(settings):
    settings.EMBEDDED = True
    assert load_demo(now=timezone.now()).people == len(DEMO_EMAILS)
    assert User.objects.get(email="delegate@example.org").check_password(DEMO_PASSWORD)


def test_the_demo_delegate_holds_a_counted_place(demo, settings):
    settings.EMBEDDED = True
    load_demo(now=timezone.now())
    demo.refresh_from_db()
    assert demo.places_taken == demo.registrations.confirmed().count() == 699


def test_each_organiser_has_their_own_edition(settings):
    settings.EMBEDDED = True
    load_demo(now=timezone.now())
    runs = {
        person: Edition.objects.run_by(User.objects.get(email=person)).get().slug
        for person in ("organiser@example.org", "organiser11@example.org")
    }
    assert runs == {"organiser@example.org": "12", "organiser11@example.org": "11"}


def test_a_real_edition_is_never_mixed_with_the_demo():
    Edition.objects.filter(slug="11").update(is_demo=False)
    with pytest.raises(CommandError, match="is a real one"):
        call_command("load_demo")


def test_its_pages_say_who_is_real(client):
    page = client.get("/en/12/speakers/").content.decode()
    assert "Only those named in the public programme of the 12th forum" in page
