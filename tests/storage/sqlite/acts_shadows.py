"""Attacks by temporary triggers: they leave no trace in the file, and skip what a guard writes."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.storage.books import (
    Match,
    allocation_text,
    customer_text,
    line,
    reversal_text,
    voucher_text,
)
from tests.storage.sqlite.attacker import Attacker, Hand, attack
from tests.storage.sqlite.scene import (
    audit_row,
    count_row,
    decision_row,
    list_of_customers,
    list_of_deliveries,
    list_of_scope,
    using,
    variance_row,
)

NO_LOOPS = ("recursive_triggers=OFF",)
NO_KEYS = ("foreign_keys=OFF",)
Prepare = Callable[[Attacker], Hand]


def _skip(w: Attacker, event: str) -> None:
    """Make the engine leave out every act of a sort without a word."""
    w.sql(f"CREATE TEMP TRIGGER skip BEFORE {event} BEGIN SELECT RAISE(IGNORE); END")


def _meddle(w: Attacker, event: str, act: str) -> None:
    """Do something of one's own in the middle of an unfolding."""
    w.sql(f"CREATE TEMP TRIGGER meddle BEFORE {event} BEGIN {act}; END")


def _skipping(code: str, event: str, by: str, verb: str, prepare: Prepare) -> None:
    """List a step of which one consequence is skipped."""

    def play(w: Attacker) -> Iterator[None]:
        doc = prepare(w)
        w.here(by)
        _skip(w, event)
        yield
        w.step(doc, verb, by)

    name = f"{verb}_{event.replace(' ', '_')}_{prepare.__name__}"
    attack("skipped", code, name=name, pragmas=NO_KEYS)(play)


def _voucher(w: Attacker) -> Hand:
    return w.drafted("voucher", using(w, "D2", 500))


def _held(w: Attacker) -> Hand:
    return w.submitted("voucher", using(w, "D2", 500))


def _approved(w: Attacker) -> Hand:
    return w.approved("voucher", voucher_text(w.books, w.facts["green"], 500))


def _approved_alone(w: Attacker) -> Hand:
    lines = [line(1, "1002", 1, 500), line(2, "6001", -1, 500)]
    head = voucher_text(w.books, w.facts["green"], 500)["entry"]
    return w.approved("voucher", {"entry": head, "lines": lines})


def _matched(w: Attacker) -> Hand:
    match = Match(w.facts["charge"], w.facts["credit"], 2, 2)
    return w.approved("allocation", allocation_text(w.books, w.facts["green"], match, 500))


def _customer(w: Attacker) -> Hand:
    return w.approved("customer", customer_text(w.facts["green"], "C1", "other", "FRESH"))


def _renamed(w: Attacker) -> Hand:
    return w.approved("customer", customer_text(w.facts["green"], "C1", "other"))


def _customers(w: Attacker) -> Hand:
    return w.approved("import", list_of_customers(w, "N1"))


def _deliveries(w: Attacker) -> Hand:
    return w.approved("import", list_of_deliveries(w, w.facts["green"], "D7"))


def _key(w: Attacker) -> Hand:
    text = {"keys": [{"person": "ben", "public_key": "ab" * 32}]}
    return w.take(w.submitted("authority", text, "adam"), "dora", "approve")


def _role(w: Attacker) -> Hand:
    text = {"authority": [{"id": w.id(), "person": "carol", "role": "collector"}]}
    return w.take(w.submitted("authority", text, "adam"), "dora", "approve")


def _campaign(w: Attacker) -> Hand:
    return w.drafted("campaign", list_of_scope(w, w.facts["red"]), "bob")


def _undoing(w: Attacker) -> Hand:
    origin = using(w, "D2", 500)
    w.posted("voucher", origin)
    return w.approved("reversal", reversal_text(w.books, origin))


