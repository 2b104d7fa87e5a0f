"""`manage.py check`: every finding by its id, and silence over a good set-up."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from accounts.users.demo import DEMO_PASSWORD
from forum.checks import EXTENSIONS
from tests.conftest import ROOT
from tests.forum.test_environment import SAFE

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings: Any) -> Any:
    """Settings of a site that is open to the public."""
    settings.SECRET_KEY = SAFE["SECRET_KEY"]
    settings.BASE_URL = SAFE["BASE_URL"]
    settings.ALLOWED_HOSTS = [SAFE["ALLOWED_HOSTS"]]
    settings.EMAIL_URL = "smtp+tls://forum:secret@mail.example.org:587"
    settings.DEFAULT_FROM_EMAIL = SAFE["DEFAULT_FROM_EMAIL"]
    settings.EMBEDDED = False
    settings.ADMIN_SECOND_FACTOR = True
    return settings


def _ours(*, deploy: bool = True, databases: list[str] | None = None) -> list[str]:
    found = run_checks(include_deployment_checks=deploy, databases=databases)
    return sorted(str(message.id) for message in found if str(message.id).startswith("forum."))


@pytest.mark.usefixtures("production")
def test_a_good_set_up_is_silent() -> None:
    assert _ours(databases=["default"]) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", "", "forum.E001"),
        ("SECRET_KEY", "short", "forum.E001"),
        ("DATABASE_URL", "", "forum.E002"),
        ("REDIS_URL", "", "forum.E003"),
        ("REDIS_URL", "nonsense", "forum.E003"),
        ("BASE_URL", "forum.example.org", "forum.E004"),
        ("EMAIL_URL", "nonsense", "forum.E005"),
    ],
)
def test_nonsense_is_an_error_everywhere(production: Any, name: str, value: str, code: str) -> None:
    setattr(production, name, value)
    assert _ours(deploy=False) == [code]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("EMBEDDED", True, "forum.E101"),
        ("ALLOWED_HOSTS", ["*"], "forum.E102"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "forum.E108"),
        ("ALLOWED_HOSTS", [], "forum.E108"),
        ("DEFAULT_FROM_EMAIL", "Civil Forum <forum@example.org>", "forum.E109"),
        ("DEFAULT_FROM_EMAIL", "", "forum.E109"),
        ("BASE_URL", "http://forum.example.org", "forum.E103"),
        ("EMAIL_URL", "", "forum.E104"),
        ("ADMIN_SECOND_FACTOR", False, "forum.E107"),
        ("MEDIA_ROOT", "", "forum.E106"),
    ],
)
def test_what_a_public_site_must_not_have(
    production: Any, name: str, value: object, code: str
) -> None:
    setattr(production, name, value)
    assert _ours(deploy=False) == []
    assert _ours() == [code]


@pytest.mark.usefixtures("production")
def test_a_demo_person_is_refused() -> None:
    User.objects.create(email="delegate@example.org")
    assert _ours() == ["forum.E105"]


@pytest.mark.usefixtures("production")
def test_the_demo_password_is_refused() -> None:
    person = User(email="aigerim@example.kz")
    person.set_password(DEMO_PASSWORD)
    person.save()
    assert _ours() == ["forum.E105"]
    person.set_password("another-one-entirely")
    person.save()
    assert _ours() == []


def test_a_catalogue_that_is_not_compiled_is_named(production: Any, tmp_path: object) -> None:
    production.BASE_DIR = tmp_path
    catalogue = production.BASE_DIR / "locale/kk/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.touch()
    assert _ours() == ["forum.W101"]
    catalogue.with_suffix(".mo").touch()
    assert _ours() == []


@pytest.mark.usefixtures("production")
def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.checks.OLDEST_POSTGRES", 990_000)
    assert _ours(databases=["default"]) == ["forum.E201"]


@pytest.mark.usefixtures("production")
def test_a_missing_extension_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.checks.EXTENSIONS", (*EXTENSIONS, "no_such_extension"))
    assert _ours(databases=["default"]) == ["forum.E202"]


def _check_deploy(**changed: str) -> str:
    """Run it as one does on a server; a setting that is empty here is unset there."""
    chosen = connection.settings_dict
    credentials = f"{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT']}"
    environment = SAFE | {
        "DATABASE_URL": f"postgresql://{credentials}/{chosen['NAME']}",
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_URL": "smtp+tls://forum:secret@mail.example.org:587",
        **changed,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]}
        | {name: said for name, said in environment.items() if said},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_check_deploy_is_clean_with_production_settings() -> None:
    assert _check_deploy() == "System check identified no issues (2 silenced).\n"


@pytest.mark.django_db(transaction=True)
def test_check_deploy_names_what_is_left_unset() -> None:
    said = _check_deploy(ALLOWED_HOSTS="", BASE_URL="", EMAIL_URL="", DEFAULT_FROM_EMAIL="")
    found = re.findall(r"forum\.E\d+", said)
    assert sorted(found) == ["forum.E103", "forum.E104", "forum.E108", "forum.E109"]


def test_the_models_have_their_migrations() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
