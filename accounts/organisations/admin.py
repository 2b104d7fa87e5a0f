"""Regions, organisations and those that may be listed twice, in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.admin import TranslationAdmin

from accounts.confirmation import refuse_many
from accounts.organisations import merge_page
from accounts.organisations.doubles import say_two_bodies
from accounts.organisations.exports import OrganisationResource
from accounts.organisations.models import LikelyDouble, Organisation, Region
from accounts.organisations.record_forms import RecordForm
from accounts.organisations.tasks import look_for_doubles
from accounts.records import AnyLanguageForm, RecordAdmin, side_by_side
from accounts.transfers import TransferAdmin


@admin.register(Region)
class RegionAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("name", "code", "position")
    fieldsets = ((None, {"fields": (*side_by_side("name"), ("code", "position"))}),)


class MergedFilter(admin.SimpleListFilter):
    """Those that are listed, unless one asks for those that were merged into others."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Merged into another"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Organisation]
    ) -> QuerySet[Organisation]:
        """`get_search_results` hides them: the fields that search while one types ask it too."""
        return queryset.filter(merged_into__isnull=False) if self.value() == "yes" else queryset


@admin.register(Organisation)
class OrganisationAdmin(TransferAdmin, RecordAdmin, TranslationAdmin):
    form = RecordForm
    resource_classes = [OrganisationResource]
    list_display = (
        *("name", "bin", "kind", "legal_form", "region", "register_status", "added_at"),
    )
    list_filter = (
        *("kind", "region", "legal_form", "register_status"),
        ("bin", admin.EmptyFieldListFilter),
        MergedFilter,
    )
    list_select_related = ("region",)
    search_fields = ("search_key",)
    search_help_text = gettext_lazy("Any part of the name, in any spelling, or the BIN.")
    ordering = ("sort_key", "pk")
    actions = ("merge",)
    readonly_fields = (
        *("code", "added_by", "added_at"),
        *("merged_into", "merged_at", "merged_by", "merge_reason"),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        told: tuple[Any, ...] = (
            *side_by_side("name"),
            ("bin", "register_status"),
            ("kind", "legal_form"),
            "region",
            "other_names",
        )
        if obj is None:
            return [(None, {"fields": (*told, "another")})]
        source = (_("Where the record comes from"), {"fields": (("code", "added_by", "added_at"),)})
        merged = {"fields": (("merged_into", "merged_at"), ("merged_by", "merge_reason"))}
        return [(None, {"fields": told}), source] + (
            [(_("Merged into another"), merged)] if obj.merged_into_id else []
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Hide those that were merged, here and where an organisation is chosen."""
        if MergedFilter.parameter_name not in request.GET:
            queryset = queryset.filter(merged_into__isnull=True)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="accounts_organisation_merge"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was merged is history."""
        merged = obj is not None and obj.merged_into_id is not None
        return super().has_change_permission(request, obj) and not merged

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One into which others were merged keeps their names."""
        merged = obj is not None and (obj.merged_into_id is not None or obj.merged.exists())
        return super().has_delete_permission(request, obj) and not merged

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether this person may make one record of several."""
        return request.user.has_perm("accounts.merge_organisation")

    @admin.action(description=gettext_lazy("Merge: these are one body"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> HttpResponse | None:
        """Lead to the page that shows them side by side."""
        codes = list(queryset.values_list("code", flat=True)[: merge_page.MOST + 1])
        if not 2 <= len(codes) <= merge_page.MOST:
            said = _("Choose from 2 to %(most)s organisations that are one body.")
            messages.error(request, said % {"most": merge_page.MOST})
            return None
        return HttpResponseRedirect(merge_page.address(codes))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Show organisations side by side, and merge them when that was confirmed."""
        return merge_page.show(self, request)


class DismissedFilter(admin.SimpleListFilter):
    """Those at which somebody has to look, unless one asks for the others."""

    title = gettext_lazy("looked at")
    parameter_name = "looked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("two", gettext_lazy("Said to be two bodies"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[LikelyDouble]
    ) -> QuerySet[LikelyDouble]:
        return queryset.filter(dismissed_at__isnull=self.value() != "two")


@admin.register(LikelyDouble)
class LikelyDoubleAdmin(RecordAdmin):
    list_display = ("one", "other", "reason", "percent", "merge_link")
    list_display_links = None
    list_filter = ("reason", "first__region", DismissedFilter)
    list_select_related = ("first__region", "second__region")
    ordering = ("-score", "pk")
    actions = ("two_bodies",)
    change_list_template = "admin/likely_doubles.html"

    @admin.display(description=gettext_lazy("organisation"))
    def one(self, double: LikelyDouble) -> str:
        return _described(double.first)

    @admin.display(description=gettext_lazy("and this one"))
    def other(self, double: LikelyDouble) -> str:
        return _described(double.second)

    @admin.display(description=gettext_lazy("likeness"), ordering="score")
    def percent(self, double: LikelyDouble) -> str:
        return f"{double.score:.0%}"

    @admin.display(description=gettext_lazy("merge"))
    def merge_link(self, double: LikelyDouble) -> str:
        codes = [double.first.code, double.second.code]
        return format_html('<a href="{}">{}</a>', merge_page.address(codes), _("Compare and merge"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.look_again)
        return [path("look-again/", view, name="accounts_likelydouble_again"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say when the list was looked through last."""
        newest = LikelyDouble.objects.aggregate(at=Max("found_at"))["at"]
        return super().changelist_view(request, {"found_at": newest, **(extra_context or {})})

    def look_again(self, request: HttpRequest) -> HttpResponse:
        """Let a worker look through the list now."""
        if request.method == "POST" and self.has_merge_permission(request):
            look_for_doubles.delay()
            messages.info(
                request, _("The list is being looked through. Open this page in a minute.")
            )
        return HttpResponseRedirect(reverse("admin:accounts_likelydouble_changelist"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_merge_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_merge_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who may merge looks at them."""
        return request.user.has_perm("accounts.merge_organisation")

    @admin.action(description=gettext_lazy("These are two bodies"), permissions=["merge"])
    def two_bodies(self, request: HttpRequest, queryset: QuerySet[LikelyDouble]) -> None:
        """Write down that each pair is none."""
        if refuse_many(request, queryset):
            return
        pairs = list(queryset)
        for double in pairs:
            say_two_bodies(double, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        said = ngettext(
            "%(count)s pair will not be shown again.",
            "%(count)s pairs will not be shown again.",
            len(pairs),
        )
        messages.success(request, said % {"count": len(pairs)})


def _described(organisation: Organisation) -> str:
    """Name an organisation with what tells it from its like."""
    parts = [str(organisation.region or ""), organisation.bin or "", *organisation.cautions]
    note = " · ".join(part for part in parts if part)
    link = reverse("admin:accounts_organisation_change", args=[organisation.pk])
    return format_html(
        '<a href="{}">{}</a> <span class="quiet">{}</span>', link, organisation, note
    )
