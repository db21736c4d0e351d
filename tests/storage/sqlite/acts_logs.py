"""Attacks on evidence, papers, audit, seals and locks; and what a forged sign-in reaches."""

from collections.abc import Iterator
from typing import Any

from tests.storage.books import Match, allocation_text, receipt_text, voucher_text
from tests.storage.sqlite.attacker import ZERO, Attacker, attack, honest, now_us
from tests.storage.sqlite.logged import logged
from tests.storage.sqlite.scene import (
    REASON,
    audit_row,
    count_row,
    decision_row,
    evidence_row,
    lock_row,
    paper_row,
    seal_row,
    variance_row,
)

NO_KEYS = ("foreign_keys=OFF",)
NO_REPLACE = ("recursive_triggers=OFF",)
DAY_US = 86_400_000_000


def _evidence(_w: Attacker, by: str, **other: Any) -> dict[str, Any]:
    return evidence_row(b"more", by, **other)


def _lock(_w: Attacker, by: str, **other: Any) -> dict[str, Any]:
    return lock_row("2025-02", by) | other


for _table, _by, _row in (
    ("count_event", "cody", count_row), ("line_decision", "bob", decision_row),
    ("line_variance", "alice", variance_row), ("audit_event", "aud", audit_row),
):  # fmt: skip
    _other = {"cody": "cindy", "bob": "ben", "alice": "bob", "aud": "dora"}[_by]
    _moment = "received_at" if _by == "cody" else "made_at"
    logged("logs", "G1 not-you", f"{_table}_of_another", _table, _by, _row, chain_of=_other)
    logged(
        "logs",
        "G3 clock",
        f"{_table}_dated_ahead",
        _table,
        _by,
        _row,
        **{_moment: now_us() + DAY_US},
    )
    logged("logs", "G11 chain", f"{_table}_number", _table, _by, _row, actor_seq=99)
    logged(
        "logs", "G11 chain", f"{_table}_predecessor", _table, _by, _row, actor_prev=bytes([9]) * 32
    )
    logged("logs", "G11 chain", f"{_table}_short_hash", _table, _by, _row, hash=b"x")
for _table, _by, _plain in (
    ("evidence", "alice", _evidence), ("paper", "alice", paper_row), ("seal", "bob", seal_row),
    ("period_lock", "bob", _lock),
):  # fmt: skip
    logged("logs", "G1 not-you", f"{_table}_of_another", _table, _by, _plain, chain_of="dora")
    logged(
        "logs", "G3 clock", f"{_table}_dated_ahead", _table, _by, _plain, made_at=now_us() + DAY_US
    )

logged("evidence", "G5 evidence-size", "file_of_no_bytes", "evidence", "alice", _evidence, size=0)
logged(
    "evidence",
    "G5 evidence-size",
    "file_of_21_megabytes",
    "evidence",
    "alice",
    _evidence,
    size=21 * 2**20,
)
logged(
    "evidence", "G2 constraint", "file_with_a_short_hash", "evidence", "alice", _evidence, hash=b"x"
)


@attack("evidence", "G5 evidence-size")
def bytes_beyond_the_size(w: Attacker) -> Iterator[None]:
    w.here("alice")
    w.insert("evidence", evidence_row(b"12"))
    yield
    w.insert("evidence_blob", {"hash": evidence_row(b"12")["hash"], "n": 0, "bytes": b"123"})


@attack("evidence", "G5 evidence-missing")
def submitted_before_the_file_is_there(w: Attacker) -> Iterator[None]:
    text = voucher_text(w.books, w.facts["green"], 500)
    doc = w.drafted("voucher", text | {"evidence": [{"hash": "ab" * 32, "kind": "photo"}]})
    yield
    w.step(doc, "submit", "alice")


@attack("evidence", "G5 evidence-missing")
def submitted_with_half_a_file(w: Attacker) -> Iterator[None]:
    w.here("alice")
    row = evidence_row(b"12")
    w.insert("evidence", row)
    w.insert("evidence_blob", {"hash": row["hash"], "n": 0, "bytes": b"1"})
    text = voucher_text(w.books, w.facts["green"], 500)
    doc = w.drafted("voucher", text | {"evidence": [{"hash": row["hash"].hex(), "kind": "photo"}]})
    yield
    w.step(doc, "submit", "alice")


logged("papers", "G10 copy", "copy_skipped", "paper", "alice", paper_row, copy=5)
logged("papers", "G10 copy", "copy_without_reason", "paper", "alice", paper_row, reason=" ")
logged("papers", "G10 copy", "second_original", "paper", "alice", paper_row, copy=0)


