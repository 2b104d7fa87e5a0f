"""A CSV file's lines, parted by whichever sign its program uses."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.tables.package import UnreadableTable

DELIMITERS = ";,\t"
LONGEST_CELL = 10_000
"""In signs. A quote that nobody closed would make one cell of all that follows."""


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line with its number, as a spreadsheet would show it; raises UnreadableTable."""
    text = text.removeprefix("\ufeff")
    told, rest = _told_delimiter(text)
    head = rest.partition("\n")[0]
    delimiter = told or max(DELIMITERS, key=head.count)
    # NUL and lone returns end in errors of the csv module that name neither place nor cause.
    rows = csv.reader(io.StringIO(rest.replace("\0", ""), newline=None), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, start=2 if told else 1):
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise UnreadableTable(_unclosed(number))
            yield number, row
    except csv.Error as error:
        raise UnreadableTable(_unclosed(rows.line_num)) from error


def _told_delimiter(text: str) -> tuple[str, str]:
    """Return the sign that Excel's first line `sep=;` names, and the text after that line."""
    first, _end, rest = text.partition("\n")
    if len(first.strip()) == len("sep=;") and first.lower().startswith("sep="):
        return first.strip()[-1], rest
    return "", text


def _unclosed(line: int) -> str:
    return _(
        "Line %(line)d cannot be parted into cells: perhaps a quotation mark is not closed. "
        "Mend it, or save the table as .xlsx."
    ) % {"line": line}
