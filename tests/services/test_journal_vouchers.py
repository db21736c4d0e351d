"""Journal vouchers of a month: what was posted in it, who made, decided and posted each."""

import pytest

from erpdesk.domain.codes.own_code import voucher_code
from erpdesk.services.journal_vouchers import NothingPostedError
from tests.papers.reading import codes, picture, texts
from tests.services.builders import Office

pytestmark = pytest.mark.slow


def test_that_a_month_is_printed_with_who_answers_for_each_entry(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    both.received("50.00")
    service = both.desk("auditor").journal_vouchers
    [month] = service.periods()

    pdf, count = service.printed(month.period, language="zh")

    [page] = texts(pdf)
    assert (month.entries, count) == (2, 2)
    assert month.debit_minor == 118_000
    for word in (voucher.number or "", "SH1 签收单", "制单 陈静", "审核 林涛", "附单据 1 张"):
        assert word in page
    assert "青禾包装" in page
    _, number, digits = (voucher.number or "").split("-")
    assert codes(picture(pdf)) == {voucher_code(number, int(digits))}


def test_that_one_document_is_printed_alone_and_an_empty_month_is_refused(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    office.received("50.00")
    service = office.desk("maker").journal_vouchers
    period = service.periods()[0].period

    _, count = service.printed(period, language="en", document=voucher.number or "")

    assert count == 1
    for month, number in (("1999-01", ""), (period, "临-1")):
        with pytest.raises(NothingPostedError):
            service.printed(month, language="zh", document=number)
