# ruff: noqa: E501 - one act a row
"""Roles, rights, reading what is not one's own, locks and noise; and a careless superuser."""

import contextlib
import os
from collections.abc import Callable

import psycopg
import pytest
from psycopg import pq

from tests.storage.postgres.attack import Attack, Scene, names, prove_denied, said
from tests.storage.postgres.firm import Doc, Firm, an_id, fingerprint
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres
DENIED = "42501 permission denied"


def _sql(*statements: str) -> Callable[[Scene], object]:
    return lambda s: [s.hand.sql(statement) for statement in statements]


def _all(person: str, refusal: str, *statements: str) -> list[Attack]:
    return [Attack(f"{person}: {x[:70]}", person, _sql(x), refusal) for x in statements]


def _alter_system(s: Scene) -> None:
    s.hand.connection.autocommit = True
    s.hand.sql("ALTER SYSTEM SET fsync = off")


ROLES = [
    *_all("bob", "42501", "SET ROLE erp_owner", "SET ROLE erp_director", "SET ROLE postgres",
          "SET SESSION AUTHORIZATION dora", "SET session_replication_role = replica",
          "CREATE ROLE mallory", "ALTER ROLE dora PASSWORD 'x'", "ALTER ROLE bob CONNECTION LIMIT 99",
          "GRANT erp_director TO bob", "ALTER ROLE carol RENAME TO caroline", "DROP ROLE carol",
          "ALTER ROLE bob SET temp_file_limit = -1"),
    Attack("alter system", "bob", _alter_system, "42501"),
    *_all("bob", "42501", "CREATE TABLE erp.mine (x int)", "CREATE TABLE public.mine (x int)",
          "CREATE TEMP TABLE mine (x int)", "CREATE SCHEMA mine", "CREATE FUNCTION erp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE EXTENSION dblink",
          "CREATE TRIGGER mine BEFORE INSERT ON erp.step FOR EACH ROW EXECUTE FUNCTION erp.step_judge()",
          "ALTER TABLE erp.step DISABLE TRIGGER ALL", "DROP TRIGGER b_judge ON erp.step",
          "DROP FUNCTION erp.step_judge() CASCADE", "DROP TABLE erp.step", "DROP SCHEMA erp CASCADE",
          "CREATE OR REPLACE FUNCTION erp.actor(claimed text) RETURNS erp.chain_head LANGUAGE sql AS 'SELECT NULL'",
          "ALTER FUNCTION erp.step_judge() OWNER TO bob", "CREATE RULE r AS ON INSERT TO erp.step DO INSTEAD NOTHING",
          "CREATE POLICY p ON erp.count_event USING (true)", "ALTER TABLE erp.count_event DISABLE ROW LEVEL SECURITY",
          "CREATE VIEW erp.v AS SELECT 1", "COMMENT ON TABLE erp.step IS 'x'",
          "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION erp.keep_log()"),
    *_all("bob", DENIED, "SELECT erp.next_number('记', '2026-11')", "SELECT erp.refuse('x')",
          "SELECT erp.actor('bob')", "SELECT erp.now_us()", "SELECT erp.risk('{}')",
          "SELECT erp.free_deliveries(NULL, NULL)"),
]  # fmt: skip

SETTINGS = [
    *_all("adam", DENIED, "INSERT INTO erp.person (name, display, added_at) VALUES ('x', 'x', 0)",
          "UPDATE erp.person SET login_oid = 1", "UPDATE erp.person SET public_key = NULL",
          "INSERT INTO erp.authority SELECT * FROM erp.authority", "UPDATE erp.authority SET limit_minor = 1",
          "DELETE FROM erp.authority", "INSERT INTO erp.owner_mode VALUES ('adam', 0, 9)",
          "UPDATE erp.policy SET value = 0", "INSERT INTO erp.transition_rule SELECT * FROM erp.transition_rule",
          "UPDATE erp.transition_rule SET four_eyes = 0", "INSERT INTO erp.kind_section VALUES ('voucher', 'x')",
          "INSERT INTO erp.period VALUES ('x', '2000-01-01', '2000-01-31')", "UPDATE erp.account SET by_item = 0",
          "INSERT INTO erp.chain_head VALUES ('x', 0, '')"),
    *_all("dora", DENIED, "UPDATE erp.policy SET value = 0", "INSERT INTO erp.authority SELECT * FROM erp.authority"),
]  # fmt: skip

