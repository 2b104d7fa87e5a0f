"""A ticket says what it should, is read however it is scanned, and cannot be made by others."""

import re

import pytest
import segno
import zxingcpp
from django.core import signing
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from forum.models import Edition, Registration
from forum.tickets.codes import (
    ForgedTicket,
    NotATicket,
    Ticket,
    read_payload,
    ticket_hash,
    ticket_payload,
)
from forum.tickets.pictures import qr_svg

TICKET = Ticket("12", "ABCDEF", 1)
OTHER_KEY = "another-key-0123456789-0123456789-0123456789-0123456789"


def test_a_ticket_says_edition_code_number_and_a_seal() -> None:
    assert re.fullmatch(r"CF1\.12\.ABCDEF\.1\.[A-Z2-7]{16}", str(TICKET))


def test_a_registrations_ticket_is_its_newest() -> None:
    registration = Registration(edition=Edition(slug="12"), code="ABCDEF", ticket_number=3)
    assert read_payload(ticket_payload(registration)) == Ticket("12", "ABCDEF", 3)


@given(st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True))
def test_any_address_of_an_edition_comes_back(slug: str) -> None:
    payload = str(Ticket(slug, "ABCDEF", 1))
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", payload)
    assert read_payload(payload).edition == slug


def test_editions_whose_addresses_differ_only_by_case_have_tickets_of_their_own() -> None:
    written = {str(Ticket(slug, "ABCDEF", 1)).split(".")[1] for slug in ("astana", "Astana")}
    assert written == {"ASTANA", "$41STANA"}


@pytest.mark.parametrize(
    "around",
    ["{}", "  {}\r\n", "https://example.org/t/{}", "https://example.org/?t={}&x=1", "\x02{}\x03"],
)
def test_what_stands_around_a_ticket_does_not_matter(around: str) -> None:
    assert read_payload(around.format(TICKET)) == TICKET


def test_case_and_an_addresss_escapes_do_not_matter() -> None:
    ticket = Ticket("My_Forum", "ABCDEF", 1)
    assert read_payload(str(ticket).lower()) == ticket
    assert read_payload("https://example.org/" + str(ticket).replace("$", "%24")) == ticket


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\x00", "%ff%00", "https://example.org/", "БСН 600140000018", "A" * 100_000),
        "CF1.12.ABCDEF.1",
        "CF2.12.ABCDEF.1.AAAAAAAAAAAAAAAA",
        "CF1.12.ABCDEF.0.AAAAAAAAAAAAAAAA",
        "CF1.12.ABCDEF.99999999999.AAAAAAAAAAAAAAAA",
        "CF1.12.ABCDEF.1.AAAAAAAAAAAAAAAAA",
    ],
)
def test_what_is_no_ticket_is_called_so(text: str) -> None:
    with pytest.raises(NotATicket):
        read_payload(text)


@pytest.mark.parametrize("part", [1, 2, 3, 4])
def test_a_ticket_that_was_changed_anywhere_is_forged(part: int) -> None:
    parts = str(TICKET).split(".")
    parts[part] = {1: "13", 2: "ABCDEG", 3: "2", 4: "AAAAAAAAAAAAAAAA"}[part]
    with pytest.raises(ForgedTicket):
        read_payload(".".join(parts))


def test_what_is_signed_for_another_purpose_is_no_seal() -> None:
    words = str(TICKET).rpartition(".")[0]
    other = signing.Signer(salt="another").signature(words).upper().replace("-", "A")[:16]
    with pytest.raises((ForgedTicket, NotATicket)):
        read_payload(f"{words}.{other}")


def test_a_ticket_under_an_earlier_key_holds_while_that_is_named() -> None:
    with override_settings(SECRET_KEY=OTHER_KEY):
        printed = str(TICKET)
    with pytest.raises(ForgedTicket):
        read_payload(printed)
    with override_settings(SECRET_KEY_FALLBACKS=[OTHER_KEY]):
        assert read_payload(printed) == TICKET
        assert TICKET.hashes == [ticket_hash(str(TICKET)), ticket_hash(printed)]


def test_a_surrogate_in_an_edition_is_forged_and_no_fault() -> None:
    with pytest.raises(ForgedTicket):
        read_payload("CF1.$ED$A0$80$Z.ABCDEF.1.AAAAAAAAAAAAAAAA")


def test_the_picture_reads_as_the_ticket() -> None:
    code = segno.make(str(TICKET), error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(scale=4, border=4)]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [str(TICKET)]


def test_the_picture_holds_no_style_and_none_of_the_text() -> None:
    drawn = qr_svg(str(TICKET))
    assert drawn.startswith('<svg viewBox="0 0 33 33" class="ticket-qr"><path')
    assert "style" not in drawn
    assert "ABCDEF" not in drawn
