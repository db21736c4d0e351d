# ruff: noqa: E501 - one act a row
"""What is posted or frozen; items and their allocations; imports and deliveries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from erpdesk.domain.content import canonical
from tests.storage.postgres.attack import Attack, Scene, approve_and_post, names, prove_denied
from tests.storage.postgres.firm import (
    Doc,
    Firm,
    a_campaign,
    a_customer,
    a_delivery,
    a_line,
    a_list,
    a_reversal,
    a_voucher,
    an_allocation,
    an_id,
    imported_deliveries,
    item_of,
    listed_customer,
)
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres
DENIED = "42501 permission denied for"


def _sql(statement: str) -> Callable[[Scene], object]:
    return lambda s: s.hand.sql(statement)


POSTED = [
    Attack(statement[:60], "bob", _sql(statement), f"{DENIED} {what}")
    for statement, what in (
        ("UPDATE erp.journal_line SET amount_minor = 1", "table journal_line"),
        ("DELETE FROM erp.journal_line", "table journal_line"),
        ("INSERT INTO erp.journal_line SELECT * FROM erp.journal_line", "table journal_line"),
        ("INSERT INTO erp.journal_entry SELECT * FROM erp.journal_entry", "table journal_entry"),
        ("UPDATE erp.journal_entry SET period = '2026-12'", "table journal_entry"),
        ("TRUNCATE erp.journal_line", "table journal_line"),
        ("UPDATE erp.open_item SET open_minor = 0", "table open_item"),
        ("INSERT INTO erp.open_item SELECT * FROM erp.open_item", "table open_item"),
        ("INSERT INTO erp.allocation SELECT * FROM erp.allocation", "table allocation"),
        ("DELETE FROM erp.allocation", "table allocation"),
        ("UPDATE erp.document SET state = 'approved'", "table document"),
        ("UPDATE erp.number_series SET last = 0", "table number_series"),
        ("INSERT INTO erp.number_series VALUES ('记', '2027-01', 9)", "table number_series"),
        ("DELETE FROM erp.period_lock", "table period_lock"),
        ("UPDATE erp.step SET made_by = 'carol'", "table step"),
        ("DELETE FROM erp.step", "table step"),
        ("TRUNCATE erp.step CASCADE", "table step"),
        ("UPDATE erp.content SET body = '{}'", "table content"),
        ("DELETE FROM erp.chain_head", "table chain_head"),
        ("UPDATE erp.customer SET name = 'x'", "table customer"),
        ("INSERT INTO erp.delivery SELECT * FROM erp.delivery", "table delivery"),
        ("INSERT INTO erp.delivery_use SELECT * FROM erp.delivery_use", "table delivery_use"),
        ("UPDATE erp.period_total SET debit_minor = 0", "table period_total"),
        ("INSERT INTO erp.content VALUES ('\\x00', '{}') ON CONFLICT (hash) DO UPDATE SET body = '{}'", "table content"),
        ("MERGE INTO erp.document d USING erp.step s ON s.document_id = d.id WHEN MATCHED THEN UPDATE SET state = 'x'",
         "table document"),
    )
]  # fmt: skip


def _allocate(*change: tuple[str, object], **other: Any) -> Callable[[Scene], object]:
    """Decide an allocation alone, with something wrong in it."""

    def act(s: Scene) -> None:
        content = an_allocation(s.world.docs["posted"], s.world.docs["credit"], 5_00)
        content["allocations"][0].update(change)
        content["allocations"][0].update({k: v for k, v in other.items() if v is not None})
        for field in (k for k, v in other.items() if v is None):
            del content["allocations"][0][field]
        s.hand.made("allocation", content, "submit", "allocate", "post")

    return act


def _allocation_of(charge: str, credit: str, amount: int) -> Callable[[Scene], object]:
    def act(s: Scene) -> None:
        content = an_allocation(s.world.docs[charge], s.world.docs[credit], amount)
        s.hand.made("allocation", content, "submit", "allocate", "post")

    return act


def _line_to(account: str, amount: int) -> Callable[[Scene], object]:
    """Write off a receivable alone."""

    def act(s: Scene) -> None:
        content = an_allocation(s.world.docs["posted"], s.world.docs["credit"], amount)
        for field in ("credit", "credit_version"):
            del content["allocations"][0][field]
        line = content["lines"][0]
        line["account"] = account
        del line["item"], line["customer"]
        s.hand.made("allocation", content, "submit", "allocate", "post")

    return act


def _undoing(
    name: str, amount: int, pair: tuple[str, str] = ("charge", "money")
) -> Callable[[Firm, World], Doc]:
    """Submit the undoing of an allocation, with the versions of now."""

    def prepare(firm: Firm, world: World) -> Doc:
        charge, credit = (world.docs[n] for n in pair)
        versions = tuple(
            firm.one("SELECT version FROM erp.open_item WHERE id = %s", item_of(d))
            for d in (charge, credit)
        )
        content = an_allocation(
            charge, credit, amount, versions=(versions[0], versions[1]),
            undoes=world.docs[name].content["allocations"][0]["id"],
        )  # fmt: skip
        return firm.made("alice", "allocation", content, "submit")

    return prepare


def _reversing(
    name: str, change: Callable[[dict[str, Any], World], object]
) -> Callable[[Firm, World], Doc]:
    def prepare(firm: Firm, world: World) -> Doc:
        content = a_reversal(world.docs[name])
        change(content, world)
        return firm.made("alice", "reversal", content, "submit")

    return prepare


def _double(content: dict[str, Any], _: World) -> None:
    for line in content["lines"]:
        line["amount"] *= 2
        line["base"] *= 2
    content["allocations"][0]["amount"] *= 2


def _elsewhere(content: dict[str, Any], _: World) -> None:
    content["lines"][1]["account"] = "1002"


def _two_losses(s: Scene) -> None:
    """Decide two differences, each within the limit, before either is posted."""
    for _ in "12":
        content = an_allocation(s.world.docs["posted"], s.world.docs["credit"], 6_00)
        for field in ("credit", "credit_version"):
            del content["allocations"][0][field]
        content["lines"][0] = a_line(1, "6711", 1, 6_00)
        doc = s.hand.step(s.hand.draft("allocation", content), "submit")
        s.hand.step(doc, "allocate")


def _red_of_red(firm: Firm, world: World) -> Doc:
    """Reverse a reversal with everything else in it right."""
    red = world.docs["reversal"]
    content = a_reversal(red_of := world.docs["reversed"], version=2)
    content["entry"]["reverses"] = red.content["entry"]["id"]
    content["lines"] = red_of.content["lines"]
    content["allocations"][0] |= {"amount": -113_00, "undoes": red.content["allocations"][0]["id"]}
    return firm.made("alice", "reversal", content, "submit")


ITEMS = [
    Attack("more than is open", "alice", _allocation_of("posted", "credit", 60_00), "G9 over-allocated"),
    Attack("another customer's credit", "alice", _allocation_of("posted", "other_credit", 5_00), "G9 not-a-match"),
    Attack("another customer's items", "alice", lambda s: s.hand.made("allocation", {
        **an_allocation(s.world.docs["other"], s.world.docs["other_credit"], 5_00),
        "customer": s.world.customers[0]}, "submit", "allocate", "post"), "G5 other-customer"),
    Attack("an old version", "alice", _allocate(charge_version=7), "G9 item-changed"),
    Attack("no version", "alice", _allocate(credit_version=None), "G9 item-changed"),
    Attack("an item there is not", "alice", _allocate(charge=an_id()), "G9 item-changed"),
    Attack("a negative allocation", "alice", _allocate(amount=-5_00), "G9 not-an-undo"),
    Attack("an allocation of nothing", "alice", _allocate(amount=0), "G9 not-an-undo"),
    Attack("charge and credit changed about", "alice", lambda s: s.hand.made("allocation", an_allocation(
        s.world.docs["credit"], s.world.docs["posted"], 5_00), "submit", "allocate", "post"), "G9 not-a-match"),
    Attack("items without their lines", "alice", _allocate(amount=1_00), "G6 items-and-ledger"),
    Attack("to revenue, alone", "alice", _line_to("6001", 5_00), "G7 not-alone"),
    Attack("to a loss above one's limit", "alice", _line_to("6711", 10_01), "G7 over-loss-limit"),
    Attack("to a loss without a limit", "carol", _line_to("6711", 1), "G7 over-loss-limit"),
    Attack("losses decided one after another", "alice", _two_losses, "G7 over-loss-limit"),
    Attack("an undo alone", "alice", lambda s: s.hand.made("allocation", an_allocation(
        s.world.docs["charge"], s.world.docs["money"], -5_00, versions=(4, 4),
        undoes=s.world.docs["matched"].content["allocations"][0]["id"]), "submit", "allocate"), "G7 not-alone"),
    Attack("undone twice", "ben", approve_and_post, "G9 undone-already", _undoing("allocated", -10_00)),
    Attack("half undone", "ben", approve_and_post, "G9 not-an-undo", _undoing("matched", -2_00)),
    Attack("an undo undone", "ben", approve_and_post, "G9 not-an-undo", _undoing("undone", 10_00)),
    Attack("an undo of other items", "ben", approve_and_post, "G9 not-an-undo",
           _undoing("matched", -5_00, ("posted", "credit"))),
    Attack("reversed twice", "ben", approve_and_post, "G9 over-reversed", _reversing("reversed", lambda _, __: 0)),
    Attack("more than the origin", "ben", approve_and_post, "G9 over-reversed", _reversing("posted", _double)),
    Attack("on another account", "ben", approve_and_post, "G9 over-reversed", _reversing("posted", _elsewhere)),
    Attack("a reversal reversed", "ben", approve_and_post, "G9 nothing-to-reverse",
           _reversing("posted", lambda c, w: c["entry"].update(
               reverses=w.docs["reversal"].content["entry"]["id"]))),
    Attack("a reversal reversed in full", "ben", approve_and_post, "G9 nothing-to-reverse", _red_of_red),
    Attack("nothing reversed", "ben", approve_and_post, "G9 nothing-to-reverse",
           _reversing("posted", lambda c, _: c["entry"].update(reverses=an_id()))),
]  # fmt: skip


def _imports(
    tables: Callable[[Scene], list[Any]], *, row_after: bool = False, **change: object
) -> Callable[[Scene], object]:
    """Import a list of deliveries alone, with something else in the section that names it."""

    def act(s: Scene) -> None:
        named = a_list(s.hand, "deliveries", *tables(s)) | {"sums": {"CNY": 113_00}} | change
        if row_after:
            late = a_delivery(s.world.customers[0], "N2")
            s.hand.insert("list_delivery", list_id=named["id"], n=2, **late)
        s.hand.made("import", {"list": named}, "submit", "load", "post")

    return act


def _customers_alone(s: Scene) -> None:
    named = a_list(s.hand, "customers", ("list_customer", []))
    s.hand.made("import", {"list": named}, "submit", "load", "post")


def _delivery(
    customer: int = 0, number: str = "N1", revision: int = 1
) -> Callable[[Scene], list[Any]]:
    return lambda s: [
        ("list_delivery", [a_delivery(s.world.customers[customer], number, revision=revision)])
    ]


def _uses(name: str, amount: int) -> Callable[[Scene], object]:
    def act(s: Scene) -> None:
        used = [{"id": s.world.deliveries[name]["id"], "amount": amount}]
        s.hand.made("voucher", a_voucher(s.world.customers[0], deliveries=used), "submit")

    return act


def _in_dollars(s: Scene) -> None:
    content = a_voucher(s.world.customers[0])
    content["items"][0]["currency"] = "USD"
    used = [{"id": s.world.deliveries["free"]["id"], "amount": 1}]
    s.hand.made("voucher", {**content, "deliveries": used}, "submit")


def _ready(
    scope: Callable[[Scene], list[tuple[str, str | None]]], **change: object
) -> Callable[[Scene], object]:
    def act(s: Scene) -> None:
        content = a_campaign(s.hand, scope(s))
        content["list"].update(change)
        s.hand.made("campaign", content, "ready")

    return act


def _reviewed(firm: Firm, world: World) -> Doc:
    """Return a campaign in review; its customer is free again when the test's database goes."""
    hand = firm.own("bob")
    doc = hand.made("campaign", a_campaign(hand, [(world.customers[4], None)]), "ready")
    return hand.does(doc, "review")


