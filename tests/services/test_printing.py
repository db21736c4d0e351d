"""Count sheets of a campaign: every line once; figures only for who reads the books."""

import re

import pytest
import zxingcpp

from erpdesk.domain.codes.own_code import line_code, sheet_code
from erpdesk.domain.codes.scanner_check import TEST_CODES
from erpdesk.storage.counting_views import NoSuchCampaignError
from erpdesk.storage.documents import Document
from tests.papers.reading import codes, picture, texts
from tests.services.builders import Office

AMOUNT = re.compile(r"\d[\d,]*\.\d\d")


def _sheet(office: Office, person: str, campaign: Document) -> bytes:
    return office.desk(person).printing.count_sheet(campaign.id, language="zh")


def test_that_the_sheet_of_a_campaign_has_the_codes_of_its_lines(office: Office) -> None:
    campaign = office.campaign("K1", "K2")

    pdf = _sheet(office, "chief", campaign)

    number = int((campaign.number or "").rpartition("-")[2])
    wanted = {sheet_code(number, 1), line_code(number, 1), line_code(number, 2)}
    assert codes(picture(pdf)) == wanted


def test_that_who_reads_the_books_sees_what_they_say(office: Office) -> None:
    office.posted("服务1", "1234.50")

    (said,) = texts(_sheet(office, "chief", office.campaign("K1", blind=False)))

    assert "1,234.50" in said
    assert "明盘" in said


@pytest.mark.parametrize("person", ["chief", "counter"])
def test_that_a_blind_sheet_has_no_figure_for_anybody(both: Office, person: str) -> None:
    both.posted("服务1", "1234.50")

    (said,) = texts(_sheet(both, person, both.campaign("K1", blind=True)))

    assert not AMOUNT.search(said)
    assert "盲盘" in said


def test_that_who_does_not_read_the_books_gets_a_sheet_without_them(both: Office) -> None:
    both.posted("服务1", "1234.50")

    (said,) = texts(_sheet(both, "counter", both.campaign("K1", blind=False)))

    assert not AMOUNT.search(said)
    assert "K1" in said


def test_that_a_campaign_that_was_not_frozen_has_no_sheet(office: Office) -> None:
    with pytest.raises(NoSuchCampaignError):
        office.desk("chief").printing.count_sheet("盘-0099", language="zh")


def test_that_the_scanner_card_has_every_test_code_in_either_language(office: Office) -> None:
    printing = office.desk("counter").printing

    chinese, english = printing.scanner_card("zh"), printing.scanner_card("en")

    for card in (chinese, english):
        found = zxingcpp.read_barcodes(picture(card, dpi=203))
        assert {code.bytes.decode("ascii") for code in found} == set(TEST_CODES)
    assert "不会记入盘点" in texts(chinese)[0]
    assert "count nothing" in texts(english)[0]
