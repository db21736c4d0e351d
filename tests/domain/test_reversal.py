from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.allocation import Difference
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.ids import ItemId
from erpdesk.domain.links import Link
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.receipt import Paid, matched, suspense, unallocated
from erpdesk.domain.reversal import (
    AllocatedError,
    AlreadyReversedError,
    IdentifiedError,
    NotReversibleError,
    Origin,
    UnlinkedError,
    corrected_copy,
    reverse,
    why_not_reverse,
)
from erpdesk.domain.voucher import content
from tests.domain.builders import (
    QINGHE,
    a_charge,
    a_credit,
    a_heading,
    a_receipt,
    a_voucher,
    an_evidence,
    an_id,
    ids,
    journal,
    known,
    yuan,
)

REASON = a_heading(reason="金额写错了")
PAID_FULL = a_charge(open=yuan(0), version=4)


def posted(kind: str, text: dict[str, Any]) -> dict[str, Any]:
    return {**text, "kind": kind, "document": an_id(99)}


def item_of(text: dict[str, Any], **facts: Any) -> OpenItem:
    (row,) = text["items"]
    money = Money(row["amount"], row["currency"])
    known_facts = {"open": money, "account": row["account"], "id": ItemId(row["id"]), **facts}
    return a_charge(money, **known_facts)


def a_posted_voucher(**facts: Any) -> Origin:
    text = posted("voucher", content(a_voucher(evidence=(an_evidence("order"),)), make_id=ids(11)))
    return Origin(text, **{"items": (item_of(text),), **facts})


def a_matched_receipt(amount: int = 113_000, paid: int = 113_000) -> Origin:
    """Return a receipt that was matched at once, with its link as it stands."""
    text = matched(a_receipt(amount), [Paid(a_charge(), yuan(paid))], make_id=ids(11))
    credit = item_of(text, open=yuan(paid - amount), version=2)
    charge = a_charge(open=yuan(113_000 - paid), version=4)
    link = Link(text["allocations"][0]["id"], yuan(paid), charge, credit, "收-202611-0001")
    return Origin(posted("receipt", text), (credit,), (link,))


def test_that_p6_takes_a_whole_voucher_back_in_red() -> None:
    origin = a_posted_voucher()

    made = reverse(origin, REASON, make_id=ids(), evidence=[an_evidence("chat")])

    assert journal(made) == [
        ("Dr", "1122.02", "-113000.00"),
        ("Cr", "6001", "-100000.00"),
        ("Cr", "2221.02", "-13000.00"),
    ]
    assert made["entry"]["reverses"] == origin.text["entry"]["id"]
    assert (made["entry"]["rule"], made["reason"]) == ("P6/1", "金额写错了")
    assert made["evidence"] == [{"hash": f"{0:064x}", "kind": "chat"}]


def test_that_the_item_of_a_reversed_voucher_is_closed_by_one_side() -> None:
    origin = a_posted_voucher()

    made = reverse(origin, REASON, make_id=ids())

    assert made["allocations"] == [
        {"id": an_id(1), "charge": an_id(11), "charge_version": 3, "amount": 11_300_000}
    ]
    check_content("reversal", made, known(*origin.items))


def test_that_an_allocated_voucher_names_what_is_to_be_undone_first() -> None:
    charge = a_posted_voucher().items[0]
    links = (
        Link(an_id(71), yuan(1), replace(charge, open=yuan(112_998)), a_credit(), "核-202611-0007"),
        Link(an_id(72), yuan(1), replace(charge, open=yuan(112_998)), a_credit(), "核-202611-0008"),
    )

    why_not = why_not_reverse(a_posted_voucher(links=links))

    assert isinstance(why_not, AllocatedError)
    assert why_not.facts["documents"] == ("核-202611-0007", "核-202611-0008")
    assert why_not.facts["links"] == (an_id(71), an_id(72))
    with pytest.raises(AllocatedError):
        reverse(a_posted_voucher(links=links), REASON, make_id=ids())


def test_that_nothing_is_reversed_twice() -> None:
    why_not = why_not_reverse(a_posted_voucher(reversed_by="冲-202611-0001"))

    assert isinstance(why_not, AlreadyReversedError)


@pytest.mark.parametrize("kind", ["allocation", "reversal", "import"])
def test_that_only_vouchers_and_receipts_are_reversed(kind: str) -> None:
    origin = a_posted_voucher()

    why_not = why_not_reverse(replace(origin, text={**origin.text, "kind": kind}))

    assert isinstance(why_not, NotReversibleError)


def test_that_what_has_no_entry_is_not_reversed() -> None:
    why_not = why_not_reverse(Origin({"kind": "voucher", "customer": QINGHE}))

    assert isinstance(why_not, NotReversibleError)


