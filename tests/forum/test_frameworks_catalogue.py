"""Nothing that Django, its admin or allauth can show a person is left in English in Kazakh."""

from pathlib import Path

import allauth
import django
import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.conftest import ROOT

DJANGO, ALLAUTH = Path(django.__file__).parent, Path(allauth.__file__).parent
CATALOGUES = {
    "conf": (DJANGO / "conf", "django"),
    "admin": (DJANGO / "contrib/admin", "django"),
    "admin's scripts": (DJANGO / "contrib/admin", "djangojs"),
    "auth": (DJANGO / "contrib/auth", "django"),
    "contenttypes": (DJANGO / "contrib/contenttypes", "django"),
    "postgres": (DJANGO / "contrib/postgres", "django"),
    "allauth": (ALLAUTH, "django"),
}
NEVER_SHOWN = (
    "conf/global_settings.py",
    "views/csrf.py",
    "views/templates/",
    "templates/idp/",
    "idp/",
    "headless/",
    "templates/socialaccount/",
    "socialaccount/",
    "templates/usersessions/",
    "usersessions/",
    "templates/mfa/webauthn/",
    "mfa/webauthn/",
    "templates/mfa/messages/webauthn",
    "templates/mfa/email/webauthn",
    "templates/account/verified_email_required.html",
)
"""Languages that nobody can choose, pages of DEBUG, and parts of allauth that are not installed."""

Key = tuple[str, str]


def _translated(path: Path) -> set[Key]:
    if not path.exists():
        return set()
    return {
        (entry.msgctxt or "", entry.msgid)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
        and not entry.fuzzy
        and (entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values())))
    }


def _shown(path: Path) -> set[Key]:
    return {
        (entry.msgctxt or "", entry.msgid)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
        and not all(place.startswith(NEVER_SHOWN) for place, _ in entry.occurrences)
    }


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", CATALOGUES)
def test_everything_that_can_be_shown_is_translated(name: str, language: str) -> None:
    package, domain = CATALOGUES[name]
    theirs = package / f"locale/{language}/LC_MESSAGES/{domain}.po"
    ours = ROOT / f"locale/frameworks/{language}/LC_MESSAGES/{domain}.po"
    wanted = _shown(package / f"locale/en/LC_MESSAGES/{domain}.po")
    assert len(wanted) > 5
    assert sorted(wanted - _translated(theirs) - _translated(ours)) == []


def test_the_admin_speaks_kazakh_without_its_slips() -> None:
    """Django's own kk has "one: 3 …" where a plural is, and "Delete/time" over dates."""
    with translation.override("kk"):
        said = (
            ngettext("%(total_count)s selected", "All %(total_count)s selected", 3),
            gettext("Date/time"),
            gettext("Change %s"),
        )
    assert said == ("Таңдалғаны: %(total_count)s", "Күні мен уақыты", "Өзгерту: %s")


def test_the_admin_never_puts_a_noun_into_a_russian_phrase_as_it_is() -> None:
    """Django's own ru says "Изменить регистрация": a noun after a verb wants another case."""
    with translation.override("ru"):
        said = [gettext(f"{verb} %s") for verb in ("Add", "Change", "View", "Select")]
    assert said == ["Добавить: %s", "Изменить: %s", "Просмотр: %s", "Выберите: %s"]
