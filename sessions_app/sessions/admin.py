"""Tracks and sessions in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from accounts.records import AnyLanguageForm, RecordAdmin, side_by_side
from forum.editions.admin import EditionFilter
from sessions_app.sessions.models import Appearance, Track
from sessions_app.speakers.widgets import OfEdition


@admin.register(Track)
class TrackAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("name", "code", "colour", "position", "edition")
    list_filter = (EditionFilter,)
    list_select_related = ("edition",)
    fieldsets = (
        (None, {"fields": ("edition", *side_by_side("name"), ("code", "colour", "position"))}),
    )


class AppearanceInline(TranslationStackedInline):
    model = Appearance
    extra = 0
    fieldsets = (
        (None, {"fields": (("speaker", "role"), ("position", "exclusive"))}),
        (
            gettext_lazy("Who reads on behalf of somebody"),
            {"fields": side_by_side("behalf_of", "behalf_of_position"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        return super().get_queryset(request).select_related("speaker", "session")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the speakers of the session's edition alone."""
        if db_field.name == "speaker" and (edition := getattr(request, "edition_id", None)):
            kwargs["queryset"] = db_field.related_model.objects.filter(edition=edition)
            kwargs["widget"] = OfEdition(db_field, self.admin_site, edition=edition)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
