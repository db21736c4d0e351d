"""A small company on a server, and the hands of its people: raw SQL under their own passwords."""

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from psycopg import conninfo

from erpdesk.domain.content import canonical, content_hash, record_text
from erpdesk.domain.ids import new_id
from erpdesk.storage import founding
from erpdesk.storage import tables as t
from erpdesk.storage.founding import Grant, NewPerson
from erpdesk.storage.postgres_setup import add_login, create_company, owning

DAY = "2026-11-20"
LOCKED_DAY = "2025-01-15"
PASSWORD = "pw of {}"

Roles = Mapping[str, dict[str, tuple[int, int, int]]]
"""Roles of each person with single, loss and window limit in minor units."""

PEOPLE: Roles = {
    "alice": {"accountant": (0, 1000, 0)},
    "carol": {"accountant": (0, 0, 0)},
    "bob": {"supervisor": (200_000_00, 0, 500_000_00)},
    "ben": {"supervisor": (200_000_00, 0, 10**13)},
    "eva": {"supervisor": (200_000_00, 0, 250_000_00)},
    "dora": {"director": (10**12, 0, 10**13)},
    "dirk": {"director": (10**12, 0, 10**13)},
    "amy": {"accountant": (0, 0, 0), "supervisor": (200_000_00, 0, 500_000_00)},
    "kate": {"cashier": (0, 0, 0)},
    "cole": {"collector": (0, 0, 0)},
    "cody": {"counter": (0, 0, 0)},
    "陈静": {"counter": (0, 0, 0)},
    "aud": {"auditor": (0, 0, 0)},
    "adam": {"admin": (0, 0, 0)},
    "zero": {"supervisor": (0, 0, 0)},
}


def now_us() -> int:
    return time.time_ns() // 1000


def an_id() -> str:
    return new_id(at_us=now_us())


@dataclass(frozen=True, slots=True)
class Doc:
    """A document as somebody saw it."""

    id: str
    kind: str
    seq: int
    hash: bytes
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Hand:
    """What a person can do with nothing but a password and SQL."""

    person: str
    connection: psycopg.Connection[Any]
    keeps: bool = True

    def commit(self) -> None:
        """Store it, or only see that it could be stored."""
        if self.keeps:
            self.connection.commit()
        else:
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def sql(self, statement: str, *values: object) -> psycopg.Cursor[Any]:
        return self.connection.execute(statement, values or None)

    def one(self, statement: str, *values: object) -> Any:
        row = self.sql(statement, *values).fetchone()
        return None if row is None else row[0]

    def insert(self, table: str, **row: object) -> psycopg.Cursor[Any]:
        names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        statement = f"INSERT INTO erp.{table} ({names}) VALUES ({marks})"  # noqa: S608 - our names
        return self.sql(statement, *row.values())

    def text(self, body: str, digest: bytes | None = None) -> bytes:
        digest = content_hash(body) if digest is None else digest
        self.insert("content", hash=digest, body=body)
        return digest

    def raw_step(self, **row: object) -> None:
        given = {
            "id": an_id(), "reason": None, "signature": None, "made_by": self.person,
            "from_state": "x", "to_state": "x", "made_at": 0, "self_review": 0, "risk": 0,
            "actor_seq": 0, "actor_prev": b"", "document_prev": b"", "hash": b"",
        }  # fmt: skip
        self.insert("step", **given | row)

    def step(self, doc: Doc, verb: str, /, **other: object) -> Doc:
        row: dict[str, object] = {
            "document_id": doc.id, "seq": doc.seq + 1, "kind": doc.kind, "verb": verb,
            "content_hash": doc.hash,
        }  # fmt: skip
        self.raw_step(**row | other)
        return Doc(doc.id, doc.kind, doc.seq + 1, doc.hash, doc.content)

    def draft(self, kind: str, content: dict[str, Any], document: str | None = None) -> Doc:
        document = document or an_id()
        whole = {**content, "document": document, "kind": kind}
        digest = self.text(canonical(whole))
        return self.step(Doc(document, kind, 0, digest, whole), "draft")

    def made(self, kind: str, content: dict[str, Any], *verbs: str) -> Doc:
        doc = self.draft(kind, content)
        for verb in verbs:
            doc = self.step(doc, verb)
        self.commit()
        return doc

    def does(self, doc: Doc, *verbs: str, **other: object) -> Doc:
        for verb in verbs:
            doc = self.step(doc, verb, **other)
        self.commit()
        return doc


