"""Rooms, and sessions with their place in the draft, in the admin."""

import zoneinfo
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.admin import TranslationAdmin

from accounts.codes import new_code
from accounts.confirmation import confirmed
from accounts.names import folded, translated
from accounts.records import AnyLanguageForm, RecordAdmin, refuse_all, side_by_side
from accounts.users.access import signed_in
from forum.editions.admin import EditionFilter
from sessions_app.sessions.actions import SessionError, cancel
from sessions_app.sessions.admin import AppearanceInline
from sessions_app.sessions.models import Session
from sessions_app.timetable.forms import RoomForm, SessionForm, WalkForm, WalkFormSet
from sessions_app.timetable.models import Building, Room, RoomAvailability, Slot, Walk
from sessions_app.timetable.moves import Move, NotPlaceable, Spot, move


class WalkInline(admin.TabularInline):
    model = Walk
    form = WalkForm
    formset = WalkFormSet
    fk_name = "one"
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Walk]:
        return super().get_queryset(request).select_related("one", "other")


@admin.register(Building)
class BuildingAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("name", "edition")
    list_filter = (EditionFilter,)
    list_select_related = ("edition",)
    fieldsets = ((None, {"fields": ("edition", *side_by_side("name"))}),)
    inlines = (WalkInline,)

    def get_fieldsets(self, request: HttpRequest, obj: Building | None = None) -> Any:
        return (*self.fieldsets, (None, {"fields": ("ways",)})) if obj else self.fieldsets

    def get_inlines(self, request: HttpRequest, obj: Building | None) -> Any:
        """Ask for the ways once the edition, and so the other buildings, are known."""
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Building | None = None) -> Any:
        return ("edition", "ways") if obj else ()

    @admin.display(description=gettext_lazy("minutes told at another building"))
    def ways(self, building: Building) -> str:
        """List the ways that stand in another building's form."""
        ways = Walk.objects.filter(other=building).select_related("one")
        return ", ".join(f"{way.one} – {way.minutes}" for way in ways) or "—"


class RoomAvailabilityInline(admin.TabularInline):
    model = RoomAvailability
    extra = 0