for _case in (
    ("G3 head", "UPDATE ON main.document", "alice", "submit", _voucher),
    ("G11 chain", "UPDATE ON main.chain_head", "alice", "submit", _voucher),
    ("G9 not-a-use", "INSERT ON main.delivery_use", "alice", "submit", _voucher),
    ("G9 not-a-use", "INSERT ON main.delivery_use", "alice", "withdraw", _held),
    ("G9 not-a-use", "INSERT ON main.delivery_use", "bob", "post", _undoing),
    ("G2 exists", "UPDATE ON main.number_series", "bob", "post", _approved),
    ("G2 not-approved-item", "INSERT ON main.journal_entry", "bob", "post", _approved),
    ("G6 half-an-entry", "INSERT ON main.journal_line", "bob", "post", _approved_alone),
    ("G2 head", "UPDATE ON main.period_total", "bob", "post", _approved),
    ("G6 items-and-ledger", "INSERT ON main.open_item", "bob", "post", _approved),
    ("G6 items-and-ledger", "UPDATE ON main.open_item", "bob", "post", _matched),
    ("G5 customer-differs", "UPDATE ON main.customer", "bob", "post", _renamed),
    ("G5 customer-differs", "UPDATE ON main.customer_code", "bob", "post", _customer),
    ("G5 code-taken", "INSERT ON main.customer_code", "bob", "post", _customer),
    ("G5 list-differs", "INSERT ON main.customer_code", "bob", "post", _customers),
    ("G5 list-differs", "INSERT ON main.delivery", "bob", "post", _deliveries),
    ("G5 list-differs", "INSERT ON main.campaign_line", "bob", "ready", _campaign),
    ("G7 half-authority", "INSERT ON main.authority", "dora", "post", _role),
    ("G7 half-authority", "UPDATE ON main.person", "dora", "post", _key),
):
    _skipping(*_case)


def _head_of_the_chain(table: str, by: str, row: Callable[..., dict[str, Any]]) -> None:
    def play(w: Attacker) -> Iterator[None]:
        w.here(by)
        _skip(w, "UPDATE ON main.chain_head")
        yield
        w.insert(table, row(w))

    attack("skipped", "G11 chain", name=f"{table}_and_its_chain")(play)


_head_of_the_chain("count_event", "cody", count_row)
_head_of_the_chain("line_decision", "bob", decision_row)
_head_of_the_chain("line_variance", "alice", variance_row)
_head_of_the_chain("audit_event", "aud", audit_row)


@attack("skipped", "G2 head")
def totals_of_a_new_month(w: Attacker) -> Iterator[None]:
    text = voucher_text(w.books, w.facts["green"], 500)
    text["entry"]["posting_date"] = "2025-02-28"
    doc = w.approved("voucher", text)
    _skip(w, "INSERT ON main.period_total")
    yield
    w.step(doc, "post", "bob")


# -------------------------------------------------------------------- numbers drawn in between
JUMP = "UPDATE number_series SET last = last + 1 WHERE series = '记' AND period LIKE '2026%'"


@attack("meddled", "G10 number")
def a_number_drawn_in_between(w: Attacker) -> Iterator[None]:
    doc = _approved(w)
    _meddle(w, "INSERT ON main.journal_entry", JUMP)
    yield
    w.step(doc, "post", "bob")


@attack("meddled", "G10 number")
def a_document_number_drawn_in_between(w: Attacker) -> Iterator[None]:
    doc = _voucher(w)
    jump = JUMP.replace("'记'", "'doc:临'")
    _meddle(w, "UPDATE OF number ON main.document", jump)
    yield
    w.step(doc, "submit", "alice")


@attack("meddled", "G10 number", pragmas=NO_LOOPS)
def five_numbers_drawn_at_once(w: Attacker) -> Iterator[None]:
    doc = _approved(w)
    _meddle(w, "INSERT ON main.number_series", JUMP.replace("+ 1", "+ 5"))
    yield
    w.step(doc, "post", "bob")


@attack("meddled", "G10 number", pragmas=NO_LOOPS)
def a_counter_of_another_month_opened(w: Attacker) -> Iterator[None]:
    doc = _approved(w)
    _meddle(
        w, "INSERT ON main.number_series", "INSERT INTO number_series VALUES ('记', '2030-01', 1)"
    )
    yield
    w.step(doc, "post", "bob")