@dataclass(frozen=True, slots=True)
class Firm:
    """A company's database on the test server."""

    server: Any
    database: str
    kept: dict[str, Hand] = field(default_factory=dict)

    @property
    def admin_url(self) -> str:
        return str(self.server.admin_url())

    @property
    def place(self) -> str:
        """Return the address that the program's engine takes."""
        return str(self.server.admin_url(self.database)).replace(":", "+psycopg:", 1)

    def url(self, person: str) -> str:
        return self._url(person, PASSWORD.format(person))

    def _url(self, person: str, password: str) -> str:
        base: dict[str, Any] = conninfo.conninfo_to_dict(self.admin_url)
        whose = {"user": person, "password": password, "dbname": self.database}
        return conninfo.make_conninfo(**{**base, **whose})

    def super_url(self) -> str:
        base: dict[str, Any] = conninfo.conninfo_to_dict(self.admin_url)
        return conninfo.make_conninfo(**{**base, "dbname": self.database})

    @contextlib.contextmanager
    def hand(self, person: str) -> Iterator[Hand]:
        """Open a session of a person; what is not committed is rolled back."""
        connection = psycopg.connect(self.url(person))
        with contextlib.closing(connection):
            yield Hand(person, connection)

    @contextlib.contextmanager
    def superuser(self) -> Iterator[Hand]:
        connection = psycopg.connect(self.super_url())
        with contextlib.closing(connection):
            yield Hand("postgres", connection)

    def own(self, person: str) -> Hand:
        """Return a person's session that stays open, as the program's does."""
        if person not in self.kept:
            self.kept[person] = Hand(person, psycopg.connect(self.url(person)))
        self.kept[person].connection.rollback()
        return self.kept[person]

    def close(self) -> None:
        """End the sessions that stayed open."""
        while self.kept:
            self.kept.popitem()[1].connection.close()

    def made(self, person: str, kind: str, content: dict[str, Any], *verbs: str) -> Doc:
        return self.own(person).made(kind, content, *verbs)

    def does(self, person: str, doc: Doc, *verbs: str, **other: object) -> Doc:
        return self.own(person).does(doc, *verbs, **other)

    def posted(self, maker: str, checker: str, kind: str, content: dict[str, Any]) -> Doc:
        doc = self.made(maker, kind, content, "submit")
        return self.does(checker, doc, "approve", "post")

    def one(self, statement: str, *values: object) -> Any:
        return self.rows(statement, *values)[0][0]

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return what a superuser sees."""
        if "postgres" not in self.kept:
            connection = psycopg.connect(self.super_url(), autocommit=True)
            self.kept["postgres"] = Hand("postgres", connection)
        return self.kept["postgres"].sql(statement, *values).fetchall()


# ---- texts


def a_customer(code: str, customer: str | None = None, **contact: str) -> dict[str, Any]:
    return {
        "customer": customer or an_id(),
        "record": {"code": code, "name": f"客户 {code}", "search": code.lower(),
                   "codes": [{"code": code, "kind": "main"},
                             {"code": f"X{code}", "kind": "barcode"}]},
        "contact": contact,
    }  # fmt: skip


def listed_customer(customer: str, code: str, alias: str = "") -> dict[str, Any]:
    """Return what a list holds of a customer, whose one code may be another."""
    said = {"code": code, "name": code, "codes": [{"code": alias or code, "kind": "main"}]}
    return {"id": customer, "record": canonical(said), "contact": "{}"}


def a_line(n: int, account: str, side: int, amount: int, **other: object) -> dict[str, Any]:
    return {
        "n": n, "account": account, "side": side, "amount": amount, "base": amount,
        "currency": "CNY", **other,
    }  # fmt: skip


def an_entry(series: str = "记", day: str = DAY, **other: object) -> dict[str, Any]:
    return {"id": an_id(), "series": series, "posting_date": day, "rule": "P1a/1", **other}


def a_voucher(customer: str, amount: int = 113_00, day: str = DAY, **other: Any) -> dict[str, Any]:
    item = an_id()
    tax = amount - round(amount / 1.13)
    return {
        "customer": customer,
        "entry": an_entry(day=day),
        "items": [{"id": item, "customer": customer, "account": "1122.02", "currency": "CNY",
                   "amount": amount, "due": "2026-12-20"}],
        "lines": [
            a_line(1, "1122.02", 1, amount, customer=customer, item=item),
            a_line(2, "6001", -1, amount - tax), a_line(3, "2221.02", -1, tax),
        ],
        **other,
    }  # fmt: skip


def a_receipt(customer: str, amount: int = 50_00) -> dict[str, Any]:
    item = an_id()
    return {
        "customer": customer,
        "entry": an_entry("收"),
        "items": [{"id": item, "customer": customer, "account": "2203", "currency": "CNY",
                   "amount": -amount, "due": DAY}],
        "lines": [
            a_line(1, "1002", 1, amount),
            a_line(2, "2203", -1, amount, customer=customer, item=item),
        ],
    }  # fmt: skip


def item_of(doc: Doc) -> str:
    return str(doc.content["items"][0]["id"])


def an_allocation(
    charge: Doc, credit: Doc, amount: int, *, versions: tuple[int, int] = (1, 1),
    undoes: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    customer, account = charge.content["customer"], charge.content["items"][0]["account"]
    return {
        "customer": customer,
        "entry": an_entry("转"),
        "allocations": [{
            "id": an_id(), "charge": item_of(charge), "charge_version": versions[0],
            "credit": item_of(credit), "credit_version": versions[1], "amount": amount,
            "undoes": undoes,
        }],
        "lines": [
            a_line(1, "2203", 1, amount, customer=customer, item=item_of(credit)),
            a_line(2, account, -1, amount, customer=customer, item=item_of(charge)),
        ],
    }  # fmt: skip


def a_reversal(origin: Doc, *, version: int = 1, day: str = DAY) -> dict[str, Any]:
    item = origin.content["items"][0]
    red = [{**x, "amount": -x["amount"], "base": -x["base"]} for x in origin.content["lines"]]
    side = "charge" if item["amount"] > 0 else "credit"
    return {
        "customer": origin.content["customer"],
        "entry": an_entry(day=day, reverses=origin.content["entry"]["id"]),
        "lines": red,
        "allocations": [{"id": an_id(), side: item["id"], f"{side}_version": version,
                         "amount": abs(item["amount"])}],
        "reason": "金额写错了重做",
    }  # fmt: skip


def a_list(hand: Hand, what: str, *tables: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Store the rows of a long list and return the section that names it."""
    list_id, digest = an_id(), hashlib.sha256()
    for table, rows in tables:
        columns = [c.name for c in t.metadata.tables[table].c if c.name != "list_id"]
        for n, row in enumerate(rows, 1):
            whole = {"n": n, **row}
            hand.insert(table, list_id=list_id, **whole)
            record = record_text(f"erpdesk.list.{table}.1", [whole.get(c) for c in columns])
            digest.update(record.encode())
    return {
        "id": list_id, "what": what, "rows": len(tables[0][1]), "hash": digest.hexdigest(),
    }  # fmt: skip


