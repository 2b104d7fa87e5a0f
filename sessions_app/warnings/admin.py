"""The levels of warnings in the admin: to look at, with their history."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.records import RecordAdmin
from forum.editions.admin import EditionFilter
from sessions_app.warnings.models import WarningLevel


@admin.register(WarningLevel)
class WarningLevelAdmin(RecordAdmin):
    """What differs from the usual; the desk's form, which knows what may be, changes it."""

    list_display = ("rule", "level", "edition")
    list_filter = (EditionFilter, "level")
    list_select_related = ("edition",)
    ordering = ("rule", "pk")
    fields = ("edition", "rule", "level")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: WarningLevel | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WarningLevel | None = None) -> bool:
        return False
