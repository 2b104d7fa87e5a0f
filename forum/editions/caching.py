"""Public pages, rendered once for everybody and never stale.

Each request asks the database for the content's stamp, one small query; while it stays the same,
the answer comes ready and compressed from memory, or as a 304. Nothing here looks at the session,
unless the edition is not public: then its organisers see the page, and it is kept nowhere.

What a page says follows from its address alone, which holds the language; so a kept one is sent by
the middleware `KeptPages`, before sessions, messages and the resolving of addresses.
"""

import functools
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from csp.utils import build_policy
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forum.editions.access import get_organised_edition
from forum.editions.answers import KEPT_BY_ALL, Answer, is_keepable, pack, send
from forum.editions.models import Edition
from forum.editions.shelf import find_shared, share, shelf
from forum.editions.stamps import edition_stamp, site_stamp

P = ParamSpec("P")
log = logging.getLogger(__name__)
EditionView = Callable[Concatenate[HttpRequest, Edition, P], HttpResponse]
SiteView = Callable[Concatenate[HttpRequest, P], HttpResponse]

LONGEST_VALUE = 80
"""Of a query's parameter; a page with a longer one is rendered each time."""


def public_page(
    *, parameters: Iterable[str] = (), never_kept: Iterable[str] = (), seconds: int = 0
) -> Callable[[EditionView[P]], Callable[..., HttpResponse]]:
    """Make a view `(request, edition: Edition, …)` answer at an address with the edition's slug.

    The view runs in the edition's time zone. Of the query only `parameters` reach it, without empty
    ones and in order. Its answer is kept for everybody without any, in this process with one; with
    more, or with one of `never_kept` such as a search, it is rendered each time: strangers cannot
    fill the cache.
    """
    known, free = frozenset(parameters), frozenset(never_kept)

    def decorate(view: EditionView[P]) -> Callable[..., HttpResponse]:
        @require_safe
        @functools.wraps(view)
        def answer(request: HttpRequest, edition: str, *args: Any, **kwargs: Any) -> HttpResponse:
            def shown(found: Edition) -> HttpResponse:
                with timezone.override(found.zone):
                    return view(request, found, *args, **kwargs)

            _normalise(request, known)
            stamp = edition_stamp(edition)
            if stamp is None:
                found = get_organised_edition(edition, person=request.user)
                response = shown(found)
                add_never_cache_headers(response)
                return response

            if seconds:
                # KeptPages does not know such a stamp, and leaves the page to this view.
                stamp = f"{stamp}@{int(timezone.now().timestamp()) // seconds}"

            def render() -> HttpResponse:
                return shown(Edition.objects.public().get(slug=edition))

            return _answer(request, slug=edition, stamp=stamp, render=render, free=free)

        return answer

    return decorate


def site_page(view: SiteView[P]) -> Callable[..., HttpResponse]:
    """Make a view `(request, …)` that shows several editions a page kept for everybody."""

    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _normalise(request, frozenset())
        return _answer(
            request,
            slug="",
            stamp=site_stamp(),
            render=lambda: view(request, *args, **kwargs),
            free=frozenset(),
        )

    return answer


def _normalise(request: HttpRequest, known: frozenset[str]) -> None:
    """Leave of the query what the page knows: nothing else may get into an answer for everybody."""
    if not request.META.get("QUERY_STRING"):
        return
    query = QueryDict(mutable=True)
    for name in sorted(known & request.GET.keys()):
        if value := request.GET[name].replace("\0", "").strip():
            query[name] = value
    request.META["QUERY_STRING"] = query.urlencode()
    request.GET = QueryDict(query.urlencode())


class KeptPages:
    """Middleware that sends a kept page, if its content has not changed since.

    While the database is away nobody can tell that: then the page is sent as it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Every page's: building the policy anew took longer than all else that a kept page does.
        self.policies = {
            "Content-Security-Policy": build_policy(),
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        may_be_kept = not request.META.get("QUERY_STRING") and request.method in {"GET", "HEAD"}
        if may_be_kept and (answer := self._find(request)):
            return self._send(answer, request)
        response = self.get_response(request)
        if may_be_kept and response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            # The database is away; perhaps another process has kept what this one has not.
            kept = find_shared(_key(request), stamp=None)
            return self._send(kept, request) if kept else response
        if response.get("Cache-Control") == KEPT_BY_ALL:
            # LocaleMiddleware adds the language that a browser prefers; the address names ours.
            response["Vary"] = "Accept-Encoding"
        return response

    def _send(self, answer: Answer, request: HttpRequest) -> HttpResponse:
        response = send(answer, request)
        for name, value in self.policies.items():
            response[name] = value
        return response

    def _find(self, request: HttpRequest) -> Answer | None:
        answer = shelf.find(_key(request))
        if answer is None:
            return None
        request.get_host()  # refuses a host that is not ours, as CommonMiddleware would
        try:
            stamp = edition_stamp(answer.slug) if answer.slug else site_stamp()
        except OperationalError as error:
            log.warning("%s is sent as it was kept: %s", request.path, type(error).__name__)
            return answer
        return answer if stamp == answer.stamp else None


def _key(request: HttpRequest) -> str:
    return f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"


def _answer(
    request: HttpRequest,
    *,
    slug: str,
    stamp: str,
    render: Callable[[], HttpResponse],
    free: frozenset[str],
) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")

    def packed(response: HttpResponse) -> Answer:
        response.headers.setdefault("Content-Language", get_language() or "")
        return pack(response, slug=slug, stamp=stamp)

    kept = not query or (
        len(request.GET) == 1 and len(query) <= LONGEST_VALUE and not free & request.GET.keys()
    )
    if not kept:
        response = render()
        return send(packed(response), request) if is_keepable(response) else response
    key = _key(request)
    if answer := shelf.get(key, stamp=stamp):
        return send(answer, request)
    with shelf.rendering(key):
        # Another thread may have rendered it while this one waited.
        answer = shelf.get(key, stamp=stamp)
        if answer is None and not query and (answer := find_shared(key, stamp=stamp)):
            shelf.put(key, answer)
        if answer is None:
            response = render()
            if not is_keepable(response):
                return response
            answer = packed(response)
            shelf.put(key, answer)
            if not query:
                share(key, answer)
    return send(answer, request)
