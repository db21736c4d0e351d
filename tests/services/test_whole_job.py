"""The whole job on both engines: from the files of another program to the paper and back."""

from fractions import Fraction

import pytest

from erpdesk.domain.approval import OwnWorkError
from erpdesk.domain.money import Money
from erpdesk.domain.reversal import AllocatedError
from erpdesk.domain.stocktake.counting import Finding
from erpdesk.domain.voucher import Lack
from erpdesk.errors import UserError
from erpdesk.services.noticing import Asked
from erpdesk.services.stocktake.campaign_status import Line, Status
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft, Preview
from erpdesk.storage.documents import Document
from tests.services.builders import Office, paid, yuan


def test_that_a_delivery_becomes_a_claim_by_four_eyes(both: Office) -> None:
    office = both
    delivered = office.delivered(("SH1", "K1", "113,000.00"))
    assert (delivered.report.good, delivered.report.totals) == (1, (("CNY", 11_300_000),))

    voucher = office.desk("maker").vouchers.write(office.draft("SH1"), submit=True).value

    month = f"{office.today:%Y%m}"
    assert (voucher.state, voucher.number) == ("submitted", f"临-{month}-0001")
    assert office.balance() == ("0.00", "0.00", "0.00")
    assert _inbox(office, "chief") == [(voucher.number, 11_300_000, "")]
    assert _inbox(office, "maker") == [(voucher.number, 11_300_000, "OwnWorkError")]
    assert _inbox(office, "cashier") == [(voucher.number, 11_300_000, "NoRoleError")]
    posted = office.approve(voucher)
    assert posted.state == "posted"
    assert office.lines(posted) == [
        ("借", "1122.02", "113000.00"),
        ("贷", "6001", "100000.00"),
        ("贷", "2221.02", "13000.00"),
    ]
    assert office.balance() == ("0.00", "113000.00", "0.00")
    assert _inbox(office, "chief") == []


def test_that_everything_a_voucher_lacks_is_said_at_once(both: Office) -> None:
    office = both
    office.delivered(("SH1", "K1", "113,000.00"))

    lacks = {lack.what for lack in _preview(office, Draft(office.customer("K1"))).lacks}

    assert lacks == {Lack.ANSWERS, Lack.GOODS, Lack.EVIDENCE}
    bare = office.draft("SH1", evidence=())
    with pytest.raises(VoucherIncompleteError) as refused:
        office.desk("maker").vouchers.write(bare, submit=True)
    needs = [lack.about for lack in refused.value.lacks]
    assert needs == [("contract", "order"), ("acceptance",)]
    assert _inbox(office, "chief") == []


def test_that_money_is_matched_and_every_step_can_be_taken_back(both: Office) -> None:
    office = both
    voucher = office.posted("SH1", "113,000.00")
    receipt = office.received("120,000.00")
    assert office.lines(receipt) == [("借", "1002", "120000.00"), ("贷", "2203", "120000.00")]
    assert office.balance() == ("0.00", "113000.00", "120000.00")

    match = _allocate(office, receipt.number, voucher.number)
    assert match.state == "posted"
    assert office.lines(match) == [("借", "2203", "113000.00"), ("贷", "1122.02", "113000.00")]
    assert office.balance() == ("0.00", "0.00", "7000.00")

    service = office.desk("maker").reversing
    with pytest.raises(AllocatedError) as stands:
        service.reverse(voucher, "客户退货重做")
    assert stands.value.facts["documents"] == (match.number,)

    [link] = match.content["allocations"]
    undone = office.approve(office.desk("maker").receipts.undo(link["id"], "核销错了一笔").value)
    assert office.lines(undone) == [("借", "2203", "-113000.00"), ("贷", "1122.02", "-113000.00")]
    assert office.balance() == ("0.00", "113000.00", "120000.00")

    red = office.approve(service.reverse(voucher, "客户退货重做").value)
    assert office.lines(red) == [
        ("借", "1122.02", "-113000.00"),
        ("贷", "6001", "-100000.00"),
        ("贷", "2221.02", "-13000.00"),
    ]
    assert office.balance() == ("0.00", "0.00", "120000.00")
    free = office.desk("maker").vouchers.free_deliveries(office.customer("K1"))
    assert [row.free_minor for row in free] == [11_300_000]


