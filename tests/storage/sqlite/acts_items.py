"""Attacks on open items: allocation, undoing, reversal."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import (
    Match,
    allocation_text,
    entry,
    line,
    receipt_text,
    reversal_text,
    voucher_text,
)
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest


def _match(w: Attacker, amount: int, **other: Any) -> dict[str, Any]:
    """Return the text that allocates the scene's receipt to its voucher."""
    match = Match(w.facts["charge"], w.facts["credit"], 2, 2)
    text = allocation_text(w.books, w.facts["green"], match, amount)
    text["allocations"][0].update(other)
    return text


def _undo(w: Attacker, amount: int = -2_000, **other: Any) -> dict[str, Any]:
    """Return the text that undoes the scene's allocation."""
    return _match(w, amount, undoes=w.facts["allocation"], **other)


def _ready(w: Attacker, text: dict[str, Any], kind: str = "allocation") -> Hand:
    """Get a text as far as approved; bob is here."""
    return w.approved(kind, text, "kate" if kind == "receipt" else "alice")


# -------------------------------------------------------------------- allocation
@attack("allocation", "G9 over-allocated")
def more_than_the_credit(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 3_001))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 item-changed")
def version_that_nobody_sees_any_more(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 10, charge_version=1))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 item-changed")
def version_left_out(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 10, credit_version=None))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 item-changed")
def item_that_is_not_there(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 10, charge=w.id()))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-a-match")
def charge_to_charge(w: Attacker) -> Iterator[None]:
    text = voucher_text(w.books, w.facts["green"], 500)
    w.posted("voucher", text)
    text = _match(w, 10, credit=text["items"][0]["id"], credit_version=1)
    doc = _ready(w, text)
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-a-match")
def receipt_of_another_customer(w: Attacker) -> Iterator[None]:
    paid = receipt_text(w.books, w.facts["blue"], 500)
    w.posted("receipt", paid, "kate")
    doc = _ready(w, _match(w, 10, credit=paid["items"][0]["id"], credit_version=1))
    yield
    w.step(doc, "post", "bob")


def _loss(w: Attacker, customer: str, *links: dict[str, Any]) -> dict[str, Any]:
    """Return the text of one-sided allocations whose ledger lines leave the items out."""
    lines = [line(1, "6711", 1, 10), line(2, "6001", -1, 10)]
    head = entry(w.books, "转", "P4/1")
    return {"customer": customer, "entry": head, "allocations": list(links), "lines": lines}


@attack("allocation", "G5 other-customer")
def header_of_another_customer(w: Attacker) -> Iterator[None]:
    """Green's items move by nothing in sum, so ledger and items agree; the header is blue's."""
    other = voucher_text(w.books, w.facts["green"], 500)
    w.posted("voucher", other)
    charge = other["items"][0]["id"]
    link = {"id": w.id(), "charge": charge, "charge_version": 1, "amount": 10}
    mine = line(2, "1122.02", -1, 10, customer=w.facts["green"], item=charge)
    text = _loss(w, w.facts["green"], link)
    w.posted("allocation", text | {"lines": [text["lines"][0], mine]})
    back = link | {"id": w.id(), "amount": -10, "charge_version": 2, "undoes": link["id"]}
    more = {"id": w.id(), "charge": w.facts["charge"], "charge_version": 2, "amount": 10}
    doc = _ready(w, _loss(w, w.facts["blue"], back, more))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-an-undo")
def allocation_of_less_than_nothing(w: Attacker) -> Iterator[None]:
    text = _match(w, -10) | {"kind": "reversal"}
    text["entry"]["reverses"] = w.one("SELECT id FROM journal_entry WHERE series = '转'")
    doc = _ready(w, text, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-an-undo")
def undo_of_a_part(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _undo(w, -1_000))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-an-undo")
def undo_of_something_else(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, -2_000, undoes=w.id()))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-an-undo")
def undo_of_an_undo(w: Attacker) -> Iterator[None]:
    first = _undo(w)
    w.posted("allocation", first)
    text = _match(
        w, 2_000, undoes=first["allocations"][0]["id"], charge_version=3, credit_version=3
    )
    doc = _ready(w, text)
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 undone-already")
def undo_twice(w: Attacker) -> Iterator[None]:
    w.posted("allocation", _undo(w))
    doc = _ready(w, _undo(w, charge_version=3, credit_version=3))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G2 exists")
def allocation_id_twice(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 10, id=w.facts["allocation"]))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 item-changed")
def approved_before_somebody_elses_allocation(w: Attacker) -> Iterator[None]:
    late = _ready(w, _match(w, 3_000))
    w.posted("allocation", _match(w, 1), "carol")
    yield
    w.step(late, "post", "bob")


@honest("allocation")
def the_rest_allocated_and_undone(w: Attacker) -> Iterator[None]:
    yield
    text = _match(w, 3_000)
    w.take(w.submitted("allocation", text), "alice", "allocate", "post")
    done = text["allocations"][0]["id"]
    w.posted("allocation", _match(w, -3_000, undoes=done, charge_version=3, credit_version=3))
    assert w.sql("SELECT open_minor FROM open_item ORDER BY id DESC LIMIT 2") == [
        (-3_000,),
        (8_000,),
    ]


