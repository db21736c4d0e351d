"""The list of vouchers says the same as all of them, looked through one by one."""

from typing import Any

import pytest
from sqlalchemy import event, true

from erpdesk.domain.approval import Verb
from erpdesk.domain.money import Money
from erpdesk.domain.voucher_list import VoucherFilter, VouchersAsked, fits
from erpdesk.errors import UserError
from erpdesk.services import voucher_list
from erpdesk.services.voucher_list import VoucherLine, Vouchers
from erpdesk.storage import voucher_found, voucher_rows
from tests.services.builders import TAXED, Office, paid, yuan

pytestmark = pytest.mark.slow

REASON = "数量与签收单不符"
RANKS = {
    name: n
    for n, name in enumerate(
        ("billed", "draft", "posted", "rejected", "reversed", "submitted", "voided")
    )
}
WORDS = ("", "0002 海河", "海河", "海河五金", "-0003", "无人")


def look(office: Office, asked: VouchersAsked, *, most: int | None = None) -> Vouchers:
    return office.desk("maker").looking.vouchers(asked, most=most)


def some_of_every_kind(office: Office) -> None:
    """Write vouchers that wait, came back, were paid, reversed, or are in another currency."""
    office.posted("SH1", "1,130.00", answers=TAXED)
    part = office.posted("SH2", "2,260.00", "K2")
    office.received("60.00", "K2", pays=(paid(part.number or "", "60.00"),))
    whole = office.posted("SH3", "500.00", "K2", answers=TAXED)
    office.received("500.00", "K2", pays=(paid(whole.number or "", "500.00"),))
    undone = office.desk("maker").reversing.reverse(office.posted("SH4", "70.00"), REASON)
    office.approve(undone.value)
    office.submitted("SH5", "80.00", "K2")
    office.decide(office.submitted("SH6", "90.00"), Verb.REJECT, reason=REASON)
    approving = office.desk("maker").approving
    approving.void(approving.withdraw(office.submitted("SH7", "40.00")).value, REASON)


def by_hand(rows: tuple[VoucherLine, ...], asked: VouchersAsked) -> Vouchers:
    """Return what the list has to say, from every voucher, the newest first."""

    def is_of(one: VoucherLine, which: VoucherFilter) -> bool:
        left = None if one.left is None else one.left.minor
        return fits(one.state, left, which, is_taxed=one.is_taxed)

    def place(one: VoucherLine) -> Any:
        amount = one.amount.minor if one.amount else 0
        by = {"customer": one.customer, "amount": amount, "standing": RANKS[one.standing], "": 0}
        return by[asked.by]

    found = [
        one
        for one in rows
        if is_of(one, asked.filter) and asked.words in f"{one.number or ''} {one.customer}".lower()
    ]
    found.sort(key=place, reverse=asked.is_descending)
    amounts = [one.amount for one in found if one.amount]
    total = left = None
    if len({one.currency for one in amounts}) == 1:
        currency = amounts[0].currency
        total = Money(sum(one.minor for one in amounts), currency)
        left = Money(sum(one.left.minor for one in found if one.left), currency)
    counts = {which: sum(is_of(one, which) for one in rows) for which in VoucherFilter}
    return Vouchers(tuple(found), len(found), total, left, counts)


