"""Releases in the admin: looked at, and made by publishing."""

import zoneinfo
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import RecordAdmin
from forum.editions.admin import EditionFilter
from forum.editions.models import Edition
from sessions_app.releases.actions import NotPublishable, publish
from sessions_app.releases.forms import PublishForm
from sessions_app.timetable.models import Release, Slot


class SlotInline(admin.TabularInline):
    model = Slot
    fields = ("session", "room", "starts", "ends")
    readonly_fields = fields
    extra = 0
    can_delete = False
    ordering = ("during",)

    @admin.display(description=gettext_lazy("starts"))
    def starts(self, slot: Slot) -> Any:
        return slot.during.lower

    @admin.display(description=gettext_lazy("ends"))
    def ends(self, slot: Slot) -> Any:
        return slot.during.upper

    def get_queryset(self, request: HttpRequest) -> QuerySet[Slot]:
        return super().get_queryset(request).select_related("session", "room")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    list_display = ("number", "edition", "published_at", "published_by", "note", "told_at")
    list_filter = (EditionFilter,)
    list_select_related = ("edition", "published_by")
    ordering = ("-published_at",)
    inlines = (SlotInline,)
    fields = (
        ("edition", "number", "reverts"),
        ("published_at", "published_by", "told_at"),
        ("note_kk", "note_ru", "note_en"),
    )

    def zone_of(self, obj: Release | None) -> zoneinfo.ZoneInfo | None:
        return obj.edition.zone if obj else None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A release is never changed; the next one replaces it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Publish a draft; where it clashes with itself, say every clash."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        current = Edition.objects.current().values_list("pk", flat=True).first()
        chosen = request.GET.get("edition") or current
        form = PublishForm(request.POST or None, initial={"edition": chosen})
        clashes: list[str] = []
        if form.is_bound and form.is_valid():
            try:
                release = form.publish(publish, by=request.user, now=timezone.now())
            except NotPublishable as error:
                clashes = error.sentences
            else:
                messages.success(
                    request,
                    _("The programme stands as release %(number)s.") % {"number": release.number},
                )
                return redirect("admin:sessions_app_release_change", release.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish the programme"),
            "opts": self.opts,
            "form": form,
            "clashes": clashes,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/publish.html", context, status=status)
