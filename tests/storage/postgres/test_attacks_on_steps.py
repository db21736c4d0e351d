# ruff: noqa: E501 - one act a row
"""Approvals, order, limits and missing values, tried with raw SQL by people with passwords."""

from collections.abc import Callable

import psycopg
import pytest

from erpdesk.domain.content import canonical
from tests.storage.postgres.attack import (
    Attack,
    Scene,
    approve_and_post,
    names,
    prove_denied,
)
from tests.storage.postgres.firm import (
    Doc,
    Firm,
    a_line,
    a_voucher,
    an_entry,
    an_id,
)
from tests.storage.postgres.world import World, lock_period

pytestmark = pytest.mark.postgres


def _verb(name: str, verb: str, /, **other: object) -> Callable[[Scene], object]:
    return lambda s: s.hand.step(s.world.docs[name], verb, **other)


def _next(doc: Doc, by: int) -> Doc:
    return Doc(doc.id, doc.kind, doc.seq + by, doc.hash, doc.content)


def _edited_under_eyes(firm: Firm, world: World) -> Doc:
    """Return a document as the approver saw it, before its maker withdrew and changed it."""
    shown = firm.made("alice", "voucher", a_voucher(world.customers[0]), "submit")
    own = firm.own("alice")
    doc = own.step(shown, "withdraw")
    body = {**shown.content, "memo": "改过了"}
    changed = Doc(doc.id, doc.kind, doc.seq, own.text(canonical(body)), body)
    doc = own.does(changed, "edit", "submit")
    return Doc(doc.id, doc.kind, doc.seq, shown.hash, shown.content)


def _replay(s: Scene) -> None:
    step = s.hand.sql("SELECT * FROM erp.step WHERE made_by = 'bob' LIMIT 1")
    columns = [d.name for d in step.description or ()]
    s.hand.insert("step", **dict(zip(columns, step.fetchone() or (), strict=True)))


def _snapshot_before_the_lock(s: Scene) -> None:
    s.hand.connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    s.hand.step(s.world.docs["waiting"], "approve")


def _general_entry(firm: Firm, _: World) -> Doc:
    content = {
        "entry": an_entry(),
        "lines": [a_line(1, "1002", 1, 300_000_00), a_line(2, "6001", -1, 300_000_00)],
    }
    return firm.made("alice", "voucher", content, "submit")


def _role_for(person: str, role: str, **other: object) -> Callable[[Firm, World], Doc]:
    def prepare(firm: Firm, _: World) -> Doc:
        given = {"authority": [{"id": an_id(), "person": person, "role": role, **other}]}
        return firm.made("adam", "authority", given, "submit")

    return prepare


def _two_at_once(s: Scene) -> None:
    """Approve two documents in one INSERT, so that neither is in the other's sum."""
    s.hand.sql(
        "INSERT INTO erp.step (id, document_id, seq, kind, verb, content_hash, made_by, from_state, to_state, made_at,"
        " self_review, risk, actor_seq, actor_prev, document_prev, hash)"
        " SELECT gen_random_uuid(), id, seq + 1, kind, 'approve', content_hash, 'ben', '', '', 0, 0, 0, 0, '', '', ''"
        " FROM erp.document WHERE id IN (%s, %s)",
        s.world.docs["waiting"].id,
        s.world.docs["spare"].id,
    )


