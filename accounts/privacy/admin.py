"""Consents in the admin: to be read. A text changes by a new version."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.confirmation import confirmed
from accounts.privacy.actions import withdraw
from accounts.privacy.models import Consent, ConsentText, Purpose
from accounts.records import RecordAdmin, side_by_side
from accounts.users.models import User


@admin.register(ConsentText)
class ConsentTextAdmin(RecordAdmin, TranslationAdmin):
    list_display = ("purpose", "version", "since")
    list_filter = ("purpose",)
    fieldsets = ((None, {"fields": (("purpose", "version", "since"), *side_by_side("text"))}),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A text that somebody answered stays as it was read."""
        answered = obj is not None and obj.answers.exists()
        return super().has_change_permission(request, obj) and not answered

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Consent)
class ConsentAdmin(RecordAdmin):
    list_display = ("person", "text", "language", "method", "given_at", "withdrawn_at")
    list_filter = (
        "text__purpose",
        "method",
        "language",
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("person", "text")
    search_fields = ("person",)
    search_help_text = _("Any part of the person's name or e-mail, in any spelling.")
    ordering = ("-given_at", "-pk")
    actions = ("take_back",)

    def matching(self, word: str) -> Q:
        return Q(person__in=User.objects.filter(search_key__contains=word))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        """Whether one may write down that a person took a consent back."""
        return request.user.has_perm("accounts.change_consent")

    @admin.action(
        description=_("Take back: the person withdrew it in writing"), permissions=["take_back"]
    )
    def take_back(self, request: HttpRequest, queryset: QuerySet[Consent]) -> HttpResponse | None:
        """Ask first; then take back every version of what each person agreed to."""
        answer = confirmed(self, request, queryset, action="take_back")
        if not answer.is_yes:
            return answer.page
        for consent in queryset.select_related("person", "text").order_by("pk"):
            withdraw(consent.person, purpose=Purpose(consent.text.purpose), now=timezone.now())
        messages.success(request, gettext("The consents are withdrawn."))
        return None
