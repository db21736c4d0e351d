"""A company with at least one row in every table, made by honest plain SQL."""

import hashlib
from pathlib import Path
from typing import Any

from erpdesk.domain.content import canonical, record_hash
from erpdesk.storage.counts import COUNT_FIELDS, DECISION_FIELDS
from erpdesk.storage.database import open_database
from erpdesk.storage.founding import add_person, found_file
from erpdesk.storage.variances import VARIANCE_FIELDS
from tests.storage.books import (
    FIRST_MONTH,
    Books,
    Clock,
    Match,
    allocation_text,
    customer_text,
    new_people,
    receipt_text,
    voucher_text,
)
from tests.storage.sqlite.attacker import ZERO, Attacker, Hand, Row, now_us

AUDIT_FIELDS = ("id", "made_by", "made_at", "what", "detail", "actor_seq", "actor_prev")
PHOTO = b"a photo"
PHOTO_HASH = hashlib.sha256(PHOTO).digest()
REASON = "和实际情况不一致"


def set_up_books(path: Path, clock: Clock) -> Books:
    """Make a company that is still being set up: people, and nothing else."""
    database = open_database(str(path), create=True)
    with database.writing() as connection:
        found_file(connection, first_month=FIRST_MONTH)
        for person in new_people():
            add_person(connection, person, at_us=clock.now_us())
    return Books(lambda _name: database, clock)


# -------------------------------------------------------------------- texts of the rarer kinds
def listed(what: str, list_id: str, rows: int, **sums: int) -> Row:
    """Return the section that names a long list."""
    return {"id": list_id, "what": what, "rows": rows, "hash": "00" * 32, "sums": sums}


def list_of_customers(w: Attacker, *codes: str, ids: Row | None = None) -> Row:
    """Store a list of customers and return the text of its import."""
    list_id = w.id()
    for n, code in enumerate(codes, 1):
        customer = (ids or {}).get(code) or w.id()
        w.facts[f"customer {code}"] = customer
        w.insert("list_customer", listed_customer(customer, code) | {"list_id": list_id, "n": n})
    return {"list": listed("customers", list_id, len(codes))}


def listed_customer(customer: str, code: str) -> Row:
    """Return what a list holds of a customer."""
    record = {"code": code, "codes": [{"code": code, "kind": "main"}], "name": code}
    return {"id": customer, "record": canonical(record), "contact": "{}"}


def list_of_items(w: Attacker, customer: str, *amounts: int) -> Row:
    """Store opening items against 4999 and return the text of their import."""
    list_id = w.id()
    common = {"currency": "CNY", "list_id": list_id}
    for n, amount in enumerate(amounts, 1):
        item = w.id()
        w.facts[f"opening {amount}"] = item
        whose = {"customer_id": customer, "account": "1122.02"}
        row = {"n": n, "id": item, "amount_minor": amount, "due_date": w.books.today()}
        w.insert("list_item", common | whose | row | {"label": f"应-{n}"})
        pair = ((2 * n - 1, 1, whose | {"item_id": item}), (2 * n, -1, {"account": "4999"}))
        for number, side, more in pair:
            line = {"n": number, "side": side, "amount_minor": amount, "base_minor": amount}
            w.insert("list_line", common | line | more)
    head = {"id": w.id(), "series": "记", "posting_date": "2025-01-15", "rule": "P0/1"}
    return {
        "entry": head,
        "list": listed("items", list_id, len(amounts), lines=2 * len(amounts)),
    }


def delivery_row(w: Attacker, list_id: str, n: int, number: str, customer: str) -> Row:
    """Return a delivery of 100.00 in a list, not yet stored."""
    return {
        "list_id": list_id, "n": n, "id": w.id(), "source": "erp", "number": number, "revision": 1,
        "customer_id": customer, "day": "2026-11-02", "currency": "CNY", "amount_minor": 10_000,
        "tax_included": 1, "body": "{}",
    }  # fmt: skip


def list_of_deliveries(w: Attacker, customer: str, *numbers: str, **other: Any) -> Row:
    """Store deliveries of 100.00 each and return the text of their import."""
    list_id, total = w.id(), 0
    for n, number in enumerate(numbers, 1):
        row = delivery_row(w, list_id, n, number, customer) | other
        total += row["amount_minor"]
        w.facts[f"delivery {number}"] = row["id"]
        w.insert("list_delivery", row)
    return {"list": listed("deliveries", list_id, len(numbers), CNY=total)}