def test_that_the_same_notice_again_is_a_copy(both: Office) -> None:
    office = both
    office.posted("SH1", "1,130.00")
    service = office.desk("maker").noticing

    first = service.issue(office.customer("K1"), Asked())
    again = service.issue(office.customer("K1"), Asked())

    assert (first.document.number, first.copy) == (f"通-{office.today:%Y%m}-0001", 0)
    assert (again.document.number, again.copy) == (first.document.number, 1)
    assert first.pdf.startswith(b"%PDF")


def test_that_a_campaign_goes_from_its_list_to_its_end(both: Office) -> None:
    office = both
    office.posted("SH1", "1,130.00")
    elsewhere = office.campaign("K2")
    campaign = office.campaign("K1", "K3")
    assert [line.frozen.book_minor for line in _status(office, campaign).lines] == [113_000, 0]

    assert office.scan(campaign, "K1").judgement.finding is Finding.COUNTED
    repeated = office.scan(campaign, "K1", by="second").judgement
    assert (repeated.finding, repeated.by) == (Finding.ALREADY_COUNTED, "counter")
    assert office.scan(campaign, "K2").judgement.finding is Finding.NOT_IN_CAMPAIGN
    assert office.scan(campaign, "0815").judgement.finding is Finding.UNKNOWN
    office.state(campaign, "K1", "1,000.00", "phone")
    zero = office.state(campaign, "K3", "0", "phone")
    assert zero.stated is not None
    assert zero.stated.minor == 0

    status = _status(office, campaign)
    assert (status.scans, status.coverage) == (6, Fraction(1))
    assert status.uncounted == ()
    assert [e.raw for e in status.unexpected] == [b"K2", b"0815"]
    assert [_figures(line) for line in status.lines] == [
        (yuan("1000"), yuan("-130")),
        (yuan("0"), yuan("0")),
    ]

    for event in status.unexpected:
        office.rule(campaign, "junk", event=event.id)
    reviewed = office.desk("chief").campaigns.review(office.look(campaign)).value
    office.explain(reviewed)
    handed_in = office.desk("maker").campaigns.hand_in(reviewed).value
    assert handed_in.state == "submitted"
    with pytest.raises(OwnWorkError):
        office.approve(handed_in)
    approved = office.approve(handed_in, by="director")
    adjusting = office.desk("maker").campaigns.adjust(approved).value
    chief = office.desk("chief")
    report = chief.reporting.archive(adjusting, language="zh")
    closed = chief.campaigns.close(adjusting, report=report).value
    assert closed.state == "closed"
    assert [head.state for head in office.desk("maker").campaigns.every()] == ["counting", "closed"]
    assert office.balance() == ("0.00", "1130.00", "0.00")
    assert office.look(elsewhere).state == "counting"


def _preview(office: Office, draft: Draft) -> Preview:
    return office.desk("maker").vouchers.preview(draft)


def _inbox(office: Office, name: str) -> list[tuple[str | None, int, str]]:
    return [
        (one.head.number, one.risk_minor, _name(one.why_not_approve))
        for one in office.desk(name).approving.inbox()
    ]


def _name(refusal: UserError | None) -> str:
    return type(refusal).__name__ if refusal else ""


def _allocate(office: Office, credit: str | None, charge: str | None) -> Document:
    service = office.desk("maker").receipts
    wanted = (paid(charge or ""),)
    return service.allocate(office.customer("K1"), credit=credit or "", pays=wanted).value


def _status(office: Office, campaign: Document) -> Status:
    return office.desk("chief").campaigns.status(office.look(campaign))


def _figures(line: Line) -> tuple[Money | None, Money | None]:
    return line.judged.stated, line.judged.difference
