from dataclasses import replace
from typing import Any

import pytest

from erpdesk.domain.claim import (
    ClaimAmountError,
    ClaimedAlreadyError,
    ClaimWaitsError,
    NotUnidentifiedError,
    Unidentified,
    broken_claim,
    claim,
    claimed_entry,
    why_not_claim,
)
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.open_item import OverAllocatedError
from erpdesk.domain.receipt import Paid, PayerUnknownError
from erpdesk.domain.reversal import AlreadyReversedError
from tests.domain.builders import (
    TODAY,
    a_charge,
    a_heading,
    an_evidence,
    an_id,
    ids,
    journal,
    known,
    yuan,
)

CHARGE = a_charge()
UNKNOWN = Unidentified(
    an_id(70), an_id(71), "收-202611-0003", TODAY, yuan(120_000), "货款",
    {"payer": "青禾包装"}, (an_evidence("bank_slip"),),
)  # fmt: skip
STANDS_AGAINST = (
    ({"reversed_by": "冲-202611-0001"}, AlreadyReversedError),
    ({"claimed_by": "收-202611-0004"}, ClaimedAlreadyError),
    ({"waiting": "收-202611-0005"}, ClaimWaitsError),
)


def test_that_a_claim_pays_items_out_of_the_money_from_nobody_known() -> None:
    made = claim(UNKNOWN, a_heading(), [Paid(CHARGE, yuan(113_000))], make_id=ids())

    assert journal(made) == [
        ("Dr", "2241", "120000.00"),
        ("Cr", "1122.02", "113000.00"),
        ("Cr", "2203", "7000.00"),
    ]
    assert claimed_entry(made) == an_id(71)
    assert made["evidence"] == [{"hash": f"{0:064x}", "kind": "bank_slip"}]
    check_content("receipt", made, known(CHARGE))


def test_that_a_claim_without_items_is_kept_for_the_customer() -> None:
    made = claim(UNKNOWN, a_heading(), (), make_id=ids())

    assert journal(made) == [("Dr", "2241", "120000.00"), ("Cr", "2203", "120000.00")]


def test_that_what_the_bank_says_stays_with_the_receipt_that_came_in() -> None:
    """A statement's line is known again by it: a second one would be the same line twice."""
    assert "bank" not in claim(UNKNOWN, a_heading(), (), make_id=ids())


@pytest.mark.parametrize(("facts", "error"), STANDS_AGAINST)
def test_that_a_receipt_is_claimed_once_and_only_while_it_stands(
    facts: dict[str, Any], error: type[Exception]
) -> None:
    one = replace(UNKNOWN, **facts)

    with pytest.raises(error) as refused:
        claim(one, a_heading(), (), make_id=ids())

    assert refused.value.facts == facts  # type: ignore[attr-defined]
    made = claim(UNKNOWN, a_heading(), (), make_id=ids())
    assert [type(wrong) for wrong in broken_claim(made, one)] == [error]


def test_that_nothing_stands_against_a_receipt_that_is_left() -> None:
    assert why_not_claim(UNKNOWN) is None


def test_that_a_claim_needs_a_customer_and_pays_no_more_than_came_in() -> None:
    with pytest.raises(PayerUnknownError):
        claim(UNKNOWN, a_heading(customer=None), (), make_id=ids())
    with pytest.raises(OverAllocatedError):
        claim(UNKNOWN, a_heading(), [Paid(a_charge(130_000), yuan(120_001))], make_id=ids())


def test_that_a_text_claims_the_whole_receipt_and_one_that_there_is() -> None:
    made = claim(UNKNOWN, a_heading(), (), make_id=ids())
    less = claim(replace(UNKNOWN, amount=yuan(119_999)), a_heading(), (), make_id=ids())

    assert list(broken_claim(made, UNKNOWN)) == []
    assert [type(wrong) for wrong in broken_claim(less, UNKNOWN)] == [ClaimAmountError]
    assert [type(wrong) for wrong in broken_claim(made, None)] == [NotUnidentifiedError]


def test_that_a_payer_is_called_as_the_bank_does_else_as_the_memo_says() -> None:
    assert UNKNOWN.payer == "青禾包装"
    assert replace(UNKNOWN, bank={"key": "1"}).payer == "货款"
    assert replace(UNKNOWN, bank=None, memo="").payer == ""


def test_that_a_text_without_entry_claims_nothing() -> None:
    assert claimed_entry({}) is None