def test_that_p6_of_a_matched_receipt_opens_the_charge_again_in_the_same_document() -> None:
    origin = a_matched_receipt()

    made = reverse(origin, REASON, make_id=ids())

    assert journal(made) == [("Dr", "1002", "-113000.00"), ("Cr", "1122.02", "-113000.00")]
    assert [(x["amount"], x.get("undoes")) for x in made["allocations"]] == [
        (-11_300_000, origin.links[0].id),
        (11_300_000, None),
    ]
    check_content("reversal", made, known(PAID_FULL, *origin.items))


def test_that_p6_of_an_over_payment_takes_back_both_parts() -> None:
    origin = a_matched_receipt(120_000)

    made = reverse(origin, REASON, make_id=ids())

    assert journal(made) == [
        ("Dr", "1002", "-120000.00"),
        ("Cr", "1122.02", "-113000.00"),
        ("Cr", "2203", "-7000.00"),
    ]
    check_content("reversal", made, known(PAID_FULL, *origin.items))


def test_that_the_rest_of_a_receipt_used_later_is_undone_first() -> None:
    origin = a_matched_receipt(120_000)
    later = Link(an_id(7), yuan(7_000), a_charge(n=502), origin.items[0], "核-202611-0009")

    why_not = why_not_reverse(replace(origin, links=(later, *origin.links)))

    assert isinstance(why_not, AllocatedError)
    assert why_not.facts["links"] == (an_id(7),)


def test_that_a_receipt_whose_own_match_was_undone_is_matched_again_first() -> None:
    assert isinstance(why_not_reverse(replace(a_matched_receipt(), links=())), UnlinkedError)


def test_that_a_difference_given_up_with_a_receipt_is_taken_back_with_it() -> None:
    text = matched(
        a_receipt(112_900, reason="尾差"),
        [Paid(a_charge(), yuan(112_900))],
        differences=[Difference(a_charge(), yuan(100))],
        make_id=ids(11),
    )
    credit = item_of(text, open=yuan(0), version=2)
    first, second = (row["id"] for row in text["allocations"])
    links = (
        Link(first, yuan(112_900), PAID_FULL, credit),
        Link(second, yuan(100), PAID_FULL, account="6711"),
    )

    made = reverse(Origin(posted("receipt", text), (credit,), links), REASON, make_id=ids())

    assert journal(made)[1] == ("Dr", "6711", "-100.00")
    check_content("reversal", made, known(PAID_FULL, credit))


def test_that_an_advance_and_an_unidentified_receipt_are_taken_back() -> None:
    text = posted("receipt", unallocated(a_receipt(), make_id=ids(11)))
    advance = reverse(Origin(text, (item_of(text),)), REASON, make_id=ids())
    nobody = posted("receipt", suspense(a_receipt(customer=None), make_id=ids(11)))
    unknown = reverse(Origin(nobody), a_heading(customer=None), make_id=ids())

    assert journal(advance) == [("Dr", "1002", "-113000.00"), ("Cr", "2203", "-113000.00")]
    assert advance["allocations"][0].keys() == {"id", "credit", "credit_version", "amount"}
    check_content("reversal", advance, known(item_of(text)))
    assert journal(unknown) == [("Dr", "1002", "-113000.00"), ("Cr", "2241", "-113000.00")]
    assert "allocations" not in unknown


def test_that_a_corrected_copy_begins_with_all_but_the_ledger() -> None:
    origin = a_posted_voucher()

    copy = corrected_copy({**origin.text, "memo": "十一月", "reason": "x"})

    assert copy.keys() == {"customer", "memo", "goods", "evidence", "answers"}


@given(gross=st.integers(1, 10**12))
def test_that_a_voucher_and_its_reversal_leave_nothing(gross: int) -> None:
    text = posted("voucher", content(a_voucher(Money(gross, "CNY")), make_id=ids(11)))
    origin = Origin(text, (item_of(text),))

    made = reverse(origin, REASON, make_id=ids())

    check_content("reversal", made, known(*origin.items))
    sums: dict[str, int] = {}
    for line in (*text["lines"], *made["lines"]):
        sums[line["account"]] = sums.get(line["account"], 0) + line["side"] * line["amount"]
    assert set(sums.values()) == {0}


def test_that_a_receipt_whose_payer_was_found_is_reversed_after_its_claim() -> None:
    text = posted("receipt", suspense(a_receipt(customer=None), make_id=ids(11)))
    claimed = Origin(text, claimed_by="收-202611-0004")

    why_not = why_not_reverse(claimed)

    assert isinstance(why_not, IdentifiedError)
    assert why_not.facts == {"claimed_by": "收-202611-0004"}
