"""Attacks on uninvoiced deliveries: used twice, too much, by another, in an old revision."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import (
    reversal_text,
)
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest
from tests.storage.sqlite.scene import REASON, imported, list_of_deliveries, using


def _submit(w: Attacker, text: dict[str, Any]) -> Hand:
    """Get a text as far as drafted; alice is here."""
    return w.drafted("voucher", text)


@attack("deliveries", "G9 delivery-used")
def used_twice(w: Attacker) -> Iterator[None]:
    doc = _submit(w, using(w, "D1", 1))
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-used")
def used_above_its_amount(w: Attacker) -> Iterator[None]:
    doc = _submit(w, using(w, "D2", 10_001))
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-used")
def named_twice_in_one_text(w: Attacker) -> Iterator[None]:
    text = using(w, "D2", 6_000)
    doc = _submit(w, text | {"deliveries": text["deliveries"] * 2})
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-of-another")
def used_for_another_customer(w: Attacker) -> Iterator[None]:
    doc = _submit(w, using(w, "D2", 100, w.facts["blue"]))
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-of-another")
def used_in_another_currency(w: Attacker) -> Iterator[None]:
    text = using(w, "D2", 100)
    text["items"][0]["currency"] = "USD"
    doc = _submit(w, text)
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-revised")
def old_revision(w: Attacker) -> Iterator[None]:
    old = w.facts["delivery D2"]
    imported(w, list_of_deliveries(w, w.facts["green"], "D2", revision=2))
    w.facts["delivery D2"] = old
    doc = _submit(w, using(w, "D2", 100))
    yield
    w.step(doc, "submit", "alice")


@attack("deliveries", "G9 delivery-used")
def revised_after_its_use(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D1", revision=2)
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice")


@attack("deliveries", "G9 revision")
def revision_skipped(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D2", revision=3)
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice")


@attack("deliveries", "G9 revision")
def number_twice(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D2")
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice")


@attack("deliveries", "G6 day")
def delivered_on_no_day(w: Attacker) -> Iterator[None]:
    text = list_of_deliveries(w, w.facts["green"], "D7", day="2026-02-30")
    doc = w.take(w.submitted("import", text), "alice", "load")
    yield
    w.step(doc, "post", "alice")


def _use(w: Attacker, step: str, doc: Hand, amount: int) -> None:
    row = {"step_id": step, "delivery_id": w.facts["delivery D2"], "document_id": doc.id}
    w.insert("delivery_use", row | {"amount_minor": amount})


@attack("deliveries", "G9 not-a-use")
def freed_by_a_step_of_an_older_round(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", using(w, "D3", 500))
    old = w.step(doc, "withdraw", "alice")
    w.edited(doc, "alice", deliveries=using(w, "D2", 500)["deliveries"])
    w.take(doc, "alice", "submit")
    yield
    _use(w, old, doc, -500)


@attack("deliveries", "G9 not-a-use")
def freed_by_a_reversal_of_a_part(w: Attacker) -> Iterator[None]:
    origin = using(w, "D2", 10_000)
    doc = w.posted("voucher", origin)
    back = w.approved("reversal", reversal_text(w.books, origin, part=10))
    step = w.step(back, "post", "bob")
    yield
    _use(w, step, doc, -10_000)


@attack("deliveries", "G9 not-a-use")
def freed_in_part(w: Attacker) -> Iterator[None]:
    """Were the rows of the unfolding not there, a part of them would still be refused."""
    doc = w.submitted("voucher", using(w, "D2", 500))
    w.sql("DROP TRIGGER step_use")
    step = w.step(doc, "withdraw", "alice")
    yield
    _use(w, step, doc, -499)


@attack("deliveries", "G2 exists")
def use_twice(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", using(w, "D2", 500))
    step = w.step(doc, "submit", "alice")
    yield
    _use(w, step, doc, 500)


@honest("deliveries")
def held_freed_used_and_free_after_a_reversal(w: Attacker) -> Iterator[None]:
    yield
    doc = w.submitted("voucher", using(w, "D2", 10_000))
    for by, verb in (("alice", "withdraw"), ("bob", "return"), ("bob", "reject")):
        w.take(doc, by, verb, reason=REASON)
        if verb == "reject":
            w.edited(doc, "alice")
        w.take(doc, "alice", "submit")
    w.take(doc, "bob", "approve", "post")
    origin = doc.content
    w.posted("reversal", reversal_text(w.books, origin, part=4_000))
    w.posted("reversal", reversal_text(w.books, origin, version=2, part=6_000))
    w.posted("voucher", using(w, "D2", 10_000))
    imported(w, list_of_deliveries(w, w.facts["green"], "D3", revision=2))
