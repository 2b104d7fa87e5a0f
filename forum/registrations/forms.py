"""What a delegate tells when registering, and when changing it."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.models import ConsentText, Purpose, Region, User
from accounts.organisations.forms import NONE, OrganisationChoice
from accounts.privacy.forms import ConsentField
from accounts.records import RefusableForm
from forum.editions.models import Edition
from forum.quotas.kinds import why_unfit
from forum.quotas.models import Category
from forum.registrations import actions
from forum.registrations.models import Need, Registration


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the id of the field where it is put right."""

    anchor: str
    sentence: str


TOLD = ("category", "job_title", "languages", "needs", "needs_note")
EMPTY: dict[str, object] = dict.fromkeys(TOLD, "")
EMPTY |= {"languages": [], "needs": [], "region": None}
ABOUT_ME = ("category", "region", "job_title")


class RegistrationForm(forms.Form):
    """A registration, new or existing; `organisation` is the part that finds one's body."""

    category = forms.ChoiceField(label=_("I come for"), choices=[("", "—"), *Category.choices])
    region: "forms.ModelChoiceField[Region]" = forms.ModelChoiceField(
        label=_("Region (if your organisation's is not known)"),
        queryset=Region.objects.all(),
        required=False,
        empty_label="—",
    )
    job_title = forms.CharField(
        label=_("Position (optional)"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that you understand"),
        choices=Language,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What you need there (optional)"),
        choices=Need,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Those alone who prepare it see this, and it is erased two weeks after the forum. An"
            " assistant needs no registration."
        ),
    )
    needs_note = forms.CharField(
        label=_("More about what you need (optional)"),
        max_length=300,
        required=False,
        help_text=_("Say what we should prepare; why you need it is not asked."),
    )

    def __init__(
        self, data: Any = None, *, person: User, registration: Registration | None = None
    ) -> None:
        self.person, self.registration = person, registration
        self.is_search = data is not None and "find" in data
        self.is_draft = data is not None and "later" in data
        told = (*TOLD, "region")
        initial = {name: getattr(registration, name) for name in told} if registration else {}
        unjudged = self.is_search or self.is_draft
        super().__init__(None if unjudged else data, initial=initial)
        if unjudged:
            self.initial = self._typed(data)
        chosen = registration.organisation if registration else None
        self.organisation = OrganisationChoice(data, chosen=chosen)
        self._ask_consents()
        self.about_me, self.about_needs = self._helpers()

    def _typed(self, data: Any) -> dict[str, Any]:
        """Keep what was typed while the organisation is being looked up, without judging it."""
        return {
            name: field.widget.value_from_datadict(data, {}, name)
            for name, field in self.fields.items()
        }

    def _ask_consents(self) -> None:
        """Ask for what is not yet agreed to; a change of what was sent, for needs alone."""
        texts = ConsentText.objects.unanswered_by(self.person)
        if self.registration and self.registration.registered_at:
            texts = [text for text in texts if text.purpose == Purpose.NEEDS]
        if texts:
            self.fields["consents"] = ConsentField(texts=texts)

    def _helpers(self) -> tuple[FormHelper, FormHelper]:
        """Lay the form out in two parts; the organisation stands between them."""
        parts = (
            Layout(*ABOUT_ME),
            Layout(
                Fieldset("", "languages"),
                Fieldset("", "needs", "needs_note"),
                *(["consents"] if "consents" in self.fields else []),
            ),
        )
        helpers = FormHelper(), FormHelper()
        for helper, part in zip(helpers, parts, strict=True):
            helper.form_tag = helper.include_media = False
            helper.disable_csrf = True
            helper.layout = part
        return helpers

    def is_valid(self) -> bool:
        """Judge the fields and the organisation, and whether the two go together."""
        fields_are_valid = super().is_valid()
        if not self.is_bound:
            return False
        is_guest = self.data.get("category") == Category.GUEST
        says_none = self.organisation.answer == NONE
        if not self.organisation.is_valid(required=not (is_guest or says_none)):
            return False
        self.organisation.error = self._why_unfit()
        return fields_are_valid and not self.organisation.error

    def _why_unfit(self) -> str:
        """Say why category and organisation do not go together; what stood so before may stay."""
        category, chosen = self.cleaned_data.get("category"), self.organisation.chosen
        before = self.registration
        kept = before and (before.category, before.organisation) == (category, chosen)
        return "" if kept or not category else why_unfit(category, organisation=chosen)

    def problems(self) -> list[Problem]:
        """Name all that is wrong, in the order of the page, each with the id of its field."""
        found = problems_of(self, ABOUT_ME)
        if self.organisation.error:
            found.append(Problem("organisation_search", self.organisation.error))
        if self.organisation.new.is_bound:
            found += problems_of(self.organisation.new, self.organisation.new.fields)
        rest = [name for name in self.fields if name not in ABOUT_ME]
        return found + problems_of(self, rest)

    def register(self, edition: Edition, *, now: dt.datetime) -> Registration:
        """Register the person with what the form says."""
        return actions.register(
            edition,
            person=self.person,
            organisation=self.organisation.chosen,
            region=self.cleaned_data["region"],
            consents=self.cleaned_data.get("consents", []),
            now=now,
            **{name: self.cleaned_data[name] for name in TOLD},
        )

    def keep(self, edition: Edition, *, now: dt.datetime) -> Registration:
        """Keep what was typed so far, as far as it can be understood.

        Needs are not kept: they are health-related, and nothing was agreed to yet.
        """
        told: dict[str, object] = {}
        for name in ("category", "region", "job_title", "languages"):
            with suppress(ValidationError):
                told[name] = self.fields[name].clean(self.initial.get(name)) or EMPTY[name]
        return actions.save_draft(
            edition, person=self.person, organisation=self.organisation.picked, now=now, **told
        )

    def change(self, *, now: dt.datetime) -> Registration:
        """Change the registration to what the form says."""
        assert self.registration is not None
        return actions.change(
            self.registration,
            by=self.person,
            now=now,
            consents=self.cleaned_data.get("consents", []),
            organisation=self.organisation.chosen,
            region=self.cleaned_data["region"],
            **{name: self.cleaned_data[name] for name in TOLD},
        )


