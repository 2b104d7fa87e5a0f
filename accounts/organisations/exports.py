"""Organisations as a table, out and in; a row is known by its BIN, else by its number here.

A row that is known by neither, but bears the name of an organisation of its region, is refused
unless it says that it is another: files of the register spell what delegates have spelt before.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, widgets

from accounts.organisations.bin import normalise_bin
from accounts.organisations.models import (
    LegalForm,
    Organisation,
    OrganisationKind,
    Region,
    RegisterStatus,
)
from accounts.organisations.plain_names import plain
from accounts.transfers import ChoiceWidget, GuardedResource, says_yes

ANOTHER = "another"
"""The column in which a row says that it is no double; it is read alone."""
Known = tuple[Organisation, int | None]
"""An organisation and its number; none, where a row of the same file adds it."""


class BinWidget(widgets.CharWidget):
    """A BIN as people and Excel write it: with blanks, or as a number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return normalise_bin(str(value or "").removesuffix(".0")) or None


class OrganisationResource(GuardedResource):
    """One row an organisation."""

    headings = {
        "id": gettext_lazy("Number"),
        "bin": gettext_lazy("BIN"),
        "name_kk": gettext_lazy("Name in Kazakh"),
        "name_ru": gettext_lazy("Name in Russian"),
        "name_en": gettext_lazy("Name in English"),
        "kind": gettext_lazy("Kind"),
        "legal_form": gettext_lazy("Legal form"),
        "region": gettext_lazy("Region"),
        "register_status": gettext_lazy("In the register"),
        "other_names": gettext_lazy("Other names and numbers"),
        ANOTHER: gettext_lazy("Another organisation (yes)"),
    }

    id = fields.Field("id", "id", readonly=True)
    bin = fields.Field("bin", "bin", widget=BinWidget())
    kind = fields.Field("kind", "kind", widget=ChoiceWidget(OrganisationKind))
    legal_form = fields.Field("legal_form", "legal_form", widget=ChoiceWidget(LegalForm))
    region = fields.Field("region", "region", widget=widgets.ForeignKeyWidget(Region, "code"))
    register_status = fields.Field(
        "register_status",
        "register_status",
        widget=ChoiceWidget(RegisterStatus),
        default=RegisterStatus.UNKNOWN,
    )

    class Meta:
        model = Organisation
        import_id_fields = ()  # get_instance finds the row, by one or the other
        fields = (
            *("id", "bin", "name_kk", "name_ru", "name_en", "kind", "legal_form", "region"),
            *("register_status", "other_names"),
        )
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def get_queryset(self) -> Any:
        return Organisation.objects.listed().select_related("region").order_by("sort_key", "pk")

    def shown_columns(self) -> list[str]:
        return [*super().shown_columns(), ANOTHER]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read the plain names once: a file may hold 18,000 rows."""
        super().before_import(dataset, **kwargs)
        self._known: dict[str, list[Known]] = defaultdict(list)
        for one in Organisation.objects.listed().select_related("region").iterator(2000):
            self._know(one)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        self._is_another = says_yes(row.get(ANOTHER))

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        """Refuse to add what is in the list under another spelling."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if instance.pk is None and not self._is_another:
            for double, number in self._doubles(instance):
                column = self.headings[ANOTHER]
                raise ValidationError(_why_double(double, number=number, column=column))
        self._know(instance)

    def _doubles(self, new: Organisation) -> Iterator[Known]:
        """Those of its name and region, or of no region; but two BINs are two bodies."""
        for name in new.names:
            for known, number in self._known.get(plain(name), ()):
                here = None in (known.region_id, new.region_id) or known.region == new.region
                if here and not (known.bin and new.bin):
                    yield known, number

    def _know(self, organisation: Organisation) -> None:
        for name in {plain(name) for name in organisation.names} - {""}:
            self._known[name].append((organisation, organisation.pk))

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Find by the BIN first: files from elsewhere do not know our numbers."""
        if number := BinWidget().clean(row.get("bin")):
            holder = Organisation.objects.select_related("merged_into").filter(bin=number).first()
            if holder and holder.merged_into:
                # The file is older than the merge: the kept one has a number of its own.
                row["bin"] = holder.kept.bin
            return holder.kept if holder else self._by_id(row)
        return self._by_id(row)

    def _by_id(self, row: Any) -> Organisation | None:
        number = str(row.get("id") or "").removesuffix(".0")
        if not (number.isascii() and number.isdecimal()):
            return None
        known = Organisation.objects.select_related("merged_into")
        found = known.filter(pk=int(number[:18])).first()
        return found.kept if found else None


def _why_double(double: Organisation, *, number: int | None, column: Any) -> str:
    if number is None:
        said = _(
            "This file names it twice: %(double)s. Leave one of the rows out, or write “yes” into "
            "the column “%(column)s”."
        )
    else:
        said = _(
            "The list holds the same name: %(double)s. Write its number, %(number)s, into this "
            "row, or “yes” into the column “%(column)s”."
        )
    # Of a row of the file the name is enough: what else it says stands beside it.
    told = double if number is None else double.described
    return said % {"double": told, "number": number, "column": column}
