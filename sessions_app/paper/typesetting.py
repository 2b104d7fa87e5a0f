"""Sets a sheet with typst. What people wrote goes in as data and never as source."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent
SHEETS = FOLDER / "sheets"
FONTS = [FOLDER / "fonts"]


def typeset(sheet: str, data: dict[str, Any], *, at: dt.datetime) -> bytes:
    """Return the PDF of `sheet` filled with `data`.

    `at` stands in the PDF as its time, so that the same data makes the same bytes.
    """
    content = typst.compile(
        SHEETS / f"{sheet}.typ",
        root=SHEETS,
        format="pdf",
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(content, bytes)
    return content
