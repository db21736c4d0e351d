"""Somebody with plain SQL and the company's file: every column can be made up."""

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pysqlite3.dbapi2 as sqlite
from typing_extensions import override

from erpdesk.domain.content import canonical, record_hash
from erpdesk.domain.ids import new_id
from erpdesk.storage.documents import STEP_FIELDS
from tests.storage.books import Books, signer_of

PRAGMAS = ("foreign_keys=ON", "recursive_triggers=ON", "ignore_check_constraints=OFF")
ZERO = bytes(32)
SIGNATURE = bytes(64)
CODE = re.compile(r"^(G\d{1,2} [a-z-]+)$")
Row = dict[str, Any]


def code_of(error: Exception) -> str:
    """Return the code a refusal came with, or its whole text."""
    text = str(error)
    guard = CODE.search(text)
    if guard:
        return guard[1]
    return "G2 constraint" if "constraint failed" in text else text


def now_us() -> int:
    """Return the moment, for columns that somebody fills in by hand."""
    return time.time_ns() // 1000


@dataclass(slots=True)
class Hand:
    """A document as the attacker handles it."""

    id: str
    kind: str
    content: dict[str, Any]
    hash: bytes


@dataclass(slots=True)
class Attacker:
    """An open transaction on a company's file, in which anything may be tried."""

    connection: Any
    books: Books
    facts: dict[str, Any] = field(default_factory=dict)

    # ---------------------------------------------------------------- plain SQL
    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return list(self.connection.execute(statement, values).fetchall())

    def one(self, statement: str, *values: Any) -> Any:
        """Return the first column of the first row."""
        return self.sql(statement, *values)[0][0]

    def row(self, table: str, where: str = "1", *values: Any) -> Row:
        """Return a stored row by column."""
        cursor = self.connection.execute(f"SELECT * FROM {table} WHERE {where} LIMIT 1", values)  # noqa: S608
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))

    def insert(self, table: str, row: Mapping[str, Any], conflict: str = "") -> None:
        """Insert a row, whatever it says."""
        marks = ", ".join("?" * len(row))
        self.sql(
            f"INSERT {conflict} INTO {table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608
            *row.values(),
        )

    def change(self, table: str, where: str, *values: Any, **columns: Any) -> None:
        """Update rows, whatever with."""
        sets = ", ".join(f"{name} = ?" for name in columns)
        self.sql(f"UPDATE {table} SET {sets} WHERE {where}", *columns.values(), *values)  # noqa: S608

    def id(self) -> str:
        """Return a new id."""
        return new_id(at_us=now_us())

    # ---------------------------------------------------------------- the usual acts
    def be(self, person: str, **other: Any) -> None:
        """Sign in as anybody: nothing here asks for a password."""
        seq = self.one("SELECT coalesce(max(seq), 0) + 1 FROM sign_in")
        row = {"seq": seq, "person": person, "at": now_us(), "method": "forged"}
        self.insert("sign_in", row | other)

    def text(self, content: dict[str, Any] | str, digest: bytes | None = None) -> bytes:
        """Store a text, canonical or as it is given."""
        body = content if isinstance(content, str) else canonical(content)
        name = digest or hashlib.sha256(body.encode()).digest()
        if not self.sql("SELECT 1 FROM content WHERE hash = ?", name):
            self.insert("content", {"hash": name, "body": body})
        return name

    def step_row(self, doc: Hand, verb: str, by: str, **other: Any) -> Row:
        """Return the row that the honest program would write, but for what is given."""
        head = self.sql("SELECT seq, state, step_hash FROM document WHERE id = ?", doc.id)
        seq, state, last = head[0] if head else (0, "none", ZERO)
        rule = self.sql(
            "SELECT to_state, four_eyes FROM transition_rule"
            " WHERE (kind, from_state, verb) = (?, ?, ?)", doc.kind, state, verb,
        )  # fmt: skip
        to_state, four_eyes = rule[0] if rule else (state, 0)
        worked = "SELECT 1 FROM worked_on WHERE document_id = ? AND person = ?"
        chain = self.sql("SELECT seq + 1, hash FROM chain_head WHERE actor = ?", by) or [(1, ZERO)]
        row: Row = {
            "id": self.id(), "document_id": doc.id, "seq": seq + 1, "kind": doc.kind, "verb": verb,
            "from_state": state, "to_state": to_state, "content_hash": doc.hash, "reason": None,
            "signature": None, "made_by": by, "made_at": now_us(),
            "self_review": int(bool(four_eyes and self.sql(worked, doc.id, by))),
            "risk": risk_of(self, doc.content), "actor_seq": chain[0][0],
            "actor_prev": chain[0][1], "document_prev": last,
        } | other  # fmt: skip
        if signer_of(by) and "signature" not in other and verb in {"approve", "endorse"}:
            row["signature"] = SIGNATURE
        return {"hash": record_hash("erpdesk.step.1", [row[f] for f in STEP_FIELDS])} | row | other

    def step(self, doc: Hand, verb: str, by: str, conflict: str = "", **other: Any) -> str:
        """Take a step; the person signs in first when somebody else is there."""
        self.here(by)
        row = self.step_row(doc, verb, by, **other)
        self.insert("step", row, conflict)
        return str(row["id"])

    def here(self, person: str) -> None:
        """Sign in when somebody else is there."""
        if self.sql("SELECT person FROM signed_in") != [(person,)]:
            self.be(person)

    def take(self, doc: Hand, by: str, *verbs: str, **other: Any) -> Hand:
        """Take several steps."""
        for verb in verbs:
            self.step(doc, verb, by, **other)
        return doc

    def hand(self, kind: str, content: dict[str, Any], document: str | None = None) -> Hand:
        """Store the text of a document, so that steps can be taken on it."""
        document = document or self.id()
        whole = content | {"document": document, "kind": kind}
        return Hand(document, kind, whole, self.text(whole))

    def drafted(self, kind: str, content: dict[str, Any], by: str = "alice") -> Hand:
        """Draft a document."""
        return self.take(self.hand(kind, content), by, "draft")

    def submitted(self, kind: str, content: dict[str, Any], by: str = "alice") -> Hand:
        """Draft and submit a document."""
        return self.take(self.drafted(kind, content, by), by, "submit")

    def approved(self, kind: str, content: dict[str, Any], by: str = "alice") -> Hand:
        """Draft, submit and approve (bob) a document."""
        return self.take(self.submitted(kind, content, by), "bob", "approve")

    def posted(self, kind: str, content: dict[str, Any], by: str = "alice") -> Hand:
        """Draft, submit, approve and post (bob) a document."""
        return self.take(self.approved(kind, content, by), "bob", "post")

    def edited(self, doc: Hand, by: str, **sections: Any) -> Hand:
        """Give a document another text."""
        doc.content = doc.content | sections
        doc.hash = self.text(doc.content)
        return self.take(doc, by, "edit")

    # ---------------------------------------------------------------- what is there
    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table but texts, which nobody has signed by storing them."""
        names = self.sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'content'"
        )
        return {name: self.sql(f"SELECT * FROM {name} ORDER BY 1") for (name,) in names}  # noqa: S608


def risk_of(attacker: Attacker, content: dict[str, Any]) -> int:
    """Return the amount at risk as the guards compute it."""
    lines = sum(abs(line["base"]) for line in content.get("lines", ()) if _whole(line, "base"))
    links = sum(abs(link["amount"]) for link in content.get("allocations", ()))
    varied = sum(abs(v["difference"]) for v in content.get("variances", ()))
    named = content.get("list") or {}
    listed: int = 0
    if named.get("what") == "items":
        query = (
            "SELECT coalesce(sum(abs(base_minor)), 0) FROM list_line WHERE list_id = ? AND n <= ?"
        )
        listed = attacker.one(query, named["id"], named["sums"]["lines"])
    return int(max((lines + 1) // 2, links, varied, (listed + 1) // 2))


def _whole(row: object, name: str) -> bool:
    return isinstance(row, dict) and isinstance(row.get(name), int)


def rewritten(content: dict[str, Any], old: str, new: str) -> str:
    """Return a text with a piece of its spelling replaced."""
    body = canonical(content)
    assert body.count(old) >= 1, f"{old} is not in {body}"
    return body.replace(old, new)


def loose(content: dict[str, Any]) -> str:
    """Write a value as JSON without asking whether it has a canonical form."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# -------------------------------------------------------------------- the list of attacks
