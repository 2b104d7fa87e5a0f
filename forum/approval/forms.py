"""Why: asked before a decision that people read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from forum.approval.models import WITH_REASONS, DecisionBatch, Step
from forum.editions.models import Edition

LONGEST = 300
EARLIER = 8


class ReasonsForm(forms.Form):
    """The reason in the languages of those who read it; one is enough."""

    earlier = forms.ChoiceField(label=_("A reason that was used before"), required=False)

    def __init__(self, data: Any = None, *, edition: Edition, needed: set[str]) -> None:
        super().__init__(data)
        self.before = reasons_used(edition)
        if self.before:
            choices = [(str(place), _line(told)) for place, told in enumerate(self.before)]
            self.fields["earlier"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["earlier"]
        for language in Language:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=REASON[language],
                max_length=LONGEST,
                required=False,
                help_text="" if language in needed else _("Nobody of those chosen reads it."),
                widget=forms.Textarea({"rows": 2, "lang": language.value}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_error("earlier") and not self.reasons():
            self.add_error(f"reason_{Language.KAZAKH}", _("Write why, in at least one language."))
        return cleaned

    def reasons(self) -> dict[str, str]:
        """Return what was written by language; what was used before, where nothing was."""
        typed = {one.value: self.cleaned_data.get(f"reason_{one}", "") for one in Language}
        written = {language: " ".join(text.split()) for language, text in typed.items() if text}
        place = self.cleaned_data.get("earlier", "")
        return written or (dict(self.before[int(place)]) if place else {})


class OneReasonForm(forms.Form):
    """Why somebody passes others: it stays in the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        help_text=_("It stays in the history; organisers read it."),
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.language = language

    def reasons(self) -> dict[str, str]:
        """Return the reason under the language of who wrote it."""
        return {self.language: self.cleaned_data["reason"]}


class NoReasonForm(forms.Form):
    """Nothing is asked but whether it is meant."""

    def reasons(self) -> dict[str, str]:
        """Return no reason."""
        return {}


Form = ReasonsForm | OneReasonForm | NoReasonForm
REASON = {
    Language.KAZAKH: _("Reason in Kazakh"),
    Language.RUSSIAN: _("Reason in Russian"),
    Language.ENGLISH: _("Reason in English"),
}


def reasons_used(edition: Edition) -> list[dict[str, str]]:
    """Return the newest different reasons that the edition's organisers gave."""
    rows = DecisionBatch.objects.filter(edition=edition, step__in=WITH_REASONS).exclude(reasons={})
    found: list[dict[str, str]] = []
    for told in rows.order_by("-asked_at").values_list("reasons", flat=True)[: EARLIER * 5]:
        if told not in found:
            found.append(told)
    return found[:EARLIER]


def form_for(step: Step, data: Any, *, edition: Edition, language: str, needed: set[str]) -> Form:
    """Return the form that asks what `step` wants to know; `needed` are its readers' languages."""
    if step in WITH_REASONS:
        return ReasonsForm(data, edition=edition, needed=needed)
    if step == Step.MOVE_UP:
        return OneReasonForm(data, language=language)
    return NoReasonForm(data)


def _line(told: dict[str, str]) -> str:
    return " / ".join(told[one] for one in Language.values if told.get(one))
