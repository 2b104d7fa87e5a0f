"""A registration that an organiser writes down for somebody, or changes for them."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, ConsentText, Purpose, User
from accounts.names import fold
from accounts.users.actions import find_or_add
from accounts.users.forms import NameForm
from forum.editions.models import Edition
from forum.registrations import actions
from forum.registrations.forms import ABOUT_ME, Problem, RegistrationForm, problems_of
from forum.registrations.models import Registration

TOLD = ("category", "job_title", "languages")
"""What an organiser writes down; needs are stated by the delegate alone."""


class ToldForm(RegistrationForm):
    """What is told of a registration, without needs: few see those."""

    def __init__(self, data: Any = None, *, registration: Registration | None = None) -> None:
        person = registration.person if registration else User()
        super().__init__(data, person=person, registration=registration)

    def _ask_consents(self) -> None:
        """Leave out what the delegate alone states, and speak of them, not to them."""
        for name in ("needs", "needs_note"):
            del self.fields[name]
        self.fields["category"].label = _("Category")
        self.fields["region"].label = _("Region (if the organisation's is not known)")
        self.fields["languages"].label = _("Languages that the delegate understands")

    def _helpers(self) -> tuple[FormHelper, FormHelper]:
        return plain_helper(*ABOUT_ME), plain_helper("languages")

    def told(self) -> dict[str, Any]:
        """Return what the form says, as the actions take it."""
        return {
            "organisation": self.organisation.chosen,
            "region": self.cleaned_data["region"],
            **{name: self.cleaned_data[name] for name in TOLD},
        }

    def change_for(self, by: User, *, now: dt.datetime) -> Registration:
        """Change the registration to what the form says."""
        assert self.registration is not None
        return actions.change(self.registration, by=by, now=now, **self.told())


class WhoForm(NameForm):
    """Who comes, and that they have agreed on paper."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Letters go there, and with a code sent there the person signs in."),
    )
    consent = forms.BooleanField(
        label=_("The person has agreed in writing to the processing of personal data.")
    )
    field_order = ("email", "family_name", "given_name", "patronymic", "language", "phone")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["family_name"].help_text = _("Leave it empty for who has a single name.")
        self.fields["patronymic"].label = _("Patronymic (if there is one)")
        self.names, self.agreed = plain_helper(*self.field_order), plain_helper("consent")

    def clean_email(self) -> str:
        """Refuse the e-mail of somebody of quite another name: it was mistyped."""
        email: str = self.cleaned_data["email"].lower()
        typed = fold(" ".join(self.data.get(name, "") for name in ("family_name", "given_name")))
        known = User.objects.filter(email__iexact=email).first()
        has_name = known is not None and (known.family_name or known.given_name)
        if known and has_name and not any(word in known.search_key for word in typed.split()):
            raise forms.ValidationError(
                _("Somebody of another name has this e-mail. Check both."), code="another"
            )
        return email

    def find(self) -> User:
        """Return whose e-mail it is, or add them."""
        person = User(email=self.cleaned_data["email"])
        self.fill(person)
        return find_or_add(person)


class Entry:
    """The page on which a registration is written down: who, and what is told."""

    def __init__(self, data: Any = None) -> None:
        self.told = ToldForm(data)
        self.who = WhoForm(None if self.told.is_search else data)
        if self.told.is_search:
            self.who.initial = {name: data.get(name, "") for name in self.who.fields}

    def is_valid(self) -> bool:
        """Judge both parts."""
        return all([self.who.is_valid(), self.told.is_valid()])

    @property
    def problems(self) -> list[Problem]:
        """Name all that is wrong, in the order of the page."""
        if not (self.who.is_bound and self.told.is_bound):
            return []
        names = problems_of(self.who, self.who.field_order)
        return names + self.told.problems() + problems_of(self.who, ["consent"])

    @transaction.atomic
    def register(self, edition: Edition, *, by: User, now: dt.datetime) -> Registration:
        """Register the person, whom the list may not know yet, or nobody at all."""
        return actions.register(
            edition,
            person=self.who.find(),
            needs=[],
            needs_note="",
            consents=list(ConsentText.objects.current().filter(purpose=Purpose.PROCESSING)),
            now=now,
            method=Consent.Method.DESK,
            by=by,
            outside_window=True,
            approved=True,
            **self.told.told(),
        )


def plain_helper(*names: str) -> FormHelper:
    """Lay out a part of a form that stands within a larger one."""
    helper = FormHelper()
    helper.form_tag = helper.include_media = False
    helper.disable_csrf = True
    helper.layout = Layout(*names)
    return helper
