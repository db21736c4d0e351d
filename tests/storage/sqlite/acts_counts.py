"""Attacks on the stocktake: counts, decisions, the campaign."""

from collections.abc import Iterator
from typing import Any

from erpdesk.domain.content import canonical
from tests.storage.sqlite.attacker import Attacker, Hand, attack, honest
from tests.storage.sqlite.logged import logged
from tests.storage.sqlite.scene import (
    count_row,
    decision_row,
    list_of_scope,
    variance_row,
)

DAY_US = 86_400_000_000


_COUNTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("by_no_counter", "G3 not-a-counter", {"chain_of": "alice"}),
    ("into_no_campaign", "G3 not-counting", {"campaign_id": lambda w: w.id()}),
    ("into_a_voucher", "G3 not-counting", {"campaign_id": lambda w: w.facts["voucher"]}),
    ("of_nobody", "G5 unknown-customer", {"customer_id": lambda w: w.id()}),
    ("id_twice", "G2 exists", {"id": lambda w: w.facts["count"]}),
    ("above_4_kilobytes", "G2 constraint", {"raw": b"x" * 4097}),
    ("body_above_16_kilobytes", "G2 constraint", {"body": '{"a":"' + "x" * 16385 + '"}'}),
    ("body_that_is_no_object", "G5 not-canonical", {"body": "[1]"}),
    ("amount_without_currency", "G2 constraint", {"currency": None}),
)  # fmt: skip
for _name, _code, _facts in _COUNTS:
    logged(
        "counts", _code, _name, "count_event", _facts.get("chain_of", "cody"), count_row, **_facts
    )


@attack("counts", "G2 exists")
def device_number_twice(w: Attacker) -> Iterator[None]:
    device = w.one("SELECT device_id FROM count_event")
    w.here("cody")
    yield
    w.insert("count_event", count_row(w, device_id=device))


@attack("counts", "G3 not-your-count")
def count_of_another_superseded(w: Attacker) -> Iterator[None]:
    w.here("cindy")
    yield
    w.insert("count_event", count_row(w, "cindy", supersedes=w.facts["count"]))


def _campaign(w: Attacker, *verbs: str) -> Hand:
    doc = w.hand("campaign", w.facts["campaign text"], w.facts["campaign"])
    return w.take(doc, "bob", *verbs)


@attack("counts", "G3 not-counting")
def count_after_the_review_began(w: Attacker) -> Iterator[None]:
    _campaign(w, "review")
    w.be("cody")
    yield
    w.insert("count_event", count_row(w))


@attack("counts", "G3 not-counting")
def decision_after_the_submit(w: Attacker) -> Iterator[None]:
    w.take(_campaign(w, "review"), "alice", "submit")
    w.be("bob")
    yield
    w.insert("line_decision", decision_row(w))


logged("counts", "G3 not-allowed", "decision_by_a_counter", "line_decision", "cody", decision_row)
logged(
    "counts",
    "G3 reason",
    "decision_without_reason",
    "line_decision",
    "bob",
    decision_row,
    reason=" 不对 \u3000 ",
)
logged("counts", "G5 not-canonical", "decision_body_no_object", "line_decision", "bob",
       decision_row, body="[1]")  # fmt: skip
logged("counts", "G2 exists", "decision_twice", "line_decision", "bob", decision_row,
        id=lambda w: w.one("SELECT id FROM line_decision"))  # fmt: skip


def _reviewed(w: Attacker, by: str, *verbs: str) -> Hand:
    return w.take(w.hand("campaign", w.facts["reviewed text"], w.facts["reviewed"]), by, *verbs)


for _code, _name, _facts in (
    ("G2 exists", "said_twice", {"id": lambda w: w.facts["said"]}),
    ("G2 constraint", "said_of_nobody_on_the_list", {
        "customer_id": lambda w: w.facts["red"], "n": 1,
        "body": lambda w: canonical({"customer": w.facts["red"], "currency": "CNY"})}),
    ("G3 stale", "said_over_what_was_said", {"n": 1}),
    ("G3 stale", "said_ahead", {"n": 3}),
    ("G3 not-in-review", "said_while_it_is_counted", {
        "campaign_id": lambda w: w.facts["campaign"], "n": 1}),
    ("G5 not-canonical", "said_without_a_text", {"body": "[1]"}),
    ("G5 not-canonical", "said_of_another_line", {"currency": "USD", "n": 1}),
):  # fmt: skip
    logged("counts", _code, _name, "line_variance", "alice", variance_row, **_facts)
logged("counts", "G3 not-allowed", "said_by_a_counter", "line_variance", "cody", variance_row)


@attack("counts", "G3 not-in-review")
def said_once_it_is_handed_in(w: Attacker) -> Iterator[None]:
    _reviewed(w, "alice", "submit")
    yield
    w.insert("line_variance", variance_row(w))


