"""What machines ask every site for: where they may look, and its picture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

CLOSED = ("/admin/", "/*/accounts/", "/*/desk/", "/*/me/", "/*/register/", "/healthz", "/readyz")
"""Where a search engine has nothing to look for; who may come in is decided elsewhere."""
for_a_day = cache_control(public=True, max_age=24 * 3600)


@require_safe
@for_a_day
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask search engines to leave out what is personal."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@for_a_day
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead programs that look for it without reading a page to the picture."""
    return redirect(static("img/favicon.svg"))
