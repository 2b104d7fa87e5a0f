"""An upload above the ceiling is not stored; its form still learns the file's size."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import RequestFactory

from forum import uploads


def received(size: int) -> tuple[int, int]:
    """Send a file of `size` bytes; return what size it is said to have, and how much is there."""
    file = SimpleUploadedFile("slides.pdf", b"x" * size)
    request = RequestFactory().post("/", {"file": file, "title": "Slides"})
    assert request.POST["title"] == "Slides"
    found = request.FILES["file"]
    assert isinstance(found, UploadedFile)
    return found.size or 0, len(found.read())


def test_what_is_below_it_comes_through() -> None:
    assert received(1000) == (1000, 1000)


def test_of_what_is_above_only_the_size_is_kept(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(uploads, "CEILING", 100_000)
    assert received(200_000) == (200_000, 0)
