"""Registrations in the admin. Every change goes through the actions, so no place is sold twice."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.confirmation import confirmed, do_each, refuse_many
from accounts.models import Consent, ConsentText, Purpose
from accounts.records import RecordAdmin, refuse_all
from accounts.transfers import TransferAdmin
from forum.editions.admin import EditionFilter
from forum.editions.models import Edition
from forum.mailing.actions import LetterError, resend
from forum.mailing.models import Letter
from forum.registrations import actions, decisions
from forum.registrations.emails import ABOUT_STANDING
from forum.registrations.errors import RegistrationError
from forum.registrations.exports import NEEDS, RegistrationResource
from forum.registrations.forms import TOLD, ClerkForm, ClerkRegisterForm, ReasonForm
from forum.registrations.models import Registration, Status
from forum.registrations.searching import matching_word
from forum.registrations.signals import needs_shown

CONSENTS = ("consent", "needs_consent")
STORY = (
    ("registered_at", "registered_by"),
    ("endorsed_at", "endorsed_by"),
    ("approval_asked_at", "approved_at", "approved_by"),
    ("waiting_since", "moved_up_at", "moved_up_by", "moved_up_reason"),
    ("offered_at", "offer_until"),
    ("confirmed_at", "confirmed_by", "arrived_at"),
    ("declined_at", "declined_by", "decline_reason"),
    ("cancelled_at", "cancelled_by", "cancel_reason"),
)
"""A registration's life, a line for each step: when, who, why."""


