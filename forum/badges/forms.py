"""Which badges an organiser asks for."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from forum.badges import actions
from forum.badges.models import BadgeBatch, Layout, Wanted
from forum.editions.models import Edition
from forum.quotas.models import Category


class BatchForm(forms.Form):
    """Whose badges, and on what paper."""

    wanted = forms.ChoiceField(label=_("Whose badges"), choices=Wanted, initial=Wanted.DUE)
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All categories")), *Category.choices], required=False
    )
    region: "forms.ModelChoiceField[Region]" = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        required=False,
        empty_label=_("All regions"),
    )
    layout = forms.ChoiceField(label=_("Paper"), choices=Layout, initial=Layout.A4)

    def ask(self, edition: Edition, *, by: User, now: dt.datetime) -> BadgeBatch:
        """Have a worker make them; raises a BadgeError."""
        chosen: dict[str, Any] = self.cleaned_data
        return actions.ask(edition, **chosen, by=by, now=now)
