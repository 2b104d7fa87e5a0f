"""What a speaker, or an organiser for them, fills in."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import Language
from accounts.names import translated
from forum.editions.models import Edition
from forum.mailing.planning import moment
from forum.templatetags.frame import LANGUAGE_NAMES
from sessions_app.invitations.documents import TYPES, NotADocument, recognised
from sessions_app.invitations.pictures import NotAPicture, squared
from sessions_app.speakers.models import Speaker

DAY = dt.timedelta(days=1)
MIDNIGHT = dt.time(0)
SPARE_ROWS = 2


class DeclineForm(forms.Form):
    """Why the speaker does not come; it need not be said."""

    reason = forms.CharField(
        label=gettext_lazy("Why? (optional)"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The organisers read it."),
    )


class ProfileForm(forms.Form):
    """Name, position and biography in each language; at the desk the e-mail too."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=Language)

    FIELDS = (
        ("given_name", gettext_lazy("Given name"), 200),
        ("family_name", gettext_lazy("Surname"), 100),
        ("position", gettext_lazy("Position"), 300),
        ("biography", gettext_lazy("About the speaker"), 3000),
    )

    def __init__(self, data: Any = None, *, speaker: Speaker, with_email: bool) -> None:
        columns = [column for name, _label, _most in self.FIELDS for column in translated(name)]
        initial = {name: getattr(speaker, name) for name in (*columns, "email", "language")}
        super().__init__(data, initial=initial)
        for language in Language.values:
            for name, label, most in self.FIELDS:
                long = forms.Textarea({"rows": 6, "lang": language})
                widget = long if name == "biography" else forms.TextInput({"lang": language})
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=label, max_length=most, required=False, widget=widget
                )
        if not with_email:
            del self.fields["email"]
        self.helper = self._layout(with_email)

    def _layout(self, with_email: bool) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = helper.include_media = False
        helper.disable_csrf = True
        helper.layout = Layout(
            *(["email"] if with_email else []),
            "language",
            *(
                Fieldset(
                    LANGUAGE_NAMES[language][0],
                    *(f"{name}_{language}" for name, _label, _most in self.FIELDS),
                )
                for language in Language.values
            ),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [*translated("given_name"), *translated("family_name")]
        if not any(cleaned.get(name) for name in names) and not self.errors:
            self.add_error(names[0], _("Fill in the name, in one language at least."))
        return cleaned


@dataclass(frozen=True)
class TimesOfDay:
    """A day's rows of the form, each with its two fields."""

    day: dt.date
    rows: list[tuple[forms.BoundField, forms.BoundField]]


class TimesForm(forms.Form):
    """On each day some rows "from – until"; midnight as an end is the day's end."""

    def __init__(self, data: Any = None, *, speaker: Speaker, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition
        known = list(speaker.availabilities.all())
        self.names: dict[dt.date, list[tuple[str, str]]] = {}
        for number, day in enumerate(edition.days):
            there = list(_within(day, known, edition))
            rows = len(there) + SPARE_ROWS
            self.names[day] = [(f"from_{number}_{n}", f"until_{number}_{n}") for n in range(rows)]
            for (start, end), values in zip(self.names[day], there, strict=False):
                self.initial[start], self.initial[end] = values
            for start, end in self.names[day]:
                self.fields[start] = _clock(gettext_lazy("From"))
                self.fields[end] = _clock(gettext_lazy("Until"))

    @property
    def days(self) -> list[TimesOfDay]:
        """The fields as the page shows them."""
        return [
            TimesOfDay(day, [(self[start], self[end]) for start, end in names])
            for day, names in self.names.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.times = []
        for day, names in self.names.items():
            for first, second in names:
                start, end = cleaned.get(first), cleaned.get(second)
                if first in self.errors or second in self.errors or start is end is None:
                    continue
                if start is None or end is None:
                    self.add_error(second, _("Fill in both times, or neither."))
                elif end <= start and end != MIDNIGHT:
                    self.add_error(second, _("The end is before the beginning."))
                else:
                    last = day + DAY if end == MIDNIGHT else day
                    ends_at = moment(last, end, self.edition)
                    self.times.append((moment(day, start, self.edition), ends_at))
        return cleaned


class PhotoForm(forms.Form):
    """A photo; what is kept of it is `picture`, made anew."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG or WebP, up to 8 MB. Its middle is cut out as a square."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        allow_empty_file=True,
    )
    picture = b""

    def clean_photo(self) -> Any:
        file = self.cleaned_data["photo"]
        try:
            self.picture = squared(file, size=file.size)
        except NotAPicture as error:
            raise ValidationError(str(error)) from error
        return file


class MaterialForm(forms.Form):
    """A file for those who attend the session."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, PPTX, DOCX, XLSX, ODP, ODT, PNG or JPEG, up to 25 MB."),
        widget=forms.FileInput({"accept": ",".join(f".{suffix}" for suffix in TYPES)}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.document = recognised(file, name=file.name, size=file.size)
        except NotADocument as error:
            raise ValidationError(str(error)) from error
        return file


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def _within(day: dt.date, known: list[Any], edition: Edition) -> Iterator[tuple[dt.time, dt.time]]:
    """Cut what is known to the day; what goes on over midnight stands on both days."""
    begins, ends = moment(day, MIDNIGHT, edition), moment(day + DAY, MIDNIGHT, edition)
    for one in known:
        start, end = max(one.starts_at, begins), min(one.ends_at, ends)
        if start < end:
            yield start.astimezone(edition.zone).time(), end.astimezone(edition.zone).time()
