"""A receipt from nobody known: who paid it is found, and the money goes to their account."""

import pytest

from erpdesk.domain.allocation import Treatment
from erpdesk.domain.approval import Verb
from erpdesk.domain.claim import (
    ClaimAmountError,
    ClaimedAlreadyError,
    ClaimWaitsError,
    NotUnidentifiedError,
)
from erpdesk.domain.reversal import AlreadyReversedError, IdentifiedError
from erpdesk.errors import RefusedError
from erpdesk.services.receipts import GivenUp, MoneyIn
from erpdesk.services.writing import Writing
from erpdesk.storage.documents import Document
from tests.services.builders import Office, paid, yuan

pytestmark = pytest.mark.slow

REASON = "付款人认错了"


def claimed(office: Office, document: Document, code: str = "K1", **facts: object) -> Document:
    """Claim a receipt and post the claim."""
    return office.approve(asked(office, document, code, **facts))


def asked(office: Office, document: Document, code: str = "K1", **facts: object) -> Document:
    service, owner = office.desk("cashier").receipts, office.customer(code)
    return service.claim(document.id, owner, submit=True, **facts).value  # type: ignore[arg-type]


def left(office: Office) -> list[tuple[str, str, str | None]]:
    """Return what is left: number, amount, the claim that waits."""
    rows = office.desk("maker").receipts.unidentified()
    return [(one.number, one.amount.plain(), one.waiting) for one in rows]


def reversed_(office: Office, document: Document) -> Document:
    return office.approve(office.desk("maker").reversing.reverse(document, REASON).value)


def test_that_a_claim_pays_what_the_customer_owes(both: Office) -> None:
    voucher = both.posted("服务1", "113,000.00")
    money = both.received("120,000.00", None)

    claim = claimed(both, money, pays=(paid(voucher.number or ""),))

    assert both.lines(claim) == [
        ("借", "2241", "120000.00"),
        ("贷", "1122.02", "113000.00"),
        ("贷", "2203", "7000.00"),
    ]
    assert both.balance() == ("0.00", "0.00", "7000.00")
    assert left(both) == []


def test_that_what_is_left_tells_whether_a_claim_waits(both: Office) -> None:
    one, two = both.received("5.00", None), both.received("7.00", None)

    claim = asked(both, one)

    assert left(both) == [(one.number, "5.00", claim.number), (two.number, "7.00", None)]


def test_that_only_posted_receipts_from_nobody_known_are_left(both: Office) -> None:
    both.received("5.00")
    both.desk("cashier").receipts.record(MoneyIn(yuan("6.00")), submit=True)
    gone = both.received("7.00", None)
    reversed_(both, gone)

    assert left(both) == []


def test_that_a_receipt_is_claimed_once(both: Office) -> None:
    money = both.received("5.00", None)
    first = asked(both, money)
    with pytest.raises(ClaimWaitsError) as waits:
        asked(both, money, "K2")

    both.approve(first)

    assert waits.value.facts == {"waiting": first.number}
    with pytest.raises(ClaimedAlreadyError) as refused:
        asked(both, money, "K2")
    assert refused.value.facts == {"claimed_by": first.number}


def test_that_a_claim_drafted_beside_another_is_not_handed_on(office: Office) -> None:
    money, cashier = office.received("5.00", None), office.desk("cashier")
    draft = cashier.receipts.claim(money.id, office.customer("K2")).value
    claim = asked(office, money)

    with pytest.raises(ClaimWaitsError):
        cashier.approving.submit(draft)
    office.approve(claim)
    with pytest.raises(ClaimedAlreadyError):
        cashier.approving.submit(draft)


def test_that_a_rejected_claim_leaves_the_receipt_to_another(both: Office) -> None:
    money = both.received("5.00", None)
    both.decide(asked(both, money), Verb.REJECT, reason=REASON)

    claimed(both, money, "K2")

    assert both.balance("K2") == ("0.00", "0.00", "5.00")


def test_that_a_reversed_claim_leaves_the_receipt_to_another(both: Office) -> None:
    voucher, money = both.posted("服务1", "5.00"), both.received("5.00", None)
    wrong = claimed(both, money, oldest=True)

    reversed_(both, wrong)

    assert left(both) == [(money.number, "5.00", None)]
    assert both.open_items() == {voucher.number: "5.00"}
    claimed(both, money, "K2")
    assert both.balance("K2") == ("0.00", "0.00", "5.00")


def test_that_a_claimed_receipt_is_reversed_after_its_claim(both: Office) -> None:
    money = both.received("5.00", None)
    claim = claimed(both, money)

    with pytest.raises(IdentifiedError) as refused:
        both.desk("maker").reversing.reverse(money, REASON)

    assert refused.value.facts == {"claimed_by": claim.number}
    reversed_(both, claim)
    reversed_(both, money)
    with pytest.raises(AlreadyReversedError):
        asked(both, money)


def test_that_only_a_posted_receipt_from_nobody_known_is_claimed(office: Office) -> None:
    waiting = office.desk("cashier").receipts.record(MoneyIn(yuan("6.00")), submit=True).value

    for document in (waiting, office.received("5.00"), office.posted("服务1", "5.00")):
        with pytest.raises(NotUnidentifiedError) as refused:
            asked(office, document)
        assert refused.value.facts == {"number": document.number}


def test_that_a_claim_of_less_is_not_handed_on(office: Office) -> None:
    """A text may be written elsewhere: what it takes is judged before anybody decides."""
    money, cashier = office.received("5.00", None), office.desk("cashier")
    text = dict(cashier.receipts.claim(money.id, office.customer()).value.content)
    for row in text["lines"]:
        row.update(amount=499, base=499)
    text["items"][0]["amount"] = -499
    body = {name: value for name, value in text.items() if name not in {"document", "kind"}}

    with pytest.raises(ClaimAmountError):
        Writing(cashier.company).draft("receipt", body, then=("submit",))


def test_that_who_keeps_the_books_claims_but_records_no_receipt(both: Office) -> None:
    money, maker = both.received("5.00", None), both.desk("maker").receipts

    claim = maker.claim(money.id, both.customer(), submit=True).value

    with pytest.raises(RefusedError) as refused:
        maker.record(MoneyIn(yuan("5.00")))
    assert refused.value.code == "G3 only-claims"
    both.approve(claim)
    assert both.balance() == ("0.00", "0.00", "5.00")


def test_that_a_small_rest_is_given_up_with_a_claim(office: Office) -> None:
    label = office.posted("服务1", "100.00").number or ""
    money = office.received("99.93", None)
    rest = GivenUp(label, yuan("0.07"), Treatment.ROUNDING, "尾差不再收了")

    claimed(office, money, pays=(paid(label, "99.93"),), gives_up=(rest,))

    assert office.open_items() == {}


def test_that_what_proved_the_receipt_proves_its_claim(office: Office) -> None:
    slip = office.proof("bank_slip", by="cashier")
    money = MoneyIn(yuan("5.00"), memo="王敏 货款", evidence=(slip,))
    receipt = office.approve(office.desk("cashier").receipts.record(money, submit=True).value)

    claim = asked(office, receipt)

    assert claim.content["evidence"] == [{"hash": slip.hash, "kind": "bank_slip"}]
    assert claim.content["memo"] == "王敏 货款"
    assert office.desk("maker").receipts.unidentified()[0].payer == "王敏 货款"
