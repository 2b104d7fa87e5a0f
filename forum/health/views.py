"""Whether the web lives, and whether everything behind it does."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.health import parts


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer while the process lives; asks nothing of anybody."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is well, and 503 naming those that are not."""
    states = parts.inspect()
    down = [part for part, state in states.items() if not state["ok"]]
    return JsonResponse(
        {"ready": not down, "down": down, "parts": states}, status=503 if down else 200
    )
