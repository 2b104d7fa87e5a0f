"""What is typed about documents."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import Language
from accounts.models import User
from forum.documents import actions
from forum.documents.models import Document, Kind
from forum.editions.models import Edition
from forum.registrations.models import Registration


class OwnForm(forms.Form):
    """Which document, in which language."""

    kind = forms.ChoiceField(label=gettext_lazy("Document"), choices=Kind)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language)

    def issue(self, registration: Registration, *, by: User, now: dt.datetime) -> Document:
        """Issue it; raises a DocumentError."""
        chosen: dict[str, Any] = self.cleaned_data
        return actions.issue(
            registration, kind=chosen["kind"], language=chosen["language"], by=by, now=now
        )


class DeskForm(OwnForm):
    """The same for somebody, whom an organiser names by the registration's number."""

    code = forms.CharField(label=gettext_lazy("Registration's number"), max_length=12)
    field_order = ("code", "kind", "language")

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition

    def clean_code(self) -> Registration:
        """Return whose number it is."""
        code = self.cleaned_data["code"].strip().upper()
        found = self.edition.registrations.filter(code=code).first()
        if found is None:
            raise ValidationError(_("Nobody is registered for this edition with this number."))
        return found


class WithdrawForm(forms.Form):
    """Why a document holds no more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=actions.LONGEST_REASON,
        help_text=gettext_lazy("Organisers read it; whoever checks the document does not."),
    )


class VerifyForm(forms.Form):
    """The code that stands on a paper."""

    code = forms.CharField(
        label=gettext_lazy("Code on the document"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
