"""A receipt that came back is written anew by its maker, under its number, and handed in again."""

import pytest

from erpdesk.domain.allocation import Treatment
from erpdesk.domain.approval import Verb
from erpdesk.domain.kept_receipt import BankLineError
from erpdesk.domain.open_item import OverAllocatedError
from erpdesk.domain.receipt import PayerUnknownError
from erpdesk.services.receipts import GivenUp, MoneyIn, Use
from erpdesk.services.rewriting_receipts import NotReturnedError, Returned
from erpdesk.storage.documents import Document
from tests.services.builders import Office, paid, yuan
from tests.services.test_importing_statements import a_file, a_row, load

REASON = "金额和回单对不上"


def recorded(office: Office, amount: str, code: str | None = "K1", **facts: object) -> Document:
    money = MoneyIn(yuan(amount), office.customer(code) if code else None, memo="货款")
    done = office.desk("cashier").receipts.record(money, submit=True, **facts)  # type: ignore[arg-type]
    return done.value


def back(office: Office, document: Document, verb: Verb = Verb.RETURN) -> Returned:
    office.decide(document, verb, reason=REASON)
    return office.desk("cashier").rewriting_receipts.returned(document.number or "")


def rewritten(office: Office, what: Returned, money: MoneyIn, use: Use = Use()) -> Document:  # noqa: B008
    return office.desk("cashier").rewriting_receipts.rewrite(what, money, use).value


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.REJECT])
def test_that_a_receipt_is_put_right_under_its_number_and_the_trail_is_kept(
    both: Office, verb: Verb
) -> None:
    voucher = both.posted("服务1", "1,130.00")
    first = recorded(both, "1,030.00", "K2")

    again = rewritten(
        both, back(both, first, verb), MoneyIn(yuan("1,130.00"), both.customer()),
        Use((paid(voucher.number or ""),)),
    )  # fmt: skip
    posted = both.approve(again)

    assert (again.id, again.number, again.state) == (first.id, first.number, "submitted")
    assert both.lines(posted) == [("借", "1002", "1130.00"), ("贷", "1122.02", "1130.00")]
    assert both.balance("K2") == both.balance() == ("0.00", "0.00", "0.00")
    steps = both.desk("maker").approving.show(first.id).steps
    verbs = ["draft", "submit", verb.value, "edit", "submit", "approve", "post"]
    assert [one.verb for one in steps] == verbs
    assert (steps[2].reason, steps[1].content_hash) == (REASON, first.content_hash)


def test_that_what_came_back_is_read_as_it_was_written(office: Office) -> None:
    voucher = office.posted("服务1", "1,130.00")
    number, item = voucher.number or "", voucher.content["items"][0]["id"]
    slip = office.proof("bank_slip", by="cashier")
    money = MoneyIn(yuan("1,129.95"), office.customer(), office.ago(2), "货款", (slip,))
    rest = GivenUp(number, yuan("0.05"), Treatment.BANK_FEE, "银行手续费")
    first = office.desk("cashier").receipts.record(
        money, pays=(paid(number, "1,129.95"),), gives_up=(rest,), submit=True
    )

    found = back(office, first.value)

    kept = found.kept
    assert (kept.amount, kept.day, kept.memo) == (money.amount, money.day, money.memo)
    assert (kept.pays, kept.treatment) == ({item: yuan("1,129.95")}, Treatment.BANK_FEE)
    assert (kept.bank, kept.identifies, found.claims) == (None, None, None)
    assert found.customer == office.customer()
    assert (found.verb, found.reason, kept.evidence) == ("return", REASON, (slip,))


def test_that_the_payer_of_a_receipt_may_turn_out_to_be_nobody_known(office: Office) -> None:
    found = back(office, recorded(office, "5.00"))

    again = rewritten(office, found, MoneyIn(yuan("5.00")))

    assert office.lines(office.approve(again))[1] == ("贷", "2241", "5.00")


def test_that_a_claim_goes_to_another_customer(both: Office) -> None:
    money = both.received("5.00", None)
    claim = both.desk("cashier").receipts.claim(money.id, both.customer("K2"), submit=True).value
    found = back(both, claim)
    assert found.claims is not None

    with pytest.raises(PayerUnknownError):
        rewritten(both, found, MoneyIn(yuan("5.00")))
    again = rewritten(both, found, MoneyIn(yuan("5.00"), both.customer()))
    both.approve(again)

    assert (found.claims.number, again.number) == (money.number, claim.number)
    assert (both.balance(), both.balance("K2")[2]) == (("0.00", "0.00", "5.00"), "0.00")


def test_that_the_bank_says_amount_and_day_and_its_line_stays_known(office: Office) -> None:
    path = a_file(office, a_row(office, "88.00", "无名氏", "往来", "B2"))
    load(office, path)
    [waiting] = office.desk("chief").approving.inbox()
    found = back(office, office.desk("maker").document(waiting.head.id))

    with pytest.raises(BankLineError):
        rewritten(office, found, MoneyIn(yuan("88.00"), None, office.today))
    with pytest.raises(BankLineError) as refused:
        rewritten(office, found, MoneyIn(yuan("89.00"), None, found.kept.day))
    again = rewritten(office, found, MoneyIn(yuan("88.00"), office.customer(), found.kept.day))

    assert refused.value.facts == {"amount": "88.00", "day": office.ago(3).isoformat()}
    assert again.content["bank"] == found.kept.bank
    assert load(office, path).report.made == 0


def test_that_only_ones_own_receipts_that_came_back_are_written_anew(office: Office) -> None:
    waits, voucher = recorded(office, "5.00"), office.submitted("服务1", "1,130.00")
    office.decide(voucher, Verb.RETURN, reason=REASON)
    theirs = recorded(office, "6.00")
    office.decide(theirs, Verb.RETURN, reason=REASON)

    for name, document in (("cashier", waits), ("maker", voucher), ("maker", theirs)):
        with pytest.raises(NotReturnedError) as refused:
            office.desk(name).rewriting_receipts.returned(document.number or "")
        assert refused.value.facts == {"number": document.number}


def test_that_what_was_used_up_meanwhile_stores_nothing(office: Office) -> None:
    voucher = office.posted("服务1", "1,130.00")
    found = back(office, recorded(office, "1,130.00"))
    use = Use((paid(voucher.number or "", "1,130.01"),))

    with pytest.raises(OverAllocatedError):
        rewritten(office, found, MoneyIn(yuan("1,130.01"), office.customer()), use)

    assert office.look(found.document).seen == found.document.seen