Play = Callable[[Attacker], Iterator[None]]


@dataclass(frozen=True, slots=True)
class Attack:
    """Something to try: what comes before ``yield`` is allowed, what comes after is not.

    ``code`` is empty for an honest act, which must pass.
    """

    group: str
    name: str
    code: str
    play: Play
    pragmas: tuple[str, ...]
    setting_up: bool

    @override
    def __str__(self) -> str:
        return f"{self.group}-{self.name}"


ATTACKS: list[Attack] = []


def attack(
    group: str,
    code: str,
    *,
    name: str = "",
    pragmas: tuple[str, ...] = (),
    setting_up: bool = False,
) -> Callable[[Play], Play]:
    """List a play as an attack of a group that has to be refused with a code."""

    def listed(play: Play) -> Play:
        ATTACKS.append(Attack(group, name or play.__name__, code, play, pragmas, setting_up))
        return play

    return listed


def honest(
    group: str, *, name: str = "", pragmas: tuple[str, ...] = (), setting_up: bool = False
) -> Callable[[Play], Play]:
    """List a play as an honest act: the control of its group."""
    return attack(group, "", name=name, pragmas=pragmas, setting_up=setting_up)


class Place(Protocol):
    """A company an attack is tried on: its books and the ids of what is in it."""

    @property
    def books(self) -> Books:
        """Return the company for honest use."""
        ...

    @property
    def facts(self) -> dict[str, Any]:
        """Return what lies where."""
        ...


def outcome(connection: Any, place: Place, attack: Attack) -> tuple[str, bool]:
    """Try an attack and undo it: the code that refused it or "", and whether a row changed."""
    with _undone(connection, place, attack) as (attacker, play):
        before = attacker.dump()
        code = _tried(play)
        return code, attacker.dump() != before


def refused_by(connection: Any, place: Place, attack: Attack) -> str:
    """Try an attack and undo it: the code that refused it or ""."""
    with _undone(connection, place, attack) as (_, play):
        return _tried(play)


@contextmanager
def _undone(
    connection: Any, place: Place, attack: Attack
) -> Iterator[tuple[Attacker, Iterator[None]]]:
    """Give an attack that is prepared, and roll back whatever it did."""
    for pragma in (*PRAGMAS, *attack.pragmas):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        attacker = Attacker(connection, place.books, dict(place.facts))
        play = attack.play(attacker)
        next(play)
        yield attacker, play
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _tried(play: Iterator[None]) -> str:
    try:
        next(play, None)
    except (sqlite.Error, sqlite3.Error) as error:
        return code_of(error)
    return ""


def opened(path: Path) -> Any:
    """Open a copy of a company's file in memory."""
    source = sqlite.connect(str(path))
    copy = sqlite.connect(":memory:", isolation_level=None)
    source.backup(copy)
    source.close()
    return copy