READING = [
    *_all("bob", DENIED, "SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT pg_read_file('/etc/passwd')",
          "SELECT pg_ls_dir('.')", "SELECT * FROM erp.sign_in"),
    *_all("bob", "42501", "COPY erp.step TO PROGRAM 'cat'", "COPY erp.step TO '/tmp/x'", "COPY erp.content FROM '/etc/passwd'"),
    *_all("cody", DENIED, "SELECT * FROM erp.journal_line", "SELECT * FROM erp.open_item", "SELECT * FROM erp.content",
          "SELECT * FROM erp.document", "SELECT * FROM erp.campaign_line", "SELECT * FROM erp.step",
          "SELECT * FROM erp.delivery", "SELECT * FROM erp.worked_on", "SELECT record FROM erp.customer",
          "SELECT * FROM erp.line_decision", "COPY erp.journal_line TO STDOUT"),
    *_all("adam", DENIED, "SELECT * FROM erp.journal_line", "SELECT * FROM erp.open_item", "SELECT * FROM erp.count_event"),
    *_all("kate", DENIED, "SELECT * FROM erp.count_event", "SELECT * FROM erp.campaign_line"),
    Attack("all counts with row security off", "cody",
           _sql("SET row_security = off", "SELECT * FROM erp.count_event"),
           "42501 query would be affected by row-level security"),
]  # fmt: skip


def _end_a_session(s: Scene) -> None:
    with s.firm.superuser() as admin:
        s.hand.sql("SELECT pg_terminate_backend(%s)", admin.connection.info.backend_pid)


NOISE = [
    *_all("bob", DENIED, "LOCK TABLE erp.step IN EXCLUSIVE MODE", "LOCK TABLE erp.number_series",
          "SELECT * FROM erp.document FOR UPDATE", "SELECT * FROM erp.period FOR SHARE",
          "SELECT * FROM erp.chain_head FOR KEY SHARE", "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')",
          "SELECT lo_import('/etc/passwd')"),
    Attack("copy in", "bob", lambda s: s.hand.connection.cursor().copy("COPY erp.document FROM STDIN").__enter__(),
           f"{DENIED} for table document"),
    Attack("end another's session", "bob", _end_a_session, "42501"),
    *_all("bob", "42501", "SELECT pg_reload_conf()", "SELECT pg_rotate_logfile()", "SELECT pg_switch_wal()"),
    *_all("bob", "55000", "PREPARE TRANSACTION 'mine'"),
]  # fmt: skip


def _evidence(s: Scene, **other: object) -> object:
    row: dict[str, object] = {"hash": b"h" * 32, "media_type": "x", "name": "x", "size": 5,
                              "made_by": s.hand.person, "made_at": 0}  # fmt: skip
    return s.hand.insert("evidence", **row | other)


def _audit(s: Scene, **other: object) -> object:
    row: dict[str, object] = {"id": an_id(), "made_by": s.hand.person, "made_at": 0, "what": "export",
                              "detail": "", "actor_seq": 0, "actor_prev": b"", "hash": b""}  # fmt: skip
    return s.hand.insert("audit_event", **row | other)


def _paper(s: Scene, name: str, copy: int, **other: object) -> object:
    _evidence(s)
    row: dict[str, object] = {"id": an_id(), "document_id": s.world.docs[name].id, "hash": b"h" * 32,
                              "copy": copy, "made_by": s.hand.person, "made_at": 0}  # fmt: skip
    return s.hand.insert("paper", **row | other)


def _key(s: Scene, person: str, n: int) -> object:
    return s.hand.insert("person_key", person=person, n=n, made_at=0)


def _seal(s: Scene, **other: object) -> object:
    row: dict[str, object] = {"seq": 1, "made_by": s.hand.person, "made_at": 0, "heads": "",
                              "prev": bytes(32), "hash": bytes(32)}  # fmt: skip
    return s.hand.insert("seal", **row | other)


def _anothers_file(firm: Firm, _: World) -> Doc:
    hand, digest = firm.own("alice"), os.urandom(32)
    hand.insert(
        "evidence", hash=digest, media_type="x", name="x", size=5, made_by="alice", made_at=0
    )
    hand.commit()
    return Doc("", "", 0, digest)


