"""One session's place in the draft, as a form that needs no script."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from forum.templatetags.frame import day_line
from sessions_app.board.asking import Asked
from sessions_app.sessions.models import LONGEST, Session
from sessions_app.timetable.models import Placement, Room


class PlaceForm(forms.Form):
    """A session, and where it shall stand; without a room it is taken out of the timetable."""

    session = forms.ChoiceField(label=gettext_lazy("Session"))
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    time = forms.TimeField(
        label=gettext_lazy("Start"),
        required=False,
        # No type="time": browsers write it as their own language does, with 12 hours in English.
        widget=forms.TimeInput(
            attrs={"inputmode": "numeric", "placeholder": "10:00"}, format="%H:%M"
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), required=False, min_value=1, max_value=LONGEST
    )
    base = forms.IntegerField(
        min_value=0, max_value=2**63 - 1, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        sessions = Session.objects.filter(edition=edition, cancelled_at=None)
        choose = {
            "session": [(one.code, wording_of(one, "title").text) for one in sessions],
            "room": [
                (one.code, wording_of(one, "name").text)
                for one in Room.objects.filter(edition=edition)
            ],
            "day": [(day.isoformat(), day_line(day)) for day in edition.days],
        }
        choose["session"].sort(key=lambda choice: choice[1])
        empty = {"session": "", "room": _("Not placed"), "day": ""}
        for name, choices in choose.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", empty[name])] * bool(name != "day") + choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("room") and not self.errors:
            for name in ("day", "time", "minutes"):
                if not cleaned.get(name):
                    self.add_error(name, _("Fill this in, or choose “Not placed”."))
        return cleaned

    def asked(self) -> Asked:
        """Return what was asked for."""
        told = self.cleaned_data
        if not told["room"]:
            return Asked(told["session"])
        start = dt.datetime.combine(
            dt.date.fromisoformat(told["day"]), told["time"], tzinfo=self.edition.zone
        )
        if told["time"] < self.edition.day_starts_at:
            start += dt.timedelta(days=1)
        return Asked(told["session"], told["room"], start.astimezone(dt.UTC), told["minutes"])


def initial_of(edition: Edition, session: Session | None) -> dict[str, Any]:
    """Fill the form with where `session` stands now."""
    if session is None:
        return {}
    placement: Placement | None = getattr(session, "placement", None)
    if placement is None:
        return {"session": session.code, "minutes": session.minutes}
    start = placement.starts_at.astimezone(edition.zone)
    return {
        "session": session.code,
        "room": placement.room.code,
        "day": edition.day_of(start).isoformat(),
        "time": start.time(),
        "minutes": int((placement.ends_at - placement.starts_at).total_seconds() // 60),
    }
