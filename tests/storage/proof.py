"""A small real company for tests that tamper with it: made once, copied for each of them."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import create_engine, insert

from erpdesk import keys
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.services.approving import Approving
from erpdesk.services.keeping.verifying import Speed, Verified, Verifying
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.noticing import Asked, Noticing
from erpdesk.services.receipts import MoneyIn, Receipts
from erpdesk.services.reversing import Reversing
from erpdesk.services.sampling import PASSWORD, SMALL, Sampling
from erpdesk.services.signing_in import SigningIn
from erpdesk.services.writing import Writing
from erpdesk.storage import customers, documents
from erpdesk.storage import tables as t
from erpdesk.storage.audit import record_audit
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.documents import Document
from erpdesk.storage.guards import drop_guards, install_guards
from erpdesk.storage.seals import make_seal
from erpdesk.storage.unit_of_work import Company
from tests.fakes import FakeClock


@cache
def proven() -> bytes:
    """Return the bytes of a company in use, with one of everything that is checked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proven.erpdesk"
        Sampling(FakeClock(), SMALL, cost=keys.CHEAP).make(str(path), seed=1)
        with opened(path) as database:
            _furnish({name: signed_in(database, name) for name in STAFF})
        return path.read_bytes()


STAFF = ("chenjing", "lintao", "zhoumin", "shenjia")


def company_at(path: Path) -> Path:
    """Put a copy of the company at a place, and return the place."""
    path.write_bytes(proven())
    return path


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open a company's file, and give its connections back."""
    database = open_database(str(path))
    try:
        yield database
    finally:
        database.close()


def signed_in(database: Database, name: str) -> Company:
    """Return the company as one of its people has it open."""
    return SigningIn(database, FakeClock()).sign_in(name, PASSWORD)


def verified(path: Path, speed: Speed = Speed.DEEP, outside: str | None = None) -> Verified:
    """Verify a company's file."""
    with opened(path) as database:
        return Verifying(database, FakeClock()).verify(speed, outside=outside)


def found(path: Path, speed: Speed = Speed.DEEP, outside: str | None = None) -> set[str]:
    """Return what a verification finds, as code and name."""
    return {f"{one.code} {one.what}" for one in verified(path, speed, outside).findings}


def rows_of(path: Path) -> dict[str, list[str]]:
    """Return every row of every table of a company's file, in no order that matters."""
    raw = sqlite.connect(str(path))
    try:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(map(repr, raw.execute(f"SELECT * FROM {name}")))  # noqa: S608
            for (name,) in names
        }
    finally:
        raw.close()


SHORT = {
    "[a line]": "(SELECT rowid FROM journal_line WHERE account = '1122.02' AND amount_minor > 1000"
    " AND entry_id IN (SELECT id FROM journal_entry WHERE document_id = [voucher]))",
    "[an item]": "(SELECT id FROM open_item WHERE open_minor > 1000)",
    "[voucher]": "(SELECT max(id) FROM document WHERE kind = 'voucher' AND state = 'posted')",
    "[reversal]": "(SELECT id FROM journal_entry WHERE reverses IS NOT NULL)",
    "[a link]": "(SELECT id FROM allocation WHERE undoes IS NULL AND credit_id IS NOT NULL"
    " AND id NOT IN (SELECT undoes FROM allocation WHERE undoes IS NOT NULL))",
    "[undoing]": "(SELECT id FROM allocation WHERE undoes IS NOT NULL)",
}
"""What tampering aims at, for short."""


def spelled(statement: str) -> str:
    """Return a statement with its short names written out."""
    for short, long in SHORT.items():
        statement = statement.replace(short, long)
    return statement


@dataclass(frozen=True, slots=True)
class Tampering:
    """Whoever holds the file: guards are out, references are not looked at."""

    connection: Any

    def do(self, statement: str, *values: Any) -> int:
        """Change rows; it has to reach some."""
        touched = self.connection.execute(spelled(statement), values).rowcount
        assert touched > 0, statement
        return int(touched)

    def ask(self, statement: str, *values: Any) -> list[Any]:
        """Return rows."""
        return list(self.connection.execute(spelled(statement), values).fetchall())

    def one(self, statement: str, *values: Any) -> Any:
        """Return the first value of the first row."""
        return self.ask(statement, *values)[0][0]


