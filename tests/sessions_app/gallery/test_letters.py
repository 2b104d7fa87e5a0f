"""Every letter in every language, read as its readers would: nothing left in English, nothing
unfilled, no link that leads nowhere, and the text as good as the HTML."""

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from accounts.languages import Language
from forum.mailing.topics import topic_of
from forum.models import Edition, Letter, LetterKind, SwitchedOff
from sessions_app.gallery.examples import EXAMPLES, Shown, examples

LATIN = re.compile(r"[A-Za-z]*[a-z][A-Za-z]*")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
NAME = re.compile(r"Үлгілі-\d+ \w+|Динара")
UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\}|%\(|\{\w+\}|\bNone\b|[\ue000-\uf8ff]")
REMOTE = re.compile(r"<img|<link|<script|<iframe|\bsrc=|url\(|@import|@font-face|javascript:", re.I)
FOREIGN_IN_KAZAKH = frozenset("ъёщ")
"""Signs of Russian words that Kazakh has not taken over; `щ` stands in no Kazakh word of ours."""


class Page(HTMLParser):
    """What a reader sees of a letter, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag == "style"
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, _tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def gallery(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Shown]]:  # noqa: ARG001
    with django_db_blocker.unblock():
        yield {shown.name: shown for shown in examples(now=timezone.now())}


NAMES = [
    "-".join(filter(None, [kind, face, language]))
    for language in Language.values
    for kind, face in EXAMPLES
]
every = pytest.mark.parametrize("name", NAMES)


def test_no_kind_of_letter_is_without_an_example() -> None:
    assert set(LetterKind) - {kind for kind, _face in EXAMPLES} == set()


@pytest.mark.django_db
def test_nothing_of_it_stays(gallery: dict[str, Shown]) -> None:
    assert sorted(gallery) == sorted(NAMES)
    assert not Letter.objects.exists()
    assert not Edition.objects.exists()
    assert not SwitchedOff.objects.exists()


@every
def test_it_is_in_its_readers_language(gallery: dict[str, Shown], name: str) -> None:
    shown = gallery[name]
    letter, page = shown.letter, Page(shown.letter.html)
    assert letter.language == shown.language
    assert {tag: told["lang"] for tag, told in page.tags if tag == "html"} == {
        "html": shown.language
    }
    if shown.language == "en":
        return
    for words in (letter.subject, letter.text, page.text):
        assert LATIN.findall(ADDRESS.sub("", words)) == []
        if shown.language == "kk":
            assert FOREIGN_IN_KAZAKH & set(words.lower()) == set()


@pytest.mark.parametrize(("kind", "face"), EXAMPLES)
def test_no_sentence_is_the_same_in_two_languages(
    gallery: dict[str, Shown], kind: str, face: str
) -> None:
    of = {
        language: gallery["-".join(filter(None, [kind, face, language]))].letter
        for language in Language.values
    }
    lines = [
        {
            line
            for line in NAME.sub("", ADDRESS.sub("", letter.text)).splitlines()
            if len(line.split()) > 2
        }
        for letter in of.values()
    ]
    assert lines[0] & lines[1] | lines[1] & lines[2] | lines[0] & lines[2] == set()
    assert len({letter.subject for letter in of.values()}) == len(of)


@every
def test_every_placeholder_is_filled(gallery: dict[str, Shown], name: str) -> None:
    letter = gallery[name].letter
    for words in (letter.subject, letter.text, Page(letter.html).text):
        assert UNFILLED.findall(words) == []


@every
def test_every_link_leads_to_a_page_of_ours_and_stands_in_the_text_too(
    gallery: dict[str, Shown], name: str
) -> None:
    shown = gallery[name]
    links = [link for link in Page(shown.letter.html).links if not link.startswith("mailto:")]
    for link in links:
        assert link.startswith(f"{settings.BASE_URL}/{shown.language}/")
        with override(shown.language):
            assert resolve(link.removeprefix(settings.BASE_URL).partition("?")[0])
    assert [link for link in links if link not in shown.letter.text] == []


@every
def test_it_loads_nothing_and_tells_nobody_that_it_was_read(
    gallery: dict[str, Shown], name: str
) -> None:
    assert REMOTE.findall(gallery[name].letter.html) == []


@every
def test_its_style_is_on_its_elements(gallery: dict[str, Shown], name: str) -> None:
    page = Page(gallery[name].letter.html)
    bare = [
        tag for tag, told in page.tags if tag in ("p", "h1", "h2", "ul") and "style" not in told
    ]
    assert bare == []
    assert [told.get("role") for tag, told in page.tags if tag == "table"].count(
        "presentation"
    ) == (sum(tag == "table" for tag, _told in page.tags))


@every
def test_it_is_small_enough_not_to_be_cut(gallery: dict[str, Shown], name: str) -> None:
    """Gmail cuts what is longer than 102 kB."""
    assert len(gallery[name].letter.html.encode()) < 100_000


@every
def test_it_says_how_such_letters_are_switched_off_where_they_can_be(
    gallery: dict[str, Shown], name: str
) -> None:
    shown = gallery[name]
    optional = topic_of(shown.kind) is not None and shown.letter.recipient is not None
    links = [link for link in Page(shown.letter.html).links if "/accounts/letters/" in link]
    assert len(links) == int(optional)


def test_a_letter_is_styled_in_little_time(gallery: dict[str, Shown]) -> None:
    """18,000 of them must not take a minute of their own."""
    from accounts.letters import inlined

    html = gallery["day_summary-kk"].letter.html
    started = dt.datetime.now(dt.UTC)
    for _again in range(20):
        inlined(html)
    assert dt.datetime.now(dt.UTC) - started < dt.timedelta(milliseconds=200)
