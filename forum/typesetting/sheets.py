"""Sets a sheet with typst. What people wrote goes in as data and never as source."""

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
"""What a sheet may read: `/forum/typesetting/look.typ` is from here."""


@functools.cache
def _fonts() -> typst.Fonts:
    """Read our fonts once a process; no other is ever used, whatever the machine has."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[FOLDER / "fonts"],
    )


def typeset(sheet: Path, data: dict[str, Any], *, at: dt.datetime, tagged: bool = True) -> bytes:
    """Return the PDF of the .typ file `sheet` filled with `data`.

    `at` stands in the PDF as its time, so that the same data makes the same bytes. `tagged` files
    say to a screen reader what is what; those that only a printer reads are smaller without.
    """
    content = typst.compile(
        sheet,
        root=ROOT,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
        pdf_tags=tagged,
    )
    assert isinstance(content, bytes)
    return content
