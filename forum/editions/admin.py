"""Editions in the admin, who runs them, and the filter by edition that other lists use."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from accounts.autocomplete import SafeAutocomplete
from accounts.confirmation import confirmed
from accounts.records import AnyLanguageForm, RecordAdmin, refuse_all, side_by_side
from forum.editions import actions
from forum.editions.models import Edition, Organiser

ALL = "all"


class EditionFilter(admin.SimpleListFilter):
    """Shows one edition's rows, at first the current one's."""

    title = gettext_lazy("edition")
    parameter_name = "edition"
    path = "edition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.editions = list(Edition.objects.only("pk", "current_since", *_NAMES))
        return [(str(one.pk), str(one)) for one in self.editions]

    def has_output(self) -> bool:
        return True

    def value(self) -> str | None:
        """Return the chosen edition's id, or the current one's; "all" for every edition."""
        chosen = super().value()
        if chosen is not None:
            return chosen
        current = next((one for one in self.editions if one.current_since), None)
        return str(current.pk) if current else ALL

    def choices(self, changelist: Any) -> Any:
        value = self.value()
        yield {
            "selected": value == ALL,
            "query_string": changelist.get_query_string({self.parameter_name: ALL}),
            "display": _("All"),
        }
        for lookup, title in self.lookup_choices:
            yield {
                "selected": value == lookup,
                "query_string": changelist.get_query_string({self.parameter_name: lookup}),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ALL
        if value == ALL:
            return queryset
        known = value.isascii() and value.isdecimal()
        return queryset.filter(**{self.path: int(value[:18])}) if known else queryset.none()


_NAMES = ("name", "name_kk", "name_ru", "name_en")


class OrganiserForm(forms.ModelForm):
    """An organiser, and whether they see what single delegates need."""

    sees_needs = forms.BooleanField(
        label=gettext_lazy("sees what delegates need"),
        required=False,
        help_text=gettext_lazy("Health-related: for those alone who prepare it."),
    )

    class Meta:
        model = Organiser
        fields = ("person",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sees_needs", bool(self.instance.sees_needs_since))


class OrganiserInline(SafeAutocomplete, admin.TabularInline):
    model = Organiser
    form = OrganiserForm
    extra = 0
    fields = ("person", "since", "sees_needs", "sees_needs_since", "sees_needs_by")
    autocomplete_fields = ("person",)
    readonly_fields = ("since", "sees_needs_since", "sees_needs_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the right to superusers: they alone give rights."""
        found = super().get_fields(request, obj)
        return [one for one in found if one != "sees_needs" or request.user.is_superuser]


class EditionForm(AnyLanguageForm):
    """The database refuses to oversell; this says so before, beside the number."""

    def clean_capacity(self) -> int | None:
        capacity: int | None = self.cleaned_data["capacity"]
        if capacity is not None and capacity < self.instance.places_taken:
            raise ValidationError(
                _("More places are taken than that. Cancel registrations first, or allow more."),
                code="oversold",
            )
        return capacity


@admin.register(Edition)
class EditionAdmin(RecordAdmin, TranslationAdmin):
    form = EditionForm
    change_form_template = "admin/edition_form.html"
    list_display = (
        "name",
        "number",
        "year",
        "starts_on",
        "taken",
        "published_at",
        "current_since",
        "archived_at",
    )
    list_filter = ("year", ("archived_at", admin.EmptyFieldListFilter))
    inlines = (OrganiserInline,)
    actions = ("publish", "make_current", "archive")
    readonly_fields = ("taken", "published_at", "current_since", "archived_at")
    fieldsets = (
        (None, {"fields": (("number", "year", "slug"), *side_by_side("name", "theme"))}),
        (
            gettext_lazy("When"),
            {"fields": (("starts_on", "ends_on"), ("time_zone", "day_starts_at"))},
        ),
        (
            gettext_lazy("Where and who"),
            {"fields": (*side_by_side("city", "venue", "organisers", "about"), "contact_email")},
        ),
        (
            gettext_lazy("Registration window"),
            {"fields": ("registration_opens_at", "registration_closes_at", ("capacity", "taken"))},
        ),
        (
            gettext_lazy("Certificates and letters of invitation"),
            {"fields": (*side_by_side("signer_name", "signer_position"), "certificates_from")},
        ),
        (gettext_lazy("State"), {"fields": (("published_at", "current_since", "archived_at"),)}),
    )

    @admin.display(description=gettext_lazy("places taken"))
    def taken(self, edition: Edition) -> str:
        of = "" if edition.capacity is None else f" / {edition.capacity}"
        return f"{edition.places_taken}{of}"

    def zone_of(self, obj: Edition | None) -> zoneinfo.ZoneInfo | None:
        return obj.zone if obj else None

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Edition | None:
        """Lock the row that is being saved: places are taken meanwhile, and must stay counted."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            return Edition.objects.select_for_update(no_key=True).get(pk=found.pk)
        return found

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the template whether the desk opens for who looks."""
        person: Any = request.user
        original = context.get("original")
        mine = Edition.objects.run_by(person).filter(pk=original.pk) if original else None
        context["may_run"] = mine is not None and mine.exists()
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "capacity" in form.changed_data:
            actions.tell_places_added(obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the team; who may see needs is an action's to change."""
        super().save_formset(request, form, formset, change)
        if formset.model is not Organiser or not request.user.is_superuser:
            return
        for one in formset.forms:
            told = getattr(one, "cleaned_data", {})
            if one.instance.pk and "sees_needs" in one.changed_data and not told.get("DELETE"):
                actions.let_see_needs(
                    one.instance, sees=told["sees_needs"], by=request.user, now=timezone.now()
                )

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """An edition that was seen stays; archive it."""
        unseen = obj is None or obj.published_at is None
        return super().has_delete_permission(request, obj) and unseen

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting by the dozen, and all of them for who may only look."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    @admin.action(description=gettext_lazy("Publish: let everybody see it"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Edition]) -> HttpResponse | None:
        return self._do(request, queryset, "publish", actions.publish)

    @admin.action(description=gettext_lazy("Put on the home page"), permissions=["change"])
    def make_current(
        self, request: HttpRequest, queryset: QuerySet[Edition]
    ) -> HttpResponse | None:
        if queryset.count() > 1:
            messages.error(request, _("Choose one edition: the home page shows only one."))
            return None
        return self._do(request, queryset, "make_current", actions.make_current)

    @admin.action(description=gettext_lazy("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Edition]) -> HttpResponse | None:
        return self._do(request, queryset, "archive", actions.archive)

    def _do(
        self,
        request: HttpRequest,
        queryset: QuerySet[Edition],
        name: str,
        action: Callable[..., Edition],
    ) -> HttpResponse | None:
        """Ask first; then do it to each, and say what was refused."""
        if not (answer := confirmed(self, request, queryset, action=name)).is_yes:
            return answer.page
        now: dt.datetime = timezone.now()
        refused = []
        for edition in queryset:
            try:
                done = action(edition, now=now)
            except actions.EditionError as error:
                refused.append(str(error))
            else:
                messages.success(request, _("Done: “%(edition)s”.") % {"edition": done})
        refuse_all(request, refused)
        return None
