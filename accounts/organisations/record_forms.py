"""The admin's forms: an organisation as staff keep it, and which of several is kept."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names import translated
from accounts.organisations.access import find_likeness, holder_of
from accounts.organisations.merging import merge
from accounts.organisations.models import Organisation
from accounts.records import AnyLanguageForm

MOST_NAMED = 5


class RecordForm(AnyLanguageForm):
    """An organisation as staff keep it; a new one that is like another is asked about."""

    another = forms.BooleanField(
        label=_("It is another organisation than those named above."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Name whose BIN it is, and before adding those that it is like."""
        cleaned = super().clean()
        holder = holder_of(cleaned.get("bin") or "")
        if holder and holder != self.instance:
            self.add_error("bin", _("This BIN belongs to: %(holder)s.") % {"holder": holder})
        elif self.instance.pk is None and not cleaned.get("another"):
            self._refuse_likeness(cleaned)
        return cleaned

    def _refuse_likeness(self, cleaned: dict[str, Any]) -> None:
        names = {cleaned.get(column) or "" for column in translated("name")} - {""}
        alike = {one.pk: one for name in sorted(names) for one in find_likeness(name)}
        if alike:
            raise ValidationError(
                _("The list holds nearly the same name: %(names)s. If it is another, say so below.")
                % {"names": "; ".join(one.described for one in list(alike.values())[:MOST_NAMED])},
                code="likeness",
            )


class MergeForm(forms.Form):
    """Which of several organisations is kept, and why they are one."""

    keep = forms.ChoiceField(label=_("The one to keep"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It stands in the history.")
    )

    def __init__(self, data: Any = None, *, bodies: list[Organisation]) -> None:
        super().__init__(data)
        self.bodies = {one.code: one for one in bodies}
        keep = self.fields["keep"]
        assert isinstance(keep, forms.ChoiceField)
        keep.choices = [(code, str(one)) for code, one in self.bodies.items()]

    def merge(self, *, by: Any, now: dt.datetime) -> Organisation:
        """Merge all into the one that was chosen."""
        keep = self.bodies[self.cleaned_data["keep"]]
        gone = [one for one in self.bodies.values() if one != keep]
        return merge(keep, gone=gone, by=by, reason=self.cleaned_data["reason"], now=now)
