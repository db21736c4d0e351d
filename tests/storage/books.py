"""A small company for tests, on either engine: its people, its customers, its usual texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from erpdesk.domain.changes import Seen
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.documents import NextStep, draft, take_step
from erpdesk.storage.founding import Grant, NewPerson, add_person, found_file
from erpdesk.storage.unit_of_work import Company, Signer, Unit

FIRST_MONTH = date(2025, 1, 1)
LIMIT = 1_000_000_000
LITTLE = 20_000_000
KEY_OF_BEN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

PEOPLE: Mapping[str, tuple[Grant, ...]] = {
    "alice": (Grant("accountant", loss_limit_minor=1000),),
    "carol": (Grant("accountant", loss_limit_minor=1000),),
    "bob": (Grant("supervisor", LIMIT, 0, 2 * LIMIT),),
    "ben": (Grant("supervisor", LITTLE, 0, LITTLE * 3 // 2),),
    "dora": (Grant("director", 10**12, 0, 10**13),),
    "kate": (Grant("cashier"),),
    "cody": (Grant("counter"),),
    "cindy": (Grant("counter"),),
    "adam": (Grant("admin"),),
    "aud": (Grant("auditor"),),
}
"""Who is in the company; ben alone has a key, so only his approvals are signed."""


class Clock(Protocol):
    """The one source of time."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        ...


def new_people() -> list[NewPerson]:
    """Return the people as the set-up of either engine takes them."""
    key = KEY_OF_BEN.public_key().public_bytes_raw()
    return [
        NewPerson(name, name.title(), grants, public_key=key if name == "ben" else None)
        for name, grants in PEOPLE.items()
    ]


def signer_of(name: str) -> Signer | None:
    """Return what signs the approvals of somebody who has a key."""
    return KEY_OF_BEN.sign if name == "ben" else None


@dataclass(slots=True)
class Books:
    """A company in use: ``database_of`` opens it as a person (SQLite: the same for all)."""

    database_of: Callable[[str], Database]
    clock: Clock
    customers: dict[str, str] = field(default_factory=dict)

    def company(self, name: str) -> Company:
        """Return the company as a person has it open."""
        return Company(self.database_of(name), name, self.clock, signer_of(name))  # type: ignore[arg-type]

    def new_id(self) -> str:
        """Return a new id."""
        return self.company("alice").new_id()

    def today(self) -> str:
        """Return the day of the books' clock, as a text holds it."""
        return f"{datetime.fromtimestamp(self.clock.now_us() / 1_000_000, UTC):%Y-%m-%d}"

    def drafted(self, name: str, kind: str, content: dict[str, Any]) -> "Paper":
        """Draft a text, as a document of its own."""
        paper = Paper(self, self.new_id(), kind, Seen(0, b""))
        step_id = self.new_id()

        def work(unit: Unit) -> Seen:
            return draft(unit, kind, paper.id, content, step_id=step_id)

        paper.seen = self.company(name).run(work)
        return paper

    def submitted(self, name: str, kind: str, content: dict[str, Any]) -> "Paper":
        """Draft and submit a text."""
        return self.drafted(name, kind, content).take(name, "submit")

    def posted(self, name: str, kind: str, content: dict[str, Any], *, by: str = "bob") -> "Paper":
        """Draft, submit, approve and post a text."""
        return self.submitted(name, kind, content).take(by, "approve", "post")


@dataclass(slots=True)
class Paper:
    """A document in a test: its id and how it was last seen."""

    books: Books
    id: str
    kind: str
    seen: Seen

    def take(self, name: str, *verbs: str, reason: str | None = None) -> "Paper":
        """Take steps in one transaction, as the service would."""
        ids = [self.books.new_id() for _ in verbs]

        def work(unit: Unit) -> Seen:
            seen = self.seen
            for verb, step_id in zip(verbs, ids, strict=True):
                seen = take_step(unit, NextStep(step_id, self.id, self.kind, seen, verb, reason))
            return seen

        self.seen = self.books.company(name).run(work)
        return self


def sqlite_books(path: Path, clock: Clock) -> Books:
    """Make the company in a file, with its people and three customers."""
    database = open_database(str(path), create=True)
    books = Books(lambda _name: database, clock)
    with database.writing() as connection:
        found_file(connection, first_month=FIRST_MONTH)
        for person in new_people():
            add_person(connection, person, at_us=clock.now_us())
    return with_customers(books)


