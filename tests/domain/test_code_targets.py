"""What own codes point at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.codes.own_code import (
    OwnCode,
    command_code,
    line_code,
    notice_code,
    parse_own_code,
    reply_code,
    sheet_code,
    statement_code,
    voucher_code,
)
from erpdesk.domain.codes.targets import Command, Place, command_of, document_number, place_of


def read(text: str) -> OwnCode:
    code = parse_own_code(text)
    assert isinstance(code, OwnCode)
    return code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (notice_code("202611", 214), "通-202611-0214"),
        (reply_code("202611", 214), "通-202611-0214"),
        (voucher_code("202611", 12345), "临-202611-12345"),
        (statement_code("202611", 1), "账-202611-0001"),
        (sheet_code(17, 3), None),
    ],
)
def test_that_a_code_names_the_document_it_is_printed_on(text: str, number: str | None) -> None:
    assert document_number(read(text)) == number


@given(st.integers(1, 9999), st.integers(1, 999_999))
def test_that_a_line_is_found_in_its_own_campaign_alone(campaign: int, line: int) -> None:
    place = place_of(read(line_code(campaign, line)))

    assert place == Place(campaign, line)
    assert place.is_in(f"盘-{campaign:04d}")
    assert not place.is_in(f"盘-{campaign + 1:04d}")


def test_that_a_command_code_is_what_its_number_says_or_nothing() -> None:
    for command in Command:
        assert command_of(read(command_code(command))) is command
    assert command_of(read(command_code(99))) is None
