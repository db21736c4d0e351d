"""The test card: seven codes, each read as it stands."""

import zxingcpp

from erpdesk.domain.codes.scanner_check import TEST_CODES
from erpdesk.papers.scanner_card import scanner_card
from tests.papers.reading import picture, texts


def test_that_every_test_code_is_read_from_the_card() -> None:
    found = zxingcpp.read_barcodes(picture(scanner_card("zh"), dpi=203))

    assert {code.bytes.decode("ascii") for code in found} == set(TEST_CODES)


def test_that_the_card_says_what_to_do_in_both_languages() -> None:
    assert "不会记入盘点" in texts(scanner_card("zh"))[0]
    assert "count nothing" in texts(scanner_card("en"))[0]