PLAIN_LOGS = [
    Attack("evidence for another", "alice", lambda s: _evidence(s, made_by="bob"), "G1 not-you"),
    Attack("evidence of nothing", "alice", lambda s: _evidence(s, size=0), "G5 evidence-size"),
    Attack("evidence too large", "alice", lambda s: _evidence(s, size=10**9), "G5 evidence-size"),
    Attack("evidence twice", "alice", lambda s: [_evidence(s) for _ in "12"], "G2 exists"),
    Attack("more bytes than said", "alice", lambda s: (_evidence(s), s.hand.insert(
        "evidence_blob", hash=b"h" * 32, n=0, bytes=b"123456")), "G5 evidence-size"),
    Attack("a piece twice", "alice", lambda s: (_evidence(s), [s.hand.insert(
        "evidence_blob", hash=b"h" * 32, n=0, bytes=b"1") for _ in "12"]), "G2 exists"),
    Attack("pieces of no file", "alice", lambda s: s.hand.insert(
        "evidence_blob", hash=b"k" * 32, n=0, bytes=b"1"), "G1 not-you"),
    Attack("a piece of another's file", "carol", lambda s: s.hand.insert(
        "evidence_blob", hash=s.doc.hash, n=0, bytes=b"1"), "G1 not-you", _anothers_file),
    Attack("bytes of another hash", "alice", lambda s: (_evidence(s), s.hand.insert(
        "evidence_blob", hash=b"h" * 32, n=0, bytes=b"12345"), s.hand.made("voucher", {
            "evidence": [{"hash": (b"h" * 32).hex(), "kind": "scan"}]}, "submit")), "G5 hash"),
    Attack("an audit event for another", "aud", lambda s: _audit(s, made_by="bob"), "G1 not-you"),
    Attack("a paper of a draft", "alice", lambda s: _paper(s, "draft", 0), "G3 not-issued"),
    Attack("a copy before the original", "alice", lambda s: _paper(s, "posted", 1, reason="再打一份"), "G10 copy"),
    Attack("a paper for another", "alice", lambda s: _paper(s, "posted", 0, made_by="bob"), "G1 not-you"),
    Attack("a key for another", "alice", lambda s: _key(s, "bob", 1), "G1 not-you"),
    Attack("a key out of order", "alice", lambda s: _key(s, "alice", 9), "G2 key-order"),
    Attack("a seal out of order", "bob", lambda s: _seal(s, seq=2), "G11 seal"),
    Attack("a seal on nothing", "bob", lambda s: _seal(s, prev=b"x" * 32), "G11 seal"),
    Attack("a seal for another", "bob", lambda s: _seal(s, made_by="ben"), "G1 not-you"),
    Attack("a seal by an accountant", "alice", _seal, f"{DENIED} for table seal"),
]  # fmt: skip


@pytest.mark.parametrize("attack", [*ROLES, *SETTINGS, *READING, *NOISE, *PLAIN_LOGS], ids=names)
def test_that_the_right_is_not_held(firm: Firm, world: World, attack: Attack) -> None:
    prove_denied(firm, world, attack)


HARMLESS = {
    "bob": ["UPDATE erp.step SET reason = reason WHERE false", "SELECT pg_advisory_lock(1)",
            "NOTIFY erp, 'document x 1'", "SET search_path = public", "SET statement_timeout = 0",
            "SELECT pg_cancel_backend(0)", "GRANT UPDATE ON erp.step TO bob"],
    "cody": ["SELECT * FROM erp.count_event", "SELECT * FROM erp.counting_list", "SELECT * FROM erp.customer_names"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "statement"), [(p, x) for p, xs in HARMLESS.items() for x in xs]
)
def test_that_it_has_no_effect(firm: Firm, person: str, statement: str) -> None:
    then = fingerprint(firm)
    with firm.hand(person) as hand, contextlib.suppress(psycopg.errors.InsufficientPrivilege):
        hand.sql(statement)
        hand.connection.commit()
    assert fingerprint(firm) == then


def test_that_a_login_made_again_is_nobody(firm: Firm, world: World) -> None:
    with firm.superuser() as admin:
        admin.sql("UPDATE erp.person SET login_oid = 1 WHERE name = 'carol'")
        admin.connection.commit()
    with firm.hand("carol") as hand, pytest.raises(psycopg.Error, match=r"^G1 not-you"):
        hand.step(world.docs["draft"], "submit")
    with firm.superuser() as admin:
        admin.sql(
            "UPDATE erp.person p SET login_oid = r.oid::bigint FROM pg_roles r WHERE r.rolname = p.name"
        )
        admin.connection.commit()


def test_that_a_counter_reads_only_what_counting_needs(firm: Firm, world: World) -> None:
    with firm.hand("cody") as hand:
        lines = hand.sql(
            "SELECT campaign_id::text, customer_id::text, book_minor FROM erp.counting_list"
        ).fetchall()
        counts = hand.sql("SELECT DISTINCT made_by FROM erp.count_event").fetchall()
    blind = [(c, k, b) for c, k, b in lines if c == world.docs["blind"].id]
    seen = {k: b for c, k, b in lines if c == world.docs["campaign"].id}
    assert counts == [("cody",)]
    assert blind == [(world.docs["blind"].id, world.customers[2], None)]
    assert set(seen) == {world.customers[0], world.customers[5]}
    assert seen[world.customers[0]] is not None


