"""The cards of codes, for tests of a scanner and for commands: each read as it stands."""

import zxingcpp

from erpdesk.domain.codes.own_code import parse_own_code
from erpdesk.domain.codes.scanner_check import TEST_CODES
from erpdesk.domain.codes.targets import Command, command_of
from erpdesk.papers.command_card import command_card
from erpdesk.papers.scanner_card import scanner_card
from tests.papers.reading import picture, texts


def test_that_every_test_code_is_read_from_the_card() -> None:
    found = zxingcpp.read_barcodes(picture(scanner_card("zh"), dpi=203))

    assert {code.bytes.decode("ascii") for code in found} == set(TEST_CODES)


def test_that_the_card_says_what_to_do_in_both_languages() -> None:
    assert "不会记入盘点" in texts(scanner_card("zh"))[0]
    assert "count nothing" in texts(scanner_card("en"))[0]


def test_that_every_command_is_on_its_card_and_said_in_both_languages() -> None:
    found = {code.text for code in zxingcpp.read_barcodes(picture(command_card("zh"), dpi=203))}

    codes = {parse_own_code(text) for text in found}
    assert {command_of(code) for code in codes} == set(Command)  # type: ignore[arg-type]
    assert "交班" in texts(command_card("zh"))[0]
    assert "End of shift" in texts(command_card("en"))[0]
