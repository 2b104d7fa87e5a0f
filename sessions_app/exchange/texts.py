"""Cleans what stands in programme files: HTML to text, control signs away, names in two parts."""

import html
import re
import unicodedata
from html.parser import HTMLParser

from accounts.tables.values import plain

_BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "blockquote", "pre", "section", "article", "hr"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd"}
_INLINE = {"a", "abbr", "b", "br", "center", "cite", "code", "em", "font", "i", "img", "kbd", "li"}
_INLINE |= {"q", "s", "small", "span", "strong", "sub", "sup", "td", "th", "tbody", "thead", "tt"}
_INLINE |= {"u", "del", "ins", "figure", "figcaption", "input", "form", "button", "body", "html"}
_SILENT = {"script", "style", "iframe", "object", "svg", "head", "noscript", "template"}
_TAGS = _BLOCKS | _INLINE | _SILENT
_LOOKS_LIKE_HTML = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]*>|<!--")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def one_line(text: str) -> str:
    """Return a title or name: cleaned, without markup, on one line, composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(safe_text(text).split()))


def safe_text(text: str) -> str:
    """Return `text` with known HTML tags turned into line breaks or nothing.

    What only looks like a tag, as in vector<int>, stays.
    """
    text = plain(text)
    if _LOOKS_LIKE_HTML.search(text):
        stripper = _Stripper()
        stripper.feed(text)
        stripper.close()
        text = plain("".join(stripper.parts))
    elif "&" in text:
        text = plain(html.unescape(text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def cut(text: str, most: int) -> str:
    """Return at most `most` signs of `text`, with an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def language_of(text: str, *, declared: list[str], main: str) -> str:
    """Tell in which of our languages a text is best kept: by its letters, then as declared."""
    if _KAZAKH.search(text):
        return "kk"
    if _CYRILLIC.search(text):
        spoken = [language for language in declared if language in {"kk", "ru"}]
        return spoken[0] if spoken else main if main in {"kk", "ru"} else "ru"
    return "en"


def split_name(name: str) -> tuple[str, str]:
    """Part a name into given names and surname; a single name is a given name.

    The surname is the last word, and with it the small words before it, as in "Jos van den Oever".
    """
    words = name.split()
    begin = max(len(words) - 1, 1)
    while begin > 1 and words[begin - 1].islower():
        begin -= 1
    given, family = " ".join(words[:begin]), " ".join(words[begin:])
    return (given, family) if len(family) <= 100 else (name, "")


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag not in _TAGS:
            self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # An address in angle brackets that ends with a slash, <https://example.org/>, comes here.
        if tag not in _TAGS:
            self.parts.append(self.get_starttag_text() or "")
        elif tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag not in _TAGS:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # Old exports escape twice; "&#34;" within text is never meant.
            self.parts.append(html.unescape(data))
