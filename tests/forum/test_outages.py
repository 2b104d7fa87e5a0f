"""While the database is away: kept pages go on, the others ask for patience, the log is short."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connection
from django.test import Client
from django.utils import timezone, translation

from forum.editions.shelf import shelf
from forum.embedded import free_port
from forum.models import Edition
from forum.outages import is_database_away
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/ru/12/"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def kept(visitor: Client) -> Iterator[bytes]:
    """A public page, rendered while the database was there."""
    today = timezone.localdate()
    Edition.objects.create(
        year=2026,
        slug="12",
        name_kk="Форум",
        starts_on=today,
        ends_on=today,
        published_at=timezone.now(),
        current_since=timezone.now(),
    )
    shelf.clear()
    yield visitor.get(HOME).content
    shelf.clear()


@pytest.fixture
def database_away(
    transactional_db: None,  # noqa: ARG001
    kept: bytes,  # noqa: ARG001
) -> Iterator[None]:
    """Lead this process to a port where nobody listens."""
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = free_port()
    yield
    connection.close()
    connection.settings_dict["PORT"] = port


@pytest.mark.usefixtures("database_away")
def test_a_kept_page_is_sent_as_it_was(visitor: Client, kept: bytes) -> None:
    answer = visitor.get(HOME)
    assert (answer.status_code, answer.content) == (200, kept)
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("database_away")
def test_what_another_process_kept_is_sent_too(visitor: Client, kept: bytes) -> None:
    shelf.clear()
    answer = visitor.get(HOME)
    assert (answer.status_code, answer.content) == (200, kept)


@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_other_pages_ask_for_patience_in_the_readers_language(
    visitor: Client, language: str
) -> None:
    answer = visitor.get(f"/{language}/12/programme/?q=word")
    with translation.override(language):
        sentence = translation.gettext("We will be back in a moment")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert f'<html lang="{language}">' in answer.content.decode()
    assert f"<h1>{sentence}</h1>" in answer.content.decode()


@pytest.mark.usefixtures("database_away")
def test_the_log_tells_why_in_a_line(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="django.request"):
        visitor.get("/ru/12/programme/?q=word")
    (record,) = caplog.records
    terminal = logging.getLogger("django").handlers[0]
    assert terminal.filter(record)
    told = terminal.format(record)
    assert told.startswith("Service Unavailable: /ru/12/programme/: the database does not answer.")
    assert "\n" not in told


def test_a_query_that_took_too_long_is_another_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 10")
        with pytest.raises(OperationalError) as caught:
            cursor.execute("SELECT pg_sleep(5)")
        cursor.execute("SET statement_timeout = 0")
    assert not is_database_away(caught.value)


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used() -> None:
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    chosen = connection.get_connection_params()
    with psycopg.connect(**chosen, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    close_old_connections()  # as each request begins
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        (False, "The database does not answer. connection failed"),
        (True, "The database lacks tables or columns. Run first: manage.py migrate"),
    ],
)
def test_a_command_says_in_a_sentence_what_is_wrong_with_the_database(
    there: bool, sentence: str
) -> None:
    names = connection.settings_dict
    where = f"{names['USER']}:{names['PASSWORD']}@127.0.0.1"
    # Every PostgreSQL has the database template1, which nobody migrates.
    url = f"postgresql://{where}:{names['PORT'] if there else free_port()}/template1"
    asked = subprocess.run(
        [sys.executable, "manage.py", "clearsessions"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.startswith(sentence)
    assert "Traceback" not in asked.stderr