# -------------------------------------------------------------------- reversal
def _voucher(w: Attacker) -> dict[str, Any]:
    """Post a voucher of 100.00 and return its text."""
    text = voucher_text(w.books, w.facts["green"], 10_000)
    w.posted("voucher", text)
    return text


@attack("reversal", "G9 over-reversed")
def more_than_the_origin(w: Attacker) -> Iterator[None]:
    origin = _voucher(w)
    w.posted("reversal", reversal_text(w.books, origin, part=6_000))
    text = reversal_text(w.books, origin, version=2, part=4_001)
    doc = _ready(w, text, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("reversal", "G9 over-reversed")
def account_the_origin_does_not_have(w: Attacker) -> Iterator[None]:
    text = reversal_text(w.books, _voucher(w))
    text["lines"][1]["account"] = "2221.01"
    doc = _ready(w, text, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("reversal", "G9 over-reversed")
def more_in_a_currency_than_in_base(w: Attacker) -> Iterator[None]:
    lines = [line(1, "1002", 1, 100, currency="USD", base=700)]
    lines.append(line(2, "6001", -1, 100, currency="USD", base=700))
    origin: dict[str, Any] = {"entry": entry(w.books, "记", "P9/1"), "lines": lines}
    w.posted("voucher", origin)
    red = [one | {"amount": -99_999, "base": -700} for one in lines]
    head = entry(w.books, "记", "P6/1", reverses=origin["entry"]["id"])
    doc = _ready(w, {"entry": head, "lines": red}, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("reversal", "G9 over-reversed")
def black_instead_of_red(w: Attacker) -> Iterator[None]:
    origin = _voucher(w)
    text = voucher_text(w.books, w.facts["green"], 10)
    text["entry"]["reverses"] = origin["entry"]["id"]
    del text["items"], text["lines"][0]["item"]
    doc = _ready(w, text, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("reversal", "G9 nothing-to-reverse")
def reversal_of_a_reversal(w: Attacker) -> Iterator[None]:
    text = reversal_text(w.books, _voucher(w), part=10)
    w.posted("reversal", text)
    again = text | {"entry": entry(w.books, "记", "P6/1", reverses=text["entry"]["id"])}
    del again["allocations"]
    doc = _ready(w, again, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("reversal", "G9 over-allocated")
def reversal_of_what_was_paid(w: Attacker) -> Iterator[None]:
    text = reversal_text(w.books, w.facts["voucher text"], version=2)
    doc = _ready(w, text, "reversal")
    yield
    w.step(doc, "post", "bob")


@honest("reversal")
def in_two_parts(w: Attacker) -> Iterator[None]:
    yield
    origin = _voucher(w)
    w.posted("reversal", reversal_text(w.books, origin, part=6_000))
    w.posted("reversal", reversal_text(w.books, origin, version=2, part=4_000))
    item_id = origin["items"][0]["id"]
    assert w.one("SELECT open_minor FROM open_item WHERE id = ?", item_id) == 0


@attack("reversal", "G9 nothing-to-reverse")
def black_reversal_of_a_red_one(w: Attacker) -> Iterator[None]:
    text = reversal_text(w.books, _voucher(w), part=10)
    w.posted("reversal", text)
    link = text["allocations"][0]
    undo = link | {"id": w.id(), "amount": -10, "charge_version": 2, "undoes": link["id"]}
    black = [one | {"amount": 10, "base": 10} for one in text["lines"]]
    head = entry(w.books, "记", "P6/1", reverses=text["entry"]["id"])
    doc = _ready(w, text | {"entry": head, "lines": black, "allocations": [undo]}, "reversal")
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 not-a-match")
def charge_taken_for_a_credit(w: Attacker) -> Iterator[None]:
    other = voucher_text(w.books, w.facts["green"], 500)
    w.posted("voucher", other)
    link = {"id": w.id(), "charge": other["items"][0]["id"], "charge_version": 1, "amount": 10}
    link |= {"credit": w.facts["charge"], "credit_version": 2}
    doc = _ready(w, _loss(w, w.facts["green"], link))
    yield
    w.step(doc, "post", "bob")


@attack("allocation", "G9 undone-already", pragmas=("recursive_triggers=OFF",))
def undo_that_pushes_out_the_first(w: Attacker) -> Iterator[None]:
    w.posted("allocation", _undo(w))
    match = {"charge_version": 3, "credit_version": 3}
    w.posted("allocation", _match(w, 2_000, **match))
    doc = _ready(w, _undo(w, charge_version=4, credit_version=4))
    yield
    w.step(doc, "post", "bob", "OR REPLACE")


@attack("allocation", "G9 over-allocated", pragmas=("ignore_check_constraints=ON",))
def more_than_the_credit_without_checks(w: Attacker) -> Iterator[None]:
    doc = _ready(w, _match(w, 3_001))
    yield
    w.step(doc, "post", "bob")
