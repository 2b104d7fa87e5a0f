"""Speakers in the admin."""

import zoneinfo
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from accounts.codes import new_code
from accounts.records import AnyLanguageForm, RecordAdmin, side_by_side
from forum.editions.admin import EditionFilter
from sessions_app.speakers.models import Speaker, SpeakerAvailability


class SpeakerAvailabilityInline(admin.TabularInline):
    model = SpeakerAvailability
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("full_name", "position", "email", "confirmed_at", "edition")
    list_display_links = ("full_name",)
    list_filter = (
        EditionFilter,
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("email", admin.EmptyFieldListFilter),
        "language",
    )
    list_select_related = ("edition",)
    search_fields = ("search_key",)
    search_help_text = gettext_lazy("Any part of the name, in any spelling.")
    ordering = ("sort_key", "pk")
    autocomplete_fields = ("person",)
    readonly_fields = ("code",)
    inlines = (SpeakerAvailabilityInline,)
    fieldsets = (
        (None, {"fields": ("edition", *side_by_side("given_name", "family_name", "position"))}),
        (
            gettext_lazy("How to reach them"),
            {"fields": (("email", "language"), "person", "confirmed_at")},
        ),
        (gettext_lazy("Texts"), {"fields": side_by_side("biography")}),
        (gettext_lazy("State"), {"fields": ("code",)}),
    )

    @admin.display(description=gettext_lazy("name"), ordering="sort_key")
    def full_name(self, speaker: Speaker) -> str:
        return speaker.name

    def zone_of(self, obj: Speaker | None) -> zoneinfo.ZoneInfo | None:
        return obj.edition.zone if obj else None

    def get_inlines(self, request: HttpRequest, obj: Speaker | None) -> Any:
        """Ask when they can come once the edition, and so the zone, is known."""
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Speaker | None = None) -> Any:
        return ("edition", "code") if obj else ("code",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        """Keep an autocomplete to the edition that it was made for."""
        edition = request.GET.get("edition", "")
        if request.path.endswith("/autocomplete/") and edition.isdecimal() and edition.isascii():
            queryset = queryset.filter(edition=int(edition[:18]))
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: Speaker, form: Any, change: bool) -> None:
        if not change:
            obj.code = new_code()
        super().save_model(request, obj, form, change)