def _other_list(s: Scene) -> None:
    body = {**s.doc.content, "scope": {**s.doc.content["scope"], "cut_off": "2026-11-19"}}
    changed = Doc(s.doc.id, s.doc.kind, s.doc.seq, s.hand.text(canonical(body)), body)
    s.hand.step(changed, "edit")


def _revised(firm: Firm, world: World) -> Doc:
    """Import a delivery and its next revision; the document's id is that of the first."""
    hand, number = firm.own("alice"), an_id()
    old = a_delivery(world.customers[0], number)
    imported_deliveries(hand, old)
    imported_deliveries(hand, a_delivery(world.customers[0], number, revision=2))
    return Doc(str(old["id"]), "delivery", 0, b"")


def _uses_the_old(s: Scene) -> None:
    used = [{"id": s.doc.id, "amount": 1}]
    s.hand.made("voucher", a_voucher(s.world.customers[0], deliveries=used), "submit")


def _without_cut_off(s: Scene) -> None:
    content = a_campaign(s.hand, [(s.world.customers[7], None)])
    del content["scope"]["cut_off"]
    s.hand.made("campaign", content, "ready")


def _customers(code: str, alias: str) -> Callable[[Firm, World], Doc]:
    """Submit a list of one customer with one code; a second person decides after set-up."""

    def prepare(firm: Firm, _: World) -> Doc:
        hand, row = firm.own("alice"), listed_customer(an_id(), code, alias)
        named = a_list(hand, "customers", ("list_customer", [row]))
        return hand.made("import", {"list": named}, "submit")

    return prepare