def problems_of(form: forms.Form, names: Iterable[str]) -> list[Problem]:
    """Name what is wrong with a form as a whole, then with each of its fields."""
    whole = [Problem("organisation_new", str(one)) for one in form.non_field_errors()]
    return whole + [
        Problem(_anchor(form[name]), f"{form[name].label}: {one}")
        for name in names
        for one in form[name].errors
    ]


def _anchor(field: forms.BoundField) -> str:
    """Give the id that a link leads to; of several boxes, the first one's."""
    return field.id_for_label or f"{field.auto_id}_0"


class CancelForm(forms.Form):
    """Why a delegate will not come; it need not be said."""

    reason = forms.CharField(
        label=_("Why? (optional)"),
        max_length=300,
        required=False,
        help_text=_("The organisers read it."),
    )


class ReasonForm(forms.Form):
    """Why the organisers cancel a registration; the delegate's letter and the history say it."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ClerkForm(RefusableForm):
    """A registration as staff see it: what the delegate told."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"), choices=Need, required=False, widget=forms.CheckboxSelectMultiple
    )

    needs_consent = forms.BooleanField(
        label=_("The person has agreed in writing that what they need is kept."), required=False
    )

    class Meta:
        model = Registration
        fields: tuple[str, ...] = ("organisation", "region", *TOLD)


class ClerkRegisterForm(ClerkForm):
    """A registration that staff add for somebody who has signed the consent."""

    consent = forms.BooleanField(
        label=_("The person has agreed in writing to the processing of personal data.")
    )

    class Meta(ClerkForm.Meta):
        fields: tuple[str, ...] = ("edition", "person", *ClerkForm.Meta.fields)
        help_texts = {
            "edition": _(
                "Before registration opens, and after it closes, only you can add people, until "
                "the edition is over. Where every place is taken, they stand on the waiting list."
            )
        }