def a_campaign(
    hand: Hand, scope: list[tuple[str, str | None]], *, blind: int = 0
) -> dict[str, Any]:
    rows = [{"customer_id": c, "currency": "CNY", "counter": who} for c, who in scope]
    named = a_list(hand, "scope", ("list_scope", rows))
    return {"scope": {"name": "年末", "cut_off": DAY, "blind": blind}, "list": named}


def a_delivery(
    customer: str, number: str, amount: int = 113_00, revision: int = 1
) -> dict[str, Any]:
    return {
        "id": an_id(), "source": "wms", "number": number, "revision": revision,
        "customer_id": customer, "day": date(2026, 11, 18), "currency": "CNY",
        "amount_minor": amount, "tax_included": 1, "body": "{}",
    }  # fmt: skip


def imported_deliveries(hand: Hand, *rows: dict[str, Any]) -> Doc:
    named = a_list(hand, "deliveries", ("list_delivery", list(rows)))
    named["sums"] = {"CNY": sum(row["amount_minor"] for row in rows)}
    return hand.made("import", {"list": named}, "submit", "load", "post")


def a_count(hand: Hand, campaign: Doc, seq: int = 1, **other: object) -> str:
    event = an_id()
    row: dict[str, object] = {
        "id": event, "campaign_id": campaign.id, "raw": b"EDC1", "source": "wedge",
        "device_id": an_id(), "device_seq": seq, "made_by": hand.person, "received_at": 0,
        "actor_seq": 0, "actor_prev": b"", "hash": b"",
    }  # fmt: skip
    hand.insert("count_event", **row | other)
    return event


# ---- the company


def found_firm(server: Any, database: str, people: Roles = PEOPLE) -> Firm:
    """Make a company with its people; nothing was posted in it yet."""
    create_company(server.admin_url(), database)
    with owning(server.admin_url(), database) as connection:
        founding.found(connection, first_month=date(2025, 1, 1))
    oids = {
        name: add_login(server.admin_url(), database, name, list(roles), PASSWORD.format(name))
        for name, roles in people.items()
    }
    with owning(server.admin_url(), database) as connection:
        for name, roles in people.items():
            add_person(connection, name, oids[name], roles)
    return Firm(server, database)


def add_person(
    connection: Any,
    name: str,
    oid: int,
    roles: dict[str, tuple[int, int, int]],
    *,
    chained: bool = True,
) -> None:
    grants = tuple(Grant(role, *limits) for role, limits in roles.items())
    person = NewPerson(name, name.title(), grants, login_oid=oid)
    if chained:
        founding.add_person(connection, person, at_us=now_us())
    else:
        row = {"name": name, "display": name, "login_oid": oid, "added_at": now_us()}
        connection.execute(t.person.insert().values(row))


def fingerprint(firm: Firm) -> str:
    """Return one hash of all rows of the company."""
    row_sum = "md5(coalesce(string_agg(r::text, ',' ORDER BY r::text), ''))"
    queries = " UNION ALL ".join(
        f"SELECT '{name}' AS name, {row_sum} FROM erp.{name} r"  # noqa: S608 - our names
        for name in sorted(t.metadata.tables)
    )
    return json.dumps(firm.rows(queries + " ORDER BY 1"))