def _another_alias(firm: Firm, _: World) -> Doc:
    content = a_customer(an_id()[-12:])
    content["record"]["codes"].append({"code": "C2", "kind": "alias"})
    return firm.made("alice", "customer", content, "submit")


LISTS = [
    Attack("fewer rows than the list has", "alice", _imports(_delivery(), rows=0), "G5 hash"),
    Attack("another hash", "alice", _imports(_delivery(), hash="0" * 64), "G5 hash"),
    Attack("another sum", "alice", _imports(_delivery(), sums={"CNY": 1}), "G5 list-differs"),
    Attack("more rows than there are", "alice", _imports(_delivery(), rows=2),
           "G5 list-differs"),
    Attack("a row added after the hash", "alice", _imports(_delivery(), row_after=True, rows=2), "G5 hash"),
    Attack("a delivery twice", "alice", _imports(_delivery(number="S1")), "G9 revision"),
    Attack("a revision skipped", "alice", _imports(_delivery(number="S1", revision=3)), "G9 revision"),
    Attack("a revision of what is held", "alice", _imports(_delivery(number="S2", revision=2)),
           "G9 delivery-used"),
    Attack("customers after set-up", "adam", _customers_alone, "G7 set-up-over"),
    Attack("a list of another's making as cashier", "kate", lambda s: a_list(s.hand, "scope", ("list_scope", [
        {"customer_id": an_id(), "currency": "CNY"}])), "42501 permission denied for table list_scope"),
    Attack("a row numbered zero", "alice", lambda s: s.hand.insert("list_delivery", list_id=an_id(), n=0,
           **a_delivery(s.world.customers[0], "N3")), "G5 list-differs"),
    Attack("the frozen list changed in review", "alice", _other_list, "G2 not-frozen", _reviewed),
    Attack("an old revision", "alice", _uses_the_old, "G9 delivery-revised", _revised),
    Attack("a delivery of 1850", "alice", _imports(lambda s: [("list_delivery", [
        {**a_delivery(s.world.customers[0], "N4"), "day": date(1850, 1, 1)}])]), "G6 day"),
    Attack("a campaign without cut-off", "bob", _without_cut_off, "G6 day"),
    Attack("a listed customer whose code is taken", "ben", approve_and_post, "G5 code-taken", _customers("C2", "L1")),
    Attack("a listed code that is taken", "ben", approve_and_post, "G5 code-taken", _customers("L2", "C2")),
    Attack("an alias of another customer", "ben", approve_and_post, "G5 code-taken", _another_alias),
    Attack("more than a delivery has", "alice", _uses("free", 113_01), "G9 delivery-used"),
    Attack("what another holds", "alice", _uses("held", 13_01), "G9 delivery-used"),
    Attack("another customer's delivery", "alice", _uses("other", 1), "G9 delivery-of-another"),
    Attack("a delivery in another currency", "alice", _in_dollars, "G9 delivery-of-another"),
    Attack("a delivery there is not", "alice", lambda s: s.hand.made("voucher", a_voucher(
        s.world.customers[0], deliveries=[{"id": an_id(), "amount": 1}]), "submit"), "G9 delivery-of-another"),
    Attack("evidence that is not stored", "alice", lambda s: s.hand.made("voucher", a_voucher(
        s.world.customers[0], evidence=[{"hash": "0" * 64, "kind": "scan"}]), "submit"), "G5 evidence-missing"),
    Attack("a note that changes the record", "cole", lambda s: s.hand.made(
        "customer", a_customer("C1", s.world.customers[0]), "submit", "note", "post"), "G7 more-than-contact"),
    Attack("a customer nobody knows, noted", "cole", lambda s: s.hand.made(
        "customer", a_customer("C99"), "submit", "note", "post"), "G7 more-than-contact"),
    Attack("a code of another customer", "ben", approve_and_post, "G5 code-taken",
           lambda f, _: f.made("alice", "customer", a_customer("C2"), "submit")),
    Attack("a campaign on a customer in another", "bob", _ready(lambda s: [(s.world.customers[0], None)]),
           "G3 customer-in-campaign"),
    Attack("a campaign of nobody", "bob", _ready(lambda _: []), "G5 list-differs"),
    Attack("a campaign with another list", "bob", _ready(lambda s: [(s.world.customers[7], None)], hash="0" * 64),
           "G5 hash"),
    Attack("a campaign on somebody unknown", "bob", _ready(lambda _: [(an_id(), None)]), "G5 list-differs"),
]  # fmt: skip


@pytest.mark.parametrize("attack", [*POSTED, *ITEMS, *LISTS], ids=names)
def test_that_the_books_stay_as_they_are(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)
