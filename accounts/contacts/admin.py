"""Contacts of organisations in the admin: who asks stands first, and is confirmed or declined."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from accounts.confirmation import confirmed, do_each
from accounts.contacts import actions
from accounts.contacts.errors import ContactError
from accounts.contacts.forms import DeclineForm
from accounts.contacts.models import CONFIRM, Contact, ContactStatus
from accounts.organisations.models import Organisation
from accounts.records import RecordAdmin, RefusableForm
from accounts.users.models import User


class AddForm(RefusableForm):
    """A contact whom staff add; it is confirmed after that like any other."""

    class Meta:
        model = Contact
        fields = ("organisation", "person", "message")


class StatusFilter(admin.SimpleListFilter):
    """By what the timestamps say; of those who wait it tells how many they are."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        waiting = Contact.objects.pending().count()
        pending = f"{ContactStatus.PENDING.label} ({waiting})"
        return [
            (ContactStatus.PENDING, pending),
            (ContactStatus.CONFIRMED, str(ContactStatus.CONFIRMED.label)),
            (ContactStatus.ENDED, str(ContactStatus.ENDED.label)),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contact]) -> QuerySet[Contact]:
        match self.value():
            case ContactStatus.PENDING:
                return queryset.filter(ended_at__isnull=True, confirmed_at__isnull=True)
            case ContactStatus.CONFIRMED:
                return queryset.filter(ended_at__isnull=True, confirmed_at__isnull=False)
            case ContactStatus.ENDED:
                return queryset.filter(ended_at__isnull=False)
            case _:
                return queryset


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    form = AddForm
    refusals = (ContactError,)
    list_display = ("person", "organisation", "cautions", "state", "message", "asked_at")
    list_filter = (StatusFilter, "organisation__register_status", "organisation__region")
    list_select_related = ("person", "organisation")
    search_fields = ("person",)
    search_help_text = gettext_lazy(
        "Any part of the person's name or e-mail, or of the organisation, in any spelling."
    )
    ordering = (
        F("ended_at").desc(nulls_first=True),
        F("confirmed_at").desc(nulls_first=True),
        "asked_at",
        "pk",
    )
    autocomplete_fields = ("organisation", "person")
    actions = ("confirm", "decline", "end")
    fieldsets = (
        (None, {"fields": (("person", "organisation"), "message")}),
        (
            gettext_lazy("State"),
            {
                "fields": (
                    ("state", "cautions"),
                    "asked_at",
                    ("confirmed_at", "confirmed_by"),
                    ("ended_at", "ended_by", "end_reason"),
                )
            },
        ),
    )
    readonly_fields = (
        *("state", "cautions", "asked_at", "confirmed_at", "confirmed_by"),
        *("ended_at", "ended_by", "end_reason"),
    )

    @admin.display(description=gettext_lazy("status"))
    def state(self, contact: Contact) -> str:
        return str(contact.status.label)

    @admin.display(description=gettext_lazy("in the register"))
    def cautions(self, contact: Contact) -> str:
        return " · ".join(contact.organisation.cautions) or "—"

    def matching(self, word: str) -> Q:
        """Subqueries and not joins: each has its trigram index."""
        people = User.objects.filter(search_key__contains=word).values("pk")
        bodies = Organisation.objects.filter(search_key__contains=word).values("pk")
        return Q(person__in=people) | Q(organisation__in=bodies)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:1]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said is not rewritten; what follows is done by an action."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        """Whether this person may say yes and no."""
        return request.user.has_perm(CONFIRM)

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        """Call the action; never save a contact directly."""
        by: Any = request.user
        made = actions.ask_to_be_contact(
            obj.organisation, person=obj.person, message=obj.message, by=by, now=timezone.now()
        )
        obj.__dict__.update(made.__dict__)

    @admin.action(description=gettext_lazy("Confirm: they speak for it"), permissions=["confirm"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponse | None:
        """Say yes to each, after asking."""
        answer = confirmed(self, request, queryset, action="confirm")
        if not answer.is_yes:
            return answer.page
        by: Any = request.user
        _do(
            request,
            queryset,
            lambda one, now: actions.confirm_contact(one, by=by, now=now),
            said=lambda count: ngettext(
                "%(count)s contact is confirmed.", "%(count)s contacts are confirmed.", count
            ),
        )
        return None

    @admin.action(description=gettext_lazy("Decline, with a reason"), permissions=["confirm"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponse | None:
        """Say no to each, with a reason that the person reads."""
        answer = confirmed(self, request, queryset, action="decline", form_class=DeclineForm)
        if not answer.is_yes:
            return answer.page
        by: Any = request.user
        reason = (answer.typed or {})["reason"]
        _do(
            request,
            queryset,
            lambda one, now: actions.decline_contact(one, by=by, reason=reason, now=now),
            said=lambda count: ngettext(
                "%(count)s contact is declined.", "%(count)s contacts are declined.", count
            ),
        )
        return None

    @admin.action(description=gettext_lazy("End, with a reason"), permissions=["confirm"])
    def end(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponse | None:
        """End each, with a reason that the person reads."""
        answer = confirmed(self, request, queryset, action="end", form_class=DeclineForm)
        if not answer.is_yes:
            return answer.page
        by: Any = request.user
        reason = (answer.typed or {})["reason"]
        _do(
            request,
            queryset,
            lambda one, now: actions.end_contact(one, by=by, reason=reason, now=now),
            said=lambda count: ngettext(
                "%(count)s contact has ended.", "%(count)s contacts have ended.", count
            ),
        )
        return None


def _do(
    request: HttpRequest,
    queryset: QuerySet[Contact],
    act: Callable[[Contact, dt.datetime], object],
    *,
    said: Callable[[int], str],
) -> None:
    now = timezone.now()
    rows = queryset.order_by("asked_at", "pk")
    do_each(request, rows, lambda one: act(one, now), refusals=ContactError, said=said)
