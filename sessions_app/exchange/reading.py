"""Opens a programme file within bounds and hands it to the reader of its format."""

import codecs
import zlib
from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext as _

from sessions_app.exchange.raw import RawSchedule, UnreadableSchedule
from sessions_app.exchange.reading_json import read_json
from sessions_app.exchange.reading_xml import read_xml

MOST_BYTES = 20 * 1024 * 1024
"""The largest real programmes have 4 MB; a tree of them needs ten times as much memory."""
MOST_PARTS = 1_000_000
"""Elements, objects and lists. 38C3 has 60,000; each becomes a hundred bytes or more."""
_GZIP = b"\x1f\x8b"
_PACKED = (
    _GZIP,
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\x28\xb5\x2f\xfd",
)
_BOMS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)


def read_schedule(stream: BinaryIO) -> RawSchedule:
    """Read a schedule.xml or schedule.json, whichever it is, or one packed by gzip.

    Raises UnreadableSchedule for anything else. Never reads or unpacks more than MOST_BYTES, and
    never follows what the file refers to.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableSchedule(
            _("The file is larger than 20 MB. A programme is not; check that it is the right file.")
        )
    if content.startswith(_GZIP):
        content = _unpack(content)
    if content.startswith(_PACKED):
        raise UnreadableSchedule(
            _("This is a packed file. Unpack it and import the schedule.xml or schedule.json.")
        )
    if sum(content.count(mark) for mark in (b"<", b"{", b"[")) > MOST_PARTS:
        raise UnreadableSchedule(
            _("The file has more parts than any programme. Check that it is the right file.")
        )
    raw = _reader(content)(content)
    if not raw.events:
        raise UnreadableSchedule(_("There is no session in the file, so nothing was imported."))
    return raw


def _unpack(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise UnreadableSchedule(_("The packed file is broken. Unpack it yourself.")) from error
    if len(unpacked) > MOST_BYTES:
        raise UnreadableSchedule(
            _("The packed file unpacks to more than 20 MB. A programme does not; check the file.")
        )
    if not unpacker.eof:
        raise UnreadableSchedule(_("The packed file is cut off. Download it again."))
    return unpacked


def _reader(content: bytes) -> Callable[[bytes], RawSchedule]:
    begin = content[:4096]
    for bom in _BOMS:
        begin = begin.removeprefix(bom)
    begin = begin.replace(b"\0", b"").lstrip()
    if not begin:
        raise UnreadableSchedule(_("The file is empty. Choose a schedule.xml or schedule.json."))
    if begin.startswith(b"<"):
        return read_xml
    if begin.startswith((b"{", b"[")):
        return read_json
    raise UnreadableSchedule(
        _("This is neither XML nor JSON. Choose a schedule.xml or schedule.json.")
    )
