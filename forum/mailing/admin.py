"""Letters in the admin: as they will arrive; sent again or withdrawn, never rewritten."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.confirmation import confirmed, do_each
from accounts.models import User
from accounts.records import RecordAdmin
from forum.editions.admin import EditionFilter
from forum.mailing import actions
from forum.mailing.models import Letter

BODY = ("text", "html", "calendar")
# The letter's own page: it has style attributes, as mail programs need, and runs nothing.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "font-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-src": ["'none'"],
    "sandbox": ["allow-popups"],
}
UNFINISHED = {
    "sent_at__isnull": True,
    "failed_at__isnull": True,
    "missed_at__isnull": True,
    "cancelled_at__isnull": True,
}
STATES: dict[str, tuple[Any, Q]] = {
    "sent": (pgettext_lazy("letter", "Sent"), Q(sent_at__isnull=False)),
    "failed": (pgettext_lazy("letter", "Failed"), Q(failed_at__isnull=False)),
    "missed": (
        pgettext_lazy("letter", "Missed: too late to be useful"),
        Q(missed_at__isnull=False),
    ),
    "unwanted": (
        pgettext_lazy("letter", "Withdrawn: its reader switched such letters off"),
        Q(unwanted_at__isnull=False),
    ),
    "withdrawn": (
        pgettext_lazy("letter", "Withdrawn"),
        Q(cancelled_at__isnull=False, unwanted_at__isnull=True),
    ),
    "uncertain": (
        pgettext_lazy("letter", "Uncertain: perhaps it went"),
        Q(**UNFINISHED, uncertain_at__isnull=False),
    ),
    "waiting": (
        pgettext_lazy("letter", "Waiting to be sent"),
        Q(**UNFINISHED, uncertain_at__isnull=True),
    ),
}


class LetterStatusFilter(admin.SimpleListFilter):
    """By what the timestamps say."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, words) for code, (words, _query) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        state = STATES.get(self.value() or "")
        return queryset.filter(state[1]) if state else queryset


@admin.register(Letter)
class LetterAdmin(RecordAdmin):
    change_form_template = "admin/letter.html"
    list_display = ("subject", "to_address", "kind", "language", "state", "created_at", "sent_at")
    list_filter = (EditionFilter, LetterStatusFilter, "kind", "language")
    date_hierarchy = "created_at"
    search_fields = ("to_address",)
    search_help_text = gettext_lazy("The beginning of the address, or any part of the name.")
    actions = ("resend", "withdraw", "settle", "send_me_a_copy")

    @admin.display(description=gettext_lazy("status"))
    def state(self, letter: Letter) -> str:
        return str(STATES[state_of(letter)][0])

    def matching(self, word: str) -> Q:
        named = User.objects.filter(search_key__contains=word).values("pk")
        return Q(to_address__istartswith=word) | Q(recipient__in=named)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """Leave the bodies of a list's letters where they are."""
        found = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == "forum_letter_changelist"
        return found.defer(*BODY) if is_list else found

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.html_view)
        return [path("<int:pk>/html/", view, name="forum_letter_html"), *super().get_urls()]

    @method_decorator(csp_replace(LETTER_POLICY))
    def html_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the HTML as it will arrive, in a frame of its own."""
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(_("There is no such letter."))
        if not self.has_view_permission(request, letter):
            raise PermissionDenied
        return HttpResponse(letter.html)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        letter = self.get_object(request, object_id)
        extra = {"letter": letter, "state": self.state(letter) if letter else ""}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | extra)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits a letter."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who may change letters may send them again and withdraw them."""
        return request.user.has_perm("forum.change_letter")

    @admin.action(description=gettext_lazy("Send again"), permissions=["send"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Letter]) -> HttpResponse | None:
        """Ask first: the recipient may get it twice."""
        by: Any = request.user
        now = timezone.now()
        return self._do(
            request, queryset, "resend", lambda letter: actions.resend(letter, by=by, now=now)
        )

    @admin.action(description=gettext_lazy("Withdraw: do not send"), permissions=["send"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Letter]) -> HttpResponse | None:
        """Keep letters that wait from being sent."""
        now = timezone.now()

        def take_back(letter: Letter) -> None:
            if not actions.withdraw(Letter.objects.filter(pk=letter.pk), now=now):
                raise actions.LetterError(_("It can no longer be withdrawn."))

        return self._do(request, queryset, "withdraw", take_back)

    @admin.action(description=gettext_lazy("It arrived"), permissions=["send"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Letter]) -> HttpResponse | None:
        """Settle what is uncertain: the recipient said that it came."""
        now = timezone.now()
        return self._do(
            request,
            queryset,
            "settle",
            lambda letter: actions.settle_as_arrived(letter, now=now),
        )

    @admin.action(description=gettext_lazy("Send a copy to me"), permissions=["send"])
    def send_me_a_copy(
        self, request: HttpRequest, queryset: QuerySet[Letter]
    ) -> HttpResponse | None:
        """Send whoever asks the letters as their readers get them."""
        by: Any = request.user
        now = timezone.now()
        return self._do(
            request,
            queryset,
            "send_me_a_copy",
            lambda letter: actions.send_copy_to(letter, by=by, now=now),
        )

    def _do(
        self,
        request: HttpRequest,
        queryset: QuerySet[Letter],
        name: str,
        act: Callable[[Letter], object],
    ) -> HttpResponse | None:
        """Ask; then do it to each letter, and say what was refused."""
        if not (answer := confirmed(self, request, queryset, action=name)).is_yes:
            return answer.page
        do_each(
            request,
            queryset,
            act,
            refusals=actions.LetterError,
            said=lambda count: ngettext(
                "Done for %(count)s letter.", "Done for %(count)s letters.", count
            ),
        )
        return None


def state_of(letter: Letter) -> str:
    """Derive a letter's state; its key in STATES."""
    moments = {
        "sent": letter.sent_at,
        "failed": letter.failed_at,
        "missed": letter.missed_at,
        "unwanted": letter.unwanted_at,
        "withdrawn": letter.cancelled_at,
        "uncertain": letter.uncertain_at,
    }
    return next((state for state, moment in moments.items() if moment), "waiting")
