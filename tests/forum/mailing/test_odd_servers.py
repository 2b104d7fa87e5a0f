"""The sender, before mail servers that lie, stutter, refuse us or die in the middle of a word."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from pytest_django.fixtures import Settings

from forum.mailing import sending
from forum.models import Letter

from .conftest import Writer
from .test_sending import state

pytestmark = pytest.mark.django_db


class Script:
    """A mail server that answers as it is told: a verb leads to a line, or "" to hang up.

    Each connection takes `most` letters.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[str] = []
        self.most = 1000
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                self.open.append(connection)
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection, connection.makefile("rwb") as lines:

            def say(verb: str, usual: str) -> None:
                answer = self.answers.get(verb, usual)
                if answer:
                    lines.write(answer.encode() + b"\r\n")
                    lines.flush()
                if not answer or answer.startswith("421"):
                    connection.shutdown(socket.SHUT_RDWR)

            say("", "220 ready")
            named = 0
            while line := lines.readline():
                verb = line[:4].decode().upper().strip()
                whole = line.decode().strip()
                named += verb == "MAIL"
                if named > self.most:
                    return
                usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 good")
                say(whole if whole in self.answers else verb, usual)
                if verb == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                    body = b""
                    while (line := lines.readline()) not in (b".\r\n", b""):
                        body += line
                    self.taken.append(body.decode())
                    say(".", "250 taken")

    def close(self) -> None:
        self.listener.close()
        for one in self.open:
            one.close()


@pytest.fixture
def server(settings: Settings) -> Iterator[Script]:
    script = Script()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", script.port
    settings.EMAIL_TIMEOUT = 2
    yield script
    script.close()


@pytest.mark.parametrize("code", [421, 451, 452, 530, 550, 552, 554])
def test_who_refuses_us_as_the_sender_spends_no_letters_attempt(
    server: Script, write: Writer, code: int
) -> None:
    letters = [write(number) for number in (1, 2, 3)]
    server.answers["MAIL"] = f"{code} not you"
    for _night in range(12):
        Letter.objects.update(retry_at=None)
        assert sending.send_due(by="a") == 0
    assert [state(letter) for letter in letters] == ["waits"] * 3
    assert [letter.attempts for letter in letters] == [0] * 3
    del server.answers["MAIL"]
    Letter.objects.update(retry_at=None)
    assert sending.send_due(by="a") == 3
    assert len(server.taken) == 3


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_one_address_that_is_put_off_holds_up_no_other(
    server: Script, write: Writer, code: int
) -> None:
    letters = [write(number) for number in (1, 2, 3)]
    server.answers["rcpt TO:<p1@example.org>"] = f"{code} later"
    assert sending.send_due(by="a") == 2
    assert [state(letter) for letter in letters] == ["waits", "sent", "sent"]


@pytest.mark.parametrize("answer", ["hello", "350 more", "", "25"])
def test_after_the_last_line_an_answer_that_says_nothing_leaves_it_open(
    server: Script, write: Writer, answer: str
) -> None:
    letter = write(1)
    server.answers["."] = answer
    assert sending.send_due(by="a") == 0
    assert state(letter) == "uncertain"
    Letter.objects.update(retry_at=None)
    server.answers.clear()
    assert sending.send_due(by="b") == 0
    assert len(server.taken) == 1


def test_any_good_answer_after_the_last_line_is_a_good_one(server: Script, write: Writer) -> None:
    letter = write(1)
    server.answers["."] = "251 forwarded"
    assert sending.send_due(by="a") == 1
    assert state(letter) == "sent"


@pytest.mark.parametrize("greeting", ["554 go away", "421 busy", "", "hello"])
def test_who_greets_us_badly_is_no_server(server: Script, write: Writer, greeting: str) -> None:
    letter = write(1)
    server.answers[""] = greeting
    assert sending.send_due(by="a") == 0
    assert (state(letter), letter.attempts, letter.claimed_at) == ("waits", 0, None)


def test_without_tls_nothing_goes_where_tls_is_demanded(
    server: Script, write: Writer, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    letter = write(1)
    assert sending.send_due(by="a") == 0
    assert (state(letter), letter.attempts, server.taken) == ("waits", 0, [])


@pytest.mark.parametrize("password", ["wrong", "құпия"])
def test_wrong_credentials_cost_no_letter(
    server: Script, write: Writer, settings: Settings, password: str
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "forum", password
    server.answers |= {"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN CRAM-MD5", "AUTH": "535 wrong"}
    letter = write(1)
    assert sending.send_due(by="a") == 0
    assert (state(letter), letter.attempts, letter.claimed_at) == ("waits", 0, None)


@pytest.mark.parametrize("host", [".", "a..b", "x" * 70 + ".example"])
def test_a_host_that_cannot_be_a_name_is_no_server(
    write: Writer, settings: Settings, host: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, 25
    letter = write(1)
    assert sending.send_due(by="a") == 0
    assert (state(letter), letter.attempts, letter.claimed_at) == ("waits", 0, None)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "address",
    ["a b", "@", "a@b@c@", "<>", "x" * 70 + "@example.org", "қазақ@пошта.қаз", f"p@{'ұ' * 64}.kz"],
)
def test_an_address_that_is_none_spoils_no_letter_behind_it(write: Writer, address: str) -> None:
    bad, good = write(1, address=address), write(2)
    sending.send_due(by="a")
    assert state(good) == "sent"
    assert state(bad) in ("failed", "sent"), bad.failure
    assert good.attempts == 1


def test_who_takes_so_many_letters_a_connection_gets_all(server: Script, write: Writer) -> None:
    letters = [write(number) for number in range(1, 8)]
    server.most = 3
    assert sending.send_due(by="a") == 7
    assert {letter.attempts for letter in Letter.objects.all()} == {1}
    assert len(server.taken) == len(letters)
