"""What the search field asks while one types."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.organisations.access import find_organisations
from accounts.organisations.models import Organisation


@never_cache
@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """Answer with up to twenty organisations that match `?q=`; for people who signed in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in to search for organisations.")}, status=403)
    if not ratelimit.consume(
        request, app="allauth.account", action="search_organisations", limit_get=True
    ):
        return JsonResponse({"error": _("That was too fast. Wait a little.")}, status=429)
    found = find_organisations(request.GET.get("q", ""))
    return JsonResponse({"results": [_row(organisation) for organisation in found]})


def _row(organisation: Organisation) -> dict[str, object]:
    region = str(organisation.region) if organisation.region else ""
    note = " · ".join(filter(None, [region, organisation.bin, *organisation.cautions]))
    return {"id": organisation.pk, "name": organisation.name, "note": note}
