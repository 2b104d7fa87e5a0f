"""How the admin keeps records: found by any spelling, changed by actions, with their history."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DataError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from accounts.autocomplete import SafeAutocomplete
from accounts.history import changes_of
from accounts.locks import bounded_wait
from accounts.names import fold, translated
from accounts.plain import without_dead_links

MOST_SENTENCES = 10
_QUOTES = dict.fromkeys(map(ord, "«»„“”\"'"), " ")


def side_by_side(*fields: str) -> list[tuple[str, ...]]:
    """Lay translated fields out, one a row, with kk, ru and en beside each other."""
    return [tuple(translated(field)) for field in fields]


class AnyLanguageForm(forms.ModelForm):
    """A form whose translated fields need one language, whichever: imports bring but one."""

    # Set by RecordAdmin when an action refused what was sent.
    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed: list[str] = []
        for name in translator.get_options_for_model(self._meta.model).fields:
            columns = [self.fields[column] for column in translated(name) if column in self.fields]
            if any(field.required for field in columns):
                self.needed.append(name)
            for field in columns:
                field.required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.needed:
            columns = [column for column in translated(name) if column in self.fields]
            if not any(cleaned.get(column) for column in columns):
                self.add_error(columns[0], _("Fill this in, in one language at least."))
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned


class RefusableForm(forms.ModelForm):
    """A form that shows again with the sentence of the action that refused it."""

    refusal = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned


class RecordAdmin(SafeAutocomplete, admin.ModelAdmin):
    """What every list and form of records shares.

    `refusals` are the errors of the actions that `save_model` calls: each becomes a sentence above
    the form, with everything still in it, and nothing is written.
    """

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    refusals: tuple[type[Exception], ...] = ()
    object_history_template = "admin/record_history.html"

    def matching(self, word: str) -> Q:
        """Say which rows a folded word of a search finds."""
        return Q(search_key__contains=word)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search the folded keys, which have a trigram index, for every word."""
        if not self.get_search_fields(request):
            return queryset, False
        for word in fold(search_term.translate(_QUOTES)).split():
            queryset = queryset.filter(self.matching(word))
        return queryset, False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the whole list when an address asks for what cannot be, such as the year 99999."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            if request.method != "GET" or ERROR_FLAG in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def zone_of(self, obj: Any) -> Any:
        """Name the zone in which this object's times are read and typed; None: the site's."""
        return None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save; what an action refuses is shown again with its sentence."""
        with bounded_wait():  # there are objects that are locked as they are fetched
            obj = self.get_object(request, object_id) if object_id else None
        with timezone.override(self.zone_of(obj)):
            try:
                with bounded_wait():
                    response = super().changeform_view(request, object_id, form_url, extra_context)
            except self.refusals as error:
                request.refusal = str(error)  # type: ignore[attr-defined]
                response = super().changeform_view(request, object_id, form_url, extra_context)
            # Rendered here, while the zone holds.
            return response.render() if isinstance(response, TemplateResponse) else response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        without_dead_links(context["adminform"], request)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what changed, who changed it and when, from the triggers' records."""
        if not hasattr(self.model, "pgh_event_model"):
            return super().history_view(request, object_id, extra_context)
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        page = Paginator(changes_of(obj), self.list_per_page).get_page(request.GET.get("p"))
        page.object_list.hide(self.hidden_from(request))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % obj,
            "subtitle": None,
            "opts": self.opts,
            "object": obj,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "page": page,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def hidden_from(self, request: HttpRequest) -> tuple[str, ...]:
        """Name the fields whose changes this person may not read."""
        return ()


def refuse_all(request: HttpRequest, sentences: list[str]) -> None:
    """Say each refusal; after ten, how many there were besides."""
    for sentence in sentences[:MOST_SENTENCES]:
        messages.error(request, sentence)
    more = len(sentences) - MOST_SENTENCES
    if more > 0:
        messages.error(request, _("And %(count)s more were refused.") % {"count": more})


def read_only(model: type[Model]) -> list[str]:
    """Name every column of a model that nobody edits by hand."""
    return [field.name for field in model._meta.fields]
