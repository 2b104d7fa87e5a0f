"""EMAIL_URL is read or refused, and without it a letter is a file."""

import datetime as dt
import email
import email.header
import email.policy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import BadHeaderError, EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.messages import Message
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


SUBJECTS = [
    "Хат",
    "Вы зарегистрированы: XII Гражданский форум Казахстана, 15–16 октября 2025 года",
    "Сіз тіркелдіңіз: Қазақстанның XII Азаматтық форумы, 2025 жылғы 15–16 қазан, Астана",
    "Ұ" * 300,
    "You are registered: the 12th Civil Forum of Kazakhstan, 15–16 October 2025, Astana",
]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("policy", [email.policy.default, email.policy.compat32])
def test_a_subject_is_read_as_it_was_written(subject: str, policy: email.policy.Policy) -> None:
    sent = Message(subject, "Сәлем", to=["p1@example.org"]).message().as_bytes(linesep="\r\n")
    head = sent.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert b"Subject: =?utf-8?" in head
    read = email.message_from_bytes(sent, policy=policy)["Subject"]
    assert not str(read).startswith((" ", "\r", "\n"))
    assert str(email.header.make_header(email.header.decode_header(read))) == subject


def test_a_subject_with_a_break_is_refused() -> None:
    with pytest.raises(BadHeaderError):
        Message("Хат\nBcc: q@example.org", "Сәлем", to=["p1@example.org"]).message()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sign_in_codes_subject_begins_on_its_first_line(
    tmp_path: Path, settings: Settings, client: Client, language: str
) -> None:
    settings.EMAIL_BACKEND = "forum.mailing.backends.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    User.objects.create_user("p1@example.org", language=language)
    client.post("/kk/accounts/login/", {"login": "p1@example.org"})
    (path,) = tmp_path.iterdir()
    assert b"\r\nSubject: =?utf-8?" in path.read_bytes()
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    kinds = [part.get_content_type() for part in read.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
