"""The house's rules that import-linter cannot see (design.md §3 and §6)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve

from tests.conftest import ROOT

LINE = ("accounts", "forum", "sessions_app")
"""Each app may name those before it."""
FORBIDDEN = {"utils", "common", "core", "helpers", "misc"}
LETTERS = ("email/", "mailing/", "/letters/", "_letter")


def _sources() -> Iterator[Path]:
    for app in LINE:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def test_no_relation_points_upwards() -> None:
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for app in LINE
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if field.related_model._meta.app_label in LINE
        if LINE.index(field.related_model._meta.app_label) > LINE.index(app)
    ]
    assert upwards == []


def test_no_lower_app_names_a_higher_one_in_a_string() -> None:
    may = {ROOT / "forum/settings.py", ROOT / "forum/urls.py"}
    named = []
    for path in _sources():
        if path in may:
            continue
        above = LINE[LINE.index(path.relative_to(ROOT).parts[0]) + 1 :]
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if re.fullmatch(rf"({'|'.join(above) or '-'})(\.\w+)+", node.value):
                named.append(f"{path.relative_to(ROOT)}:{node.lineno} names {node.value}")
    assert named == []


def test_no_package_or_module_has_a_name_that_says_nothing() -> None:
    named = [
        str(path)
        for path in (source.relative_to(ROOT) for source in _sources())
        if FORBIDDEN & {*path.parts, path.stem}
    ]
    assert named == []


ADDRESSES = [
    "/kk/",
    "/kk/editions/",
    "/kk/12/",
    "/kk/12/programme/",
    "/kk/12/programme/ABC/",
    "/kk/12/speakers/",
    "/kk/12/speakers/ABC/",
    "/kk/12/register/",
    "/kk/12/me/",
    # Printed on certificates and letters of invitation.
    "/kk/12/verify/ABCDEFGHJKMN/",
    "/kk/12/desk/",
    "/kk/12/desk/speakers/",
    "/kk/12/desk/speakers/ABC/",
    "/kk/12/speaking/ABC/abcdefghijklmnop/",
    "/12/materials/ABC/",
    "/12/speakers/ABC/abcdef.jpg",
    "/kk/12/desk/timetable/",
    "/kk/accounts/login/",
    "/admin/",
    "/healthz",
    "/readyz",
    "/12/schedule.ics",
    "/12/schedule.json",
    "/12/schedule.xml",
    "/12/sessions/ABC.ics",
    "/12/me/abcdefghijklmnop.ics",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_addresses_stand(address: str) -> None:
    assert resolve(address).func is not None


INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|\son\w+\s*=|\sstyle\s*=|javascript:", re.I)


def _templates() -> list[Path]:
    return [
        path
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not any(part in str(path.relative_to(ROOT)) for part in LETTERS)
    ]


@pytest.mark.parametrize("path", _templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_what_the_csp_forbids(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        "<style>",
        "<script>x()</script>",
        '<a onclick="x()">',
        '<p style="x">',
        'href="javascript:x"',
    ],
)
def test_the_search_for_it_finds_it(forbidden: str) -> None:
    assert INLINE.search(forbidden)


def test_every_task_is_planned_or_sent() -> None:
    from forum.celery import app

    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.startswith(LINE)}
    planned = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    sources = "\n".join(path.read_text() for path in _sources() if path.name != "tasks.py")
    assert sorted(name for name in ours - planned if f'"{name}"' not in sources) == []
    assert sorted(planned - ours) == []
    assert ours


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_no_half_merged_file_is_shown_to_people(folder: str) -> None:
    files = [
        path
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".html", ".txt", ".css", ".js"}
    ]
    assert len(files) > 10
    assert [path for path in files if "\n<<<<<<< " in path.read_text()] == []
