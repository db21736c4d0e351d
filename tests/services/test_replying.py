"""Replies to notices: written down once, in view until a difference is decided."""

from datetime import timedelta
from typing import Any

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.customers.customer_next import Next, Todo
from erpdesk.domain.promise import PromiseDayError, PromiseNotAgreedError
from erpdesk.domain.reply import Answer, NoReplyEvidenceError
from erpdesk.errors import RefusedError, UserError
from erpdesk.services.noticing import Asked
from erpdesk.services.replying import NothingToResolveError, NotIssuedError, Said
from erpdesk.storage.documents import Document, NextStep, NoSuchDocumentError, take_step
from tests.services.builders import Office, yuan

pytestmark = pytest.mark.slow

REASON = "对方漏记一笔，已补记"


def noticed(office: Office, amount: str = "1,130.00") -> Document:
    office.posted("服务1", amount)
    return office.desk("maker").noticing.issue(office.customer(), Asked()).document


def replied(office: Office, notice: Document, answer: Answer, **facts: Any) -> Document:
    service = office.desk("maker").replying
    known = {"day": office.today, "evidence": (office.proof("reply"),), **facts}
    return service.register(service.notice(notice.number or ""), Said(answer, **known)).value


def test_that_a_reply_is_a_document_of_its_own_and_the_notice_stays(both: Office) -> None:
    notice = noticed(both)

    reply = replied(both, notice, Answer.AGREES, by="王敏")

    assert (reply.number, reply.state) == ("函-202611-0001", "registered")
    assert both.look(notice).seq == notice.seq
    (line,) = both.desk("maker").replying.replies(both.customer().id)
    assert (line.notice_number, line.answer, line.by) == (notice.number, Answer.AGREES, "王敏")
    assert not line.is_open
    assert both.desk("maker").differences_open.look() == ()


def test_that_a_slip_that_agrees_and_names_a_day_is_a_promise_too(both: Office) -> None:
    notice, due = noticed(both), both.today + timedelta(days=10)

    replied(both, notice, Answer.AGREES, by="李", pays_on=due)

    (promise,) = both.desk("maker").follow_up.promises()
    assert (promise.amount, promise.due, promise.by) == (yuan("1,130.00"), due, "李")


@pytest.mark.parametrize(
    ("answer", "days", "refused"),
    [(Answer.PAID, 10, PromiseNotAgreedError), (Answer.AGREES, -1, PromiseDayError)],
)
def test_that_of_a_reply_whose_promise_is_none_nothing_is_written(
    office: Office, answer: Answer, days: int, refused: type[UserError]
) -> None:
    notice, due = noticed(office), office.today + timedelta(days=days)
    stated = yuan("5.00") if answer is Answer.PAID else None

    with pytest.raises(refused):
        replied(office, notice, answer, stated=stated, pays_on=due)

    assert office.desk("maker").replying.replies() == ()
    assert office.desk("maker").follow_up.promises() == ()


def test_that_a_different_balance_stays_in_view_until_it_is_decided(both: Office) -> None:
    reply = replied(both, noticed(both), Answer.STATES, stated=yuan("1,000.00"))
    service, differences = both.desk("maker").replying, both.desk("maker").differences_open
    (before,) = differences.look()

    service.resolve(reply.number or "", REASON)

    assert (before.difference, before.asked) == (yuan("-130.00"), yuan("1,130.00"))
    assert differences.look() == ()
    (after,) = service.replies()
    assert (after.is_open, after.decided) == (False, REASON)


def test_that_a_difference_is_the_customers_next_step(office: Office) -> None:
    notice = noticed(office)
    reply = replied(office, notice, Answer.STATES, stated=yuan("1,000.00"))

    card = office.desk("maker").customers.card(office.customer().id)
    papers = office.desk("maker").customers.history(office.customer().id).notices

    assert card.todo == Next(Todo.DECIDE_REPLY, yuan("-130.00"), office.today)
    assert [one.id for one in papers] == [reply.id, notice.id]


def test_that_a_dispute_is_open_without_a_figure(office: Office) -> None:
    replied(office, noticed(office), Answer.DISPUTES, note="货有质量问题")

    (line,) = office.desk("maker").differences_open.look()

    assert (line.difference, line.note) == (None, "货有质量问题")


def test_that_only_what_differs_and_waits_is_decided_and_with_a_reason(office: Office) -> None:
    notice = noticed(office)
    agreed = replied(office, notice, Answer.AGREES)
    service = office.desk("maker").replying
    other = replied(office, notice, Answer.PAID, stated=yuan("30.00"))

    with pytest.raises(ReasonTooShortError):
        service.resolve(other.id, "好")
    for wrong in (agreed, notice):
        with pytest.raises(NothingToResolveError):
            service.resolve(wrong.id, REASON)
    service.resolve(other.id, REASON)
    with pytest.raises(NothingToResolveError):
        service.resolve(other.id, REASON)


def test_that_nothing_is_written_without_a_slip(office: Office) -> None:
    notice = noticed(office)

    with pytest.raises(NoReplyEvidenceError):
        replied(office, notice, Answer.AGREES, evidence=())

    assert office.desk("maker").replying.replies() == ()


def test_that_only_an_issued_notice_is_answered(office: Office) -> None:
    notice, company = noticed(office), office.desk("maker").company
    service = office.desk("maker").replying
    step = NextStep(company.new_id(), notice.id, "notice", notice.seen, "cancel", "发错客户了")
    company.run(lambda unit: take_step(unit, step))

    with pytest.raises(NotIssuedError):
        service.notice(notice.number or "")
    with pytest.raises(NoSuchDocumentError):
        service.notice("通-190001-0001")


def test_that_a_voucher_is_no_notice(office: Office) -> None:
    voucher = office.posted("服务1", "100.00")

    with pytest.raises(NotIssuedError):
        office.desk("maker").replying.notice(voucher.id)


def test_that_a_cashier_registers_no_reply(both: Office) -> None:
    notice = noticed(both)
    service, proof = both.desk("cashier").replying, both.proof("reply")

    with pytest.raises(RefusedError):
        service.register(
            service.notice(notice.id), Said(Answer.AGREES, both.today, evidence=(proof,))
        )


def test_that_replies_of_others_are_not_shown_with_a_customer(office: Office) -> None:
    replied(office, noticed(office), Answer.AGREES, day=office.today - timedelta(days=0))

    assert office.desk("maker").replying.replies(office.customer("K2").id) == ()