@attack("papers", "G3 not-issued")
def paper_of_a_draft(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", voucher_text(w.books, w.facts["green"], 500))
    yield
    w.insert("paper", paper_row(w, document_id=doc.id, copy=0))


@honest("evidence")
def submitted_with_its_file_in_pieces(w: Attacker) -> Iterator[None]:
    yield
    w.here("alice")
    row = evidence_row(b"12")
    w.insert("evidence", row)
    for n, piece in enumerate((b"1", b"2")):
        w.insert("evidence_blob", {"hash": row["hash"], "n": n, "bytes": piece})
    text = voucher_text(w.books, w.facts["green"], 500)
    w.posted("voucher", text | {"evidence": [{"hash": row["hash"].hex(), "kind": "photo"}]})
    w.here("alice")
    w.insert("paper", paper_row(w))


# -------------------------------------------------------------------- seals and locks
logged("seals", "G11 seal", "seal_skipped", "seal", "bob", seal_row, seq=9)
logged("seals", "G11 seal", "seal_on_another", "seal", "bob", seal_row, prev=ZERO)
logged("seals", "G11 seal", "seal_short", "seal", "bob", seal_row, hash=b"x")
logged("locks", "G8 not-yours-to-lock", "lock_by_an_accountant", "period_lock", "alice", _lock)
logged("locks", "G8 period-not-over", "lock_of_this_month", "period_lock", "bob", _lock,
        period=lambda w: w.books.today()[:7])  # fmt: skip
logged(
    "locks", "G8 period-not-over", "lock_of_no_month", "period_lock", "bob", _lock, period="2025-13"
)
logged("locks", "G2 exists", "lock_twice", "period_lock", "bob", _lock, period="2025-01")


@honest("locks")
def lock_of_a_month_that_is_over(w: Attacker) -> Iterator[None]:
    yield
    text = voucher_text(w.books, w.facts["green"], 500)
    text["entry"]["posting_date"] = "2025-02-28"
    w.posted("voucher", text)
    w.here("dora")
    w.insert("period_lock", lock_row("2025-02", "dora"))
    w.insert("period_lock", lock_row("2025-03", "dora"))


# -------------------------------------------------------------------- forged sign-in
@honest("forged")
def controls_of_the_forger(w: Attacker) -> Iterator[None]:
    """A forged sign-in does what its owner may: only the signature tells, and verify reads it."""
    yield
    w.take(w.submitted("voucher", voucher_text(w.books, w.facts["blue"], 500)), "ben", "approve")


@attack("forged", "G12 unsigned")
def forged_approval_of_who_has_a_key(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", voucher_text(w.books, w.facts["blue"], 500))
    w.be("ben")
    yield
    w.step(doc, "approve", "ben", signature=None)


@attack("forged", "G2 constraint")
def forged_as_nobody(w: Attacker) -> Iterator[None]:
    yield
    w.be("mallory")


@attack("forged", "G1 not-you", pragmas=NO_KEYS)
def shadow_of_the_sign_in(w: Attacker) -> Iterator[None]:
    """A temporary table or view of the same name is not what a guard looks at."""
    doc = w.submitted("voucher", voucher_text(w.books, w.facts["green"], 500))
    row = w.step_row(doc, "approve", "bob")
    w.sql("CREATE TEMP VIEW signed_in AS SELECT 'bob' AS person")
    w.sql("CREATE TEMP TABLE sign_in AS SELECT 99 AS seq, 'bob' AS person")
    yield
    w.insert("main.step", row)


@attack("forged", "G7 over-limit")
def shadow_of_the_limits(w: Attacker) -> Iterator[None]:
    doc = w.submitted("voucher", voucher_text(w.books, w.facts["green"], 20_000_001))
    w.sql(
        "CREATE TEMP VIEW authority_last AS SELECT id, person, role, 1000000000000 AS limit_minor,"
        " 0 AS loss_limit_minor, 1000000000000 AS window_minor, 0 AS valid_from, NULL AS valid_to"
        " FROM main.authority"
    )
    w.be("ben")
    yield
    w.step(doc, "approve", "ben")


@attack("forged", "G3 not-allowed")
def forged_counter_drafts(w: Attacker) -> Iterator[None]:
    doc = w.hand("receipt", receipt_text(w.books, w.facts["green"], 5))
    w.be("cody")
    yield
    w.step(doc, "draft", "cody")


@attack("forged", "G9 item-changed")
def forged_allocation_replayed(w: Attacker) -> Iterator[None]:
    match = Match(w.facts["charge"], w.facts["credit"])
    doc = w.submitted("allocation", allocation_text(w.books, w.facts["green"], match, 5))
    w.take(doc, "alice", "allocate")
    yield
    w.step(doc, "post", "alice")


@attack("forged", "G3 reason")
def forged_void_without_reason(w: Attacker) -> Iterator[None]:
    doc = w.drafted("voucher", voucher_text(w.books, w.facts["green"], 5))
    w.be("bob")
    yield
    w.step(doc, "void", "bob", reason=REASON[:4])


# -------------------------------------------------------------------- rows taken over by REPLACE
@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def count_taken_over(w: Attacker) -> Iterator[None]:
    w.here("cody")
    yield
    w.insert("count_event", count_row(w, id=w.facts["count"]), "OR REPLACE")


@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def decision_taken_over(w: Attacker) -> Iterator[None]:
    known = w.one("SELECT id FROM line_decision")
    w.here("bob")
    yield
    w.insert("line_decision", decision_row(w, id=known), "OR REPLACE")


@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def saying_taken_over(w: Attacker) -> Iterator[None]:
    w.here("alice")
    yield
    w.insert("line_variance", variance_row(w, id=w.facts["said"]), "OR REPLACE")


@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def audit_taken_over(w: Attacker) -> Iterator[None]:
    known = w.one("SELECT id FROM audit_event")
    w.here("aud")
    yield
    w.insert("audit_event", audit_row(w, id=known), "OR REPLACE")


@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def paper_taken_over(w: Attacker) -> Iterator[None]:
    known = w.one("SELECT id FROM paper")
    w.here("alice")
    yield
    w.insert("paper", paper_row(w, id=known), "OR REPLACE")


@attack("logs", "G2 exists", pragmas=NO_REPLACE)
def piece_taken_over(w: Attacker) -> Iterator[None]:
    yield
    w.insert("evidence_blob", w.row("evidence_blob") | {"bytes": b""}, "OR REPLACE")
