"""A speaker's own page: found by the secret alone; what it takes and what it refuses."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from forum.models import Edition, Letter
from sessions_app.invitations import actions
from sessions_app.models import Appearance, Material, Session, Speaker, SpeakerAvailability
from sessions_app.releases.actions import publish

from .conftest import NOW, PDF, at, files, link, photo, slides

pytestmark = pytest.mark.django_db
BEGUN = at("09:00")


def reread(speaker: Speaker) -> Speaker:
    return Speaker.objects.get(pk=speaker.pk)


@pytest.fixture
def material(client: Client, speaker: Speaker, session: Session) -> Material:
    client.post(link(speaker, f"sessions/{session.code}/file/"), {"title": "T", "file": slides()})
    return Material.objects.get()


def test_it_shows_the_part_and_whom_one_reads_for(
    client: Client, speaker: Speaker, session: Session
) -> None:
    text = client.get(link(speaker)).text
    assert (session.title in text, "Үлгі Өкілетті" in text) == (True, True)
    assert ("Not published yet" in text, "10:00–11:00" in text) == (True, False)


def test_it_shows_time_and_room_once_they_are_released(
    client: Client, speaker: Speaker, session: Session
) -> None:
    publish(session.edition, by=None, note="", now=NOW)
    text = client.get(link(speaker)).text
    assert ("10:00–11:00" in text, "Үлкен зал" in text) == (True, True)


def test_nobody_finds_or_keeps_it(client: Client, speaker: Speaker) -> None:
    answer = client.get(link(speaker))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert answer.text.count(speaker.link_secret) == answer.text.count(f"/{speaker.link_secret}/")
    assert '<link rel="canonical"' not in answer.text


def test_who_guesses_finds_nothing(client: Client, speaker: Speaker, other: Speaker) -> None:
    right = link(speaker)
    wrong = [
        right.replace(speaker.link_secret, other.link_secret),
        right.replace(speaker.link_secret, "x"),
        right.replace(speaker.link_secret, speaker.link_secret[:-1]),
        right.replace(speaker.code, other.code),
        right.replace(speaker.code, "NOBODY"),
        right.replace("/90/", "/12/"),
    ]
    assert [client.get(path).status_code for path in [right, *wrong]] == [200, *[404] * 6]
    assert len({client.get(path).text.count("does not lead anywhere") for path in wrong}) == 1


def test_another_edition_with_the_same_code_is_not_opened(client: Client, speaker: Speaker) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    Speaker.objects.create(edition=there, code=speaker.code)
    assert client.get(link(speaker).replace("/90/", "/91/")).status_code == 404


def test_a_link_that_was_renewed_is_dead(client: Client, speaker: Speaker) -> None:
    old = link(speaker)
    actions.renew_link(speaker, by=None, now=NOW)
    assert client.get(old).status_code == 404
    assert client.get(link(reread(speaker))).status_code == 200


@pytest.mark.parametrize("page", ["confirm/"])
def test_an_act_cannot_be_got(client: Client, speaker: Speaker, page: str) -> None:
    assert client.get(link(speaker, page)).status_code == 405


@pytest.mark.parametrize("page", ["", "photo.jpg"])
def test_a_page_to_read_cannot_be_posted_to(client: Client, speaker: Speaker, page: str) -> None:
    assert client.post(link(speaker, page)).status_code == 405


def test_a_foreign_site_cannot_answer_for_the_speaker(speaker: Speaker) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(speaker, "confirm/")).status_code == 403
    assert reread(speaker).confirmed_at is None


def test_one_confirms_by_a_press_and_a_second_one_changes_nothing(
    client: Client, speaker: Speaker
) -> None:
    assert client.post(link(speaker, "confirm/")).status_code == 302
    first = reread(speaker).confirmed_at
    assert first is not None
    client.post(link(speaker, "confirm/"))
    assert reread(speaker).confirmed_at == first


def test_declining_asks_first_and_needs_no_reason(client: Client, speaker: Speaker) -> None:
    assert client.get(link(speaker, "decline/")).status_code == 200
    assert reread(speaker).declined_at is None
    assert client.post(link(speaker, "decline/"), {"reason": ""}).status_code == 302
    assert reread(speaker).declined_at is not None


def test_one_may_change_ones_mind_both_ways(client: Client, speaker: Speaker) -> None:
    client.post(link(speaker, "confirm/"))
    client.post(link(speaker, "decline/"), {"reason": "Сапар"})
    now = reread(speaker)
    assert (now.confirmed_at, now.decline_reason) == (None, "Сапар")
    client.post(link(speaker, "confirm/"))
    now = reread(speaker)
    assert (now.confirmed_at is None, now.declined_at, now.decline_reason) == (False, None, "")


@pytest.mark.parametrize("page", ["confirm/", "decline/", "times/"])
def test_once_the_forum_has_begun_nothing_is_answered(
    client: Client, speaker: Speaker, page: str
) -> None:
    with time_machine.travel(BEGUN, tick=False):
        answer = client.post(link(speaker, page), {"from_0_0": "09:00", "until_0_0": "10:00"})
        shown = client.get(link(speaker)).text
    now = reread(speaker)
    assert answer.status_code == 409
    assert (now.confirmed_at, now.declined_at, now.availabilities.count()) == (None, None, 0)
    assert "confirm/" not in shown


def test_in_the_archive_not_even_the_biography_changes(client: Client, speaker: Speaker) -> None:
    Edition.objects.update(archived_at=NOW)
    told = {"language": "kk", "given_name_kk": "Үлгі", "biography_kk": "Жаңа"}
    assert client.post(link(speaker, "profile/"), told).status_code == 409
    assert not reread(speaker).biography_kk


def test_sixty_acts_in_a_minute_are_enough(client: Client, speaker: Speaker) -> None:
    answers = [client.post(link(speaker, "confirm/")).status_code for _time in range(61)]
    assert answers == [302] * 60 + [429]


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


def test_a_material_lies_under_a_name_of_ours(material: Material, media: Path) -> None:
    assert (material.file_name, material.content_type) == ("Баяндама.pdf", "application/pdf")
    assert (material.size, material.published_at) == (len(PDF), None)
    assert material.file.name is not None
    assert "Баяндама" not in material.file.name
    assert files(media) == ["materials"]


@pytest.mark.parametrize(
    "file",
    [
        slides("a.pdf", b"MZ program"),
        slides("a.pdf", b""),
        slides("a.exe", PDF),
        slides("a.html", b"<script>"),
    ],
)
def test_a_wrong_material_leaves_nothing(
    client: Client, speaker: Speaker, session: Session, media: Path, file: object
) -> None:
    told = {"title": "T", "file": file}
    path = link(speaker, f"sessions/{session.code}/file/")
    assert client.post(path, told).status_code == 422
    assert (files(media), Material.objects.count()) == ([], 0)


def test_the_same_file_sent_twice_is_there_once(
    client: Client, speaker: Speaker, material: Material, media: Path
) -> None:
    path = link(speaker, f"sessions/{material.session.code}/file/")
    assert client.post(path, {"title": "T", "file": slides()}).status_code == 409
    assert (files(media), Material.objects.count()) == (["materials"], 1)


def test_the_eleventh_file_of_a_session_is_refused(
    client: Client, speaker: Speaker, session: Session, media: Path
) -> None:
    path = link(speaker, f"sessions/{session.code}/file/")
    told = [{"title": "T", "file": slides(f"{number}.pdf")} for number in range(11)]
    answers = [client.post(path, one).status_code for one in told]
    assert answers == [302] * 10 + [409]
    assert len(files(media)) == 10


def test_a_name_with_a_path_is_a_name(client: Client, speaker: Speaker, session: Session) -> None:
    path = link(speaker, f"sessions/{session.code}/file/")
    client.post(path, {"title": "T", "file": slides("..\\..\\windows\\x.pdf")})
    assert Material.objects.get().file_name == "x.pdf"


def test_a_session_of_others_takes_no_file(
    client: Client, session: Session, other: Speaker
) -> None:
    path = link(other, f"sessions/{session.code}/file/")
    assert client.get(path).status_code == 404
    Appearance.objects.create(session=session, speaker=other)
    assert client.get(path).status_code == 200


def test_a_file_of_others_is_neither_read_nor_deleted(
    client: Client, other: Speaker, material: Material
) -> None:
    for page in (f"files/{material.code}/", f"files/{material.code}/delete/"):
        assert client.get(link(other, page)).status_code == 404
    client.post(link(other, f"files/{material.code}/delete/"))
    assert Material.objects.count() == 1


def test_ones_own_file_is_read_and_deleted_after_a_question(
    client: Client,
    speaker: Speaker,
    material: Material,
    media: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    shown = client.get(link(speaker, f"files/{material.code}/"))
    assert b"".join(shown.streaming_content) == PDF  # type: ignore[attr-defined]
    page = link(speaker, f"files/{material.code}/delete/")
    client.get(page)
    assert Material.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(page)
    assert (Material.objects.count(), files(media)) == (0, [])


def test_the_history_does_not_keep_the_secret(client: Client, speaker: Speaker) -> None:
    client.post(link(speaker, "confirm/"))
    event = Speaker.pgh_event_model.objects.filter(confirmed_at__isnull=False).get()
    assert event.pgh_context.metadata["url"] == f"/speaking/{speaker.code}/"


def test_the_address_is_made_by_its_name(speaker: Speaker) -> None:
    args = ["90", speaker.code, speaker.link_secret]
    assert reverse("speaking", args=args) == link(speaker).replace("/en/", "/kk/")


def test_who_answers_gets_no_letter_that_still_waits(client: Client, speaker: Speaker) -> None:
    actions.invite(speaker.edition, [speaker], by=None, now=NOW)
    assert Letter.objects.unfinished().count() == 1
    client.post(link(speaker, "confirm/"))
    assert Letter.objects.unfinished().count() == 0
