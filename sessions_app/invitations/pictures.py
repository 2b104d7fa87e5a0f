"""Makes of an uploaded photo a square picture of ours; nothing of the upload itself is kept."""

import io
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST_FILE = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Decoded, a pixel takes four bytes: a small file may hold a picture that fills the memory."""
SIDE = 512
SMALLEST_SIDE = 100
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPicture(ValueError):
    """The file cannot be a photo; the text says why."""


def squared(file: IO[bytes], *, size: int) -> bytes:
    """Return the picture in `file` as a JPEG, its middle, at most SIDE pixels wide."""
    if size > LARGEST_FILE:
        raise NotAPicture(_("The photo is larger than 8 MB. Choose a smaller one."))
    data = file.read()
    try:
        with _opened(data) as picture:
            picture.verify()
        with _opened(data) as picture:
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            return _encoded(picture)
    except NotAPicture:
        raise
    except Exception as error:
        # On a damaged file Pillow's decoders raise errors of a dozen classes.
        sentence = _("This file is no photo that we can read. Choose a JPEG, PNG or WebP file.")
        raise NotAPicture(sentence) from error


def _opened(data: bytes) -> Image.Image:
    """Read the head alone, and refuse by it what would be too large once decoded."""
    picture = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise NotAPicture(_("The photo has more than 40 million pixels. Make it smaller first."))
    if min(width, height) < SMALLEST_SIDE:
        raise NotAPicture(_("The photo is too small: it needs 100 pixels in width and height."))
    return picture


def _encoded(picture: Image.Image) -> bytes:
    """Turn it as the camera was held, cut out the middle, and leave place and camera unsaid."""
    upright = ImageOps.exif_transpose(picture)
    side = min(SIDE, *upright.size)
    square = ImageOps.fit(upright.convert("RGBA"), (side, side), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=86, optimize=True, progressive=True)
    return made.getvalue()
