"""Deciding: by a second person, about exactly what was shown, within limits, once."""

import threading
from dataclasses import replace

import pytest

from erpdesk.domain.approval import (
    Decision,
    NeedsSecondPersonError,
    NobodyMayApproveError,
    NoRoleError,
    OverLimitError,
    OverWindowError,
    OwnerDelayError,
    OwnWorkError,
    ReasonTooShortError,
    SplittingError,
    Verb,
    WrongStateError,
)
from erpdesk.domain.changes import Seen
from erpdesk.domain.entry_rules import GoodsDifferError
from erpdesk.domain.ids import DocumentId
from erpdesk.errors import ErpdeskError, StaleError
from erpdesk.services.companies import first_person
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.submitting import OvertakenDecisionError
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft
from erpdesk.services.writing import Writing
from erpdesk.storage.documents import Document, IdReusedError, NextStep, take_step
from tests.services.builders import Office, paid, yuan
from tests.services.conftest import NewFirm

REASON = "数量与签收单不符"


def test_that_whoever_comes_second_is_told_that_it_changed(both: Office) -> None:
    voucher = both.submitted("服务1", "1,130.00")
    both.approve(voucher)

    with pytest.raises(StaleError):
        both.approve(voucher, by="director")

    assert both.balance() == ("0.00", "1130.00", "0.00")


def test_that_of_two_who_decide_at_once_one_wins(both: Office) -> None:
    voucher, start = both.submitted("服务1", "1,130.00"), threading.Barrier(2)
    outcomes: list[str] = []
    for name in ("chief", "director"):
        both.desk(name)

    def decide(name: str) -> None:
        start.wait()
        try:
            outcomes.append(both.approve(voucher, by=name).state)
        except ErpdeskError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("chief", "director")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["StaleError", "posted"]
    assert both.balance() == ("0.00", "1130.00", "0.00")


def test_that_a_text_other_than_the_one_shown_is_not_approved(both: Office) -> None:
    shown = both.submitted("SH1", "1,130.00")
    maker = both.desk("maker").approving
    both.delivered(("SH2", "K1", "9,000.00"))
    taken_back = maker.withdraw(shown).value
    edited = both.desk("maker").vouchers.rewrite(taken_back, both.draft("SH2")).value
    again = maker.submit(edited).value
    assert again.number == shown.number

    with pytest.raises(StaleError):
        both.approve(shown)
    other = replace(again, content_hash=shown.content_hash)
    with pytest.raises(StaleError):
        both.approve(other)

    assert both.balance() == ("0.00", "0.00", "0.00")


def test_that_asking_again_for_the_same_step_is_one_approval(both: Office) -> None:
    voucher = both.submitted("服务1", "1,130.00")
    chief = both.desk("chief")
    decision = Decision(DocumentId(voucher.id), voucher.seen, Verb.APPROVE)
    step = chief.company.new_id()

    first = chief.approving.decide(decision, step_id=step).value
    second = chief.approving.decide(decision, step_id=step).value

    assert first == second
    verbs = [row.verb for row in chief.approving.show(voucher.id).steps]
    assert verbs == ["draft", "submit", "approve", "post"]


def test_that_an_id_of_another_step_is_refused(office: Office) -> None:
    one, other = office.submitted("服务1", "10.00"), office.submitted("服务2", "20.00")
    chief = office.desk("chief")
    step = chief.company.new_id()
    chief.approving.decide(Decision(DocumentId(one.id), one.seen, Verb.APPROVE), step_id=step)

    with pytest.raises(IdReusedError):
        chief.approving.decide(
            Decision(DocumentId(other.id), other.seen, Verb.APPROVE), step_id=step
        )


def test_that_nobody_decides_on_their_own_work(office: Office) -> None:
    plan = office.desk("chief").campaigns.plan(office.plan("K1")).value
    frozen = office.desk("chief").campaigns.freeze(plan).value
    office.state(frozen, "K1", "0", "phone")
    reviewed = office.desk("chief").campaigns.review(frozen).value
    handed_in = office.desk("maker").campaigns.hand_in(reviewed).value

    with pytest.raises(OwnWorkError):
        office.approve(handed_in)


