"""Public pages: rendered once, never stale, compressed, and the same for everybody."""

import datetime as dt
import gzip
from collections.abc import Iterator

import brotli
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from forum.editions.answers import preferred_encoding
from forum.editions.caching import public_page, site_page
from forum.editions.shelf import Shelf, shelf
from forum.editions.stamps import edition_stamp
from forum.models import Edition, Organiser

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 15)


class Page:
    """A page that counts how often it was rendered."""

    def __init__(self) -> None:
        self.rendered = 0
        self.view = public_page(parameters=["track", "q"], never_kept=["q"])(self.render)
        self.path = "/kk/12/programme/"

    def render(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        self.rendered += 1
        return HttpResponse(f"{edition.theme} {request.META['QUERY_STRING']}")

    def ask(
        self, query: str = "", *, person: User | None = None, headers: dict[str, str] | None = None
    ) -> HttpResponse:
        request = RequestFactory().get(self.path + query, headers=headers)
        request.user = person or AnonymousUser()
        return self.view(request, edition="12")


@pytest.fixture(autouse=True)
def _empty_shelf() -> Iterator[None]:
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        year=2026,
        slug="12",
        theme="Тақырып",
        starts_on=DAY,
        ends_on=DAY,
        published_at=timezone.now(),
    )


@pytest.fixture
def page(edition: Edition) -> Page:  # noqa: ARG001
    return Page()


def test_a_page_is_rendered_once(page: Page) -> None:
    assert page.ask().content == page.ask().content
    assert page.rendered == 1


def test_another_process_finds_what_one_rendered(page: Page) -> None:
    first = page.ask().content
    shelf.clear()
    assert page.ask().content == first
    assert page.rendered == 1


def test_a_change_of_content_shows_at_once(page: Page, edition: Edition) -> None:
    page.ask()
    Edition.objects.filter(pk=edition.pk).update(theme="Жаңа")
    assert page.ask().content.decode().strip() == "Жаңа"


