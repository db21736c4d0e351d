"""Promises and disputes: written down, judged by what came in, in view until they are ended."""

from datetime import date, timedelta

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.customers.customer_next import Next, Todo
from erpdesk.domain.dispute import DisputedAlreadyError, Ground
from erpdesk.domain.promise import Kept, PromiseAmountError
from erpdesk.errors import RefusedError
from erpdesk.services.following_up import (
    NothingToEndError,
    PromiseLine,
    kept_promises,
    promises_of,
    waiting,
)
from erpdesk.services.receipts import NoSuchItemError
from erpdesk.storage.documents import Document
from tests.fakes import FakeClock
from tests.services.builders import Office, paid, yuan

NOTE, REASON = "货有质量问题", "双方谈妥，补发了一箱"


def promised(office: Office, amount: str = "1,000.00", days: int = 5) -> Document:
    due = office.today + timedelta(days=days)
    service = office.desk("maker").follow_up
    return service.promise(office.customer(), yuan(amount), due, by="王敏", note="月底付").value


def lines(office: Office, at: date | None = None) -> tuple[PromiseLine, ...]:
    """Return the promises as they stand today, or on another day."""
    service = office.desk("maker").follow_up
    if at is None:
        return service.promises()
    with service.company.database.reading() as connection:
        return promises_of(connection, office.customer().id, today=at)


def test_that_a_promise_is_kept_by_what_came_in_and_broken_without(both: Office) -> None:
    label = both.posted("服务1", "1,630.00").number or ""
    both.received("500.00", pays=(paid(label, "500.00"),))
    promise = promised(both)
    late = both.today + timedelta(days=30)
    (before,), (after,) = lines(both), lines(both, late)

    both.received("1,130.00", pays=(paid(label, "1,130.00"),))
    (kept,) = lines(both, late)

    assert (promise.number, promise.state) == ("诺-202611-0001", "promised")
    assert (before.kept, before.amount, before.by) == (Kept.OPEN, yuan("1,000.00"), "王敏")
    assert (after.kept, after.waits, after.left) == (Kept.BROKEN, True, yuan("1,000.00"))
    assert (kept.kept, kept.waits) == (Kept.KEPT, False)


def test_that_cash_that_is_not_applied_keeps_no_promise(office: Office) -> None:
    office.posted("服务1", "1,130.00")
    promised(office)
    office.received("1,130.00")

    (line,) = lines(office)

    assert line.kept is Kept.OPEN


def test_that_a_match_that_was_taken_back_keeps_it_no_more(office: Office) -> None:
    label = office.posted("服务1", "1,130.00").number or ""
    promised(office)
    office.received("1,130.00", pays=(paid(label),))
    desk = office.desk("maker")
    (link,) = desk.looking.allocations(office.customer().id).rows

    office.approve(desk.receipts.undo(link.id, "核销错了一笔").value)

    assert [one.kept for one in lines(office)] == [Kept.OPEN]


def test_that_what_waits_follows_the_day_the_money_and_what_is_taken_back(office: Office) -> None:
    label, desk = office.posted("服务1", "1,130.00").number or "", office.desk("maker")
    promised(office)
    clock = FakeClock()
    kept = kept_promises(desk.company, clock)
    seen = [kept.look()]
    clock.advance(days=30)
    seen.append(kept.look())

    office.received("1,130.00", pays=(paid(label),))
    seen.append(kept.look())
    (link,) = desk.looking.allocations(office.customer().id).rows
    office.approve(desk.receipts.undo(link.id, "核销错了一笔").value)
    seen.append(kept.look())

    assert [len(found) for found in seen] == [0, 1, 0, 1]


def test_that_a_promise_is_for_no_more_than_what_is_open(office: Office) -> None:
    with pytest.raises(PromiseAmountError):
        promised(office, "1.00")


def test_that_an_item_is_contested_until_it_is_ended(both: Office) -> None:
    label = both.posted("服务1", "1,130.00").number or ""
    service = both.desk("maker").follow_up
    dispute = service.dispute(both.customer(), label, Ground.QUALITY, NOTE).value
    with pytest.raises(DisputedAlreadyError):
        service.dispute(both.customer(), label, Ground.PRICE, NOTE)
    (before,), opened = service.disputes(both.customer().id), both.desk("maker").disputes_open
    assert opened.look() == (before,)

    service.end(dispute.number or "", REASON)
    (after,) = service.disputes()
    assert opened.look() == ()

    assert (dispute.number, dispute.state) == ("争-202611-0001", "raised")
    assert (before.label, before.amount, before.note) == (label, yuan("1,130.00"), NOTE)
    assert (before.ended, after.ended) == ("", REASON)
    assert service.dispute(both.customer(), label, Ground.PRICE, NOTE).value.number


def test_that_only_an_open_item_of_the_customer_is_contested(office: Office) -> None:
    theirs = office.posted("服务1", "100.00", "K2").number or ""
    service = office.desk("maker").follow_up

    for item in (theirs, "应-404"):
        with pytest.raises(NoSuchItemError):
            service.dispute(office.customer(), item, Ground.OTHER, NOTE)


def test_that_only_what_stands_is_ended_and_with_a_reason(office: Office) -> None:
    voucher = office.posted("服务1", "1,130.00")
    promise, service = promised(office), office.desk("maker").follow_up

    with pytest.raises(ReasonTooShortError):
        service.end(promise.id, "好")
    with pytest.raises(NothingToEndError):
        service.end(voucher.id, REASON)
    service.end(promise.id, REASON)
    with pytest.raises(NothingToEndError):
        service.end(promise.id, REASON)
    (line,) = lines(office, office.today + timedelta(days=30))
    assert (line.kept, line.waits, line.ended) == (Kept.BROKEN, False, REASON)
    assert waiting([line]) == ()


def test_that_promises_of_others_are_not_shown_with_a_customer(office: Office) -> None:
    office.posted("服务1", "1,130.00")
    promised(office)
    service = office.desk("maker").follow_up

    assert service.promises(office.customer("K2").id) == ()
    assert service.disputes(office.customer("K2").id) == ()


def test_that_a_cashier_writes_no_promise_down(both: Office) -> None:
    both.posted("服务1", "1,130.00")

    with pytest.raises(RefusedError):
        both.desk("cashier").follow_up.promise(both.customer(), yuan("5.00"), both.today)


def test_that_a_contested_item_is_not_chased(office: Office) -> None:
    label = office.posted("服务1", "1,130.00").number or ""
    office.posted("服务2", "1,130.00", "K2")
    desk = office.desk("maker")
    desk.follow_up.dispute(office.customer(), label, Ground.QUALITY, NOTE)
    office.clock.advance(days=40)

    found = [desk.customers.card(office.customer(code).id).todo for code in ("K1", "K2")]

    assert [one.todo for one in found if one] == [Todo.NOTHING, Todo.CHASE]


def test_that_the_customers_next_step_is_to_ask_about_a_promise_not_kept(office: Office) -> None:
    office.posted("服务1", "1,130.00")
    promised(office, days=2)
    office.clock.advance(days=3)

    card = office.desk("maker").customers.card(office.customer().id)
    history = office.desk("maker").customers.history(office.customer().id)

    due = office.today - timedelta(days=1)
    assert card.todo == Next(Todo.ASK_ABOUT_PROMISE, yuan("1,000.00"), due)
    assert [one.kept for one in history.promises] == [Kept.DUE]
    assert history.disputes == ()
