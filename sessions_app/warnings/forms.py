"""The filter of the list of findings, and the levels of an edition's rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.warnings.explanations import EXPLANATIONS
from sessions_app.warnings.levels import DEFAULTS, allowed_levels
from sessions_app.warnings.models import Level, Rule


class FilterForm(forms.Form):
    """Which findings are shown: those of a rule, and those of the sessions that match."""

    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        required=False,
        choices=[("", gettext_lazy("Every rule")), *Rule.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": gettext_lazy("There is no such rule. Choose another.")},
    )
    session = forms.CharField(
        label=gettext_lazy("Title, code or speaker"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )


class LevelsForm(forms.Form):
    """One select a rule, of the levels that it may have."""

    def __init__(self, *args: Any, levels: dict[Rule, Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in Rule:
            self.fields[rule.value] = forms.ChoiceField(
                label=rule.label,
                help_text=str(EXPLANATIONS[rule]),
                choices=[(level.value, _labelled(rule, level)) for level in allowed_levels(rule)],
                initial=levels[rule].value,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={
                    "invalid_choice": gettext_lazy(
                        "This rule cannot have that level. Choose another."
                    )
                },
            )

    def chosen(self) -> dict[Rule, Level]:
        """Return what was chosen, of every rule."""
        return {Rule(name): Level(level) for name, level in self.cleaned_data.items()}


def _labelled(rule: Rule, level: Level) -> str:
    if level != DEFAULTS[rule]:
        return str(level.label)
    return _("%(level)s (as usual)") % {"level": level.label}
