"""Names what a record points to without a link, where the link would open nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.db.models import Field, Model
from django.http import HttpRequest


def without_dead_links(form: AdminForm, request: HttpRequest) -> None:
    """Turn read-only relations to records that this person may not see into words."""
    model: type[Model] = form.form._meta.model  # type: ignore[attr-defined]
    words = {
        field.name: _words(field)
        for field in model._meta.fields
        if field.many_to_one and field.name in form.readonly_fields and not _opens(field, request)
    }
    form.fieldsets = [
        (title, {**options, "fields": _replaced(options["fields"], words)})
        for title, options in form.fieldsets
    ]
    readonly: list[Any] = [*form.readonly_fields, *words.values()]
    form.readonly_fields = readonly


def _opens(field: "Field[Any, Any]", request: HttpRequest) -> bool:
    shown = admin.site._registry.get(field.related_model)  # type: ignore[arg-type]
    return shown is not None and shown.has_view_permission(request)


def _words(field: "Field[Any, Any]") -> Callable[[Model], str]:
    def words(record: Model) -> str:
        return str(getattr(record, field.name) or "—")

    words.__name__ = field.name
    words.short_description = field.verbose_name  # type: ignore[attr-defined]
    return words


def _replaced(fields: Any, words: dict[str, Callable[[Model], str]]) -> list[Any]:
    return [
        tuple(_replaced(one, words)) if isinstance(one, list | tuple) else words.get(one, one)
        for one in fields
    ]
