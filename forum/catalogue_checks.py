"""Compares the translations with the code; `manage.py check_catalogues` prints what it finds."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

PLURALS = {"kk": 2, "ru": 4}
"""How many plural forms each language that we translate into has."""
_SOURCES = ("accounts", "forum", "sessions_app", "templates")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr]|%[sdr]|\{\w*\}")
_TAG = re.compile(r"</?[a-z]+")

Key = tuple[str, str]


def problems(root: Path) -> Iterator[str]:
    """Yield a sentence for each thing wrong with the catalogues of the project in `root`."""
    wanted = _in_the_code(root) if shutil.which("xgettext") else None
    for language in PLURALS:
        path = root / f"locale/{language}/LC_MESSAGES/django.po"
        if not path.exists():
            yield f"{language}: there is no {path.relative_to(root)}; run `make messages`."
            continue
        catalogue = polib.pofile(str(path))
        yield from entry_problems(catalogue, language)
        if wanted is not None:
            present = {_key(entry) for entry in catalogue if not entry.obsolete}
            for _context, text in sorted(wanted - present):
                yield f"{language}: not in the catalogue, run `make messages`: {text!r}"
            for _context, text in sorted(present - wanted):
                yield f"{language}: no longer in the code, run `make messages`: {text!r}"
        for extra in sorted((root / f"locale/frameworks/{language}").rglob("*.po")):
            yield from entry_problems(polib.pofile(str(extra)), language)


def entry_problems(catalogue: polib.POFile, language: str) -> Iterator[str]:
    """Yield what is wrong with the entries themselves, whatever the code says."""
    for entry in catalogue:
        where = f"{language}: {entry.msgid!r}"
        if entry.obsolete:
            continue
        if entry.fuzzy:
            yield f"{where} is marked fuzzy; translate it and remove the mark."
            continue
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(form.strip() for form in forms):
            yield f"{where} is not translated."
            continue
        if entry.msgid_plural and len(forms) != PLURALS[language]:
            yield f"{where} has {len(forms)} plural forms and needs {PLURALS[language]}."
        for form in forms:
            yield from _differences(where, entry, form)


def _differences(where: str, entry: polib.POEntry, form: str) -> Iterator[str]:
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    for what, pattern in (("placeholders", _PLACEHOLDER), ("tags", _TAG)):
        allowed = [sorted(pattern.findall(source)) for source in sources]
        if sorted(pattern.findall(form)) not in allowed:
            yield f"{where} has other {what} in its translation {form!r}."


def _in_the_code(root: Path) -> set[Key]:
    """Extract every sentence with gettext, from a copy: extraction writes beside the templates."""
    with tempfile.TemporaryDirectory() as folder:
        for source in _SOURCES:
            shutil.copytree(
                root / source, Path(folder, source), ignore=shutil.ignore_patterns("__pycache__")
            )
        Path(folder, "locale").mkdir()
        clean = {
            name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
        }
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale=ru", "--no-location"],
            cwd=folder,
            env=clean,
            check=True,
            capture_output=True,
        )
        extracted = polib.pofile(str(Path(folder, "locale/ru/LC_MESSAGES/django.po")))
    return {_key(entry) for entry in extracted if not entry.obsolete}


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid
