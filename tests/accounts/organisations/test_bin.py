"""BIN: the check digit, with the traps of forum-facts §2."""

import pytest
from django.core.exceptions import ValidationError

from accounts.organisations.bin import check_digit, normalise_bin, validate_bin


@pytest.mark.parametrize(
    ("first_eleven", "digit"),
    [("94014000038", 5), ("25104090000", 8), ("25104090001", None)],
)
def test_the_check_digit_is_the_tax_codes(first_eleven: str, digit: int | None) -> None:
    assert check_digit(first_eleven) == digit


@pytest.mark.parametrize(
    "number",
    [
        "600140000018",
        "600140000028",
        "600140000107",
        "600140000206",
        "600140000305",
        "600141000013",
        "600142000019",
    ],
)
def test_numbers_with_a_right_check_digit_pass(number: str) -> None:
    validate_bin(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("600140000019", "bin_check_digit"),
        ("600240000018", "bin_check_digit"),
        ("251040900010", "bin_check_digit"),
        ("601340000018", "bin_month"),
        ("600040000018", "bin_month"),
        ("123456789012", "bin_month"),
        ("600146000018", "bin_sign"),
        ("600110000018", "bin_form"),
        ("60014000001", "bin_form"),
        ("6001400000180", "bin_form"),
        ("60014000001x", "bin_form"),
        ("٦00140000018", "bin_form"),
        ("", "bin_form"),
    ],
)
def test_others_are_refused_with_a_reason(number: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_bin(number)
    assert refused.value.code == code


def test_what_people_type_between_the_digits_goes() -> None:
    assert normalise_bin(" 6001 4000\u00a00018-") == "600140000018"
