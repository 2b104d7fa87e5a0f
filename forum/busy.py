"""The page for whom another writer kept waiting too long: a 503 in the reader's language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.locks import Busy

RETRY_AFTER_SECONDS = 5


class BusyPages:
    """Middleware that answers for the views that have nothing better to show."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that nothing was saved and when to try again; other faults are not ours."""
        if not isinstance(exception, Busy):
            return None
        response = render(request, "503.html", {"sentence": str(exception)}, status=503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