def test_that_every_filter_search_and_order_says_what_all_vouchers_say(
    both: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_of_every_kind(both)
    every = look(both, VouchersAsked()).rows
    asked = [VouchersAsked(which, words) for which in VoucherFilter for words in WORDS]
    orders = [(by, down) for by in ("customer", "amount", "standing") for down in (False, True)]
    asked += [VouchersAsked(VoucherFilter.ALL, "", *order, RANKS) for order in orders]

    wrong = [one for one in asked if look(both, one) != by_hand(every, one)]
    monkeypatch.setattr(voucher_found, "_OFTEN", 1)
    wrong += [one for one in asked if look(both, one) != by_hand(every, one)]

    assert {one.standing for one in every} >= {"posted", "reversed", "submitted", "voided"}
    assert look(both, VouchersAsked()).total == yuan("4,170.00")
    assert wrong == []


def test_that_the_first_of_every_order_are_the_first_of_all(
    both: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few customers they are looked for among at first."""
    some_of_every_kind(both)
    monkeypatch.setattr(voucher_rows, "_TIMES", 1)
    orders = [(by, down) for by in ("", "customer", "amount", "standing") for down in (False, True)]
    asked = [VouchersAsked(VoucherFilter.ALL, "", *order, RANKS) for order in orders]
    looking = both.desk("maker").looking

    wrong = [
        (one, most)
        for one in asked
        for most in (1, 3)
        if looking.first_vouchers(one, most=most) != look(both, one).rows[:most]
    ]

    assert wrong == []


def test_that_what_was_added_up_before_is_not_read_again(both: Office) -> None:
    both.posted("SH1", "100.00")
    looking, sent = both.desk("maker").looking, list[Any]()
    looking.vouchers()
    both.posted("SH2", "30.00")
    engine = looking.company.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: sent.append(said[2]))

    totals = [looking.vouchers().total, looking.vouchers().total]

    assert totals == [yuan("130.00"), yuan("130.00")]
    assert len([one for one in sent if "max(open_item.currency)" in one]) == 1


def test_that_reading_them_all_tells_how_far_it_is_and_can_be_stopped_there(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voucher_list, "_AT_ONCE", 2)
    for n in range(3):
        office.posted(f"SH{n}", "100.00")
    looking, told = office.desk("maker").looking, list[tuple[int, int]]()

    def stop(done: int, _total: int) -> None:
        if done:
            raise WorkStoppedError

    every = list(looking.each_voucher(VouchersAsked(), lambda *said: told.append(said)))

    assert tuple(every) == looking.vouchers().rows
    assert told == [(0, 3), (2, 3), (3, 3)]
    with pytest.raises(WorkStoppedError):
        list(looking.each_voucher(VouchersAsked(), stop))


class WorkStoppedError(UserError):
    """Somebody stopped it."""


def test_that_a_text_that_is_not_posted_is_read_once(office: Office) -> None:
    office.submitted("SH1", "100.00")
    looking, sent = office.desk("maker").looking, list[Any]()
    looking.vouchers()
    engine = looking.company.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: sent.append((said[2], said[3])))

    again = looking.vouchers()

    assert again.total == yuan("100.00")
    assert not [values for query, values in sent if "content.body" in query and values]


def test_that_of_several_currencies_there_is_no_sum(office: Office) -> None:
    office.posted("SH1", "1,130.00")
    office.foreign("967.00", rate="7.1")

    found = look(office, VouchersAsked())

    assert (found.in_all, found.total, found.left) == (2, None, None)


def test_that_the_first_rows_of_many_are_read_and_no_others(office: Office) -> None:
    for n in range(4):
        office.posted(f"SH{n}", f"{n + 1}00.00")
    office.submitted("SH9", "50.00")
    database, sent = office.desk("maker").company.database, list[Any]()
    event.listen(
        database.engine, "before_cursor_execute", lambda *said: sent.append((said[2], said[3]))
    )

    found = look(office, VouchersAsked(), most=2)

    assert [one.number for one in found.rows] == ["临-202611-0005", "临-202611-0004"]
    assert (found.in_all, found.total) == (5, yuan("1,050.00"))
    reads = [len(values) for query, values in sent if "posting_date" in query and "IN (" in query]
    assert reads
    assert max(reads) < 12


def test_that_what_became_of_a_voucher_is_looked_up_from_its_entry(office: Office) -> None:
    office.posted("SH1", "100.00")
    database, sent = office.desk("maker").company.database, list[Any]()
    with database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: sent.append(said[2:4]))
        ids = voucher_rows.ids(connection, VouchersAsked(), true(), most=2)
        voucher_rows.rows(connection, ids)
        query, values = sent[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()

    by_entry = [step for step in plan if "ix_journal_entry_reverses" in step.detail]
    assert len(by_entry) == 2
    assert not [step for step in plan if "(kind=?" in step.detail]