@contextlib.contextmanager
def tampering(path: Path, *, checks: bool = False) -> Iterator[Tampering]:
    """Take the guards out, change data, and put the guards back as they were."""
    engine = create_engine(f"sqlite+pysqlite:///{path}", module=sqlite)
    with engine.begin() as connection:
        drop_guards(connection)
    raw = sqlite.connect(str(path))
    raw.execute(f"PRAGMA ignore_check_constraints={'OFF' if checks else 'ON'}")
    yield Tampering(raw)
    raw.commit()
    raw.close()
    with engine.begin() as connection:
        install_guards(connection)
    engine.dispose()


# ---- what the sample lacks


def _furnish(staff: dict[str, Company]) -> None:
    accountant, supervisor = staff["chenjing"], staff["lintao"]
    _approve(staff, _reversed(accountant), by="lintao")
    _undo(staff)
    _claim(staff)
    _contact(accountant)
    _authority(staff)
    Noticing(accountant, FakeClock()).issue(_owing(accountant), Asked())
    KeepingEvidence(accountant).keep("邮件".encode() * 700_000, name="大文件.txt")
    supervisor.run(lambda unit: record_audit(unit, "export journal", "journal.csv 67"))
    _lock(supervisor)
    supervisor.run(make_seal)
    supervisor.run(lambda unit: record_audit(unit, "export journal", "journal.csv 68"))
    supervisor.run(make_seal)


def _customers(company: Company) -> tuple[CustomerRow, ...]:
    with company.database.reading() as connection:
        return tuple(customers.every(connection))


def _owing(company: Company) -> CustomerRow:
    with company.database.reading() as connection:
        owing = t.open_item.select().where(t.open_item.c.open_minor > 0)
        return customers.by_id(connection, connection.execute(owing).first().customer_id)  # type: ignore[union-attr]


def _approve(staff: dict[str, Company], document: Document, *, by: str) -> None:
    decision = Decision(DocumentId(document.id), document.seen, Verb.APPROVE)
    Approving(staff[by], FakeClock()).decide(decision)


def _posted(company: Company, kind: str) -> list[Document]:
    with company.database.reading() as connection:
        rows = connection.execute(
            t.document.select().where(t.document.c.kind == kind, t.document.c.state == "posted")
        )
        return [documents.look(connection, row.id) for row in rows]


def _reversed(company: Company) -> Document:
    origin = _posted(company, "voucher")[0]
    return Reversing(company, FakeClock()).reverse(origin, "客户退回全部货物").value


def _undo(staff: dict[str, Company]) -> None:
    company = staff["chenjing"]
    with company.database.reading() as connection:
        allocation = connection.execute(
            t.allocation.select().where(t.allocation.c.undoes.is_(None))
        )
        standing = [row.id for row in allocation if row.charge_id and row.credit_id]
    undone = Receipts(company, FakeClock()).undo(standing[0], "核销错了发票").value
    _approve(staff, undone, by="lintao")


def _claim(staff: dict[str, Company]) -> None:
    receipts = Receipts(staff["shenjia"], FakeClock())
    money = receipts.record(MoneyIn(Money(500_00, "CNY")), submit=True).value
    _approve(staff, money, by="lintao")
    owner = _owing(staff["shenjia"])
    _approve(staff, receipts.claim(money.id, owner, submit=True).value, by="lintao")


def _contact(company: Company) -> None:
    customer = _customers(company)[1]
    text = {
        "customer": customer.id,
        "record": customer.record,
        "contact": {**customer.contact, "phone": "13900000000"},
    }
    Writing(company).draft("customer", text, then=("submit", "note", "post"))


def _authority(staff: dict[str, Company]) -> None:
    right = {
        "id": staff["lintao"].new_id(), "person": "wangfang", "role": "collector", "limit": 0,
        "loss_limit": 0, "window": 0,
    }  # fmt: skip
    text = {"authority": [right], "memo": "也做催收"}
    document = Writing(staff["lintao"]).draft("authority", text, then=("submit",)).value
    _approve(staff, document, by="zhoumin")


def _lock(company: Company) -> None:
    with company.database.reading() as connection:
        month = connection.exec_driver_sql("SELECT min(period) FROM journal_entry").scalar_one()
    row = {
        "period": month, "made_by": company.person, "made_at": FakeClock().now_us(),
        "ledger_hash": bytes(32),
    }  # fmt: skip
    company.run(lambda unit: unit.connection.execute(insert(t.period_lock).values(**row)))
