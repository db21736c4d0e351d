"""Temporary vouchers: what is written, what lacks, and deliveries that are used once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from erpdesk.domain.evidence import Evidence
from erpdesk.domain.voucher import Answers, Lack, Missing
from erpdesk.errors import RefusedError
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft, Entered, Preview, RateUnknownError
from erpdesk.services.writing import Writing
from erpdesk.storage.deliveries import NoSuchDeliveryError
from tests.services.builders import PASSED, TAXED, Office, yuan


def test_that_a_reached_tax_point_is_booked_as_tax_due(both: Office) -> None:
    posted = both.posted("SH1", "113,000.00", answers=TAXED)

    assert both.lines(posted) == [
        ("借", "1122.02", "113000.00"),
        ("贷", "6001", "100000.00"),
        ("贷", "2221.01", "13000.00"),
    ]


def test_that_a_right_that_is_still_conditional_is_a_contract_asset(office: Office) -> None:
    conditional = Answers(passed=True, unconditional=False, tax_point=False)

    posted = office.posted("SH1", "113.00", answers=conditional)

    assert office.lines(posted)[0] == ("借", "1141", "113.00")


def test_that_an_amount_by_hand_needs_no_delivery(office: Office) -> None:
    entered = (Entered("安装服务", yuan("1,130.00")),)
    draft = Draft(office.customer(), PASSED, entered=entered, evidence=(office.proof("contract"),))

    voucher = office.desk("maker").vouchers.write(draft, submit=True).value

    assert office.lines(office.approve(voucher))[0] == ("借", "1122.02", "1130.00")


def test_that_a_due_day_follows_from_the_terms_and_the_last_delivery(office: Office) -> None:
    preview = _preview(office, "SH1", "1,130.00")
    by_hand = Draft(office.customer("K2"), PASSED, entered=(Entered("服务", yuan("10.00")),))

    assert preview.voucher.due == office.ago(10) + timedelta(days=30)
    assert office.desk("maker").vouchers.preview(by_hand).voucher.due == office.today


def test_that_an_unknown_rate_is_asked_for_and_never_assumed(office: Office) -> None:
    office.delivered(("SH1", "K3", "106.00"))
    service = office.desk("maker").vouchers
    unrated = service.preview(office.draft("SH1", "K3"))
    with pytest.raises(RateUnknownError):
        service.write(office.draft("SH1", "K3"))
    with pytest.raises(VoucherIncompleteError) as refused:
        service.write(office.draft("SH1", "K3"), submit=True)

    assert unrated.text == {}
    assert _kinds(unrated.lacks) == [Lack.TAX_RATE, Lack.CUSTOMER_FIELDS, Lack.DUE]
    assert refused.value.lacks == unrated.lacks

    said = service.preview(office.draft("SH1", "K3", rate=Decimal("0.06")))

    assert [row["tax"] for row in said.text["goods"]] == [600]
    assert _kinds(said.lacks) == [Lack.CUSTOMER_FIELDS, Lack.DUE]
    assert said.lacks[0].about == ("tax_id/id_number", "address", "phone/email")


def test_that_goods_that_were_not_handed_over_stay_a_draft(office: Office) -> None:
    not_yet = Answers(passed=False, unconditional=True, tax_point=False)
    office.delivered(("SH1", "K1", "1,130.00"))
    service = office.desk("maker").vouchers

    kept = service.write(office.draft("SH1", answers=not_yet)).value

    assert kept.state == "draft"
    assert "lines" not in kept.content
    assert _kinds(service.lacks(kept)) == [Lack.NOT_PASSED]


def test_that_a_draft_keeps_the_days_that_were_typed(both: Office) -> None:
    both.delivered(("SH1", "K1", "1,130.00"))
    due = both.today + timedelta(days=77)
    service = both.desk("maker").vouchers

    kept = service.write(both.draft("SH1", answers=None, due=due)).value

    assert kept.content["items"][0]["due"] == due.isoformat()
    assert _kinds(service.lacks(kept)) == [Lack.ANSWERS]


def test_that_evidence_that_is_named_has_to_be_stored(office: Office) -> None:
    lost = Evidence("ab" * 32, "acceptance")
    preview = _preview(office, "SH1", "1,130.00", evidence=(lost,))

    assert preview.lacks == (Missing(Lack.EVIDENCE_NOT_STORED, (lost.hash,)),)


def test_that_a_delivery_of_somebody_else_is_refused(office: Office) -> None:
    office.delivered(("SH1", "K2", "1,130.00"))

    preview = office.desk("maker").vouchers.preview(office.draft("SH1", "K1"))

    assert preview.lacks == (Missing(Lack.DELIVERY_FOREIGN, ("SH1",)),)


def test_that_a_delivery_is_used_once(both: Office) -> None:
    both.submitted("SH1", "1,130.00")
    service = both.desk("maker").vouchers
    assert service.delivery("SH1").free_minor == 0

    again = both.draft("SH1", evidence=(both.proof(),))

    for submit in (False, True):
        with pytest.raises(VoucherIncompleteError) as refused:
            service.write(again, submit=submit)
        assert Missing(Lack.DELIVERY_USED, ("SH1", "0.00")) in refused.value.lacks


def test_that_of_two_drafts_over_one_delivery_the_first_submitted_holds_it(both: Office) -> None:
    both.delivered(("SH1", "K1", "1,130.00"))
    maker, helper = both.desk("maker"), both.desk("helper")
    one = maker.vouchers.write(both.draft("SH1")).value
    other = helper.vouchers.write(both.draft("SH1")).value
    maker.approving.submit(one)

    with pytest.raises(VoucherIncompleteError) as refused:
        helper.approving.submit(other)

    assert refused.value.lacks == (Missing(Lack.DELIVERY_USED, ("SH1", "0.00")),)


def test_that_a_voucher_that_is_taken_back_frees_its_delivery(office: Office) -> None:
    voucher = office.submitted("SH1", "1,130.00")

    office.desk("maker").approving.withdraw(voucher)

    assert office.desk("maker").vouchers.delivery("SH1").free_minor == 113_000


def test_that_a_delivery_that_was_revised_is_chosen_anew(office: Office) -> None:
    office.delivered(("SH1", "K1", "1,130.00"))
    maker = office.desk("maker")
    before = office.draft("SH1")
    kept = maker.vouchers.write(before).value
    office.delivered(("SH1", "K1", "2,260.00"))

    with pytest.raises(NoSuchDeliveryError):
        maker.vouchers.preview(before)
    with pytest.raises(VoucherIncompleteError) as refused:
        maker.approving.submit(kept)

    assert _kinds(refused.value.lacks) == [Lack.DELIVERY_UNKNOWN]
    assert maker.vouchers.delivery("SH1").free_minor == 226_000


def test_that_an_unknown_delivery_is_said_so(office: Office) -> None:
    with pytest.raises(NoSuchDeliveryError):
        office.desk("maker").vouchers.delivery("SH404")


def test_that_currencies_are_not_added_up(office: Office) -> None:
    entered = (Entered("设备", yuan("100.00", "USD")), Entered("运费", yuan("100.00")))
    draft = Draft(office.customer(), PASSED, entered=entered, evidence=(office.proof(),))

    preview = office.desk("maker").vouchers.preview(draft)

    assert _kinds(preview.lacks) == [Lack.UNEVEN, Lack.EXCHANGE_RATE]
    assert "lines" not in preview.text


def test_that_a_foreign_claim_waits_for_its_rate(office: Office) -> None:
    draft = Draft(office.customer(), PASSED, entered=(Entered("设备", yuan("100.00", "USD")),))
    service = office.desk("maker").vouchers

    kept = service.write(draft).value

    assert kept.content["items"][0]["currency"] == "USD"
    assert _kinds(service.lacks(kept)) == [Lack.EXCHANGE_RATE]


def test_that_a_voucher_without_a_customer_is_not_submitted(office: Office) -> None:
    maker = office.desk("maker")
    kept = Writing(maker.company).draft("voucher", {"memo": "谁的？"}).value

    with pytest.raises(VoucherIncompleteError) as refused:
        maker.approving.submit(kept)

    assert refused.value.lacks[0] == Missing(Lack.CUSTOMER)


def test_that_only_an_accountant_writes_vouchers(both: Office) -> None:
    both.delivered(("SH1", "K1", "1,130.00"))
    draft = both.draft("SH1")

    for name in ("cashier", "chief", "auditor"):
        with pytest.raises(RefusedError):
            both.desk(name).vouchers.write(draft)


def test_that_old_claims_keep_their_days(office: Office) -> None:
    path = office.written("old.csv", "出库单号,客户编码,日期,价税合计\nSH96,K1,1996-03-05,113.00\n")
    office.desk("maker").importing_deliveries.load(ImportSource(path))

    posted = office.approve(
        office.desk("maker").vouchers.write(office.draft("SH96"), submit=True).value
    )

    assert posted.content["items"][0]["due"] == "1996-04-04"
    assert posted.content["entry"]["posting_date"] == office.today.isoformat()


def test_that_amounts_are_rounded_once_and_the_halves_add_up(office: Office) -> None:
    preview = _preview(office, "SH1", "1572.83118746666657")
    [goods] = preview.text["goods"]

    assert (goods["gross"], goods["net"] + goods["tax"]) == (157_283, 157_283)


def test_that_an_amount_of_nothing_is_kept_and_not_submitted(both: Office) -> None:
    draft = Draft(both.customer(), PASSED, entered=(Entered("赠品", yuan("0.00")),))
    service = both.desk("maker").vouchers

    kept = service.write(draft).value

    assert _kinds(service.lacks(kept)) == [Lack.GOODS, Lack.EVIDENCE]


def _preview(office: Office, number: str, amount: str, **facts: Any) -> Preview:
    office.delivered((number, "K1", amount))
    return office.desk("maker").vouchers.preview(office.draft(number, **facts))


def _kinds(lacks: tuple[Missing, ...]) -> list[Lack]:
    return [lack.what for lack in lacks]
