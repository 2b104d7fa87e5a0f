"""Damaged and hostile requests to a speaker's pages: 4xx, and everything as it was; never a 500."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from forum.models import Letter
from sessions_app.models import Material, Session, Speaker

from .conftest import files, link

pytestmark = pytest.mark.django_db
FORMS = ("profile/", "times/", "photo/", "sessions/SES001/file/")
ACTS = ("invite/", "remind/")
FORM_TYPE = "application/x-www-form-urlencoded"
GARBAGE = {
    "binary": (bytes(range(256)), "application/octet-stream"),
    "broken multipart": (b"--x\r\nnot a part", "multipart/form-data; boundary=x"),
    "multipart without a boundary": (b"abc", "multipart/form-data"),
    "invalid utf-8": (b"language=%ff%fe&title=\xff\xfe&from_0_0=%ff&speaker=%ff", FORM_TYPE),
    "null bytes": (
        b"language=%00&from_0_0=%00&title=a%00&speaker=a%00b&q=%00&reason=%00",
        FORM_TYPE,
    ),
    "json": (b'{"language": "kk"}', "application/json"),
    "a huge field": (b"title=" + b"x" * 3_000_000, FORM_TYPE),
    "thousands of fields": (b"&".join(b"f%d=1" % number for number in range(2_000)), FORM_TYPE),
    "times of another calendar": (b"from_0_0=99:99&until_0_0=-1:00&from_77_0=09:00", FORM_TYPE),
}


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("page", FORMS)
def test_a_body_of_garbage_changes_nothing(
    speaker: Speaker, session: Session, media: Path, page: str, kind: str
) -> None:
    client = Client(raise_request_exception=False)
    body, content_type = GARBAGE[kind]
    answer: Any = client.generic("POST", link(speaker, page), body, content_type)
    # No times at all are times, too: one can always come.
    assert answer.status_code in ({302, 400, 422} if page == "times/" else {400, 413, 422})
    now = Speaker.objects.get(pk=speaker.pk)
    assert (now.language, now.name, now.photo.name) == ("ru", speaker.name, "")
    assert (files(media), now.availabilities.count(), Material.objects.count()) == ([], 0, 0)
    assert session.code == "SES001"


@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("page", ACTS)
def test_nobody_is_written_to_by_garbage(desk: Client, page: str, kind: str) -> None:
    desk.raise_request_exception = False
    body, content_type = GARBAGE[kind]
    answer: Any = desk.generic("POST", f"/en/90/desk/speakers/{page}", body, content_type)
    assert answer.status_code in {302, 400}
    assert Letter.objects.count() == 0


@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff", "show=%00", "page=-1", "page=x", "q=" + "x" * 5000]
)
def test_the_list_takes_any_query(desk: Client, query: str) -> None:
    assert desk.get(f"/en/90/desk/speakers/?{query}").status_code == 200


@pytest.mark.parametrize("end", ["files/NOBODY/", "files/NOBODY/delete/", "sessions/NOBODY/file/"])
def test_what_is_not_there_is_a_404(client: Client, speaker: Speaker, end: str) -> None:
    assert client.get(link(speaker, end)).status_code == 404
