"""A session with its room and time in the draft."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import AnyLanguageForm
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Building, Room, Walk

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
        if "minutes" in self.fields:
            self.fields["minutes"].required = False
        self.fields["room"].queryset = edition.rooms.all()  # type: ignore[attr-defined]
        if "track" in self.fields:
            self.fields["track"].queryset = edition.tracks.all()  # type: ignore[attr-defined]
        if placement := getattr(self.instance, "placement", None):
            for name in ("room", "starts_at", "ends_at"):
                self.initial[name] = getattr(placement, name)

    def clean_minutes(self) -> int:
        """Keep the length that it had where none is told."""
        minutes: int | None = self.cleaned_data["minutes"]
        return self.instance.minutes if minutes is None else minutes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [bool(cleaned.get(name)) for name in ("room", "starts_at", "ends_at")]
        if any(given) and not all(given) and not self.errors:
            self.add_error("room", _("Give room, beginning and end together, or none of them."))
        return cleaned


class RoomForm(AnyLanguageForm):
    """A room stands in a building of its own edition."""

    class Meta:
        model = Room
        fields = ()  # the admin names them
        help_texts = {"interpretation_languages": LANGUAGES_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "building" in self.fields:
            houses = Building.objects.filter(edition=self.instance.edition)
            self.fields["building"].queryset = houses  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        building, edition = cleaned.get("building"), cleaned.get("edition")
        if building and edition and building.edition_id != edition.pk:
            self.add_error(
                "building",
                _("This building belongs to another edition. Choose one of this edition."),
            )
        return cleaned


class WalkForm(forms.ModelForm):
    """How long it takes to another of the edition's buildings, `houses`."""

    class Meta:
        model = Walk
        fields = ("other", "minutes")

    def __init__(self, *args: Any, houses: QuerySet[Building], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = houses  # type: ignore[attr-defined]
        self.fields["other"].disabled = self.instance.pk is not None


class WalkFormSet(forms.BaseInlineFormSet):
    """The ways from one building; each is told once, since the way back takes as long."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        houses = Building.objects.filter(edition=self.instance.edition_id)
        return {**super().get_form_kwargs(index), "houses": houses.exclude(pk=self.instance.pk)}

    def clean(self) -> None:
        super().clean()
        told = set(Walk.objects.filter(other=self.instance).values_list("one_id", flat=True))
        for form in self.forms:
            other = form.cleaned_data.get("other") if hasattr(form, "cleaned_data") else None
            if other is None or form in self.deleted_forms:
                continue
            if other.pk in told:
                form.add_error("other", _("The way to this building is told already."))
            told.add(other.pk)
