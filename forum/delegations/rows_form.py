"""Several people at once: as many rows as are asked for, and what is declared for all of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from forum.delegations.foreseeing import Fate, Forecast
from forum.delegations.forms import DeclarationForm, DelegateForm
from forum.delegations.rows import DelegateRow

MOST_ROWS = 50
"""Of the form; a file may have more."""
FIRST_ROWS = 5
TYPED = ("email", "family_name", "given_name", "patronymic", "latin_name", "phone", "job_title")
"""A row in which none of these is filled in is empty: choices have a beginning of their own."""


class RowForm(DelegateForm):
    """One of several people; it can be left out, or said to be no double."""

    leave_out = forms.BooleanField(label=_("Leave this person out"), required=False)
    is_another = forms.BooleanField(
        label=_("This is another person of the same name"), required=False
    )

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"d{number}", **kwargs)
        self.number = number
        if number > 1:
            # The first row has said it; fifty times it would only make the page longer.
            for field in self.fields.values():
                field.help_text = ""
        self.sentence, self.is_double = "", False

    def full_clean(self) -> None:
        """Find nothing wrong in a row that does not count."""
        super().full_clean()
        if self.is_bound and self.is_empty:
            self.errors.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, or it is to be left out."""
        typed = (self.data.get(self.add_prefix(name), "").strip() for name in TYPED)
        return bool(self.data.get(self.add_prefix("leave_out"))) or not any(typed)

    def as_row(self) -> DelegateRow:
        """Return what was typed, judged."""
        return self.row(self.number, is_another=self.cleaned_data["is_another"])


class DelegatesForm:
    """Rows of people, as many as are asked for, and the declaration; works without JavaScript."""

    most = MOST_ROWS

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        organisation: Organisation,
        category: str = "",
    ) -> None:
        self.data = data
        self.asks_more = data is not None and "more" in data
        self.is_bound = data is not None and not self.asks_more
        self.told = str(data.get("told", "")) if data else ""
        count = _number(data.get("rows", "")) if data else FIRST_ROWS
        count = min(count + (FIRST_ROWS if self.asks_more else 0), MOST_ROWS)
        self.rows = [
            RowForm(
                data if self.is_bound else None,
                number=number,
                organisation=organisation,
                category=category,
                initial=_kept(data, number) if self.asks_more else None,
            )
            for number in range(1, count + 1)
        ]
        self.empty = RowForm(None, number=0, organisation=organisation, category=category)
        self.declaration = DeclarationForm(
            data if self.is_bound else None, organisation=organisation
        )

    @property
    def filled(self) -> list[RowForm]:
        """The rows that count."""
        return [row for row in self.rows if not row.is_empty]

    @property
    def may_grow(self) -> bool:
        """Whether there may be more rows."""
        return len(self.rows) < MOST_ROWS

    def is_valid(self) -> bool:
        """Judge every row that counts, of which there must be one, and the declaration."""
        if not self.is_bound:
            return False
        rows = [row.is_valid() for row in self.filled]
        return self.declaration.is_valid() and bool(rows) and all(rows)

    def told_rows(self) -> list[DelegateRow]:
        """Return the people, judged."""
        return [row.as_row() for row in self.filled]

    def agrees_with(self, forecast: Forecast) -> bool:
        """Whether everybody gets a place, or the contact was told what else becomes of them."""
        everybody = forecast.placed == len(forecast.each)
        return everybody or (not forecast.refused and self.told == forecast.digest)

    def refuse(self, forecast: Forecast) -> None:
        """Say at each row why the person cannot be registered."""
        fates = {one.row.number: one for one in forecast.each}
        for row in self.filled:
            row.sentence = forecast.refused.get(row.number, "")
            row.is_double = fates[row.number].fate == Fate.NAMESAKE


def _number(typed: str) -> int:
    """Read the number of rows; what is none is the first number."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 4
    return min(max(int(typed), 1), MOST_ROWS) if is_number else FIRST_ROWS


def _kept(data: Any, number: int) -> dict[str, Any]:
    """Keep what was typed so far, without judging it."""
    found = {
        name: field.widget.value_from_datadict(data, {}, f"d{number}-{name}")
        for name, field in RowForm.base_fields.items()
    }
    # A row that was not there has none of these, and begins as a new one.
    return found if found["category"] else {}
