"""Asks before an action of the admin is done: what, to which records, and perhaps why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.records import refuse_all

MOST_AT_ONCE = 500
MOST_SHOWN = 20
Row = TypeVar("Row")


@dataclass(frozen=True)
class Answer:
    """What was answered: yes (with what was typed), or not yet, and then a page that asks.

    Of too many records nothing is asked: that they are was said.
    """

    page: HttpResponse | None = None
    typed: dict[str, Any] | None = None

    @property
    def is_yes(self) -> bool:
        """Whether the action may be done."""
        return self.typed is not None


def refuse_many(request: HttpRequest, queryset: QuerySet[Any]) -> bool:
    """Refuse what would keep a request, and the rows' locks, for minutes."""
    if queryset.count() <= MOST_AT_ONCE:
        return False
    messages.error(
        request,
        _("Choose at most %(count)s at once; filter the list first.") % {"count": MOST_AT_ONCE},
    )
    return True


def confirmed(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    action: str,
    form_class: type[forms.Form] = forms.Form,
) -> Answer:
    """Return yes when the page that asks was sent, else that page; neither for too many records."""
    if refuse_many(request, queryset):
        return Answer()
    sent = "confirmed" in request.POST
    form = form_class(request.POST if sent else None)
    if sent and form.is_valid():
        return Answer(typed=form.cleaned_data)
    choice: Any = model_admin.get_actions(request)[action]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": choice[2],
        "opts": model_admin.opts,
        "form": form,
        "action": action,
        "rows": list(queryset[:MOST_SHOWN]),
        "count": queryset.count(),
        "more": max(queryset.count() - MOST_SHOWN, 0),
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    status = 422 if sent else 200
    return Answer(TemplateResponse(request, "admin/confirm_action.html", context, status=status))


def do_each(
    request: HttpRequest,
    rows: Iterable[Row],
    act: Callable[[Row], object],
    *,
    refusals: type[Exception],
    said: Callable[[int], str],
) -> None:
    """Do `act` to each of `rows`; say to how many it was done, and of each refusal why.

    `said` returns the sentence for a number, with `%(count)s` in it.
    """
    done, refused = 0, []
    for row in rows:
        try:
            act(row)
            done += 1
        except refusals as error:
            refused.append(f"{row}: {error}")
    if done:
        messages.success(request, said(done) % {"count": done})
    refuse_all(request, refused)