@attack("campaign", "G4 own-work")
def who_explains_a_difference_approves_it(w: Attacker) -> Iterator[None]:
    w.here("ben")
    w.insert("line_variance", variance_row(w, "ben"))
    doc = _reviewed(w, "alice", "submit")
    w.be("ben")
    yield
    w.step(doc, "approve", "ben", self_review=0)


@attack("campaign", "G4 own-work")
def counter_approves_his_campaign(w: Attacker) -> Iterator[None]:
    rows = [{"id": w.id(), "person": "dora", "role": "counter"}]
    w.take(w.submitted("authority", {"authority": rows}, "bob"), "dora", "approve", "post")
    w.insert("count_event", count_row(w, "dora"))
    doc = w.take(_campaign(w, "review"), "alice", "submit")
    w.be("dora")
    yield
    w.step(doc, "approve", "dora", self_review=0)


@attack("campaign", "G3 customer-in-campaign")
def customer_in_two_campaigns(w: Attacker) -> Iterator[None]:
    doc = w.drafted("campaign", list_of_scope(w, w.facts["green"]), "bob")
    yield
    w.step(doc, "ready", "bob")


@attack("campaign", "G5 list-differs")
def scope_with_a_row_missing(w: Attacker) -> Iterator[None]:
    text = list_of_scope(w, w.facts["red"])
    text["list"]["rows"] = 2
    doc = w.drafted("campaign", text, "bob")
    yield
    w.step(doc, "ready", "bob")


@attack("campaign", "G5 list-differs")
def scope_of_nobody(w: Attacker) -> Iterator[None]:
    doc = w.drafted("campaign", list_of_scope(w), "bob")
    yield
    w.step(doc, "ready", "bob")


@attack("campaign", "G5 list-differs")
def scope_with_a_stranger(w: Attacker) -> Iterator[None]:
    doc = w.drafted("campaign", list_of_scope(w, w.facts["red"], w.id()), "bob")
    yield
    w.step(doc, "ready", "bob")


@attack("campaign", "G2 exists")
def customer_twice_in_the_scope(w: Attacker) -> Iterator[None]:
    doc = w.drafted("campaign", list_of_scope(w, w.facts["red"], w.facts["red"]), "bob")
    yield
    w.step(doc, "ready", "bob")


@attack("campaign", "G2 not-frozen")
def cut_off_moved_in_the_review(w: Attacker) -> Iterator[None]:
    doc = _campaign(w, "review")
    doc.content = doc.content | {"scope": doc.content["scope"] | {"cut_off": "2026-01-01"}}
    doc.hash = w.text(doc.content)
    yield
    w.step(doc, "edit", "bob")


@attack("campaign", "G2 not-frozen")
def line_after_the_first_count(w: Attacker) -> Iterator[None]:
    """Even a row that the scope does name comes too late."""
    w.sql("DROP TRIGGER campaign_line_no_delete")
    w.sql("DELETE FROM campaign_line WHERE n = 2")
    row = w.row("campaign_line") | {"customer_id": w.facts["blue"], "n": 2}
    yield
    w.insert("campaign_line", row)


@attack("campaign", "G7 over-limit")
def variance_above_the_limit(w: Attacker) -> Iterator[None]:
    doc = w.edited(_campaign(w, "review"), "alice", variances=[{"n": 1, "difference": -20_000_001}])
    w.take(doc, "alice", "submit")
    w.be("ben")
    yield
    w.step(doc, "approve", "ben")


@honest("campaign")
def from_review_to_the_end(w: Attacker) -> Iterator[None]:
    yield
    w.here("cody")
    w.insert("count_event", count_row(w, supersedes=w.facts["count"]))
    doc = w.edited(
        _campaign(w, "recount", "review"), "alice", variances=[{"n": 1, "difference": -5}]
    )
    w.take(doc, "alice", "submit")
    w.take(doc, "dora", "approve")
    w.take(w.take(doc, "alice", "adjust"), "bob", "close")
    again = w.drafted("campaign", list_of_scope(w, w.facts["green"]), "bob")
    w.take(again, "bob", "ready")
    frozen = w.row("campaign_line", "campaign_id = ?", again.id)
    parts = ("billed_minor", "unbilled_minor", "unapplied_minor", "book_minor")
    assert [frozen[part] for part in parts] == [0, 8_000, 3_000, 5_000]


@attack("campaign", "G2 not-frozen")
def line_outside_the_scope(w: Attacker) -> Iterator[None]:
    doc = w.take(w.drafted("campaign", list_of_scope(w, w.facts["red"]), "bob"), "bob", "ready")
    other = {"customer_id": w.facts["customer OLD"], "n": 2, "campaign_id": doc.id}
    yield
    w.insert("campaign_line", w.row("campaign_line") | other)