class StatusFilter(admin.SimpleListFilter):
    """By what the timestamps say."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Status.choices)

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Registration]
    ) -> QuerySet[Registration]:
        if (asked := self.value()) not in Status.values:
            return queryset
        return queryset.filter(pk__in=Registration.objects.with_status(asked).values("pk"))


@admin.register(Registration)
class RegistrationAdmin(TransferAdmin, RecordAdmin):
    resource_classes = [RegistrationResource]
    refusals = (RegistrationError,)
    list_display = (
        "code",
        "person",
        "state",
        "organisation",
        "category",
        "region",
        "registered_at",
    )
    list_display_links = ("code", "person")
    list_filter = (EditionFilter, StatusFilter, "category", "region")
    list_select_related = ("person", "organisation", "region")
    date_hierarchy = "registered_at"
    search_fields = ("code",)
    search_help_text = gettext_lazy(
        "Any part of the name, e-mail or organisation, in any spelling, or the code."
    )
    autocomplete_fields = ("person", "organisation")
    actions = ("confirm", "cancel", "resend_letter")
    readonly_fields = (
        "edition",
        "person",
        "code",
        "state",
        *(name for row in STORY for name in row),
    )

    @admin.display(description=gettext_lazy("status"))
    def state(self, registration: Registration) -> str:
        return str(registration.status.label)

    def matching(self, word: str) -> Q:
        return matching_word(word)

    def get_fieldsets(self, request: HttpRequest, obj: Registration | None = None) -> Any:
        told = ["organisation", "category", "region", "job_title", "languages"]
        if obj is None:
            return [(None, {"fields": ["edition", "person", *told, *NEEDS, *CONSENTS]})]
        shown = [*told, *((*NEEDS, "needs_consent") if sees_needs(request) else ())]
        return [
            (None, {"fields": [("edition", "person", "code")]}),
            (_("What the delegate told"), {"fields": shown}),
            (
                _("State"),
                {"fields": ["state", *STORY]},
            ),
        ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(
            request, obj, change, **(kwargs | {"form": ClerkForm if obj else ClerkRegisterForm})
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the home page's edition: people come to that one."""
        current = Edition.objects.current().values_list("pk", flat=True).first()
        return {"edition": current, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(self.readonly_fields) if obj else ()

    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """Call the action; never save a registration directly."""
        told = {
            n: form.cleaned_data[n]
            for n in ("organisation", "region", *TOLD)
            if n in form.cleaned_data
        }
        by: Any = request.user
        agreed = [Purpose.NEEDS] if form.cleaned_data.get("needs_consent") else []
        texts = ConsentText.objects.current().filter(
            purpose__in=agreed if change else [Purpose.PROCESSING, *agreed]
        )
        desk = Consent.Method.DESK
        if change:
            actions.change(
                obj, by=by, now=timezone.now(), consents=list(texts), method=desk, **told
            )
            return
        made = actions.register(
            form.cleaned_data["edition"],
            person=form.cleaned_data["person"],
            consents=list(texts),
            now=timezone.now(),
            method=desk,
            by=by,
            outside_window=True,
            approved=True,
            **told,
        )
        obj.__dict__.update(made.__dict__)
        if not made.edition.registration_is_open(now=made.started_at):
            said = _("Registration is closed to delegates; %(person)s is registered all the same.")
            messages.warning(request, said % {"person": made.person})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A registration ends by being cancelled, with who and why."""
        return False

    def hidden_from(self, request: HttpRequest) -> tuple[str, ...]:
        return () if sees_needs(request) else NEEDS

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if registration := context.get("original"):
            tell_shown(request, [registration])
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if registration := self.get_object(request, object_id):
            tell_shown(request, [registration])
        return super().history_view(request, object_id, extra_context)

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> Any:
        tell_shown(request, list(queryset), is_export=True)
        return super().get_export_data(file_format, request, queryset, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse to filter by what is hidden: a list so narrowed would tell it."""
        hidden = lookup.split("__", maxsplit=1)[0] in self.hidden_from(request)
        return not hidden and super().lookup_allowed(lookup, value, request)

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"shows_needs": sees_needs(request)}

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"by": request.user}

    @admin.action(description=gettext_lazy("Confirm: give a free place"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Give places out of turn, one after the other, until none is free."""
        if refuse_many(request, queryset):
            return
        by: Any = request.user
        do_each(
            request,
            queryset.order_by("registered_at", "pk"),
            lambda one: decisions.confirm(one, by=by, now=timezone.now()),
            refusals=RegistrationError,
            said=lambda count: ngettext(
                "%(count)s registration is confirmed.",
                "%(count)s registrations are confirmed.",
                count,
            ),
        )

    @admin.action(description=gettext_lazy("Cancel, with a reason"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Ask why; then cancel each, and tell who moved up into the places."""
        answer = confirmed(self, request, queryset, action="cancel", form_class=ReasonForm)
        if not answer.is_yes:
            return answer.page
        done, refused, by = 0, [], request.user
        for one in queryset.order_by("registered_at", "pk"):
            try:
                moved = actions.cancel(
                    one,
                    by=by,  # type: ignore[arg-type]
                    reason=(answer.typed or {})["reason"],
                    now=timezone.now(),
                )
            except RegistrationError as error:
                refused.append(f"{one}: {error}")
                continue
            done += 1
            for up in moved:
                said = _("%(registration)s moved up from the waiting list.")
                messages.info(request, said % {"registration": up})
        if done:
            said = ngettext(
                "%(count)s registration is cancelled.",
                "%(count)s registrations are cancelled.",
                done,
            )
            messages.success(request, said % {"count": done})
        refuse_all(request, refused)
        return None

    @admin.action(description=gettext_lazy("Send the last letter again"), permissions=["change"])
    def resend_letter(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Send each delegate's newest letter about the registration again."""
        if refuse_many(request, queryset):
            return
        done, refused = 0, []
        for one in queryset.select_related("person"):
            letters = Letter.objects.filter(
                edition=one.edition_id, recipient=one.person_id, kind__in=ABOUT_STANDING
            )
            letter = letters.order_by("-created_at", "-pk").first()
            if letter is None:
                sentence = _("%(registration)s: no letter has been written yet.")
                refused.append(sentence % {"registration": one})
                continue
            try:
                resend(letter, by=request.user, now=timezone.now())  # type: ignore[arg-type]
                done += 1
            except LetterError as error:
                refused.append(f"{one}: {error}")
        if done:
            said = ngettext(
                "%(count)s letter will be sent again.",
                "%(count)s letters will be sent again.",
                done,
            )
            messages.success(request, said % {"count": done})
        refuse_all(request, refused)


def sees_needs(request: HttpRequest) -> bool:
    """Whether this person prepares what delegates need (forum-facts §6)."""
    return request.user.has_perm("forum.view_needs")


def tell_shown(
    request: HttpRequest, registrations: list[Registration], *, is_export: bool = False
) -> None:
    """Say that this person is about to see what the people of `registrations` need."""
    if sees_needs(request) and registrations:
        needs_shown.send(
            sender=Registration,
            registrations=registrations,
            by=request.user,
            is_export=is_export,
            now=timezone.now(),
        )
