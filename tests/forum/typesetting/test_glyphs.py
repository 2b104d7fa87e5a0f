"""What our fonts draw, and what is left out of a name that they do not."""

import pytest

from forum.typesetting.glyphs import FONTS, lost_letters, printable
from forum.typesetting.qr import qr_svg

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


@pytest.mark.parametrize(
    "name",
    [
        f"Нұрғазиева Бану {KAZAKH}",
        "Ёлкин-Щукин Ъь №7 «Үлгі» ₸",
        "Gürbüz Şahin Łódź O’Neill",
        "محمد بن سلمان",
        "Հայկ",
        "გიორგი",
        "משה",
        "Ελένη",
        "#panic *x* @a $y$ \\ _z_ [w] `v`",
    ],
)
def test_a_name_that_our_fonts_draw_stays_as_it_is(name: str) -> None:
    assert (printable(name), lost_letters(name)) == (name, "")


def test_pictures_are_left_out_and_are_no_loss() -> None:
    assert printable("  Үлгі 😀\n Қатысушы👩‍🦽 ") == "Үлгі Қатысушы"
    assert lost_letters("Үлгі 😀") == ""


def test_letters_that_no_font_draws_are_named() -> None:
    assert printable("王 Wang") == "Wang"
    assert lost_letters("王小明 Wang") == "王小明"


def test_what_turns_the_line_round_is_left_out() -> None:
    assert printable("Үлгі\u202e Қатысушы\u0007") == "Үлгі Қатысушы"


def test_marks_that_would_run_over_other_lines_are_left_out() -> None:
    assert printable("n" + "\u0301" * 50) == "ń" + "\u0301" * 2


def test_a_letter_typed_in_two_parts_becomes_one() -> None:
    assert printable("Аи\u0306") == "Ай"


def test_each_font_comes_with_its_licence() -> None:
    families = {font.name.partition("-")[0].partition("[")[0] for font in FONTS.glob("*.ttf")}
    for family in families:
        licence = "NotoSans" if family.startswith("NotoSans") else family
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"{licence}-OFL.txt").read_text().upper()


def test_same_text_makes_the_same_code() -> None:
    assert qr_svg("CF-12-K7M2QR") == qr_svg("CF-12-K7M2QR")
    assert qr_svg("CF-12-K7M2QR") != qr_svg("CF-12-K7M2QS")
