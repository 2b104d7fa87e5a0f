"""Organisations as a table, out and in; a row is known by its BIN, else by its number here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export import fields, widgets

from accounts.organisations.bin import normalise_bin
from accounts.organisations.models import LegalForm, Organisation, OrganisationKind, Region
from accounts.transfers import ChoiceWidget, GuardedResource


class BinWidget(widgets.CharWidget):
    """A BIN as people and Excel write it: with blanks, or as a number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return normalise_bin(str(value or "").removesuffix(".0")) or None


class OrganisationResource(GuardedResource):
    """One row an organisation."""

    headings = {
        "id": _("Number"),
        "bin": _("BIN"),
        "name_kk": _("Name in Kazakh"),
        "name_ru": _("Name in Russian"),
        "name_en": _("Name in English"),
        "kind": _("Kind"),
        "legal_form": _("Legal form"),
        "region": _("Region"),
    }

    id = fields.Field("id", "id", readonly=True)
    bin = fields.Field("bin", "bin", widget=BinWidget())
    kind = fields.Field("kind", "kind", widget=ChoiceWidget(OrganisationKind))
    legal_form = fields.Field("legal_form", "legal_form", widget=ChoiceWidget(LegalForm))
    region = fields.Field("region", "region", widget=widgets.ForeignKeyWidget(Region, "code"))

    class Meta:
        model = Organisation
        import_id_fields = ()  # get_instance finds the row, by one or the other
        fields = ("id", "bin", "name_kk", "name_ru", "name_en", "kind", "legal_form", "region")
        export_order = fields
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def get_queryset(self) -> Any:
        return Organisation.objects.listed().select_related("region").order_by("sort_key", "pk")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Find by the BIN first: files from elsewhere do not know our numbers."""
        if number := BinWidget().clean(row.get("bin")):
            return self._kept(bin=number) or self._by_id(row)
        return self._by_id(row)

    def _by_id(self, row: Any) -> Organisation | None:
        number = str(row.get("id") or "").removesuffix(".0")
        if not (number.isascii() and number.isdecimal()):
            return None
        return self._kept(pk=int(number[:18]))

    def _kept(self, **known: object) -> Organisation | None:
        """Find a row; a file that was made before a merge speaks of what was kept."""
        found = Organisation.objects.select_related("merged_into").filter(**known).first()
        return found.kept if found else None
