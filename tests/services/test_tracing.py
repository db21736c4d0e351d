"""Own codes lead to whose they are, and no further."""

import pytest

from erpdesk.domain.codes.own_code import (
    OwnCode,
    customer_code,
    line_code,
    notice_code,
    parse_own_code,
    reply_code,
    sheet_code,
    voucher_code,
)
from erpdesk.services.noticing import Asked
from erpdesk.storage.counting_views import NoSuchCampaignError, NotACodeError
from erpdesk.storage.documents import NoSuchDocumentError
from tests.services.builders import Office


def read(text: str) -> OwnCode:
    code = parse_own_code(text)
    assert isinstance(code, OwnCode)
    return code


def test_that_a_label_and_a_line_lead_to_their_customer(both: Office) -> None:
    campaign = both.campaign("K2")
    number = int((campaign.number or "").rpartition("-")[2])
    tracing, known = both.desk("counter").tracing, both.customer("K2")

    assert tracing.customer(read(customer_code(known.n))).code == "K2"
    assert tracing.customer(read(line_code(number, 1))).code == "K2"


def test_that_a_reply_slip_leads_to_the_customer_it_was_sent_to(office: Office) -> None:
    office.posted("服务1", "100.00")
    desk = office.desk("maker")
    number = desk.noticing.issue(office.customer("K1"), Asked()).document.number or ""
    _, month, digits = number.split("-")

    assert desk.tracing.customer(read(reply_code(month, int(digits)))).code == "K1"
    assert desk.tracing.number(read(notice_code(month, int(digits)))) == number


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (customer_code(999_999), NotACodeError),
        (line_code(99, 1), NoSuchCampaignError),
        (reply_code("202601", 9999), NoSuchDocumentError),
    ],
)
def test_that_a_code_of_nobody_is_refused(
    office: Office, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        office.desk("maker").tracing.customer(read(text))


def test_that_a_voucher_that_is_not_there_is_refused(office: Office) -> None:
    with pytest.raises(NoSuchDocumentError):
        office.desk("maker").tracing.number(read(voucher_code("202601", 9999)))


def test_that_a_sheet_leads_to_the_customers_that_stand_on_it(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    tracing = office.desk("counter").tracing

    assert tracing.on_sheet(campaign.id, 1) == {office.customer("K1").id, office.customer("K2").id}
    assert tracing.on_sheet(campaign.id, 2) == frozenset()
    assert read(sheet_code(1, 1)).digits == "00010001"
