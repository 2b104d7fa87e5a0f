"""What organisers type on the pages of places, but for the table itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, Region
from forum.allocation.numbers import NoNumber, read_places
from forum.allocation.proposals import Method, Wanted
from forum.allocation.typed import LONGEST
from forum.quotas.errors import NoNumberOfPlaces, OrganisationGone, ReasonMissing
from forum.quotas.models import Approval, Category, CategoryRule
from forum.quotas.rules import RuleWish

LONGEST_REASON = 300


class PlacesField(forms.CharField):
    """A number of places; None for an empty field."""

    def __init__(self, **kwargs: Any) -> None:
        look = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control"}
        super().__init__(max_length=LONGEST, widget=forms.TextInput(attrs=look), **kwargs)

    def clean(self, value: Any) -> int | None:
        try:
            places = read_places(str(value or ""))
        except NoNumber as error:
            raise ValidationError(NoNumberOfPlaces.sentence, code="invalid") from error
        if places is None and self.required:
            raise ValidationError(_("Write the number of places in digits."), code="required")
        return places


class CapForm(forms.Form):
    """How many places each organisation has."""

    cap = PlacesField(label=gettext_lazy("Places for each organisation"), required=False)
    seen = PlacesField(required=False)


class ExceptionForm(forms.Form):
    """Other places for one organisation than for the rest."""

    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation.objects.all(),
        error_messages={
            "required": gettext_lazy("Find the organisation first, and choose it."),
            "invalid_choice": OrganisationGone.sentence,
        },
    )
    places = PlacesField(label=gettext_lazy("Places"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": ReasonMissing.sentence},
    )


class RuleRow(NamedTuple):
    """A category on the page of rules."""

    category: Category
    rule: CategoryRule
    approval: forms.BoundField
    closed: forms.BoundField
    seen: forms.BoundField


class RulesForm(forms.Form):
    """Who approves each category, and whether it is closed; each beside what stood there."""

    def __init__(self, data: Any, *, rules: Mapping[Category, CategoryRule]) -> None:
        super().__init__(data)
        self.rules = rules
        for category, rule in rules.items():
            closed = rule.closed_at is not None
            self.fields[f"{category}.approval"] = forms.ChoiceField(
                choices=Approval,
                initial=rule.approval,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"{category}.closed"] = forms.BooleanField(
                required=False,
                initial=closed,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"{category}.seen"] = forms.CharField(
                initial=_mark(rule.approval, closed), max_length=30, widget=forms.HiddenInput
            )

    @property
    def rows(self) -> Iterator[RuleRow]:
        """Each category with its rule and its fields."""
        for category, rule in self.rules.items():
            names = ("approval", "closed", "seen")
            yield RuleRow(category, rule, *(self[f"{category}.{name}"] for name in names))

    def wishes(self) -> dict[Category, RuleWish]:
        """Return the rules that were changed here."""
        wishes = {}
        for category in self.rules:
            approval, closed, seen = (
                self.cleaned_data[f"{category}.{name}"] for name in ("approval", "closed", "seen")
            )
            if _mark(approval, closed) != seen:
                was, _dot, shut = seen.partition(".")
                wishes[category] = RuleWish(Approval(approval), closed, seen=(was, shut == "1"))
        return wishes


def _mark(approval: str, closed: bool) -> str:
    return f"{approval}.{int(closed)}"


class ProposalForm(forms.Form):
    """What is to be shared out among the regions, and how."""

    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        choices=Category,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": gettext_lazy("There is no such category.")},
    )
    total = PlacesField(label=gettext_lazy("Places to share out"))
    method = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=Method,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": gettext_lazy("There is no such way of sharing.")},
    )
    least = PlacesField(label=gettext_lazy("At least in each region"), required=False)

    def __init__(self, data: Any, *, regions: Iterable[Region], counted: Mapping[int, int]) -> None:
        super().__init__(data, label_suffix="")
        self.regions = list(regions)
        for region in self.regions:
            label = _("Organisations: %(region)s") % {"region": region}
            field = PlacesField(label=label, required=False)
            field.widget.attrs |= {
                "aria-label": label,
                "placeholder": str(counted.get(region.pk, 0)),
                # In the table, outside the form that sends it.
                "form": "wanted",
            }
            self.fields[f"n.{region.code}"] = field

    def wanted(self) -> Wanted:
        """Return what is asked for; the form is valid."""
        told = self.cleaned_data
        typed = {region.pk: told[f"n.{region.code}"] for region in self.regions}
        return Wanted(
            category=Category(told["category"]),
            total=told["total"],
            method=Method(told["method"]),
            least=told["least"] or 0,
            numbers={pk: number for pk, number in typed.items() if number is not None},
        )
