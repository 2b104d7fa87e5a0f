"""What the public gets of photos and files: only what is released and published, to be saved."""

from pathlib import Path

import pytest
from django.test import Client

from forum.editions.shelf import shelf
from forum.models import Edition
from sessions_app.invitations import materials, profiles
from sessions_app.models import Material, Session, Speaker
from sessions_app.releases.actions import publish

from .conftest import NOW, PDF, files, link, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


@pytest.fixture
def portrait(client: Client, speaker: Speaker) -> str:
    client.post(link(speaker, "photo/"), {"photo": photo()})
    version = Speaker.objects.get(pk=speaker.pk).photo_version
    return f"/90/speakers/{speaker.code}/{version}.jpg"


def got(client: Client, path: str) -> tuple[int, bytes]:
    """Read an answer to its end, which closes the file behind it."""
    answer = client.get(path)
    streams = getattr(answer, "streaming", False)
    return answer.status_code, b"".join(answer.streaming_content) if streams else answer.content


def status(client: Client, path: str) -> int:
    return got(client, path)[0]


def release(session: Session) -> None:
    Edition.objects.update(published_at=NOW)
    publish(session.edition, by=None, note="", now=NOW)


def test_a_photo_is_public_with_its_speaker(
    client: Client, session: Session, portrait: str
) -> None:
    assert client.get(portrait).status_code == 404
    release(session)
    shown = client.get(portrait)
    assert b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "public, max-age=3600"


def test_another_version_of_a_photo_is_not_there(
    client: Client, session: Session, portrait: str, other: Speaker
) -> None:
    release(session)
    assert client.get(portrait.replace(".jpg", "0.jpg")).status_code == 404
    assert client.get(f"/90/speakers/{other.code}/x.jpg").status_code == 404


def test_a_photo_stands_on_the_public_pages_and_leaves_them_at_once(
    client: Client, speaker: Speaker, session: Session, portrait: str
) -> None:
    release(session)
    pages = (
        f"/en/90/speakers/{speaker.code}/",
        "/en/90/speakers/",
        f"/en/90/programme/{session.code}/",
    )
    shown = [client.get(page).text for page in pages]
    assert [text.count(f'src="{portrait}"') for text in shown] == [1, 1, 1]
    assert [text.count('alt="Photo: Үлгі Спикер"') for text in shown] == [1, 1, 1]
    profiles.remove_photo(speaker, by=None)
    assert [client.get(page).text.count("<img") for page in pages] == [0, 0, 0]
    assert client.get(portrait).status_code == 404


def test_a_file_is_public_once_published_and_released(
    client: Client, session: Session, material: Material
) -> None:
    page, file = f"/en/90/programme/{session.code}/", f"/90/materials/{material.code}/"
    release(session)
    assert (status(client, file), client.get(page).text.count(file)) == (404, 0)
    materials.publish_material(material, now=NOW)
    assert (status(client, file), client.get(page).text.count(file)) == (200, 1)
    assert "(PDF, 14\xa0bytes)" in client.get(page).text
    materials.hide_material(material)
    assert (status(client, file), client.get(page).text.count(file)) == (404, 0)


def test_published_without_a_release_is_not_public(client: Client, material: Material) -> None:
    materials.publish_material(material, now=NOW)
    assert client.get(f"/90/materials/{material.code}/").status_code == 404


def test_an_organiser_reads_what_is_not_public(
    desk: Client, client: Client, material: Material
) -> None:
    path = f"/90/materials/{material.code}/"
    assert (status(desk, path), status(client, path)) == (200, 404)


def test_a_file_is_saved_and_not_shown(
    client: Client, session: Session, material: Material
) -> None:
    release(session)
    materials.publish_material(material, now=NOW)
    answer = client.get(f"/90/materials/{material.code}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D0%91%D0%B0%D1%8F%D0%BD%D0%B4%D0%B0%D0%BC%D0%B0.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Length"] == str(len(PDF))


def test_another_editions_address_does_not_lead_to_the_file(
    desk: Client, material: Material
) -> None:
    assert desk.get(f"/91/materials/{material.code}/").status_code == 404


def test_a_file_that_the_disk_lost_is_a_404(desk: Client, material: Material, media: Path) -> None:
    for lost in media.rglob("*.pdf"):
        lost.unlink()
    assert desk.get(f"/90/materials/{material.code}/").status_code == 404


@pytest.mark.parametrize("address", ["/media/materials/", "/var/media/"])
def test_the_folder_itself_is_nowhere(client: Client, material: Material, address: str) -> None:
    assert client.get(f"{address}{material.file.name}").status_code == 404


@pytest.mark.usefixtures("portrait", "material")
def test_who_is_erased_leaves_no_file(
    speaker: Speaker, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    assert files(media) == ["materials", "photos"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Speaker.objects.filter(pk=speaker.pk).delete()
    assert (files(media), Material.objects.count()) == ([], 0)


@pytest.mark.usefixtures("material")
def test_a_deleted_session_takes_its_files_along(
    session: Session, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        session.delete()
    assert files(media) == []
