"""What `make lint` says about translations, rule by rule."""

import polib
import pytest

from forum.catalogue_checks import entry_problems


def _said(language: str = "kk", **entry: object) -> list[str]:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(**entry))
    return list(entry_problems(catalogue, language))


def test_a_good_entry_is_silent() -> None:
    assert _said(msgid="%(count)s places", msgstr="%(count)s орын") == []


def test_an_empty_translation_is_named() -> None:
    assert _said(msgid="Save", msgstr="") == ["kk: 'Save' is not translated."]


def test_a_fuzzy_translation_is_named() -> None:
    said = _said(msgid="Save", msgstr="Сақтау", flags=["fuzzy"])
    assert said == ["kk: 'Save' is marked fuzzy; translate it and remove the mark."]


@pytest.mark.parametrize("wrong", ["орын", "%(number)s орын", "{count} орын"])
def test_another_placeholder_is_named(wrong: str) -> None:
    said = _said(msgid="%(count)s places", msgstr=wrong)
    assert said == [f"kk: '%(count)s places' has other placeholders in its translation {wrong!r}."]


def test_a_missing_plural_form_is_named() -> None:
    said = _said(
        "ru", msgid="%d day", msgid_plural="%d days", msgstr_plural={0: "%d день", 1: "%d дня"}
    )
    assert said == ["ru: '%d day' has 2 plural forms and needs 4."]