def test_that_a_role_without_decisions_decides_nothing(office: Office) -> None:
    voucher = office.submitted("服务1", "1,130.00")

    for name in ("cashier", "auditor", "helper"):
        with pytest.raises(NoRoleError):
            office.approve(voucher, by=name)


def test_that_an_amount_above_the_own_limit_is_refused(both: Office) -> None:
    voucher = both.submitted("服务1", "50,000.01")

    with pytest.raises(OverLimitError) as refused:
        both.approve(voucher, by="deputy")

    assert refused.value.facts == {"risk": 5_000_001, "limit": 5_000_000}
    assert both.approve(voucher).state == "posted"


def test_that_amounts_add_up_over_the_day(office: Office) -> None:
    office.approve(office.submitted("服务1", "40,000.00"), by="deputy")
    later = office.submitted("服务2", "30,000.00", "K2")

    with pytest.raises(OverWindowError):
        office.approve(later, by="deputy")


def test_that_a_claim_is_not_split_between_two_approvers(office: Office) -> None:
    office.approve(office.submitted("服务1", "40,000.00"), by="director")
    second_half = office.submitted("服务2", "20,000.00")

    with pytest.raises(SplittingError):
        office.approve(second_half, by="deputy")


def test_that_a_large_amount_needs_two_of_the_office(both: Office) -> None:
    voucher = both.submitted("服务1", "500,000.01")
    with pytest.raises(NeedsSecondPersonError):
        both.approve(voucher)

    endorsed = both.decide(voucher, Verb.ENDORSE)

    assert endorsed.state == "in_review"
    assert both.balance() == ("0.00", "0.00", "0.00")
    assert both.desk("director").approving.inbox()[0].seen == endorsed.seen
    assert both.approve(endorsed, by="director").state == "posted"


def test_that_a_refusal_needs_a_reason(office: Office) -> None:
    voucher = office.submitted("服务1", "1,130.00")

    for verb in (Verb.REJECT, Verb.RETURN):
        with pytest.raises(ReasonTooShortError):
            office.decide(voucher, verb, reason=" 不 对 ")


@pytest.mark.parametrize(("verb", "state"), [(Verb.REJECT, "rejected"), (Verb.RETURN, "draft")])
def test_that_what_is_refused_frees_its_deliveries(both: Office, verb: Verb, state: str) -> None:
    voucher = both.submitted("SH1", "1,130.00")
    assert both.desk("maker").vouchers.free_deliveries(both.customer()) == ()

    refused = both.decide(voucher, verb, reason=REASON)

    assert refused.state == state
    [free] = both.desk("maker").vouchers.free_deliveries(both.customer())
    assert free.free_minor == 113_000
    assert both.desk("maker").approving.show(voucher.id).steps[-1].reason == REASON


def test_that_a_rejected_voucher_comes_back_under_its_number(office: Office) -> None:
    rejected = office.decide(office.submitted("SH1", "1,130.00"), Verb.REJECT, reason=REASON)
    maker = office.desk("maker")
    edited = maker.vouchers.rewrite(rejected, office.draft("SH1", memo="改过的")).value
    assert edited.state == "draft"

    again = maker.approving.submit(edited).value

    assert again.number == rejected.number
    assert office.approve(again).state == "posted"


def test_that_a_draft_that_is_given_up_stays_on_record(office: Office) -> None:
    rejected = office.decide(office.submitted("服务1", "1,130.00"), Verb.REJECT, reason=REASON)

    voided = office.desk("maker").approving.void(rejected, "客户取消了订单").value

    assert (voided.state, voided.number) == ("voided", rejected.number)
    with pytest.raises(WrongStateError):
        office.approve(voided)


def test_that_a_kept_draft_is_submitted_only_when_nothing_lacks(both: Office) -> None:
    both.delivered(("SH1", "K1", "1,130.00"))
    maker = both.desk("maker")
    kept = maker.vouchers.write(Draft(both.customer(), deliveries=both.draft("SH1").deliveries))
    lacks = maker.vouchers.lacks(kept.value)

    with pytest.raises(VoucherIncompleteError) as refused:
        maker.approving.submit(kept.value)

    assert refused.value.lacks == lacks
    assert [lack.what.value for lack in lacks] == ["answers", "evidence"]
    assert both.look(kept.value).state == "draft"
    complete = maker.vouchers.rewrite(kept.value, both.draft("SH1")).value
    assert maker.vouchers.lacks(complete) == ()
    assert maker.approving.submit(complete).value.state == "submitted"


