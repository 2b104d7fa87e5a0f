"""Speakers in the admin: the desk's actions, asked before; answers are not typed in by hand."""

from importlib import import_module

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Edition, Letter
from sessions_app.invitations.access import answered_by
from sessions_app.models import Speaker

pytestmark = pytest.mark.django_db
LIST = reverse("admin:sessions_app_speaker_changelist")


@pytest.fixture
def speaker(edition: Edition) -> Speaker:
    return Speaker.objects.create(
        edition=edition, code="SPK001", given_name_kk="Үлгі", email="s@example.org"
    )


def do(boss: Client, action: str, *speakers: Speaker, sure: bool = True) -> None:
    told = {"action": action, ACTION_CHECKBOX_NAME: [one.pk for one in speakers]}
    answer = boss.post(LIST, told | ({"confirmed": "1"} if sure else {}))
    assert answer.status_code == (302 if sure else 200)


def reread(speaker: Speaker) -> Speaker:
    return Speaker.objects.get(pk=speaker.pk)


def test_the_invitation_goes_once_and_not_without_a_question(
    boss: Client, speaker: Speaker
) -> None:
    do(boss, "invite", speaker, sure=False)
    assert Letter.objects.count() == 0
    do(boss, "invite", speaker)
    do(boss, "invite", speaker)
    assert Letter.objects.get().to_address == "s@example.org"


def test_who_did_not_answer_is_reminded(boss: Client, speaker: Speaker) -> None:
    do(boss, "invite", speaker)
    do(boss, "remind", speaker)
    kinds = Letter.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["speaker_invitation", "speaker_reminder"]


def test_a_confirmation_says_who_wrote_it_down(
    boss: Client, speaker: Speaker, superuser: User
) -> None:
    do(boss, "confirm", speaker)
    assert answered_by(reread(speaker)) == superuser


def test_a_new_link_is_made(boss: Client, speaker: Speaker) -> None:
    do(boss, "renew_link", speaker)
    assert reread(speaker).link_secret != speaker.link_secret


def test_a_language_that_no_letter_has_is_refused(boss: Client, speaker: Speaker) -> None:
    page = boss.get(reverse("admin:sessions_app_speaker_change", args=[speaker.pk]))
    offered = page.context["adminform"].form.fields["language"].choices
    assert [value for value, _label in offered] == ["kk", "ru", "en"]
    told = {"edition": speaker.edition_id, "given_name_kk": "Үлгі", "language": "xx"}
    answer = boss.post(reverse("admin:sessions_app_speaker_change", args=[speaker.pk]), told)
    assert "language" in answer.context["adminform"].form.errors
    assert reread(speaker).language == "kk"


def test_the_database_keeps_such_a_language_out(speaker: Speaker) -> None:
    with pytest.raises(IntegrityError, match="speaker_language"):
        Speaker.objects.filter(pk=speaker.pk).update(language="xx")


def test_the_migration_makes_such_a_language_kazakh(speaker: Speaker) -> None:
    migration = import_module("sessions_app.migrations.0009_speakers_languages")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE sessions_app_speaker DROP CONSTRAINT speaker_language")
        Speaker.objects.filter(pk=speaker.pk).update(language="xx")
        cursor.execute(migration.KNOWN_ALONE)
        cursor.execute("ALTER TABLE sessions_app_speaker ADD CHECK (language IN ('kk', 'ru'))")
    assert reread(speaker).language == "kk"


def test_an_answer_cannot_be_typed_in(boss: Client, speaker: Speaker) -> None:
    page = reverse("admin:sessions_app_speaker_change", args=[speaker.pk])
    assert 'name="confirmed_at' not in boss.get(page).text
    assert speaker.link_secret not in boss.get(page).text


@pytest.mark.parametrize("state", ["not_invited", "awaited", "no_photo", "nonsense"])
def test_the_list_is_filtered_as_at_the_desk(boss: Client, speaker: Speaker, state: str) -> None:
    text = boss.get(f"{LIST}?state={state}").text
    assert text.count(f"/{speaker.pk}/change/") == (0 if state == "awaited" else 1)
