import pytest

from erpdesk.domain.codes.characters import (
    controls,
    has_chinese,
    hidden,
    is_plain_text,
    narrow,
    plain_alikes,
    shown,
    turns_around,
    without,
)


def test_that_control_characters_are_named_once_and_gs_is_none() -> None:
    assert controls("a\x1b\x1bb\x7f\x85\x1d") == "\x1b\x7f\x85"


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u00ad", "\u00a0", "\ufeff", "\u2028", "\ue000", "\ufe0f", "\U000e0101"]
)
def test_that_unseen_characters_are_found(sign: str) -> None:
    assert hidden(f"a{sign}b{sign}") == sign
    assert without(f"a{sign}b", sign) == ("a b" if sign == "\u00a0" else "ab")


def test_that_ordinary_blanks_are_seen() -> None:
    assert hidden("a b\u3000c") == ""


def test_that_characters_that_turn_the_text_are_known() -> None:
    assert turns_around("\u200b\u202e")
    assert not turns_around("\u200b\u200e")


def test_that_full_width_becomes_ascii_and_all_else_stays() -> None:
    assert narrow("ＥＤ－１\u3000½华") == "ED-1 ½华"


def test_that_look_alikes_become_ascii() -> None:
    assert plain_alikes("QС–1\u0663𝟎A½") == "QC-130A½"


def test_that_words_of_people_have_chinese_and_no_odd_signs() -> None:
    assert is_plain_text("华南（五金）, 1-2")
    assert not is_plain_text("华南=1")
    assert not is_plain_text("Hello")
    assert has_chinese("a华")


def test_that_what_is_shown_has_nothing_unseen_and_an_end() -> None:
    assert shown("a\x1d\x1b\u200b\x7fb") == "a[GS][ESC][U+200B][U+007F]b"
    assert shown("x" * 70) == "x" * 60 + "…"
