"""A session with its room and time in the draft."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import AnyLanguageForm
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room

LANGUAGES_HELP = gettext_lazy("Codes with commas between them: kk, ru, en.")


class SessionForm(AnyLanguageForm):
    """`room`, `starts_at` and `ends_at` go to the draft, all three or none."""

    room: Any = forms.ModelChoiceField(
        queryset=Room.objects.none(), label=gettext_lazy("room"), required=False
    )
    starts_at = forms.SplitDateTimeField(
        label=gettext_lazy("starts"), required=False, widget=AdminSplitDateTime
    )
    ends_at = forms.SplitDateTimeField(
        label=gettext_lazy("ends"), required=False, widget=AdminSplitDateTime
    )

    class Meta:
        model = Session
        fields = ()  # the admin names them
        help_texts = {
            "working_languages": LANGUAGES_HELP,
            "interpretation_languages": LANGUAGES_HELP,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        edition = self.instance.edition
        self.fields["room"].queryset = edition.rooms.all()  # type: ignore[attr-defined]
        if "track" in self.fields:
            self.fields["track"].queryset = edition.tracks.all()  # type: ignore[attr-defined]
        if placement := getattr(self.instance, "placement", None):
            for name in ("room", "starts_at", "ends_at"):
                self.initial[name] = getattr(placement, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [bool(cleaned.get(name)) for name in ("room", "starts_at", "ends_at")]
        if any(given) and not all(given) and not self.errors:
            self.add_error("room", _("Give room, beginning and end together, or none of them."))
        return cleaned