def test_the_last_place_taken_shows_at_once(page: Page, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(capacity=2, places_taken=1)
    page.ask()
    Edition.objects.filter(pk=edition.pk).update(places_taken=2)
    page.ask()
    assert page.rendered == 2


def test_it_says_that_everybody_may_keep_it_but_must_ask(page: Page) -> None:
    response = page.ask()
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize(
    ("accepted", "chosen", "open_it"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
    ],
)
def test_the_body_comes_as_the_browser_takes_it(page, accepted, chosen, open_it) -> None:
    plain = page.ask()
    packed = page.ask(headers={"accept-encoding": accepted})
    assert packed["Content-Encoding"] == chosen
    assert open_it(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


def test_an_unknown_encoding_is_not_chosen() -> None:
    assert [preferred_encoding(text) for text in ("", "zstd", "gzip;q=0.000", "*")] == (
        ["identity"] * 4
    )


def test_who_has_it_already_gets_a_304(page: Page) -> None:
    etag = page.ask()["ETag"]
    for told in (etag, f'W/{etag}, "other"', "*"):
        again = page.ask(headers={"if-none-match": told})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_who_has_an_older_one_gets_the_new(page: Page, edition: Edition) -> None:
    etag = page.ask()["ETag"]
    Edition.objects.filter(pk=edition.pk).update(theme="Жаңа")
    assert page.ask(headers={"if-none-match": etag}).status_code == 200


def test_head_tells_the_length_and_sends_nothing(page: Page) -> None:
    full = page.ask()
    request = RequestFactory().head(page.path)
    head = page.view(request, edition="12")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == full["Content-Length"] == str(len(full.content))


def test_writing_is_refused(page: Page) -> None:
    assert page.view(RequestFactory().post(page.path), edition="12").status_code == 405


def test_what_a_page_does_not_know_never_reaches_it(page: Page) -> None:
    assert page.ask("?utm=1&track=").content == page.ask().content
    assert page.ask("?utm=1&track=ECO").content == page.ask("?track=ECO").content
    assert page.rendered == 2


def test_a_search_is_kept_nowhere(page: Page) -> None:
    page.ask("?q=one")
    page.ask("?q=one")
    assert page.rendered == 2


def test_what_was_refused_is_kept_nowhere(page: Page) -> None:
    page.view = public_page()(lambda _request, _edition: HttpResponse("no", status=422))
    assert page.ask().status_code == 422
    assert shelf.bytes == 0


def test_the_shelf_lets_go_of_the_oldest(page: Page) -> None:
    small = Shelf(most_bytes=2500)
    page.ask()
    answer = shelf.find(page.path + "?")
    assert answer is not None
    for key in "abc":
        small.put(key, answer)
    assert small.get("a", stamp=answer.stamp) is None
    assert small.get("c", stamp=answer.stamp) == answer
    assert small.bytes <= 2500


def test_what_is_sent_often_outlives_what_is_not(page: Page) -> None:
    page.ask()
    answer = shelf.find(page.path + "?")
    assert answer is not None
    small = Shelf(most_bytes=2 * answer.size)
    for key in ("often", "once", "new"):
        small.put(key, answer)
        assert small.find("often") == answer
    assert small.find("once") is None
    assert small.find("new") == answer


@pytest.mark.usefixtures("redis_away")
def test_pages_outlive_redis(page: Page) -> None:
    assert page.ask().status_code == 200
    shelf.clear()
    assert page.ask().status_code == 200
    assert page.rendered == 2


def test_an_unpublished_edition_is_a_404_to_strangers(page: Page, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    with pytest.raises(Http404):
        page.ask()


def test_an_unpublished_edition_is_a_404_to_other_organisers(page: Page, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    other = Edition.objects.create(year=2027, slug="13", starts_on=DAY, ends_on=DAY)
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=other, person=person)
    with pytest.raises(Http404):
        page.ask(person=person)


def test_its_organisers_see_an_unpublished_edition_and_nobody_keeps_it(
    page: Page, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    person = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=edition, person=person)
    response = page.ask(person=person)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert shelf.bytes == 0


@pytest.mark.usefixtures("edition")
def test_a_page_of_the_site_follows_every_edition(edition: Edition) -> None:
    rendered = []

    @site_page
    def view(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        return HttpResponse("x")

    def ask() -> None:
        view(RequestFactory().get("/kk/editions/"))

    ask()
    ask()
    assert len(rendered) == 1
    Edition.objects.filter(pk=edition.pk).update(theme="Жаңа")
    ask()
    assert len(rendered) == 2


def test_a_warm_page_asks_nothing_but_the_stamp(page, django_assert_num_queries) -> None:
    page.ask()
    with django_assert_num_queries(0):  # the prepared statement is not counted
        page.ask()


def test_the_stamp_is_asked_again_where_it_cannot_be_prepared(
    page: Page, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = edition_stamp(edition.slug)
    monkeypatch.setattr("forum.editions.stamps._is_prepared", lambda _server: False)
    slow = edition_stamp(edition.slug)
    assert slow is not None
    assert slow == quick
    assert page.ask().status_code == 200


def test_a_kept_page_needs_no_view(client: Client, page: Page) -> None:
    page.ask()
    answer = client.get(page.path)
    assert (answer.content, page.rendered) == (page.ask().content, 1)
    assert "sessionid" not in answer.cookies
    kept = ("Content-Language", "X-Frame-Options", "X-Content-Type-Options")
    assert [answer[name] for name in kept] == ["kk", "SAMEORIGIN", "nosniff"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_kept_page_has_the_headers_that_it_was_first_sent_with(
    client: Client, edition: Edition
) -> None:
    edition.published_at = timezone.now()
    edition.save()
    rendered = client.get("/kk/12/programme/")
    kept = client.get("/kk/12/programme/")
    assert _headers(kept) == _headers(rendered)


def _headers(answer: HttpResponseBase) -> dict[str, list[str]]:
    # The policy's parts come in any order.
    return {name: sorted(value.split("; ")) for name, value in answer.items()}


def test_a_kept_page_of_a_changed_edition_is_not_sent(
    client: Client, edition: Edition, page: Page
) -> None:
    old = page.ask().content
    Edition.objects.filter(pk=edition.pk).update(theme_kk="Жаңа тақырып")
    assert client.get(page.path).content != old


def test_a_kept_page_of_an_unpublished_edition_is_not_sent(
    client: Client, edition: Edition, page: Page
) -> None:
    page.ask()
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    assert client.get(page.path).status_code == 404


def test_a_kept_page_is_not_sent_for_a_host_that_is_not_ours(client: Client, page: Page) -> None:
    page.ask()
    assert client.get(page.path, HTTP_HOST="evil.example").status_code == 400


def test_a_kept_page_cannot_be_posted_to(client: Client, page: Page) -> None:
    page.ask()
    assert client.post(page.path).status_code == 405