def list_of_scope(w: Attacker, *customers: str) -> Row:
    """Store a scope and return the text of a campaign over it."""
    list_id = w.id()
    for n, customer in enumerate(customers, 1):
        row = {"list_id": list_id, "n": n, "customer_id": customer, "currency": "CNY"}
        w.insert("list_scope", row | {"counter": "cody"})
    scope = {"name": "年末盘点", "cut_off": w.books.today(), "blind": 0}
    return {"scope": scope, "list": listed("scope", list_id, len(customers))}


def using(w: Attacker, number: str, amount: int, customer: str | None = None) -> Row:
    """Return a voucher over a delivery."""
    text = voucher_text(w.books, customer or w.facts["green"], amount)
    return text | {"deliveries": [{"id": w.facts[f"delivery {number}"], "amount": amount}]}


def imported(w: Attacker, text: Row, by: str = "alice") -> Hand:
    """Load a list alone: draft, submit, load, post."""
    return w.take(w.submitted("import", text, by), by, "load", "post")


# -------------------------------------------------------------------- rows of the plain logs
def chained(w: Attacker, by: str) -> Row:
    """Return where somebody's chain goes on."""
    seq, last = w.sql("SELECT seq + 1, hash FROM chain_head WHERE actor = ?", by)[0]
    return {"actor_seq": seq, "actor_prev": last}


def count_row(w: Attacker, by: str = "cody", **other: Any) -> Row:
    """Return a count in the scene's campaign by a counter who is here."""
    row: Row = {
        "id": w.id(), "campaign_id": w.facts["campaign"], "customer_id": w.facts["green"],
        "raw": b"C1", "source": "keyboard", "device_id": w.id(), "device_seq": 1,
        "device_time": None, "stated_minor": 100, "currency": "CNY", "supersedes": None,
        "body": None, "made_by": by, "received_at": now_us(),
    } | chained(w, by)  # fmt: skip
    row |= other
    return row | {"hash": record_hash("erpdesk.count.1", [row[f] for f in COUNT_FIELDS])} | other


def decision_row(w: Attacker, by: str = "bob", **other: Any) -> Row:
    """Return a decision on a line of the scene's campaign."""
    row: Row = {
        "id": w.id(), "campaign_id": w.facts["campaign"], "customer_id": w.facts["green"],
        "event_id": None, "verb": "accept", "to_person": None, "body": None, "reason": REASON,
        "made_by": by, "made_at": now_us(),
    } | chained(w, by)  # fmt: skip
    row |= other
    return (
        row | {"hash": record_hash("erpdesk.decision.1", [row[f] for f in DECISION_FIELDS])} | other
    )


def variance_row(w: Attacker, by: str = "alice", **other: Any) -> Row:
    """Return what else is said of the line of the scene's campaign in review."""
    grey = w.facts["grey"]
    row: Row = {
        "id": w.id(), "campaign_id": w.facts["reviewed"], "customer_id": grey, "currency": "CNY",
        "n": 2, "body": canonical({"customer": grey, "currency": "CNY"}), "made_by": by,
        "made_at": now_us(),
    } | chained(w, by)  # fmt: skip
    row |= other
    return (
        row | {"hash": record_hash("erpdesk.variance.1", [row[f] for f in VARIANCE_FIELDS])} | other
    )


def audit_row(w: Attacker, by: str = "aud", **other: Any) -> Row:
    """Return an event of the audit log."""
    row: Row = {
        "id": w.id(), "made_by": by, "made_at": now_us(), "what": "export", "detail": "ledger",
    } | chained(w, by)  # fmt: skip
    row |= other
    return row | {"hash": record_hash("erpdesk.audit.1", [row[f] for f in AUDIT_FIELDS])} | other


def evidence_row(data: bytes, by: str = "alice", **other: Any) -> Row:
    """Return the row that announces a file."""
    return {
        "hash": hashlib.sha256(data).digest(), "media_type": "image/png", "name": "photo.png",
        "size": len(data), "made_by": by, "made_at": now_us(),
    } | other  # fmt: skip