def with_customers(books: Books) -> Books:
    """Add the customers green, blue and red by approved documents."""
    for n, name in enumerate(("green", "blue", "red"), 1):
        customer = books.new_id()
        books.posted("alice", "customer", customer_text(customer, f"C{n}", name))
        books.customers[name] = customer
    return books


def customer_text(
    customer: str, code: str, name: str, *more: str, phone: str = ""
) -> dict[str, Any]:
    """Return the text of a customer with a main code and other codes."""
    codes = [{"code": code, "kind": "main"}] + [{"code": c, "kind": "barcode"} for c in more]
    record = {"code": code, "name": name, "search": name, "codes": codes}
    return {"customer": customer, "record": record, "contact": {"phone": phone} if phone else {}}


def entry(books: Books, series: str, rule: str, **more: Any) -> dict[str, Any]:
    """Return the head of an entry of today."""
    return {
        "id": books.new_id(),
        "series": series,
        "posting_date": books.today(),
        "rule": rule,
    } | more


def line(n: int, account: str, side: int, amount: int, **more: Any) -> dict[str, Any]:
    """Return a ledger line in the base currency."""
    line = {"n": n, "account": account, "side": side, "amount": amount, "base": amount}
    return line | {"currency": "CNY"} | more


def item(books: Books, customer: str, account: str, amount: int) -> dict[str, Any]:
    """Return an open item due today."""
    return {
        "id": books.new_id(), "customer": customer, "account": account, "currency": "CNY",
        "amount": amount, "due": books.today(),
    }  # fmt: skip


def voucher_text(books: Books, customer: str, net: int, tax: int = 0) -> dict[str, Any]:
    """Return a temporary voucher: 1122.02 against revenue (and tax that is not yet due)."""
    charge = item(books, customer, "1122.02", net + tax)
    mine = {"customer": customer, "item": charge["id"]}
    lines = [line(1, "1122.02", 1, net + tax, **mine), line(2, "6001", -1, net)]
    lines += [line(3, "2221.02", -1, tax)] if tax else []
    return {
        "customer": customer, "entry": entry(books, "记", "P1a/1"), "items": [charge],
        "lines": lines,
    }  # fmt: skip


def receipt_text(books: Books, customer: str, amount: int) -> dict[str, Any]:
    """Return a receipt that is not yet allocated."""
    credit = item(books, customer, "2203", -amount)
    mine = {"customer": customer, "item": credit["id"]}
    return {
        "customer": customer, "entry": entry(books, "收", "P3/1"), "items": [credit],
        "lines": [line(1, "1002", 1, amount), line(2, "2203", -1, amount, **mine)],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """What an allocation brings together: items and the versions somebody saw."""

    charge: str
    credit: str
    charge_version: int = 1
    credit_version: int = 1


def allocation_text(
    books: Books, customer: str, match: Match, amount: int, *, undoes: str | None = None
) -> dict[str, Any]:
    """Return an allocation of a receipt to a voucher, or (red, amount < 0) its undoing."""
    link = {
        "id": books.new_id(), "charge": match.charge, "charge_version": match.charge_version,
        "credit": match.credit, "credit_version": match.credit_version, "amount": amount,
    } | ({"undoes": undoes} if undoes else {})  # fmt: skip
    return {
        "customer": customer, "entry": entry(books, "转", "P4/1"), "allocations": [link],
        "lines": [
            line(1, "2203", 1, amount, customer=customer, item=match.credit),
            line(2, "1122.02", -1, amount, customer=customer, item=match.charge),
        ],
    }  # fmt: skip


def reversal_text(
    books: Books, origin: dict[str, Any], *, version: int = 1, part: int | None = None
) -> dict[str, Any]:
    """Return the reversal in red of a voucher, whole, or in part when it has two lines."""
    charge = origin["items"][0]
    amount = charge["amount"] if part is None else part
    reds = [part or one["amount"] for one in origin["lines"]]
    pairs = zip(origin["lines"], reds, strict=True)
    red = [one | {"amount": -back, "base": -back} for one, back in pairs]
    link = {
        "id": books.new_id(),
        "charge": charge["id"],
        "charge_version": version,
        "amount": amount,
    }
    head = entry(books, "记", "P6/1", reverses=origin["entry"]["id"])
    return {
        "customer": origin["customer"], "entry": head, "lines": red, "allocations": [link],
        "reason": "金额写错了重做",
    }  # fmt: skip
