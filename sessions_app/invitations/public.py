"""What anybody may fetch: photos and materials, as far as they are published."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.invitations.access import get_material, get_photo
from sessions_app.invitations.sending import send_material, send_photo

PHOTO_SECONDS = 3600
"""A new photo has a new address; one that was taken away must not live on for long."""


@require_safe
def photo(_request: HttpRequest, edition: str, code: str, version: str) -> HttpResponseBase:
    """Send the photo of a speaker whom the newest release names."""
    response = send_photo(get_photo(edition, code, version))
    patch_cache_control(response, public=True, max_age=PHOTO_SECONDS)
    return response


@never_cache
@require_safe
def material(request: HttpRequest, edition: str, code: str) -> HttpResponseBase:
    """Send a file of a session, to be saved."""
    return send_material(get_material(edition, code, person=request.user))
