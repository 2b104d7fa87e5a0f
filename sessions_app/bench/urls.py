"""The site's addresses and the null view, which costs what the middleware costs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from forum.urls import urlpatterns as site


def null(request: HttpRequest, size: int) -> HttpResponse:  # noqa: ARG001
    """Answer with `size` constant bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [*site, path("null/<int:size>/", null)]