def test_that_nobody_reads_anothers_wrapped_key(firm: Firm) -> None:
    with firm.hand("alice") as hand:
        hand.insert("person_key", person="alice", n=1, wrapped=b"w", salt=b"s", made_at=0)
        hand.connection.commit()
    for person, seen in (("alice", 1), ("dora", 0), ("aud", 0)):
        with firm.hand(person) as hand:
            assert hand.one("SELECT count(*) FROM erp.person_key") == seen


SLIPS = (
    ("DELETE FROM erp.journal_line", "G2 log"), ("UPDATE erp.journal_line SET amount_minor = 1", "G2 log"),
    ("TRUNCATE erp.journal_line CASCADE", "G2 log"), ("TRUNCATE erp.policy", "G2 log"),
    ("UPDATE erp.document SET state = 'draft'", "G2 head"), ("DELETE FROM erp.document", "G2 log"),
    ("INSERT INTO erp.journal_line SELECT entry_id, 99, account, side, 1, currency, 1 FROM erp.journal_line", "G2 head"),
    ("SET session_replication_role = replica; DELETE FROM erp.step", "G2 log"),
    ("SET session_replication_role = replica; UPDATE erp.open_item SET open_minor = 0", "G2 head"),
    ("UPDATE erp.policy SET value = 0", "G7 settings"), ("DELETE FROM erp.transition_rule", "G7 settings"),
    ("INSERT INTO erp.owner_mode VALUES ('amy', 0, 9e15)", "G7 settings"),
    ("UPDATE erp.number_series SET last = 0", "G2 head"), ("UPDATE erp.chain_head SET seq = 0", "G2 head"),
    ("INSERT INTO erp.chain_head VALUES ('unchained', 5, '')", "G2 head"),
    ("DELETE FROM erp.person", "G2 log"), ("UPDATE erp.person SET display = 'x'", "G7 person-stays"),
    ("UPDATE erp.person SET public_key = NULL", "G12 key-not-approved"),
    ("INSERT INTO erp.person (name, display, added_at) VALUES (repeat('长', 22), '', 0)", "G1 name"),
    ("INSERT INTO erp.authority (id, person, role, valid_from) VALUES (gen_random_uuid(), 'idle', 'director', 0)",
     "G7 no-approved-authority"),
    (("INSERT INTO erp.authority (id, person, role, valid_from, document_id)"
     " SELECT gen_random_uuid(), 'idle', 'director', 0, id FROM erp.document LIMIT 1"), "G7 other-authority"),
    ("INSERT INTO erp.firm VALUES ('name', 'x')", "G7 firm-set-up-over"),
    ("UPDATE erp.customer SET name = 'x'", "G2 head"), ("DELETE FROM erp.customer_code", "G2 log"),
    ("DELETE FROM erp.list_scope", "G2 log"), ("INSERT INTO erp.period_total VALUES ('2025-01', 'x', 'x', 'x', 9, 0, 0, 0, 0)", "G2 head"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "refusal"), SLIPS)
def test_that_even_a_superusers_slip_is_stopped(firm: Firm, statement: str, refusal: str) -> None:
    then = fingerprint(firm)
    with firm.superuser() as admin, pytest.raises(psycopg.Error) as refused:
        admin.sql(statement)
    assert said(refused.value) == refusal
    assert fingerprint(firm) == then


def test_that_a_superuser_approves_in_nobodys_name(firm: Firm, world: World) -> None:
    doc: Doc = world.docs["waiting"]
    for name in ("bob", "postgres"):
        with firm.superuser() as admin, pytest.raises(psycopg.Error, match=r"^G1 not-you"):
            admin.step(doc, "approve", made_by=name)


def test_that_who_holds_others_up_can_be_freed(firm: Firm, world: World) -> None:
    with firm.hand("bob") as holder, firm.hand("ben") as waiter, firm.hand("cole") as helper:
        holder.step(world.docs["spare"], "approve")
        waiter.sql("SET lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            waiter.step(world.docs["spare"], "approve")
        assert (
            helper.one("SELECT erp.free_stuck('0 s')") == 0
        )  # nobody waits, and not five seconds yet
        assert holder.connection.info.status == pq.ConnStatus.OK