def paper_row(w: Attacker, by: str = "alice", **other: Any) -> Row:
    """Return the first paper of the scene's voucher."""
    return {
        "id": w.id(), "document_id": w.facts["voucher"], "hash": PHOTO_HASH, "copy": 1,
        "reason": "客户要一份", "made_by": by, "made_at": now_us(),
    } | other  # fmt: skip


def seal_row(w: Attacker, by: str = "bob", **other: Any) -> Row:
    """Return the next seal."""
    last = w.sql("SELECT seq + 1, hash FROM seal ORDER BY seq DESC LIMIT 1") or [(1, ZERO)]
    return {
        "seq": last[0][0], "made_by": by, "made_at": now_us(), "heads": "bob 1 00",
        "prev": last[0][1], "hash": hashlib.sha256(w.id().encode()).digest(),
    } | other  # fmt: skip


def lock_row(period: str, by: str = "bob", **other: Any) -> Row:
    """Return the lock of a month."""
    return {"period": period, "made_by": by, "made_at": now_us(), "ledger_hash": ZERO} | other


# -------------------------------------------------------------------- the scene
def furnish(w: Attacker) -> None:
    """Fill a company that is being set up with one of everything."""
    w.be("alice")
    key = {"person": "alice", "n": 1, "verifier": "argon2", "made_at": now_us()}
    w.insert("person_key", key)
    w.insert("firm", {"key": "name", "value": "青禾商贸"})
    imported(w, list_of_customers(w, "OLD"))
    imported(w, list_of_items(w, w.facts["customer OLD"], 700))
    for n, name in enumerate(("green", "blue", "red", "grey"), 1):
        w.facts[name] = w.books.customers[name] = w.id()
        doc = w.posted("customer", customer_text(w.facts[name], f"C{n}", name, f"BAR{n}"))
        w.facts[f"customer document {name}"] = doc.id
    imported(w, list_of_deliveries(w, w.facts["green"], "D1", "D2", "D3"))
    _trade(w)
    _keep(w)
    _count(w)
    w.be("bob")
    w.insert("period_lock", lock_row("2025-01"))
    w.insert("seal", seal_row(w))


def _trade(w: Attacker) -> None:
    text = using(w, "D1", 10_000)
    w.facts["voucher"] = w.posted("voucher", text).id
    w.facts["voucher text"], w.facts["charge"] = text, text["items"][0]["id"]
    paid = receipt_text(w.books, w.facts["green"], 5_000)
    w.facts["receipt"] = w.posted("receipt", paid, "kate").id
    w.facts["credit"] = paid["items"][0]["id"]
    matched = allocation_text(
        w.books, w.facts["green"], Match(w.facts["charge"], w.facts["credit"]), 2_000
    )
    w.facts["allocation"] = matched["allocations"][0]["id"]
    w.take(w.submitted("allocation", matched), "alice", "allocate", "post")


def _keep(w: Attacker) -> None:
    w.here("alice")
    w.insert("evidence", evidence_row(PHOTO))
    w.insert("evidence_blob", {"hash": PHOTO_HASH, "n": 0, "bytes": PHOTO})
    w.insert("paper", paper_row(w, copy=0, reason=None))
    w.be("aud")
    w.insert("audit_event", audit_row(w))


def _count(w: Attacker) -> None:
    doc = w.drafted("campaign", list_of_scope(w, w.facts["green"], w.facts["blue"]), "bob")
    w.facts["campaign"], w.facts["campaign text"] = doc.id, doc.content
    w.take(doc, "bob", "ready")
    w.be("cody")
    counted = count_row(w)
    w.facts["count"] = counted["id"]
    w.insert("count_event", counted)
    w.be("bob")
    w.insert("line_decision", decision_row(w))
    _review(w)


def _review(w: Attacker) -> None:
    doc = w.drafted("campaign", list_of_scope(w, w.facts["grey"]), "bob")
    w.facts["reviewed"], w.facts["reviewed text"] = doc.id, doc.content
    w.take(doc, "bob", "ready", "review")
    w.here("alice")
    said = variance_row(w, n=1)
    w.facts["said"] = said["id"]
    w.insert("line_variance", said)
