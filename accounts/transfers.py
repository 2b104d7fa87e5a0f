"""Tables in and out of the admin: XLSX, and the CSV that Excel opens, guarded against formulas."""

import codecs
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any

import tablib
from django.contrib import messages
from django.core.cache import cache
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.tmp_storages import CacheStorage

from accounts.names import fold
from accounts.tables.encodings import decoded
from accounts.tables.lines import lines_of
from accounts.tables.package import inspect
from accounts.tables.words import in_every_language

_YES = frozenset({"yes", "1", "true", "да", "иә", "иа"})
_FORMULA = re.compile(r"^(?!\+[0-9]+$)[=+\-@\t\r]")


def guarded(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run; a phone is no formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unguarded(value: Any) -> Any:
    """Take the apostrophe away again."""
    if isinstance(value, str) and value.startswith("'") and _FORMULA.match(value[1:]):
        return value[1:]
    return value


def says_yes(cell: Any) -> bool:
    """Whether a cell says yes, in any of our languages."""
    return str(cell or "").strip().casefold().removesuffix(".0") in _YES


class ExcelCSV(CSV):
    """UTF-8 with a byte order mark and semicolons; read as any program saves a table."""

    def is_binary(self) -> bool:
        """Have the file's bytes given: which encoding they are in, they say themselves."""
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return codecs.BOM_UTF8 + dataset.export("csv", delimiter=";").encode()

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        lines = [line for _number, line in lines_of(decoded(in_stream).text)]
        dataset = tablib.Dataset(headers=lines[0] if lines else [])
        for line in filter(any, lines[1:]):
            dataset.append([*line, *[""] * (dataset.width - len(line))])
        return dataset


class InspectedXLSX(XLSX):
    """A workbook that is looked into before it is opened."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        inspect(io.BytesIO(in_stream))
        return super().create_dataset(in_stream)


class ChoiceWidget(widgets.Widget):
    """One of several codes: written in the reader's words, read as a code or in any language."""

    def __init__(self, choices: type[TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the code; what is none of them as it stands, for the rules to refuse."""
        typed = str(value or "").strip()
        known = in_every_language({one.value: one.label for one in self.choices})
        return known.get(fold(typed), typed)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value in self.choices else str(value or "")


class GuardedResource(resources.ModelResource):
    """A table whose cells cannot become formulas, and are read back as they were.

    `headings` are the words for its columns: a file has them in its reader's language, and one
    that is read may have them in any language, or the columns' codes.
    """

    headings: Mapping[str, Any] = {}

    def heading(self, column: str) -> str:
        """Return the words for a column; the code of one that has none."""
        return str(self.headings.get(column, column))

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [self.heading(one) for one in super().get_export_headers(selected_fields)]

    def get_diff_headers(self) -> list[str]:
        return [self.heading(one) for one in super().get_diff_headers()]

    def shown_columns(self) -> Iterable[str]:
        """Name the columns that the pages of import and export tell of."""
        return [field.column_name for field in self.get_import_fields()]

    def get_user_visible_fields(self) -> list[Any]:
        return [SimpleNamespace(column_name=self.heading(one)) for one in self.shown_columns()]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        known = in_every_language(self.headings)
        heads = [str(head or "").strip() for head in dataset.headers or []]
        dataset.headers = [known.get(fold(head), head) for head in heads]
        super().before_import(dataset, **kwargs)

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return guarded(super().export_field(field, instance, **kwargs))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for name, value in row.items():
            row[name] = unguarded(value)
        super().before_import_row(row, **kwargs)


class TableForm(ExportForm):
    """Chooses XLSX for who does not: it opens everywhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("format", "0")


class TransferAdmin(ImportExportMixin):
    """The pages that export and import; who may change records may import, who sees may export."""

    formats = [InspectedXLSX, ExcelCSV]
    export_form_class = TableForm
    # Redis and not a folder: the next request may reach another machine.
    tmp_storage_class = CacheStorage
    # The triggers' history tells more than a log line would.
    skip_admin_log = True
    import_template_name = "admin/import_records.html"
    export_template_name = "admin/export_records.html"

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write what was confirmed; the file may be gone, or the address made up."""
        name, number = request.POST.get("import_file_name", ""), request.POST.get("format", "")
        kept = CacheStorage(name=PurePosixPath(name).name)
        if number not in {"0", "1"} or cache.get(kept.CACHE_PREFIX + str(kept.name)) is None:
            messages.error(request, _("The file is no longer here. Send it once more."))
            return redirect(f"admin:{self._name()}_import")
        return super().process_import(request, **kwargs)

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Write all rows or none, whatever has changed since the preview."""
        kwargs["rollback_on_validation_errors"] = True
        return super().process_dataset(dataset, form, request, **kwargs)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say that nothing was written when a row was refused after all."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _("Something changed meanwhile, so nothing was written. Send the file again."),
            )
            return redirect(f"admin:{self._name()}_import")
        return super().process_result(result, request)

    def _name(self) -> str:
        return "_".join(self.get_model_info())

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Importing adds and changes."""
        return self.has_add_permission(request) and self.has_change_permission(request)  # type: ignore[attr-defined,no-any-return]

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whoever sees every row may take them along."""
        return self.has_view_permission(request)  # type: ignore[attr-defined,no-any-return]
