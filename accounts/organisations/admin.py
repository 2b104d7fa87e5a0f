"""Regions and organisations in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.organisations.exports import OrganisationResource
from accounts.organisations.models import Organisation, Region
from accounts.records import AnyLanguageForm, RecordAdmin, side_by_side
from accounts.transfers import TransferAdmin


@admin.register(Region)
class RegionAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("name", "code", "position")
    fieldsets = ((None, {"fields": (*side_by_side("name"), ("code", "position"))}),)


@admin.register(Organisation)
class OrganisationAdmin(TransferAdmin, RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    resource_classes = [OrganisationResource]
    list_display = ("name", "bin", "kind", "legal_form", "region", "added_at")
    list_filter = ("kind", "region", "legal_form")
    list_select_related = ("region",)
    search_fields = ("search_key",)
    search_help_text = _("Any part of the name, in any spelling, or the BIN.")
    ordering = ("sort_key", "pk")
    readonly_fields = ("added_by", "added_at")
    fieldsets = (
        (None, {"fields": (*side_by_side("name"), "bin", ("kind", "legal_form"), "region")}),
        (_("Where the record comes from"), {"fields": (("added_by", "added_at"),)}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)