def test_that_a_broken_text_is_neither_submitted_nor_approved_but_can_be_rejected(
    office: Office,
) -> None:
    document = _broken(office)
    with pytest.raises(GoodsDifferError):
        office.desk("maker").approving.submit(document)
    submitted = _stepped(office, document, "submit")

    with pytest.raises(GoodsDifferError):
        office.approve(submitted)

    assert office.decide(submitted, Verb.REJECT, reason=REASON).state == "rejected"


def _broken(office: Office) -> Document:
    """Return a draft whose goods say another sum than it books."""
    office.delivered(("SH1", "K1", "1,130.00"))
    text = dict(office.desk("maker").vouchers.preview(office.draft("SH1")).text)
    [goods] = text["goods"]
    text["goods"] = [goods | {"net": goods["net"] + 1, "gross": goods["gross"] + 1}]
    return Writing(office.desk("maker").company).draft("voucher", text).value


def _stepped(office: Office, document: Document, verb: str) -> Document:
    """Take a step as a program without our rules would."""
    company = office.desk("maker").company
    step = NextStep(company.new_id(), document.id, document.kind, document.seen, verb)
    company.run(lambda unit: take_step(unit, step))
    return office.look(document)


def test_that_two_receipts_do_not_pay_the_same_item(both: Office) -> None:
    voucher = both.posted("服务1", "1,000.00")
    cashier = both.desk("cashier").receipts
    money = MoneyIn(yuan("1,000.00"), both.customer())
    one = cashier.record(money, pays=(paid(voucher.number or ""),), submit=True).value
    other = cashier.record(money, oldest=True, submit=True).value
    both.approve(one)

    with pytest.raises(OvertakenDecisionError):
        both.approve(other)

    assert both.balance() == ("0.00", "0.00", "0.00")
    assert both.decide(other, Verb.REJECT, reason=REASON).state == "rejected"


ALONE = {"maker": first_person("maker").grants}


def test_that_what_nobody_may_approve_is_not_submitted(new_firm: NewFirm) -> None:
    office = new_firm(staff=ALONE)
    office.delivered(("SH1", "K1", "113.00"))
    maker = office.desk("maker")

    with pytest.raises(NobodyMayApproveError):
        maker.vouchers.write(office.draft("SH1"), submit=True)

    assert maker.approving.inbox() == ()
    kept = maker.vouchers.write(office.draft("SH1")).value
    with pytest.raises(NobodyMayApproveError):
        maker.approving.submit(kept)


def test_that_in_owner_mode_the_own_document_waits_its_time(new_firm: NewFirm) -> None:
    office = new_firm(staff=ALONE, owner_delay_us=10**9)
    office.delivered(("SH1", "K1", "113.00"))
    voucher = office.desk("maker").vouchers.write(office.draft("SH1"), submit=True).value

    with pytest.raises(OwnerDelayError):
        office.approve(voucher, by="maker")


def test_that_a_self_review_is_marked_as_one(new_firm: NewFirm) -> None:
    office = new_firm(staff=ALONE, owner_delay_us=0)
    office.delivered(("SH1", "K1", "113.00"))
    voucher = office.desk("maker").vouchers.write(office.draft("SH1"), submit=True).value

    office.approve(voucher, by="maker")

    steps = office.desk("maker").approving.show(voucher.id).steps
    assert [(s.verb, s.self_review) for s in steps if s.self_review] == [("approve", True)]


def test_that_a_seen_state_of_another_step_is_stale(office: Office) -> None:
    voucher = office.submitted("服务1", "1,130.00")
    seen = Seen(voucher.seq + 1, voucher.content_hash)

    with pytest.raises(StaleError):
        office.desk("chief").approving.decide(Decision(DocumentId(voucher.id), seen, Verb.APPROVE))
