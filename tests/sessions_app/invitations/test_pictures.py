"""A photo becomes a square of ours; bombs, disguises and what is no picture get a sentence."""

import io
import struct
import zlib

import pytest
from PIL import Image

from sessions_app.invitations.pictures import LARGEST_FILE, SIDE, NotAPicture, squared

ORIENTATION, CAMERA = 0x0112, 0x010F
RED, BLUE = (200, 20, 20), (20, 20, 200)


def photo(form: str = "JPEG", size: tuple[int, int] = (600, 400), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, RED).save(made, form, **options)
    return made.getvalue()


def result(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(squared(io.BytesIO(data), size=len(data))))


def refusal(data: bytes, size: int | None = None) -> str:
    with pytest.raises(NotAPicture) as caught:
        squared(io.BytesIO(data), size=len(data) if size is None else size)
    return str(caught.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_it_is_cut_square_and_made_small(form: str) -> None:
    made = result(photo(form, (1600, 900)))
    assert (made.format, made.size) == ("JPEG", (SIDE, SIDE))


def test_a_small_photo_is_not_blown_up() -> None:
    assert result(photo(size=(300, 200))).size == (200, 200)


def test_it_stands_as_the_camera_was_held_and_names_no_camera() -> None:
    upright = Image.new("RGB", (400, 400), RED)
    upright.paste(BLUE, (0, 0, 400, 200))
    told = Image.Exif()
    told[ORIENTATION], told[CAMERA] = 3, "Secret Camera"
    taken = io.BytesIO()
    upright.rotate(180).save(taken, "JPEG", exif=told)
    made = result(taken.getvalue())
    above = made.convert("RGB").getpixel((200, 50))
    assert isinstance(above, tuple)
    assert above[2] > above[0]
    assert dict(made.getexif()) == {}
    assert b"Secret" in taken.getvalue()
    assert b"Secret" not in squared(io.BytesIO(taken.getvalue()), size=1)


def test_what_is_transparent_becomes_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(clear, "PNG")
    assert result(clear.getvalue()).getpixel((100, 100)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """Make a PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        head = struct.pack(">I", len(data)) + kind + data
        return head + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (20_000, 20_000), (65_000, 65_000)])
def test_a_bomb_of_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    assert refusal(bomb(*size)) != ""


def test_forty_million_pixels_are_the_limit_that_is_told() -> None:
    sentence = refusal(bomb(8000, 5001))
    assert sentence == refusal(bomb(6400, 6400))
    assert sentence != refusal(b"nothing")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data", [b"", b"nothing", SVG, b"GIF89a" + bytes(50), photo()[:200], photo("BMP")]
)
def test_what_is_no_photo_gets_one_sentence(data: bytes) -> None:
    assert refusal(data) == refusal(b"nothing")


def test_too_many_bytes_and_too_few_pixels_are_told() -> None:
    sentences = {refusal(b"", size=LARGEST_FILE + 1), refusal(photo(size=(90, 400)))}
    assert len(sentences - {refusal(b"nothing")}) == 2