@admin.register(Room)
class RoomAdmin(RecordAdmin, TranslationAdmin):
    form = RoomForm
    list_display = (
        "name",
        "code",
        "capacity",
        "shared",
        "hearing_loop",
        "step_free",
        "position",
        "edition",
    )
    list_filter = (EditionFilter, "shared", "stream")
    list_select_related = ("edition",)
    search_fields = ("code", *translated("name"))
    search_help_text = gettext_lazy("Any part of the name or the code, in any spelling.")
    inlines = (RoomAvailabilityInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "edition",
                    *side_by_side("name"),
                    ("code", "capacity", "position"),
                    "building",
                )
            },
        ),
        (
            gettext_lazy("What it has"),
            {
                "fields": (
                    "interpretation_languages",
                    ("sign_language", "hearing_loop", "step_free"),
                    ("stream", "shared"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        """Give each room what a search looks in."""
        looked_in = folded("code", *translated("name"))
        return super().get_queryset(request).annotate(search_key=looked_in)

    def zone_of(self, obj: Room | None) -> zoneinfo.ZoneInfo | None:
        return obj.edition.zone if obj else None

    def get_inlines(self, request: HttpRequest, obj: Room | None) -> Any:
        """Ask when it is free once the edition, and so the zone, is known."""
        return self.inlines if obj else ()


class PlacedFilter(admin.SimpleListFilter):
    """By whether a session stands in the draft."""

    title = gettext_lazy("place in the draft")
    parameter_name = "placed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("With room and time")), ("no", _("Without room and time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        if self.value() in ("yes", "no"):
            return queryset.filter(placement__isnull=self.value() == "no")
        return queryset


WORDS = (
    (None, {"fields": ("edition", ("kind", "track"), *side_by_side("title", "subtitle"))}),
    (
        gettext_lazy("Place in the draft"),
        {"fields": ("room", "starts_at", "ends_at", ("minutes", "expected_audience"))},
    ),
    (
        gettext_lazy("Seats for delegates"),
        {"fields": (("has_seats", "seat_limit"),)},
    ),
    (
        gettext_lazy("Languages"),
        {"fields": (("working_languages", "interpretation_languages"), "sign_language")},
    ),
    (
        gettext_lazy("What it needs of the room"),
        {"fields": (("hearing_loop", "step_free", "stream"),)},
    ),
    (gettext_lazy("Texts"), {"fields": (*side_by_side("abstract", "description"), "link")}),
    (gettext_lazy("State"), {"fields": (("code", "cancelled_at"),)}),
)
FIRST_WORDS = ((None, {"fields": ("edition", "kind", *side_by_side("title", "subtitle"))}),)


@admin.register(Session)
class SessionAdmin(RecordAdmin, TranslationAdmin):
    form = SessionForm
    refusals = (NotPlaceable,)
    list_display = ("title", "kind", "track", "when", "room", "cancelled_at")
    list_filter = (
        EditionFilter,
        PlacedFilter,
        "kind",
        ("cancelled_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("edition", "track", "placement__room")
    search_fields = ("search_key",)
    search_help_text = gettext_lazy("Any part of the title, in any spelling.")
    ordering = ("placement__starts_at", "pk")
    inlines = (AppearanceInline,)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ("cancel", "delete_selected")

    @admin.display(description=gettext_lazy("starts"), ordering="placement__starts_at")
    def when(self, session: Session) -> Any:
        placement = getattr(session, "placement", None)
        return (
            placement.starts_at.astimezone(session.edition.zone).replace(tzinfo=None)
            if placement
            else None
        )

    @admin.display(description=gettext_lazy("room"))
    def room(self, session: Session) -> str:
        placement = getattr(session, "placement", None)
        return str(placement.room) if placement else "—"

    def zone_of(self, obj: Session | None) -> zoneinfo.ZoneInfo | None:
        return obj.edition.zone if obj else None

    def get_inlines(self, request: HttpRequest, obj: Session | None) -> Any:
        """Ask who appears once the session's edition, and so its speakers, are known."""
        request.edition_id = obj.edition_id if obj else None  # type: ignore[attr-defined]
        return self.inlines if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Session | None = None) -> Any:
        return WORDS if obj else FIRST_WORDS

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> Any:
        return ("edition", "code", "cancelled_at") if obj else ()

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:
        if not change:
            obj.code = new_code()
        super().save_model(request, obj, form, change)
        told = form.cleaned_data
        if not change or not {"room", "starts_at", "ends_at"} & set(form.changed_data):
            return
        spot = Spot(told["room"], told["starts_at"], told["ends_at"]) if told["room"] else None
        move(obj.edition, [Move(obj, spot)], by=signed_in(request), now=timezone.now())

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Delete a session that was never published; of others, say what to do instead."""
        session = self.get_object(request, object_id)
        may = session is not None and self.has_delete_permission(request, session)
        if may and (refused := _published_of(Session.objects.filter(pk=object_id))):
            refuse_all(request, refused)
            return redirect("admin:sessions_app_session_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    @admin.action(description=delete_selected.short_description, permissions=["delete"])
    def delete_selected(
        self, request: HttpRequest, queryset: QuerySet[Session]
    ) -> HttpResponse | None:
        """Delete sessions, unless one of them was published."""
        if refused := _published_of(queryset):
            refuse_all(request, refused)
            return None
        return delete_selected(self, request, queryset)

    @admin.action(description=gettext_lazy("Cancel the sessions"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Session]) -> HttpResponse | None:
        """Ask; then cancel each, to be shown so by the next release."""
        if not (answer := confirmed(self, request, queryset, action="cancel")).is_yes:
            return answer.page
        done, refused = 0, []
        for session in queryset:
            try:
                cancel(session, now=timezone.now())
                done += 1
            except SessionError as error:
                refused.append(str(error))
        if done:
            said = ngettext(
                "%(count)s session is cancelled.", "%(count)s sessions are cancelled.", done
            )
            messages.success(request, said % {"count": done})
        refuse_all(request, refused)
        return None


def _published_of(sessions: QuerySet[Session]) -> list[str]:
    """Say of each of `sessions` that stands in a release why it is not deleted."""
    sentence = _(
        "“%(title)s” was published, and the releases keep it. Cancel it, or take its room and time"
        " away, and publish that: then people are told."
    )
    published = sessions.filter(Exists(Slot.objects.filter(session=OuterRef("pk"))))
    return [sentence % {"title": session} for session in published]
