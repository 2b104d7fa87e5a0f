"""Files for a session: what is taken, under which name, and who may read and delete them."""

from pathlib import Path

import pytest
from django.test import Client

from sessions_app.models import Appearance, Material, Session, Speaker

from .conftest import PDF, files, link, slides

pytestmark = pytest.mark.django_db


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
