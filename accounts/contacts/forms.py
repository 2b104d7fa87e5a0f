"""Asking to speak for an organisation, and the reasons with which it ends."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.contacts import actions
from accounts.contacts.models import Contact
from accounts.organisations.forms import OrganisationChoice
from accounts.users.models import User


class AskForm(forms.Form):
    """For which organisation one asks to speak; `organisation` is the part that finds it."""

    message = forms.CharField(
        label=_("Your position there (optional)"),
        max_length=300,
        required=False,
        help_text=_("Whoever confirms you reads it, with your name and e-mail."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )

    def __init__(self, data: Any = None) -> None:
        self.is_search = data is not None and "find" in data
        super().__init__(None if self.is_search else data)
        if self.is_search:
            self.initial = {"message": data.get("message", "")}
        self.organisation = OrganisationChoice(data, may_be_none=False)

    def is_valid(self) -> bool:
        """Judge the note and the organisation, which must be one."""
        fields_are_valid = super().is_valid()
        if not self.is_bound:
            return False
        return self.organisation.is_valid(required=True) and fields_are_valid

    def ask(self, *, person: User, now: dt.datetime) -> Contact:
        """Ask with what the form says."""
        assert self.organisation.chosen is not None
        message = self.cleaned_data["message"]
        return actions.ask_to_be_contact(
            self.organisation.chosen, person=person, message=message, now=now
        )


class DeclineForm(forms.Form):
    """Why somebody is not taken for a contact."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The person reads it."))


class EndForm(forms.Form):
    """Why somebody is a contact no longer; it need not be said."""

    reason = forms.CharField(
        label=_("Why? (optional)"),
        max_length=300,
        required=False,
        help_text=_("The person and the organisers read it."),
    )
