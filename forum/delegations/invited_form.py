"""The registration form of who was invited: organisation and category are known already."""

import copy
import datetime as dt
from typing import Any

from django import forms

from accounts.models import ConsentText, User
from accounts.privacy.forms import ConsentField
from forum.delegations import inviting
from forum.delegations.models import DelegateInvitation
from forum.registrations.forms import RegistrationForm
from forum.registrations.models import Registration

ASKED = ("job_title", "region", "languages", "needs", "needs_note")
"""What of the registration form is left to tell."""


class InvitedForm(forms.Form):
    """What an invited delegate tells."""

    def __init__(self, data: Any = None, *, invitation: DelegateInvitation, person: User) -> None:
        super().__init__(data)
        self.invitation, self.person = invitation, person
        for name in ASKED:
            self.fields[name] = copy.deepcopy(RegistrationForm.base_fields[name])
        if invitation.organisation.region_id:
            del self.fields["region"]
        if texts := ConsentText.objects.unanswered_by(person):
            self.fields["consents"] = ConsentField(texts=texts)

    def accept(self, *, now: dt.datetime) -> Registration:
        """Register the person with what the form says."""
        told = self.cleaned_data
        return inviting.accept(
            self.invitation,
            person=self.person,
            region=told.get("region"),
            consents=told.get("consents", []),
            now=now,
            **{name: told[name] for name in ASKED if name != "region"},
        )
