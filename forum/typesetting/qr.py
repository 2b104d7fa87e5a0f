"""QR codes as vectors, for paper: sharp in any size."""

import re

import segno

QUIET = 4
"""The white around the code, in modules; less, and some scanners do not find it."""
MASK = 2
"""Any of the eight is read alike. Trying them all for the prettiest takes 1 ms a badge more."""
_DARK = re.compile(b"\x01+")


def qr_svg(text: str) -> str:
    """Return `text` as the SVG of a QR code that stands 15 % of dirt or wear.

    Written by hand: 18,000 of them take segno's own writer a quarter of a minute.
    """
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK)
    side = len(code.matrix) + 2 * QUIET
    drawn = [
        f"M{QUIET + run.start()} {QUIET + row}h{len(run[0])}v1h-{len(run[0])}z"
        for row, modules in enumerate(code.matrix)
        for run in _DARK.finditer(modules)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{"".join(drawn)}"/></svg>'
    )