APPROVALS = [
    Attack("approve in another name", "alice", _verb("waiting", "approve", made_by="bob"), "G1 not-you"),
    Attack("act as the owner", "alice", _verb("waiting", "withdraw", made_by="erp_owner"), "G1 not-you"),
    Attack("approve one's own", "amy", _verb("amys", "approve"), "G4 own-work"),
    Attack("endorse one's own", "amy", _verb("amys", "endorse"), "G4 own-work"),
    Attack("reject one's own", "amy", _verb("amys", "reject", reason="不要这一张了"), "G4 own-work"),
    Attack("the endorser approves", "dora", _verb("endorsed", "approve"), "G4 own-work"),
    Attack("an accountant approves", "carol", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("a cashier approves", "kate", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("a collector approves", "cole", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("an admin approves", "adam", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("an auditor approves", "aud", _verb("waiting", "approve"), "42501 permission denied for table step"),
    Attack("a counter approves", "cody", _verb("waiting", "approve"), "42501 permission denied for table step"),
    Attack("table right without authority", "idle", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("authority that ran out", "rolf", _verb("waiting", "approve"), "G3 not-allowed"),
    Attack("a lowered limit", "lou", _verb("waiting", "approve"), "G7 over-limit"),
    Attack("a limit of zero", "zero", _verb("waiting", "approve"), "G7 over-limit"),
    Attack("above the limit", "bob", _verb("big", "approve"), "G7 over-limit"),
    Attack("above the window", "eva", _verb("windowed", "approve"), "G7 over-window"),
    Attack("splitting over two approvers", "ben", _verb("split", "approve"), "G7 splitting"),
    Attack("one alone above the two-person sum", "dora", _verb("huge", "approve"), "G7 two-persons"),
    Attack("unsigned with a registered key", "sig", _verb("waiting", "approve"), "G12 unsigned"),
    Attack("a short signature", "sig", _verb("waiting", "endorse", signature=b"x" * 63), "G12 unsigned"),
    Attack("one's own rise", "bob", _verb("rise", "approve"), "G3 not-allowed"),
    Attack("an admin approves a rise", "adam", _verb("risen", "approve"), "G3 not-allowed"),
    Attack("who counted approves the campaign", "vera", _verb("counted", "approve"), "G4 own-work"),
    Attack("above the limit without a customer", "ben", lambda s: s.hand.step(s.doc, "approve"), "G7 over-limit",
           _general_entry),
    Attack("a login made again", "ghost", _verb("waiting", "approve"), "G1 not-you"),
    Attack("a person without a chain", "unchained", _verb("waiting", "approve"), "G11 chain"),
    Attack("an admin gets another role", "dora", approve_and_post, "G7 admin-alone", _role_for("adam", "supervisor")),
    Attack("a supervisor becomes admin", "dora", approve_and_post, "G7 admin-alone", _role_for("bob", "admin")),
    Attack("cash and books in one hand", "dora", approve_and_post, "G7 cash-and-books", _role_for("kate", "accountant")),
    Attack("a key for nobody", "dora", approve_and_post, "G7 half-authority", lambda f, _: f.made("adam", "authority", {
        "authority": [], "keys": [{"person": "nobody", "public_key": "00" * 32}]}, "submit")),
    Attack("owner mode claimed", "amy", _verb("amys", "approve", self_review=1), "G4 own-work"),
    Attack("a director drafts", "dora", lambda s: s.hand.draft("voucher", a_voucher(s.world.customers[0])),
           "42501 permission denied for table content"),
    Attack("a cashier drafts a voucher", "kate", lambda s: s.hand.draft("voucher", a_voucher(s.world.customers[0])),
           "G3 not-allowed"),
]  # fmt: skip

ORDER = [
    Attack("post without approval", "bob", _verb("waiting", "post"), "G3 not-allowed"),
    Attack("post a draft", "bob", _verb("draft", "post"), "G3 not-allowed"),
    Attack("post twice", "bob", _verb("posted", "post"), "G3 not-allowed"),
    Attack("void a posted document", "bob", _verb("posted", "void", reason="作废这一张"), "G3 not-allowed"),
    Attack("edit after submit", "alice", _verb("waiting", "edit"), "G3 not-allowed"),
    Attack("edit what is posted", "alice", _verb("posted", "edit"), "G3 not-allowed"),
    Attack("an invented verb", "bob", _verb("waiting", "bless"), "G3 not-allowed"),
    Attack("an invented kind", "alice",
           lambda s: s.hand.step(Doc(an_id(), "gift", 0, s.world.docs["draft"].hash), "draft"), "G3 not-allowed"),
    Attack("another kind", "bob",
           lambda s: s.hand.step(s.world.docs["waiting"], "approve", kind="receipt"), "G3 kind"),
    Attack("the same seq", "bob", lambda s: s.hand.step(_next(s.world.docs["waiting"], -1), "approve"), "G3 stale"),
    Attack("a seq skipped", "bob", lambda s: s.hand.step(_next(s.world.docs["waiting"], 1), "approve"), "G3 stale"),
    Attack("a seq far ahead", "bob",
           lambda s: s.hand.step(_next(s.world.docs["waiting"], 10**9), "approve"), "G3 stale"),
    Attack("a new document from seq two", "alice",
           lambda s: s.hand.step(Doc(an_id(), "voucher", 1, s.world.docs["draft"].hash), "draft"), "G3 stale"),
    Attack("look, then another text", "bob", lambda s: s.hand.step(s.doc, "approve"), "G5 other-text",
           _edited_under_eyes),
    Attack("approve another text", "bob",
           lambda s: s.hand.step(s.world.docs["waiting"], "approve", content_hash=s.world.docs["draft"].hash),
           "G5 other-document"),
    Attack("approve no stored text", "bob",
           lambda s: s.hand.step(s.world.docs["waiting"], "approve", content_hash=bytes(32)), "G5 other-document"),
    Attack("the text of another document", "carol",
           lambda s: s.hand.step(Doc(an_id(), "voucher", 0, s.world.docs["draft"].hash), "draft"), "G5 other-document"),
    Attack("a step taken again", "bob", _replay, "G2 exists"),
    Attack("the id of another's step", "carol",
           lambda s: s.hand.step(s.world.docs["draft"], "submit",
                                 id=s.hand.one("SELECT id FROM erp.step LIMIT 1")), "G2 exists"),
    Attack("two steps in one statement", "ben", _two_at_once, "23505 duplicate key value violates unique"),
    Attack("a snapshot older than the lock", "bob", _snapshot_before_the_lock, "G0 isolation"),
    Attack("serializable", "bob",
           lambda s: (s.hand.sql("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
                      s.hand.step(s.world.docs["waiting"], "approve")), "G0 isolation"),
    Attack("post into a locked period", "bob", lambda s: s.hand.does(s.world.docs["locked"], "approve", "post"),
           "G8 period"),
    Attack("lock as an accountant", "alice", lambda s: lock_period(s.hand, "2025-02"),
           "42501 permission denied for table period_lock"),
    Attack("lock in another name", "bob", lambda s: lock_period(s.hand, "2025-02", made_by="dora"), "G1 not-you"),
    Attack("lock without authority", "idle", lambda s: lock_period(s.hand, "2025-02"), "G8 not-yours-to-lock"),
    Attack("lock before its end", "bob", lambda s: lock_period(s.hand, "2045-12"), "G8 period-not-over"),
    Attack("lock an unknown period", "bob", lambda s: lock_period(s.hand, "1999-12"), "G8 period-not-over"),
    Attack("lock twice", "bob", lambda s: lock_period(s.hand, "2025-01"), "G2 exists"),
    Attack("two approvals of one text", "bob", _verb("approved", "approve"), "G3 not-allowed"),
]  # fmt: skip

REASONS = [
    Attack(f"a reason of {reason!r}", "bob", _verb("waiting", "reject", reason=reason), "G3 reason")
    for reason in (None, "", "     ", "\u3000\u3000\u3000\u3000\u3000", "\u200b" * 9, "不要", "\t\n \xa0", "\ufeff" * 6)
]  # fmt: skip

MISSING = [
    Attack(f"no {column}", "bob", _verb("waiting", "approve", **{column: None}), refusal)
    for column, refusal in (
        ("made_by", "G1 not-you"), ("seq", "G3 stale"), ("kind", "G3 kind"), ("verb", "G3 not-allowed"),
        ("content_hash", "G5 other-document"), ("document_id", "G3 stale"),
        ("id", '23502 null value in column "id"'),
    )
]  # fmt: skip


@pytest.mark.parametrize("attack", [*APPROVALS, *ORDER, *REASONS, *MISSING], ids=names)
def test_that_the_step_is_refused(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)


def test_that_times_and_chain_values_are_the_servers(firm: Firm, world: World) -> None:
    with firm.hand("alice") as hand:
        head = hand.sql("SELECT seq, hash FROM erp.chain_head WHERE actor = 'alice'").fetchone()
        forged = {"made_at": 1, "actor_seq": 9**9, "actor_prev": b"z" * 32, "hash": b"y" * 32,
                  "from_state": "approved", "to_state": "posted", "risk": 0, "self_review": 1}  # fmt: skip
        hand.step(world.docs["draft"], "submit", **forged)
        stored = hand.sql(
            "SELECT made_at > 1, actor_seq, actor_prev, hash <> %s, to_state, risk, self_review"
            " FROM erp.step ORDER BY made_at DESC LIMIT 1", b"y" * 32,
        ).fetchone()  # fmt: skip
    assert head is not None
    assert stored == (True, head[0] + 1, head[1], True, "submitted", 113_00, 0)
