"""A public answer as it is kept: its body compressed once, and sent as each browser can take it."""

import functools
import gzip
import hashlib
from dataclasses import dataclass
from http import HTTPStatus

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified

KEPT_HEADERS = (
    "Content-Type",
    "Content-Disposition",
    "Content-Language",
    "Link",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)
KEPT_BY_ALL = "public, no-cache"
"""Anybody may keep the answer, and asks each time whether it is still the same."""
BROTLI_QUALITY = 5
GZIP_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page was when the content of the edition `slug` had the stamp `stamp`.

    A page that shows several editions has no slug, and the stamp of all.
    """

    slug: str
    stamp: str
    headers: tuple[tuple[str, str], ...]
    digest: str
    gzip: bytes
    brotli: bytes

    @property
    def size(self) -> int:
        """The bytes that it takes up in memory, but for a little."""
        return len(self.gzip) + len(self.brotli) + 1024


def pack(response: HttpResponse, *, slug: str, stamp: str) -> Answer:
    """Make the answer that will be sent from now on instead of rendering `response` again."""
    body = response.content
    return Answer(
        slug=slug,
        stamp=stamp,
        headers=tuple((name, response[name]) for name in KEPT_HEADERS if name in response),
        digest=hashlib.blake2b(body, digest_size=12).hexdigest(),
        # The time is left out, so that the same content makes the same bytes on every machine.
        gzip=gzip.compress(body, GZIP_LEVEL, mtime=0),
        brotli=brotli.compress(body, quality=BROTLI_QUALITY),
    )


def send(answer: Answer, request: HttpRequest) -> HttpResponse:
    """Send it in the encoding that the browser takes, or say that the browser has it already."""
    encoding = preferred_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{answer.digest}-{encoding}"'
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    response: HttpResponse
    if asked and (asked == etag or _names(asked, etag)):
        response = HttpResponseNotModified()
    else:
        body = _body(answer, encoding)
        response = HttpResponse(b"" if request.method == "HEAD" else body)
        response["Content-Length"] = str(len(body))
        if encoding != "identity":
            response["Content-Encoding"] = encoding
    for name, value in answer.headers:
        # A 304 has no body whose type or language could be told.
        if response.status_code == HTTPStatus.OK or not name.startswith("Content-"):
            response[name] = value
    response["ETag"] = etag
    response["Cache-Control"] = KEPT_BY_ALL
    response["Vary"] = "Accept-Encoding"
    return response


@functools.lru_cache(maxsize=256)
def preferred_encoding(accepted: str) -> str:
    """Choose br, gzip or identity by an Accept-Encoding header."""
    taken = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.replace(" ", "").partition(";q=")
        if not weight or weight.strip("0."):
            taken.add(name)
    return next((name for name in ("br", "gzip") if name in taken), "identity")


def _body(answer: Answer, encoding: str) -> bytes:
    if encoding == "br":
        return answer.brotli
    return answer.gzip if encoding == "gzip" else gzip.decompress(answer.gzip)


def _names(asked: str, etag: str) -> bool:
    tags = (tag.strip().removeprefix("W/") for tag in asked.split(","))
    return any(tag in {"*", etag} for tag in tags)


def is_keepable(response: HttpResponse) -> bool:
    """Whether a response may be sent to everybody: a whole one that sets no cookie."""
    return response.status_code == HTTPStatus.OK and not response.streaming and not response.cookies
