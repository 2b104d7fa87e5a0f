"""QR codes as vectors, for paper: sharp in any size."""

import io

import segno

QUIET = 4
"""The white around the code, in modules; less, and some scanners do not find it."""
MASK = 2
"""Any of the eight is read alike. Trying them all for the prettiest takes 1 ms a badge more."""


def qr_svg(text: str) -> str:
    """Return `text` as the SVG of a QR code that stands 15 % of dirt or wear."""
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK)
    out = io.BytesIO()
    code.save(out, kind="svg", border=QUIET, xmldecl=False, dark="#000", light=None)
    return out.getvalue().decode()
