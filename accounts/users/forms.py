"""The fields that tell who a person is; sign-up and, later, my page use them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.users.models import User
from accounts.users.phones import normalise_phone


class NameForm(forms.Form):
    """A person's names, language and phone. Only the given name must be there."""

    family_name = forms.CharField(
        label=_("Surname"),
        max_length=100,
        required=False,
        help_text=_("Leave it empty if you have a single name."),
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    patronymic = forms.CharField(
        label=_("Patronymic (if you have one)"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "additional-name"}),
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=Language)
    phone = forms.CharField(
        label=_("Phone (optional)"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def clean_family_name(self) -> str:
        return _one_spaced(self.cleaned_data["family_name"])

    def clean_given_name(self) -> str:
        return _one_spaced(self.cleaned_data["given_name"])

    def clean_patronymic(self) -> str:
        return _one_spaced(self.cleaned_data["patronymic"])

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])

    def fill(self, person: User) -> None:
        """Put what was typed into `person`, unsaved."""
        for name in NameForm.base_fields:
            setattr(person, name, self.cleaned_data[name])


def _one_spaced(text: str) -> str:
    return " ".join(text.split())
