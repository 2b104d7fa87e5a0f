"""What is said of a release, in three languages, and which draft it is that one saw."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from forum.editions.models import Edition
from sessions_app.releases.actions import DraftChanged, NotPublishable
from sessions_app.timetable.models import Release

LONGEST_NOTE = 2_000


def _note(label: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=rows)


class NoteForm(forms.Form):
    """What is new, for the public."""

    note_kk = _note(gettext_lazy("What is new, in Kazakh"))
    note_ru = _note(gettext_lazy("What is new, in Russian"))
    note_en = _note(gettext_lazy("What is new, in English"))

    @property
    def note(self) -> dict[str, str]:
        """What was typed, by language."""
        return {code: self.cleaned_data[f"note_{code}"] for code in ("kk", "ru", "en")}


@dataclass(frozen=True)
class Outcome:
    """What came of a form: a release, or the status of the answer and why there is none."""

    release: Release | None
    status: HTTPStatus
    refusals: list[str]


class ReleaseForm(NoteForm):
    """Publishes the draft that was looked at: `seen` is its mark."""

    seen = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def carry_out(self, act: Callable[..., Release], **told: Any) -> Outcome:
        """Do `act` with what the form says, if it was sent and may be done."""
        if not self.is_bound:
            return Outcome(None, HTTPStatus.OK, [])
        if not self.is_valid():
            return Outcome(None, HTTPStatus.UNPROCESSABLE_ENTITY, [])
        try:
            release = act(note=self.note, seen=self.cleaned_data["seen"], **told)
        except DraftChanged as error:
            return Outcome(None, HTTPStatus.CONFLICT, [str(error)])
        except NotPublishable as error:
            return Outcome(None, HTTPStatus.UNPROCESSABLE_ENTITY, error.sentences)
        return Outcome(release, HTTPStatus.FOUND, [])


class PublishForm(NoteForm):
    """Which edition's draft becomes a release, for staff."""

    edition: "forms.ModelChoiceField[Edition]" = forms.ModelChoiceField(
        label=gettext_lazy("Edition"), queryset=Edition.objects.all()
    )
    field_order = ("edition",)

    def publish(self, act: Callable[..., Release], **told: Any) -> Release:
        """Publish by the action `act`."""
        return act(self.cleaned_data["edition"], note=self.note, **told)
