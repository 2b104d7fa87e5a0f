"""The style of letters: one sheet, put on each element, since many mail programs read no sheet.

A letter costs about a tenth of a millisecond: thousands of summaries need no shortcut.
"""

from functools import cache

from css_inline import CSSInliner
from django.template.loader import render_to_string

SHEET = "forum/mailing/_letter.css"


def inlined(html: str) -> str:
    """Put the letters' style on the elements of `html`; its own <style> (dark, narrow) stays."""
    return _inliner().inline(html)


def fragment_inlined(html: str) -> str:
    """Do the same to a piece that is put into a letter later."""
    return _inliner().inline_fragment(html, "")


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(
        extra_css=render_to_string(SHEET),
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
    )
