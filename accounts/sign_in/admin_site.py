"""The admin's door: our own sign-in page, and for staff a second factor."""

from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.contacts.models import CONFIRM, Contact
from accounts.organisations.models import Organisation

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Choices(AutocompleteJsonView):
    """What a field that searches while one types offers: of an organisation more than the name."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": obj.described} if isinstance(obj, Organisation) else result

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        return found.select_related("region") if found.model is Organisation else found


class AdminSite(admin.AdminSite):
    """Django's own, which nobody enters by a password alone.

    Who has a second factor is asked for it by every way of signing in, so having one is enough.
    """

    index_template = "admin/start.html"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Say on the front page, to whom may answer, how many people wait for it."""
        more = dict(extra_context or {})
        if request.user.has_perm(CONFIRM):
            more["contacts_waiting"] = Contact.objects.pending().count()
        return super().index(request, more)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let staff in who have a second factor, where ADMIN_SECOND_FACTOR asks for it."""
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Tell organisations of one name apart where one is chosen."""
        return cast(HttpResponse, Choices.as_view(admin_site=self)(request))

    def get_urls(self) -> list[Any]:
        """Leave out the way from a row to its public page: none has one, and it breaks on some."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Lead to the site's sign-in, which has codes and rate limits, and back."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            wanted = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise PermissionDenied
        if lacks_second_factor(request.user):
            messages.warning(
                request,
                _("The admin opens with a second factor only. Set up an authenticator app here."),
            )
            return redirect("mfa_activate_totp")
        return HttpResponseRedirect(wanted)


def lacks_second_factor(user: Any) -> bool:
    """Whether somebody ought to have a second factor for the admin, and has none."""
    if not settings.ADMIN_SECOND_FACTOR:
        return False
    return not get_adapter().is_mfa_enabled(user, types=SECOND_FACTORS)
