"""What the journal vouchers of a month say: entries with their lines, and who answers for them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, cast, func, select

from erpdesk.storage import document_texts
from erpdesk.storage import tables as t
from erpdesk.storage.types import Whole


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month, ``YYYY-MM``: how many entries it has, and their debits in the base currency."""

    period: str
    entries: int
    debit_minor: int


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A line of an entry; ``side`` 1 debit, −1 credit, amounts in minor units, base beside them."""

    account: str
    account_name: str
    customer: str
    side: int
    amount_minor: int
    currency: str
    base_minor: int
    text: str


@dataclass(frozen=True, slots=True)
class PostedVoucher:
    """A posted entry: its series and number, its document and what that says."""

    series: str
    number: int
    period: str
    day: date
    document: str
    text: dict[str, Any]
    made_by: str
    decided_by: str
    posted_by: str
    lines: tuple[VoucherLine, ...]


def periods(connection: Connection) -> tuple[PeriodRow, ...]:
    """Return the months in which something was posted, the newest first."""
    entry, total = t.journal_entry.c, t.period_total.c
    booked = (
        select(cast(func.sum(total.debit_base_minor), Whole))
        .where(total.period == entry.period)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(entry.period, func.count(), booked)
        .group_by(entry.period)
        .order_by(entry.period.desc())
    )
    return tuple(PeriodRow(*row) for row in rows)


def posted_in(connection: Connection, period: str) -> tuple[PostedVoucher, ...]:
    """Return the journal vouchers of a month in the order of their series and numbers."""
    entries = _entries(connection, period)
    lines = _lines(connection, period)
    documents = [entry.document_id for entry in entries]
    said = document_texts.texts(connection, documents)
    steps = _steps(connection, period)
    return tuple(
        PostedVoucher(
            entry.series, entry.number, entry.period, entry.posting_date, entry.document_number,
            said[entry.document_id], *steps[entry.document_id], tuple(lines[entry.id]),
        )
        for entry in entries
    )  # fmt: skip


def _entries(connection: Connection, period: str) -> list[Any]:
    entry, document = t.journal_entry.c, t.document.c
    return list(
        connection.execute(
            select(t.journal_entry, document.number.label("document_number"))
            .join(t.document, document.id == entry.document_id)
            .where(entry.period == period)
            .order_by(entry.series, entry.number)
        )
    )


def _lines(connection: Connection, period: str) -> dict[str, list[VoucherLine]]:
    entry, line, account, customer = (
        t.journal_entry.c, t.journal_line.c, t.account.c, t.customer.c,
    )  # fmt: skip
    rows = connection.execute(
        select(t.journal_line, account.name.label("account_name"), customer.name.label("customer"))
        .join(t.journal_entry, entry.id == line.entry_id)
        .join(t.account, account.code == line.account)
        .outerjoin(t.customer, customer.id == line.customer_id)
        .where(entry.period == period)
        .order_by(line.entry_id, line.line_no)
    )
    found: dict[str, list[VoucherLine]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(
            VoucherLine(
                row.account, row.account_name, row.customer or "", row.side, row.amount_minor,
                row.currency, row.base_minor, row.text or "",
            )
        )  # fmt: skip
    return found


def _steps(connection: Connection, period: str) -> dict[str, tuple[str, str, str]]:
    """Return who made, decided and posted each document, by how people are called."""
    step, entry, person = t.step.c, t.journal_entry.c, t.person.c
    rows = connection.execute(
        select(step.document_id, step.verb, step.to_state, person.display)
        .join(t.journal_entry, entry.document_id == step.document_id)
        .join(t.person, person.name == step.made_by)
        .where(entry.period == period)
        .order_by(step.document_id, step.seq)
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        part = {"draft": "made", "edit": "made", "post": "posted"}.get(row.verb, "")
        part = part or ("decided" if row.to_state == "approved" else "")
        found[row.document_id][part] = row.display
    return {key: _three(parts) for key, parts in found.items()}


def _three(parts: dict[str, str]) -> tuple[str, str, str]:
    return parts.get("made", ""), parts.get("decided", ""), parts.get("posted", "")
