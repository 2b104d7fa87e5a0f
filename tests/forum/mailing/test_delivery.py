"""EMAIL_URL is read or refused, and without it a letter is a file."""

import datetime as dt
import email
import email.policy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from forum.mailing.backends import FolderBackend
from forum.mailing.email_url import email_settings
from forum.mailing.emails import Calendar, to_message

from .conftest import Writer


def test_a_whole_url_is_read() -> None:
    assert email_settings("smtps://me%40example.org:p%3Aw@mail.example.org:4650") == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 4650,
        "EMAIL_HOST_USER": "me@example.org",
        "EMAIL_HOST_PASSWORD": "p:w",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": True,
        "EMAIL_TIMEOUT": 20,
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://h", 25, False, False),
        ("smtp+tls://h", 587, True, False),
        ("smtps://h", 465, False, True),
    ],
)
def test_each_scheme_has_its_port(url: str, port: int, tls: bool, ssl: bool) -> None:
    read = email_settings(url)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (port, tls, ssl)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://u:secret@h",
        "smtp://",
        "smtp://h:0x",
        "smtp://h:99999",
        "smtp://u@h",
        "smtp://h/path",
        "smtp://h?a=b",
        "smtp://h:0",
        "smtp://[::1",
        "smtp://u:secret[@h",
        "smtp://h 25",
        "smtp://h%0d%0a",
    ],
)
def test_nonsense_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Write smtp://") as refusal:
        email_settings(url)
    assert "secret" not in str(refusal.value)


def test_a_letter_without_a_server_is_a_file_of_its_own(tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    message = EmailMessage("Хат", "Сәлем", to=["../p1@example.org"])
    FolderBackend().send_messages([message, message])
    first, second = sorted(tmp_path.iterdir())
    assert first != second
    assert first.name.endswith("-sign-in-.._p1@example.org.eml")
    read = email.message_from_bytes(first.read_bytes(), policy=email.policy.default)
    assert (read["Subject"], read["To"]) == ("Хат", "../p1@example.org")


@pytest.mark.django_db
def test_a_sign_in_code_goes_the_same_way_from_a_sender_named_in_the_readers_language(
    tmp_path: Path, settings: Settings, client: Client
) -> None:
    settings.EMAIL_BACKEND = "forum.mailing.backends.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    User.objects.create_user("p1@example.org", language="en")
    client.post("/kk/accounts/login/", {"login": "p1@example.org"})
    (path,) = tmp_path.iterdir()
    assert path.name.endswith("-sign-in-p1@example.org.eml")
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert read["From"] == "Civil Forum of Kazakhstan <forum@example.org>"
    assert read["Subject"].endswith("is your code for the Civil Forum")


@pytest.mark.django_db
def test_the_attached_calendar_is_the_file_itself(write: Writer, now: dt.datetime) -> None:
    file = "BEGIN:VCALENDAR\r\nSUMMARY:Азаматтық форум\r\nEND:VCALENDAR\r\n"
    letter = write(1, calendar=Calendar(file, "REQUEST"))
    arrived = email.message_from_bytes(
        to_message(letter, now=now).message().as_bytes(), policy=email.policy.default
    )
    attached = {part.get_content_type(): part.get_payload(decode=True) for part in arrived.walk()}
    assert attached["application/ics"] == file.encode()
