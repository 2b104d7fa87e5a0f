"""The question before a release."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from forum.editions.models import Edition
from sessions_app.timetable.models import Release


class PublishForm(forms.Form):
    """Which edition's draft becomes a release, and what the public is told of it."""

    edition: "forms.ModelChoiceField[Edition]" = forms.ModelChoiceField(
        label=gettext_lazy("Edition"), queryset=Edition.objects.all()
    )
    note = forms.CharField(
        label=gettext_lazy("What is new (for the public)"), required=False, widget=forms.Textarea
    )

    def publish(self, act: Callable[..., Release], *, by: Any, now: dt.datetime) -> Release:
        """Publish by the action `act`."""
        told = self.cleaned_data
        return act(told["edition"], by=by, note=told["note"], now=now)
