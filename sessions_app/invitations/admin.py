"""Speakers in the admin: invited and answered for by the same actions as at the desk."""

import zoneinfo
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.admin import TranslationAdmin

from accounts.codes import new_code
from accounts.confirmation import confirmed, do_each
from accounts.records import AnyLanguageForm, RecordAdmin, refuse_all, side_by_side
from accounts.users.access import signed_in
from forum.editions.admin import EditionFilter
from forum.editions.models import Edition
from sessions_app.invitations import actions
from sessions_app.invitations.actions import Sorted
from sessions_app.invitations.errors import InvitationError
from sessions_app.invitations.states import FILTERS, answer_of
from sessions_app.speakers.models import Speaker, SpeakerAvailability

ANSWER = ("invited_at", "confirmed_at", "declined_at", "decline_reason")
"""Written by actions alone, which tell letters and history of it."""


class StateFilter(admin.SimpleListFilter):
    """By the same questions as the desk's list."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _question) in FILTERS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        known = FILTERS.get(self.value() or "")
        return queryset.filter(known[1]) if known else queryset


class SpeakerAvailabilityInline(admin.TabularInline):
    model = SpeakerAvailability
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(RecordAdmin, TranslationAdmin):
    form = AnyLanguageForm
    list_display = ("full_name", "position", "email", "answer", "invited_at", "edition")
    list_display_links = ("full_name",)
    list_filter = (
        EditionFilter,
        StateFilter,
        "language",
    )
    list_select_related = ("edition", "person")
    search_fields = ("search_key",)
    search_help_text = gettext_lazy("Any part of the name, in any spelling.")
    ordering = ("sort_key", "pk")
    autocomplete_fields = ("person",)
    readonly_fields = ("code", "has_photo", *ANSWER)
    actions = ("invite", "remind", "confirm", "renew_link")
    inlines = (SpeakerAvailabilityInline,)
    fieldsets = (
        (None, {"fields": ("edition", *side_by_side("given_name", "family_name", "position"))}),
        (
            gettext_lazy("How to reach them"),
            {"fields": (("email", "language"), "person")},
        ),
        (gettext_lazy("Texts"), {"fields": side_by_side("biography")}),
        (gettext_lazy("State"), {"fields": ("code", "has_photo", ANSWER)}),
    )

    @admin.display(description=gettext_lazy("name"), ordering="sort_key")
    def full_name(self, speaker: Speaker) -> str:
        return speaker.name

    @admin.display(description=gettext_lazy("answer"))
    def answer(self, speaker: Speaker) -> str:
        return str(answer_of(speaker).label)

    @admin.display(description=gettext_lazy("photo"), boolean=True)
    def has_photo(self, speaker: Speaker) -> bool:
        return bool(speaker.photo)

    def zone_of(self, obj: Speaker | None) -> zoneinfo.ZoneInfo | None:
        return obj.edition.zone if obj else None

    def get_inlines(self, request: HttpRequest, obj: Speaker | None) -> Any:
        """Ask when they can come once the edition, and so the zone, is known."""
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Speaker | None = None) -> Any:
        return ("edition", *self.readonly_fields) if obj else self.readonly_fields

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

    @admin.action(description=gettext_lazy("Send the invitation"), permissions=["change"])
    def invite(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask first, then write to those who were not invited yet."""
        by, now = signed_in(request), timezone.now()
        return self._write(
            request, queryset, "invite", lambda one, some: actions.invite(one, some, by=by, now=now)
        )

    @admin.action(description=gettext_lazy("Remind of the invitation"), permissions=["change"])
    def remind(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask first, then remind those who have not answered."""
        now = timezone.now()
        return self._write(
            request, queryset, "remind", lambda one, some: actions.remind(one, some, now=now)
        )

    @admin.action(description=gettext_lazy("Confirm on their behalf"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask first, then write down that they come."""
        by, now = signed_in(request), timezone.now()
        return self._each(
            request, queryset, "confirm", lambda one: actions.confirm(one, by=by, now=now)
        )

    @admin.action(description=gettext_lazy("Make a new link"), permissions=["change"])
    def renew_link(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask first: the old links are dead at once."""
        by, now = signed_in(request), timezone.now()
        return self._each(
            request, queryset, "renew_link", lambda one: actions.renew_link(one, by=by, now=now)
        )

    def _write(
        self,
        request: HttpRequest,
        queryset: QuerySet[Speaker],
        name: str,
        act: Callable[[Edition, list[Speaker]], Sorted],
    ) -> HttpResponse | None:
        """Ask; then write, edition by edition, and say to whom not and why."""
        if not (answer := confirmed(self, request, queryset, action=name)).is_yes:
            return answer.page
        chosen: dict[Edition, list[Speaker]] = defaultdict(list)
        for speaker in queryset:
            chosen[speaker.edition].append(speaker)
        count, refused = 0, []
        for edition, speakers in chosen.items():
            try:
                found = act(edition, speakers)
            except InvitationError as error:
                refused.append(f"{edition}: {error}")
                continue
            count += len(found.able)
            refused += found.refused
        if count:
            said = ngettext(
                "%(count)s letter is on its way.", "%(count)s letters are on their way.", count
            )
            messages.success(request, said % {"count": count})
        refuse_all(request, refused)
        return None

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Speaker],
        name: str,
        act: Callable[[Speaker], object],
    ) -> HttpResponse | None:
        """Ask; then do it to each speaker, and say what was refused."""
        if not (answer := confirmed(self, request, queryset, action=name)).is_yes:
            return answer.page
        do_each(
            request,
            queryset,
            act,
            refusals=InvitationError,
            said=lambda count: ngettext(
                "Done for %(count)s speaker.", "Done for %(count)s speakers.", count
            ),
        )
        return None
