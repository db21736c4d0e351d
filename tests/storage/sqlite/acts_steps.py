"""Attacks on who does what when: forged approvals, own work, edits after submit, chains."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import line, voucher_text
from tests.storage.sqlite.attacker import ZERO, Attacker, attack, honest, now_us
from tests.storage.sqlite.scene import REASON

NO_KEYS = ("foreign_keys=OFF",)
TWO_PERSON = 50_000_000


def _text(w: Attacker, net: int = 10_000, customer: str = "green") -> dict[str, Any]:
    return voucher_text(w.books, w.facts[customer], net)


def _alone(w: Attacker) -> dict[str, Any]:
    """Return the text of a voucher that names no customer."""
    lines = [line(1, "1002", 1, 500), line(2, "6001", -1, 500)]
    return {"entry": _text(w)["entry"], "lines": lines}


@honest("steps")
def the_whole_path(w: Attacker) -> Iterator[None]:
    yield
    doc = w.submitted("voucher", _text(w))
    w.take(doc, "carol", "withdraw")
    w.take(doc, "alice", "submit")
    w.take(doc, "bob", "return", reason=REASON)
    w.take(doc, "carol", "submit")
    w.take(doc, "bob", "reject", reason=REASON)
    w.take(w.edited(doc, "alice", memo="again"), "alice", "submit")
    w.take(doc, "bob", "endorse")
    w.take(doc, "dora", "approve", "post")


# -------------------------------------------------------------------- who and when
@attack("steps", "G1 not-you")
def approval_in_anothers_name(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    row = w.step_row(doc, "approve", "bob")
    yield
    w.insert("step", row)


@attack("steps", "G3 not-allowed")
def own_approval_without_the_role(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    yield
    w.step(doc, "approve", "alice", to_state="approved")


@attack("steps", "G3 not-allowed")
def approval_by_an_auditor(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.be("aud")
    yield
    w.step(doc, "approve", "aud")


@attack("steps", "G4 own-work")
def own_approval_said_to_be_anothers(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.take(doc, "bob", "return", reason=REASON)
    w.take(doc, "alice", "submit")
    w.take(doc, "bob", "endorse")
    yield
    w.step(doc, "approve", "bob", self_review=0)


@attack("steps", "G4 own-work")
def own_approval_as_self_review(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.take(doc, "bob", "endorse")
    yield
    w.step(doc, "approve", "bob", self_review=1)


@attack("steps", "G4 own-work")
def self_review_where_nobody_reviews(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "submit", "alice", self_review=1)


@attack("steps", "G4 own-work")
def campaign_cancelled_by_who_made_it(w: Attacker) -> Iterator[None]:
    doc = w.hand("campaign", w.facts["campaign text"], w.facts["campaign"])
    w.here("bob")
    yield
    w.step(doc, "cancel", "bob", reason=REASON, self_review=0)


@honest("steps")
def campaign_cancelled_by_another(w: Attacker) -> Iterator[None]:
    doc = w.hand("campaign", w.facts["campaign text"], w.facts["campaign"])
    w.here("dora")
    yield
    w.step(doc, "cancel", "dora", reason=REASON)


@attack("steps", "G2 exists")
def step_id_twice(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    known = w.one("SELECT id FROM step WHERE document_id = ?", doc.id)
    yield
    w.step(doc, "submit", "alice", id=known)


@attack("steps", "G3 stale")
def second_approval(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    row = w.step_row(doc, "approve", "dora")
    w.take(doc, "bob", "approve")
    w.be("dora")
    yield
    w.insert("step", row)


@attack("steps", "G3 stale")
def step_far_ahead(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "submit", "alice", seq=9)


@attack("steps", "G3 stale")
def second_first_step(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "draft", "alice", seq=1)


@attack("steps", "G3 kind")
def step_of_another_kind(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob", kind="customer")


@attack("steps", "G3 clock")
def step_dated_back(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    w.here("alice")
    yield
    w.step(doc, "draft", "alice", made_at=now_us() - 3_600_000_000)


@attack("steps", "G3 clock")
def step_dated_ahead(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    w.here("alice")
    yield
    w.step(doc, "draft", "alice", made_at=now_us() + 3_600_000_000)


@attack("steps", "G2 exists", pragmas=("recursive_triggers=OFF",))
def step_taken_over(w: Attacker) -> Iterator[None]:
    other = w.one("SELECT id FROM step WHERE document_id = ?", w.facts["receipt"])
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "submit", "alice", "OR REPLACE", id=other)


@attack("steps", "G3 kind")
def draft_turned_into_another_kind(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    other = w.hand("customer", {"customer": w.facts["green"]}, doc.id)
    yield
    w.step(other, "edit", "alice")


@attack("steps", "G3 clock")
def sign_in_dated_back(w: Attacker) -> Iterator[None]:
    yield
    w.be("alice", at=now_us() - 3_600_000_000)


@attack("steps", "G2 sign-in-order")
def sign_in_with_a_gap(w: Attacker) -> Iterator[None]:
    yield
    w.be("alice", seq=10_000)


@attack("steps", "G3 not-allowed")
def approval_of_a_draft(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob", from_state="submitted", to_state="approved")


@attack("steps", "G3 not-allowed")
def state_made_up(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "submit", "alice", to_state="posted")


@attack("steps", "G3 not-allowed")
def verb_made_up(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "unpost", "alice")


@attack("steps", "G3 not-allowed")
def void_of_a_posted_voucher(w: Attacker) -> Iterator[None]:
    doc = w.posted("voucher", _text(w))
    yield
    w.step(doc, "void", "bob", reason=REASON, from_state="draft", to_state="voided")


@attack("steps", "G3 not-allowed")
def approval_after_the_role_ended(w: Attacker) -> Iterator[None]:
    end = {"id": w.id(), "person": "bob", "role": "supervisor", "to": 1}
    doc = w.take(w.submitted("authority", {"authority": [end]}, "adam"), "dora", "approve", "post")
    doc = w.submitted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob")


@attack("steps", "G3 reason")
def rejection_without_a_reason(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "reject", "bob")


@attack("steps", "G3 reason")
def rejection_with_spaces(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    w.be("bob")
    yield
    w.step(doc, "reject", "bob", reason=" \u3000\u200b\u00a0\t不对\u2060\ufeff ")


# -------------------------------------------------------------------- which text
@attack("steps", "G5 other-text")
def approval_of_a_text_slipped_in(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    other = w.hand("voucher", _text(w), doc.id)
    w.be("bob")
    yield
    w.step(other, "approve", "bob")


@attack("steps", "G5 other-text")
def submit_of_a_text_slipped_in(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    other = w.hand("voucher", _text(w, 20_000), doc.id)
    yield
    w.step(other, "submit", "alice")


@attack("steps", "G5 other-text")
def posting_of_a_text_slipped_in(w: Attacker) -> Iterator[None]:
    doc = w.approved("voucher", _text(w))
    other = w.hand("voucher", _text(w, 20_000), doc.id)
    yield
    w.step(other, "post", "bob")


@attack("steps", "G3 not-allowed")
def edit_after_submit(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w))
    other = w.hand("voucher", _text(w), doc.id)
    yield
    w.step(other, "edit", "alice", to_state="draft")


@attack("steps", "G5 other-document")
def text_of_another_document(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    doc.id = w.id()
    w.here("alice")
    yield
    w.step(doc, "draft", "alice")


@attack("steps", "G5 other-document")
def text_of_another_kind(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    doc.kind = "allocation"
    w.here("alice")
    yield
    w.step(doc, "draft", "alice")


@attack("steps", "G5 other-document", pragmas=NO_KEYS)
def text_that_is_not_there(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    doc.hash = ZERO
    w.here("alice")
    yield
    w.step(doc, "draft", "alice")


@attack("steps", "G5 no-such-section")
def section_of_another_kind(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w) | {"authority": []})
    w.here("alice")
    yield
    w.step(doc, "draft", "alice")


@attack("steps", "G5 not-decided")
def posting_after_an_approval_long_ago(w: Attacker) -> Iterator[None]:
    """The rules are the firm's own data; a rule that skips the approval posts nothing."""
    doc = w.submitted("voucher", _text(w))
    w.take(doc, "bob", "endorse")
    w.sql("DROP TRIGGER transition_rule_fixed_INSERT")
    rule = w.row("transition_rule", "kind = 'voucher' AND verb = 'post' AND role = 'director'")
    w.insert("transition_rule", rule | {"from_state": "in_review"})
    w.be("dora")
    yield
    w.step(doc, "post", "dora")


@attack("steps", "G7 risk")
def risk_made_small(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", _text(w, 10**9))
    w.be("bob")
    yield
    w.step(doc, "approve", "bob", risk=1)


# -------------------------------------------------------------------- chains
@attack("chains", "G11 chain")
def wrong_number(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    w.here("alice")
    yield
    w.step(doc, "draft", "alice", actor_seq=99)


@attack("chains", "G11 chain")
def wrong_predecessor(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    w.here("alice")
    yield
    w.step(doc, "draft", "alice", actor_prev=bytes([7]) * 32)


@attack("chains", "G11 chain")
def wrong_step_before(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", _text(w))
    yield
    w.step(doc, "submit", "alice", document_prev=ZERO)


@attack("chains", "G11 chain")
def hash_too_short(w: Attacker) -> Iterator[None]:
    doc = w.hand("voucher", _text(w))
    w.here("alice")
    yield
    w.step(doc, "draft", "alice", hash=b"short")


@attack("chains", "G11 chain")
def person_without_a_chain(w: Attacker) -> Iterator[None]:
    w.insert("person", {"name": "mallory", "display": "M", "added_at": now_us()})
    doc = w.hand("voucher", _text(w))
    w.be("mallory")
    yield
    w.step(doc, "draft", "mallory")
