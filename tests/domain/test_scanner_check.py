"""The scanner check: damage is named by its cause, and what mends it longest comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.codes.barcode import read_scan
from erpdesk.domain.codes.keyboard_layouts import converted, layout_name, layouts_between
from erpdesk.domain.codes.reading import Channel, Kind
from erpdesk.domain.codes.scanner_check import (
    GOOD,
    LEARNING_MS,
    TEST_CODES,
    Finding,
    Pace,
    Remedy,
    check,
    pace_of,
    pairs_of,
    remedies,
    step_of,
)
from erpdesk.standards.gs1 import Gs1

LAYOUT_TEST = TEST_CODES[2]
SIGNS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@pytest.mark.parametrize(
    ("came", "finding", "layout"),
    [
        (LAYOUT_TEST, Finding.FITS, ""),
        (f"]C0{LAYOUT_TEST}", Finding.MARKED, ""),
        (TEST_CODES[0], Finding.OTHER_TEST, ""),
        ("ED%T3/aY09?&]><)q\\", Finding.SCANNER_LAYOUT, "QWERTZ (de)"),
        ('ED%T3ßaY09?-`Öö´"§', Finding.COMPUTER_LAYOUT, "QWERTZ (de)"),
        ('ED5T")qWàç°!+Mm=23', Finding.COMPUTER_LAYOUT, "AZERTY (fr)"),
        (LAYOUT_TEST.swapcase(), Finding.CAPS, ""),
        ("ed5t3-az09-/=;;=23", Finding.SHIFT_LOST, ""),
        ("ＥＤ％Ｔ３－ａＺ０９＿／＋：；＝＠＃", Finding.WIDE, ""),
        ("".join(sign * 2 for sign in LAYOUT_TEST), Finding.DOUBLED, ""),
        (LAYOUT_TEST[2:], Finding.HEAD_CUT, ""),
        (LAYOUT_TEST[:-2], Finding.TAIL_CUT, ""),
        (f"\x02{LAYOUT_TEST}\x03", Finding.AROUND, ""),
        ("6901234567892", Finding.NO_TEST, ""),
        (LAYOUT_TEST.replace("09", "9"), Finding.OTHER, ""),
    ],
)
def test_that_damage_is_named_by_its_cause(came: str, finding: Finding, layout: str) -> None:
    checked = check(LAYOUT_TEST, came)

    assert checked.finding is finding
    assert checked.layouts == ((layout,) if layout else ())


def test_that_a_lost_separator_is_told_from_a_cut_code() -> None:
    printed = TEST_CODES[4]

    assert check(printed, printed.replace("\x1d", "")).finding is Finding.GS_LOST


@pytest.mark.parametrize("came", ['ED%T3ßaY09?-`Öö´"§', 'ED5T")qWàç°!+Mm=23', "ed%t3-Az09_/+:;=@#"])
def test_that_what_the_program_converts_is_what_was_printed(came: str) -> None:
    assert converted(came, check(LAYOUT_TEST, came).convert) == LAYOUT_TEST


def test_that_a_layout_of_the_scanner_is_converted_as_far_as_its_keys_tell() -> None:
    came = "ED%T3/aY09?&]><)q\\"

    assert converted(came, check(LAYOUT_TEST, came).convert).startswith("ED%T3-aZ09_/+:;=")


@pytest.mark.parametrize("key", ["", "computer:xx", "elsewhere:de", "nonsense"])
def test_that_an_unknown_layout_converts_nothing(key: str) -> None:
    assert converted("aZ-1", key) == "aZ-1"


@pytest.mark.parametrize(
    ("key", "name"),
    [("scanner:de", "QWERTZ (de)"), ("computer:fr", "AZERTY (fr)"), ("caps", "Caps Lock"),
     ("", ""), ("computer:xx", "")],
)  # fmt: skip
def test_that_a_layout_is_called_what_people_call_it_wherever_it_is_set(
    key: str, name: str
) -> None:
    assert layout_name(key) == name


def test_that_characters_that_did_not_come_as_printed_are_counted() -> None:
    checked = check("ED%T4-END", "EDxT4-EN")

    assert [pair.printed for pair in checked.pairs if not pair.is_same] == ["%", "D"]
    assert checked.different == 2


@given(SIGNS, SIGNS)
def test_that_both_texts_stand_whole_in_the_pairs(printed: str, came: str) -> None:
    pairs = pairs_of(printed, came)

    assert "".join(pair.printed for pair in pairs) == printed
    assert "".join(pair.came for pair in pairs) == came


@given(SIGNS)
def test_that_no_layout_explains_what_did_not_move(text: str) -> None:
    assert layouts_between(text, text) == ()


@given(SIGNS, SIGNS)
def test_that_a_code_that_fits_differs_in_nothing_and_needs_no_mending(
    printed: str, came: str
) -> None:
    checked = check(printed, came)

    assert (checked.finding is Finding.FITS) == (printed == came)
    assert bool(remedies(checked.finding)) == (checked.finding not in GOOD)


def test_that_setting_the_scanner_comes_before_what_holds_here_alone() -> None:
    found = remedies(Finding.SCANNER_LAYOUT)

    assert found == (Remedy.SET_GUN, Remedy.CONVERT, Remedy.SERIAL)


def test_that_a_card_scanned_in_any_order_goes_to_its_own_step() -> None:
    assert step_of(TEST_CODES[5], now=2) == 5
    assert step_of(f"]C0{TEST_CODES[1]}", now=4) == 1
    assert step_of("ED%T3/aY09", now=2) == 2


@pytest.mark.parametrize("text", TEST_CODES)
def test_that_outside_of_the_check_a_test_code_counts_nothing(text: str) -> None:
    reading = read_scan(text.encode(), Channel.SERIAL, Gs1())

    assert reading.kind is Kind.TEST or not reading.is_taken


def test_that_the_line_leaves_half_as_much_again() -> None:
    pace = pace_of((1000, 1011, 1049, 1060))

    assert (pace.median, pace.longest, pace.line) == (11, 38, 60)
    assert not pace.is_slow


@given(st.lists(st.integers(0, 500)))
def test_that_the_line_is_within_what_the_check_waits_for(gaps: list[int]) -> None:
    pace = Pace(tuple(gaps))

    assert 30 <= pace.line <= LEARNING_MS
    assert pace.is_slow == any(gap > 80 for gap in gaps)
