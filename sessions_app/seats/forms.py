"""What an organiser says when moving somebody up, or giving a seat."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_CODE = 12


class MoveUpForm(forms.Form):
    """Who, by the number of the registration, and why."""

    code = forms.CharField(max_length=LONGEST_CODE, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why this person first"), max_length=300)


class GiveForm(forms.Form):
    """To whom a free seat is given, by the number of the registration."""

    code = forms.CharField(
        label=_("Number of the registration"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
