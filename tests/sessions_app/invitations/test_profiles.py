"""What a speaker tells of themselves: possible times, name, biography and photo."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from sessions_app.models import Speaker, SpeakerAvailability

from .conftest import PDF, at, files, link, photo, reread, slides

pytestmark = pytest.mark.django_db


def test_times_are_of_the_editions_zone_and_replace_the_known_ones(
    client: Client, speaker: Speaker
) -> None:
    SpeakerAvailability.objects.create(speaker=speaker, starts_at=at("15:00"), ends_at=at("16:00"))
    told = {"from_0_0": "09:00", "until_0_0": "12:30", "from_1_1": "20:00", "until_1_1": "00:00"}
    assert client.post(link(speaker, "times/"), told).status_code == 302
    found = list(speaker.availabilities.values_list("starts_at", "ends_at"))
    day = dt.timedelta(days=1)
    assert found == [
        (at("09:00"), at("12:30")),
        (at("20:00") + day, at("00:00") + 2 * day),
    ]
    assert 'value="20:00"' in client.get(link(speaker, "times/")).text


@pytest.mark.parametrize(
    "told",
    [
        {"from_0_0": "10:00", "until_0_0": "10:00"},
        {"from_0_0": "12:00", "until_0_0": "09:00"},
        {"from_0_0": "12:00"},
        {"until_0_0": "12:00"},
        {"from_0_0": "soon", "until_0_0": "12:00"},
        {"from_0_0": "09:00", "until_0_0": "10:00", "from_1_0": "25:00", "until_1_0": "26:00"},
    ],
)
def test_times_that_are_none_are_refused_and_nothing_changes(
    client: Client, speaker: Speaker, told: dict[str, str]
) -> None:
    kept = SpeakerAvailability.objects.create(
        speaker=speaker, starts_at=at("15:00"), ends_at=at("16:00")
    )
    assert client.post(link(speaker, "times/"), told).status_code == 422
    assert list(speaker.availabilities.all()) == [kept]


def test_without_times_one_can_always_come(client: Client, speaker: Speaker) -> None:
    SpeakerAvailability.objects.create(speaker=speaker, starts_at=at("15:00"), ends_at=at("16:00"))
    client.post(link(speaker, "times/"), {})
    assert speaker.availabilities.count() == 0


def test_name_position_and_biography_stand_in_three_languages(
    client: Client, speaker: Speaker
) -> None:
    told = {
        "language": "en",
        "given_name_kk": "Үлгі",
        "position_ru": "Эксперт",
        "biography_en": "B",
    }
    assert client.post(link(speaker, "profile/"), told).status_code == 302
    now = reread(speaker)
    assert (now.language, now.position_ru, now.biography_en, now.family_name_kk) == (
        "en",
        "Эксперт",
        "B",
        "",
    )


def test_the_speaker_cannot_change_the_address_for_letters(
    client: Client, speaker: Speaker
) -> None:
    told = {"language": "en", "given_name_kk": "Үлгі", "email": "elsewhere@example.org"}
    client.post(link(speaker, "profile/"), told)
    assert (reread(speaker).language, reread(speaker).email) == ("en", "speaker@example.org")


@pytest.mark.parametrize(
    "told",
    [
        {"language": "kk"},
        {"language": "xx", "given_name_kk": "Үлгі"},
        {"language": "kk", "given_name_kk": "Үлгі", "biography_kk": "x" * 3001},
        {"language": "kk", "given_name_kk": "Үлгі\0"},
    ],
)
def test_a_profile_that_cannot_be_is_refused(
    client: Client, speaker: Speaker, told: dict[str, str]
) -> None:
    assert client.post(link(speaker, "profile/"), told).status_code == 422
    assert reread(speaker).language == "ru"


def test_markup_in_a_biography_is_text(client: Client, speaker: Speaker) -> None:
    told = {"language": "kk", "given_name_kk": "Үлгі", "biography_kk": "<script>x</script>"}
    client.post(link(speaker, "profile/"), told)
    assert "&lt;script&gt;x" in client.get(link(speaker)).text


def test_a_photo_is_made_anew_and_the_one_before_goes(
    client: Client,
    speaker: Speaker,
    media: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            assert client.post(link(speaker, "photo/"), {"photo": photo()}).status_code == 302
    assert files(media) == ["photos"]
    shown = client.get(link(speaker, "photo.jpg"))
    assert b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    assert shown["Content-Type"] == "image/jpeg"


SVG = slides("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")


@pytest.mark.parametrize("file", [SVG, slides("me.jpg", b""), slides("me.jpg", PDF)])
def test_what_is_no_photo_leaves_no_file(
    client: Client, speaker: Speaker, media: Path, file: object
) -> None:
    assert client.post(link(speaker, "photo/"), {"photo": file}).status_code == 422
    assert (files(media), reread(speaker).photo.name) == ([], "")


def test_without_a_file_the_form_says_so(client: Client, speaker: Speaker) -> None:
    assert client.post(link(speaker, "photo/"), {}).status_code == 422


def test_a_photo_is_deleted_after_a_question(
    client: Client,
    speaker: Speaker,
    media: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    client.post(link(speaker, "photo/"), {"photo": photo()})
    assert client.get(link(speaker, "photo/delete/")).status_code == 200
    assert files(media) == ["photos"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(link(speaker, "photo/delete/"))
    assert (files(media), reread(speaker).photo.name) == ([], "")
    assert client.get(link(speaker, "photo.jpg")).status_code == 404
