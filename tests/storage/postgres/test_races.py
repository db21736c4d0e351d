"""Two at once: one document, one window, one item, one delivery, one month, one series."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.storage.postgres.attack import said
from tests.storage.postgres.claims import a_claim, an_unknown_receipt
from tests.storage.postgres.firm import (
    Doc,
    Firm,
    Hand,
    a_customer,
    a_receipt,
    a_voucher,
    an_allocation,
    an_id,
)
from tests.storage.postgres.world import World, lock_period

pytestmark = pytest.mark.postgres
DONE = "done"


def _at_once(firm: Firm, *acts: tuple[str, Callable[[Hand], object]]) -> list[str]:
    """Let people act at the same moment, and return what became of each."""
    start = threading.Barrier(len(acts))

    def act(person: str, work: Callable[[Hand], object]) -> str:
        with firm.hand(person) as hand:
            start.wait()
            try:
                work(hand)
                hand.connection.commit()
            except psycopg.Error as refused:
                return said(refused)
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(act, *one) for one in acts]]


@pytest.mark.parametrize("times", [pytest.param(5), pytest.param(50, marks=pytest.mark.nightly)])
def test_that_of_two_approvers_exactly_one_is_first(firm: Firm, world: World, times: int) -> None:
    for _ in range(times):
        doc = firm.made("alice", "voucher", a_voucher(world.customers[0], 1_13), "submit")

        def approve(hand: Hand, doc: Doc = doc) -> None:
            hand.step(hand.step(doc, "approve"), "post")

        assert sorted(_at_once(firm, ("ben", approve), ("dora", approve))) == ["G3 stale", DONE]
        assert (
            firm.one("SELECT count(*) FROM erp.journal_entry WHERE document_id = %s", doc.id) == 1
        )


def test_that_eight_sessions_of_one_approver_stay_within_the_window(
    firm: Firm, world: World
) -> None:
    customers = [an_id() for _ in range(8)]
    docs = [
        firm.made("alice", "voucher", a_voucher(customer, 79_100_00), "submit")
        for customer in customers
    ]
    acts = [("bob", lambda hand, doc=doc: hand.step(doc, "approve")) for doc in docs]
    used = firm.one(
        "SELECT coalesce(sum(risk), 0) FROM erp.step WHERE made_by = 'bob' AND verb = 'approve'"
    )
    results = _at_once(firm, *acts)
    fits = int((500_000_00 - used) // 79_100_00)
    assert results.count(DONE) == fits
    assert results.count("G7 over-window") == 8 - fits


def test_that_two_approvers_do_not_split_a_customers_sum(firm: Firm, world: World) -> None:
    docs = [
        firm.made("alice", "voucher", a_voucher(world.customers[7], 110_000_00), "submit")
        for _ in range(2)
    ]
    results = _at_once(
        firm,
        ("ben", lambda hand: hand.step(docs[0], "approve")),
        ("vera", lambda hand: hand.step(docs[1], "approve")),
    )
    assert sorted(results) == ["G7 splitting", DONE]


def test_that_money_is_matched_once(firm: Firm, world: World) -> None:
    customer = world.customers[1]
    for _ in range(5):
        charges = [firm.posted("alice", "ben", "voucher", a_voucher(customer)) for _ in range(2)]
        credit = firm.posted("kate", "ben", "receipt", a_receipt(customer))

        def match(charge: Doc, credit: Doc = credit) -> Callable[[Hand], object]:
            content = an_allocation(charge, credit, 50_00)
            return lambda hand: hand.made("allocation", content, "submit", "allocate", "post")

        results = _at_once(firm, ("alice", match(charges[0])), ("carol", match(charges[1])))
        assert sorted(results) == ["G9 item-changed", DONE]


def test_that_money_from_nobody_known_is_claimed_once(firm: Firm, world: World) -> None:
    for _ in range(5):
        money = firm.posted("kate", "ben", "receipt", an_unknown_receipt())
        claims = [
            firm.made("kate", "receipt", a_claim(world.customers[n], money), "submit")
            for n in (1, 7)
        ]

        def post(claim: Doc) -> Callable[[Hand], object]:
            return lambda hand: hand.step(hand.step(claim, "approve"), "post")

        results = _at_once(firm, ("ben", post(claims[0])), ("vera", post(claims[1])))
        assert sorted(results) == ["G9 over-claimed", DONE]


def test_that_a_delivery_is_held_once(firm: Firm, world: World) -> None:
    used = [{"id": world.deliveries["free"]["id"], "amount": 100_00}]

    def hold(hand: Hand) -> None:
        hand.made("voucher", a_voucher(world.customers[0], deliveries=used), "submit")

    assert sorted(_at_once(firm, ("alice", hold), ("carol", hold))) == ["G9 delivery-used", DONE]


def test_that_nothing_slips_into_a_month_while_it_is_locked(firm: Firm, world: World) -> None:
    for month in range(3, 9):
        period, day = f"2025-{month:02d}", f"2025-{month:02d}-15"
        doc = firm.made("alice", "voucher", a_voucher(world.customers[1], day=day), "submit")

        def post(hand: Hand, doc: Doc = doc) -> None:
            hand.step(hand.step(doc, "approve"), "post")

        def lock(hand: Hand, period: str = period) -> None:
            lock_period(hand, period)

        _at_once(firm, ("ben", post), ("dora", lock))
        booked = firm.one(
            "SELECT coalesce(sum(base_minor), 0) FROM erp.journal_line l JOIN erp.journal_entry e"
            " ON e.id = l.entry_id WHERE e.period = %s AND side = 1", period,
        )  # fmt: skip
        kept = firm.one(
            "SELECT coalesce(sum(debit_base_minor), 0) FROM erp.period_total WHERE period = %s",
            period,
        )
        assert firm.one("SELECT count(*) FROM erp.period_lock WHERE period = %s", period) == 1
        assert booked == kept


def _post(hand: Hand, doc: Doc, chance: random.Random) -> bool:
    """Approve and post, but lose heart or be killed in the middle of it now and then."""
    hand.step(hand.step(doc, "approve"), "post")
    fate = chance.random()
    if fate < 0.3:
        hand.connection.rollback()
        return False
    if fate < 0.5:
        hand.sql("SELECT pg_terminate_backend(pg_backend_pid())")
    hand.connection.commit()
    return True


def _write(firm: Firm, person: str, docs: list[Doc]) -> None:
    chance = random.Random(person)  # noqa: S311 - which of them fail, nothing secret
    while docs:
        with firm.hand(person) as hand:
            hand.sql("SET lock_timeout = '30s'")
            hand.connection.commit()
            try:
                while docs:
                    if _post(hand, docs[-1], chance):
                        docs.pop()
            except psycopg.OperationalError:
                continue


@pytest.mark.timeout(300)
@pytest.mark.parametrize("each", [pytest.param(6), pytest.param(50, marks=pytest.mark.nightly)])
def test_that_eight_writers_leave_no_gap_in_the_numbers(
    firm: Firm, world: World, each: int
) -> None:
    writers = ["ben", "dora", "dirk", "vera"] * 2
    day = f"2030-{each % 12 + 1:02d}-05"
    texts = [a_customer(f"W{each}-{n}") for n, _ in enumerate(writers)]
    customers = [
        firm.posted("alice", "ben", "customer", text).content["customer"] for text in texts
    ]
    work = [
        [
            firm.made("alice", "voucher", a_voucher(customer, 1_13, day=day), "submit")
            for _ in range(each)
        ]
        for customer in customers
    ]
    with ThreadPoolExecutor(len(writers)) as pool:
        for done in [pool.submit(_write, firm, *one) for one in zip(writers, work, strict=True)]:
            done.result()
    numbers = [
        n for (n,) in firm.rows(
            "SELECT number FROM erp.journal_entry WHERE period = %s AND series = '记' ORDER BY 1",
            day[:7],
        )
    ]  # fmt: skip
    assert numbers == list(range(1, 8 * each + 1))
    assert firm.one(
        "SELECT last FROM erp.number_series WHERE series = '记' AND period = %s", day[:7]
    ) == len(numbers)
