"""Attacks on limits: single, window, splitting, two persons, and what one decides alone."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import Match, allocation_text, customer_text, line, voucher_text
from tests.storage.sqlite.attacker import Attacker, attack, honest
from tests.storage.sqlite.scene import REASON

NO_KEYS = ("foreign_keys=OFF",)
TWO_PERSON = 50_000_000


def _text(w: Attacker, net: int = 10_000, customer: str = "green") -> dict[str, Any]:
    return voucher_text(w.books, w.facts[customer], net)


def _alone(w: Attacker) -> dict[str, Any]:
    """Return the text of a voucher that names no customer."""
    lines = [line(1, "1002", 1, 500), line(2, "6001", -1, 500)]
    return {"entry": _text(w)["entry"], "lines": lines}


@attack("limits", "G7 over-limit")
def above_the_limit(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, 20_000_001))
    w.be("ben")
    yield
    w.step(doc, "approve", "ben")


@attack("limits", "G7 over-window")
def above_the_window(w: Attacker) -> Iterator[None]:
    w.take(w.submitted("voucher", _text(w, 20_000_000, "blue")), "ben", "approve")
    doc = w.submitted("voucher", _text(w, 10_000_001, "red"))
    w.be("ben")
    yield
    w.step(doc, "approve", "ben")


@attack("limits", "G7 splitting")
def split_between_two_approvers(w: Attacker) -> Iterator[None]:
    w.take(w.submitted("voucher", _text(w, 15_000_000, "blue")), "bob", "approve")
    doc = w.submitted("voucher", _text(w, 6_000_000, "blue"))
    w.be("ben")
    yield
    w.step(doc, "approve", "ben")


@attack("limits", "G7 two-persons")
def one_person_for_much(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, TWO_PERSON + 1))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob")


@attack("limits", "G7 two-persons")
def an_endorsement_of_the_round_before(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, TWO_PERSON + 1))
    w.take(doc, "bob", "endorse")
    w.take(doc, "dora", "return", reason=REASON)
    w.take(doc, "alice", "submit")
    w.be("dora")
    yield
    w.step(doc, "approve", "dora")


@attack("limits", "G7 over-limit")
def limit_that_was_lowered(w: Attacker) -> Iterator[None]:
    less = {"id": w.id(), "person": "bob", "role": "supervisor", "limit": 1, "window": 10**9}
    w.take(w.submitted("authority", {"authority": [less]}, "adam"), "dora", "approve", "post")
    doc = w.submitted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob")


@attack("limits", "G12 unsigned")
def approval_without_signature(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, 100, "blue"))
    w.be("ben")
    yield
    w.step(doc, "approve", "ben", signature=None)


@attack("limits", "G12 unsigned")
def endorsement_with_half_a_signature(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, 100, "blue"))
    w.be("ben")
    yield
    w.step(doc, "endorse", "ben", signature=bytes(63))


@honest("limits")
def exactly_at_every_limit(w: Attacker) -> Iterator[None]:
    yield
    w.take(w.submitted("voucher", _text(w, 20_000_000, "blue")), "ben", "approve")
    w.take(w.submitted("voucher", _text(w, 10_000_000, "red")), "ben", "approve")
    w.take(w.submitted("voucher", _alone(w)), "bob", "approve")
    w.take(w.submitted("voucher", _text(w, TWO_PERSON, "red")), "dora", "approve")
    much = w.take(w.submitted("voucher", _text(w, TWO_PERSON + 1)), "bob", "endorse")
    w.take(much, "dora", "approve", "post")


# -------------------------------------------------------------------- what one decides alone
def _loss(w: Attacker, amount: int, **other: Any) -> dict[str, Any]:
    """Return the text by which an accountant lets go of a small difference."""
    version = w.one("SELECT version FROM open_item WHERE id = ?", w.facts["charge"])
    match = Match(w.facts["charge"], w.facts["credit"])
    text = allocation_text(w.books, w.facts["green"], match, amount)
    link = {"id": w.id(), "charge": w.facts["charge"], "charge_version": version, "amount": amount}
    lines = [line(1, "6711", 1, amount), text["lines"][1]]
    return text | {"allocations": [link], "lines": lines} | other


@attack("alone", "G7 not-alone")
def money_decided_alone(w: Attacker) -> Iterator[None]:
    text = _loss(w, 100)
    text["lines"][0]["account"] = "1002"
    doc = w.submitted("allocation", text)
    yield
    w.step(doc, "allocate", "alice")


@attack("alone", "G7 not-alone")
def undo_decided_alone(w: Attacker) -> Iterator[None]:
    match = Match(w.facts["charge"], w.facts["credit"], 2, 2)
    text = allocation_text(w.books, w.facts["green"], match, -2_000, undoes=w.facts["allocation"])
    doc = w.submitted("allocation", text)
    yield
    w.step(doc, "allocate", "alice")


@attack("alone", "G7 over-loss-limit")
def loss_above_the_own_limit(w: Attacker) -> Iterator[None]:
    doc = w.submitted("allocation", _loss(w, 1_001))
    yield
    w.step(doc, "allocate", "alice")


@attack("alone", "G7 over-loss-limit")
def loss_in_two_posted_parts(w: Attacker) -> Iterator[None]:
    w.take(w.submitted("allocation", _loss(w, 600)), "alice", "allocate", "post")
    doc = w.submitted("allocation", _loss(w, 401))
    yield
    w.step(doc, "allocate", "alice")


@attack("alone", "G7 over-loss-limit")
def loss_in_two_parts_posted_later(w: Attacker) -> Iterator[None]:
    w.take(w.submitted("allocation", _loss(w, 600)), "alice", "allocate")
    doc = w.submitted("allocation", _loss(w, 401))
    yield
    w.step(doc, "allocate", "alice")


@honest("alone")
def loss_up_to_the_limit(w: Attacker) -> Iterator[None]:
    yield
    w.take(w.submitted("allocation", _loss(w, 600)), "alice", "allocate", "post")
    w.take(w.submitted("allocation", _loss(w, 400)), "alice", "allocate", "post")


def _note(w: Attacker, phone: str, name: str = "green") -> dict[str, Any]:
    return customer_text(w.facts["green"], "C1", name, "BAR1", phone=phone)


@attack("alone", "G7 more-than-contact")
def renamed_alone(w: Attacker) -> Iterator[None]:
    doc = w.submitted("customer", _note(w, "1", "other"))
    yield
    w.step(doc, "note", "alice")


@attack("alone", "G7 more-than-contact")
def new_customer_alone(w: Attacker) -> Iterator[None]:
    doc = w.submitted("customer", customer_text(w.id(), "C9", "new"))
    yield
    w.step(doc, "note", "alice")


@attack("alone", "G7 more-than-contact")
def old_record_brought_back_by_a_late_note(w: Attacker) -> Iterator[None]:
    late = w.take(w.submitted("customer", _note(w, "1")), "alice", "note")
    w.posted("customer", _note(w, "", "renamed"), "carol")
    w.be("alice")
    yield
    w.step(late, "post", "alice")


@honest("alone")
def telephone_alone(w: Attacker) -> Iterator[None]:
    yield
    w.take(w.submitted("customer", _note(w, "1")), "alice", "note", "post")
