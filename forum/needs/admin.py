"""Looks at needs, and their erasures, in the admin: to be read."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.records import RecordAdmin
from forum.editions.admin import EditionFilter
from forum.needs.models import NeedsErasure, NeedsView


class ToBeRead(RecordAdmin):
    """Nobody adds, changes or deletes what was written down."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(NeedsView)
class NeedsViewAdmin(ToBeRead):
    list_display = ("at", "person", "seen", "edition", "registration", "asked", "people")
    list_filter = (EditionFilter, "seen")
    list_select_related = ("person", "edition", "registration__person")
    date_hierarchy = "at"
    search_fields = ("person",)
    search_help_text = _("Any part of the person's name or e-mail, in any spelling.")

    def matching(self, word: str) -> Q:
        return Q(person__in=User.objects.filter(search_key__contains=word).values("pk"))


@admin.register(NeedsErasure)
class NeedsErasureAdmin(ToBeRead):
    list_display = ("at", "edition", "whole", "by", "registrations", "snapshots")
    list_filter = (EditionFilter, "whole")
    list_select_related = ("edition", "by")
    date_hierarchy = "at"
