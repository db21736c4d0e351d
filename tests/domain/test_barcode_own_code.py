from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.own_code import (
    CHECK_LETTERS,
    OwnCode,
    OwnKind,
    WrongCheck,
    command_code,
    customer_code,
    is_reserved,
    line_code,
    notice_code,
    own_code,
    own_codes_inside,
    parse_own_code,
    reply_code,
    sheet_code,
    statement_code,
    voucher_code,
)

KINDS = st.sampled_from(OwnKind)
DIGITS = st.text("0123456789", min_size=6, max_size=12)


def test_that_each_builder_makes_the_printed_form() -> None:
    made = [
        customer_code(4175),
        line_code(17, 17),
        sheet_code(17, 3),
        notice_code("202611", 214),
        reply_code("202611", 214),
        command_code(1),
    ]

    assert made == [
        "EDC004175D",
        "EDL0017000017H",
        "EDK00170003C",
        "EDN2026110214F",
        "EDR2026110214H",
        "EDX001P",
    ]


def test_that_statements_and_vouchers_have_a_month_and_a_number() -> None:
    assert parse_own_code(statement_code("202611", 7)) == OwnCode(OwnKind.STATEMENT, "2026110007")
    assert parse_own_code(voucher_code("202612", 12345)) == OwnCode(OwnKind.VOUCHER, "20261212345")


@pytest.mark.parametrize(
    ("make", "numbers"),
    [(line_code, (10_000, 1)), (sheet_code, (1, 10_000)), (sheet_code, (-1, 1))],
)
def test_that_a_builder_refuses_what_cannot_be_printed(
    make: Callable[[int, int], str], numbers: tuple[int, int]
) -> None:
    with pytest.raises(AssertionError):
        make(*numbers)


def test_that_a_month_or_digits_that_are_none_are_refused() -> None:
    with pytest.raises(AssertionError):
        notice_code("202613", 1)
    with pytest.raises(AssertionError):
        own_code(OwnKind.CUSTOMER, "12a")


@settings(deadline=None)
@given(KINDS, DIGITS, st.data())
def test_that_every_single_wrong_digit_shows(
    kind: OwnKind, digits: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    letter = own_code(kind, digits)[-1]

    wrong = f"ED{kind.value}{digits[:at]}{other}{digits[at + 1 :]}{letter}"

    assert parse_own_code(wrong) == WrongCheck(kind, wrong, letter_fits=False)


@settings(deadline=None)
@given(KINDS, DIGITS, st.data())
def test_that_every_swap_of_neighbours_shows(
    kind: OwnKind, digits: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    letter = own_code(kind, digits)[-1]

    read = parse_own_code(f"ED{kind.value}{swapped}{letter}")

    assert swapped == digits or isinstance(read, WrongCheck)


@settings(deadline=None)
@given(KINDS, DIGITS)
def test_that_one_letter_only_ends_a_code(kind: OwnKind, digits: str) -> None:
    ends = [
        letter
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        if own_code(kind, digits) == f"ED{kind.value}{digits}{letter}"
    ]

    assert len(ends) == 1
    assert ends[0] in CHECK_LETTERS


@pytest.mark.parametrize(
    ("kind", "digits"),
    [
        (OwnKind.CUSTOMER, "12345"),
        (OwnKind.LINE, "123456789"),
        (OwnKind.SHEET, "1234567"),
        (OwnKind.COMMAND, "12"),
        (OwnKind.NOTICE, "202611123"),
        (OwnKind.VOUCHER, "2026000001"),
    ],
)
def test_that_impossible_digits_are_no_code(kind: OwnKind, digits: str) -> None:
    text = own_code(kind, digits)

    assert parse_own_code(text) == WrongCheck(kind, text, letter_fits=True)


def test_that_digits_without_end_are_no_code() -> None:
    text = own_code(OwnKind.CUSTOMER, "1" * 4000)

    assert parse_own_code(text) == WrongCheck(OwnKind.CUSTOMER, text, letter_fits=False)


@pytest.mark.parametrize("text", ["", "EDC", "EDC004175", "EDEKA-1", "edc004175d", "EDC٠٠٤١٧٥D"])
def test_that_another_form_is_not_ours(text: str) -> None:
    assert parse_own_code(text) is None


def test_that_a_code_gives_back_its_text() -> None:
    assert OwnCode(OwnKind.CUSTOMER, "004175").text == "EDC004175D"


def test_that_codes_inside_of_more_are_found_in_order() -> None:
    found = own_codes_inside("x EDC004175D EDC004175E EDX001P EDC12B")

    assert [code.text for code in found] == ["EDC004175D", "EDX001P"]


@pytest.mark.parametrize(
    "text", ["EDC004175D", "EDC004175Q", "edc1a", " EDX9Z ", "ＥＤＣ１Ａ", "ED%", "ed%x"]
)
def test_that_a_firm_may_not_use_our_forms(text: str) -> None:
    assert is_reserved(text)


@pytest.mark.parametrize("text", ["EDEKA-1", "EDC004175", "EDA1B", "C004175D", "XEDC004175D"])
def test_that_a_firm_may_use_all_else(text: str) -> None:
    assert not is_reserved(text)
