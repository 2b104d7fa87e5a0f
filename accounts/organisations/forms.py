"""Choosing an organisation from the list, with or without JavaScript, or adding one to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.organisations.access import find_likeness, find_organisations, holder_of
from accounts.organisations.bin import normalise_bin, validate_bin
from accounts.organisations.models import LegalForm, Organisation, OrganisationKind, Region

NEW = "new"
NONE = "none"


class OrganisationForm(forms.Form):
    """What we ask of an organisation that is not in the list yet."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=300,
        help_text=_("In full, as in its documents, with the legal form."),
    )
    bin = forms.CharField(
        label=_("BIN (if there is one)"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    legal_form = forms.ChoiceField(
        label=_("Legal form"), choices=[("", "—"), *LegalForm.choices], required=False
    )
    region: "forms.ModelChoiceField[Region]" = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label="—"
    )
    another = forms.BooleanField(
        label=_("Mine is another organisation than those named above."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.likeness: list[Organisation] = []

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_bin(self) -> str | None:
        number = normalise_bin(self.cleaned_data["bin"])
        if not number:
            return None
        validate_bin(number)
        return number

    def clean(self) -> dict[str, Any]:
        """Warn of what the list holds already; the same BIN cannot be entered twice at all."""
        cleaned = super().clean() or {}
        if "name" not in cleaned or "bin" not in cleaned:
            return cleaned
        holder = holder_of(cleaned["bin"] or "")
        self.likeness = [holder] if holder else find_likeness(cleaned["name"])
        if holder:
            self.add_error("bin", _("This BIN is in the list already. Choose its holder there."))
        elif self.likeness and not cleaned.get("another"):
            raise ValidationError(
                _("The list holds nearly the same name. Choose it, or say that yours is another."),
                code="likeness",
            )
        return cleaned

    def new_organisation(self) -> Organisation:
        """Make the organisation, unsaved, its name in the language of the page."""
        told = {name: self.cleaned_data[name] for name in ("bin", "kind", "legal_form", "region")}
        language = get_language() or "kk"
        return Organisation(**told, **{f"name_{language}": self.cleaned_data["name"]})


class OrganisationChoice:
    """The part of a form that finds an organisation: a search, its results, and one to add.

    `chosen` holds the answer once `is_valid()`: an Organisation (unsaved, if it is new) or None.
    """

    search_url = reverse_lazy("organisation_search")

    def __init__(
        self, data: Any = None, *, chosen: Organisation | None = None, may_be_none: bool = True
    ) -> None:
        self.is_bound, self.may_be_none = data is not None, may_be_none
        self.data = data or {}
        self.answer = self.data.get("organisation", str(chosen.pk) if chosen else "")
        self.typed = self.data.get("organisation_search", str(chosen) if chosen else "").strip()
        self.wants_new = self.answer == NEW
        self.new = OrganisationForm(
            self.data if self.is_bound and self.wants_new else None,
            prefix="new",
            initial={"name": self.typed},
        )
        self.chosen: Organisation | None = chosen
        self.error: str = ""

    @property
    def found_nothing(self) -> bool:
        """Whether what was typed is in no name, and no other sentence says so."""
        return bool(
            self.is_bound and self.typed and not (self.results or self.error or self.answer)
        )

    @cached_property
    def results(self) -> list[Organisation]:
        """What to offer: what is chosen first, then what matches. Who has chosen need not wait."""
        found = find_organisations(self.typed) if self.is_bound else []
        picked = self.picked
        return [*([picked] if picked else []), *(one for one in found if one != picked)]

    @cached_property
    def picked(self) -> Organisation | None:
        """The organisation of the list that is ticked, whatever else is wrong."""
        if self.is_bound and self.answer.isascii() and self.answer.isdecimal():
            number = int(self.answer[:18])
            found = Organisation.objects.filter(pk=number).first()
            return found.kept if found else None
        return self.chosen if not self.is_bound else None

    def is_valid(self, *, required: bool) -> bool:
        """Decide on the answer; a name that one organisation alone has needs no click."""
        self.chosen = None
        if self.wants_new:
            return self._take_new()
        picked = self.picked
        if picked is None and self.answer != NONE and len(self.results) == 1:
            picked = self.results[0]
        self.chosen = picked
        if picked is None and self.answer != NONE and self.typed:
            self.error = str(
                _("Choose your organisation among those found, or add it.")
                if self.results
                else _("The list holds no such organisation. Check the name, or add it.")
            )
        elif picked is None and required:
            self.error = str(_("Find your organisation in the list, or add it."))
        return not self.error

    def _take_new(self) -> bool:
        valid = self.new.is_valid()
        if valid:
            self.chosen = self.new.new_organisation()
        else:
            self.results = self.new.likeness or self.results
        return valid
