"""Phones as people type them."""

import pytest
from django.core.exceptions import ValidationError

from accounts.users.phones import normalise_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8 701 123 45 67", "+77011234567"),
        ("77011234567", "+77011234567"),
        ("(701) 123-45-67", "+77011234567"),
        ("+7 701 123 45 67", "+77011234567"),
        ("8 (7172) 00-00-12", "+77172000012"),
        ("+7 916 123-45-67", "+79161234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("  ", ""),
    ],
)
def test_a_number_is_kept_as_e164(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize("typed", ["701", "no phone", "+7 000 000 00 00", "8 701 123 45 67 89 01"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        normalise_phone(typed)
