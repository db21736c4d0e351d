"""Receipts from nobody known: which are left, whether a claim waits, and what became of one."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    select,
    text,
)

from erpdesk.domain.accounts import SUSPENSE
from erpdesk.domain.claim import Unidentified, claimed_entry
from erpdesk.domain.evidence import evidence_of
from erpdesk.domain.money import Money
from erpdesk.domain.posting import CREDIT
from erpdesk.storage import tables as t

ASKED = ("submitted", "in_review", "approved")
"""The states in which a claim was handed on and is not posted."""

_CLAIM: Final = t.journal_entry.alias("claim")


def left(connection: Connection) -> tuple[Unidentified, ...]:
    """Return the receipts whose payer is still unknown, the oldest first."""
    is_claimed = select(_CLAIM.c.id).where(_stands()).exists()
    return _found(connection, _received().where(~_is_reversed(t.journal_entry), ~is_claimed))


def of_document(connection: Connection, document_id: str) -> Unidentified | None:
    """Return the receipt from nobody known that a document is, or None."""
    found = _found(connection, _received().where(t.document.c.id == document_id))
    return found[0] if found else None


def of_entry(
    connection: Connection, entry_id: str, *, but: str | None = None
) -> Unidentified | None:
    """Return the receipt that came in by an entry, or None; a claim ``but`` does not wait."""
    found = _found(connection, _received().where(t.journal_entry.c.id == entry_id), but=but)
    return found[0] if found else None


def claimed_by(connection: Connection, entry_id: str) -> str | None:
    """Return the number of the claim that stands on what came in by an entry, or None."""
    asked = select(_claimed_by()).where(t.journal_entry.c.id == entry_id)
    found: str | None = connection.execute(asked).scalar_one_or_none()
    return found


def _received() -> Select[Any]:
    entry, line = t.journal_entry, t.journal_line
    return (
        select(
            t.document.c.id, t.document.c.number, t.content.c.body, entry.c.posting_date,
            entry.c.id.label("entry"), line.c.amount_minor, line.c.currency,
            _reversed_by().label("reversed_by"), _claimed_by().label("claimed_by"),
        )
        .join(entry, entry.c.id == line.c.entry_id)
        .join(t.document, t.document.c.id == entry.c.document_id)
        .join(t.content, t.content.c.hash == entry.c.content_hash)
        .where(line.c.account == SUSPENSE, line.c.side == CREDIT, entry.c.reverses.is_(None))
        .order_by(entry.c.posting_date, entry.c.id)
    )  # fmt: skip


def _reversed_by() -> ScalarSelect[Any]:
    red, document = t.journal_entry.alias("red"), t.document.alias("red_document")
    return (
        select(func.min(document.c.number))
        .join(red, red.c.document_id == document.c.id)
        .where(red.c.reverses == t.journal_entry.c.id)
        .correlate(t.journal_entry)
        .scalar_subquery()
    )


def _claimed_by() -> ScalarSelect[Any]:
    document = t.document.alias("claim_document")
    return (
        select(func.min(document.c.number))
        .join(_CLAIM, _CLAIM.c.document_id == document.c.id)
        .where(_stands())
        .correlate(t.journal_entry)
        .scalar_subquery()
    )


def _stands() -> ColumnElement[bool]:
    """Say whether a claim is of the entry that is looked at, and was not reversed."""
    return and_(_CLAIM.c.identifies == t.journal_entry.c.id, ~_is_reversed(_CLAIM))


def _is_reversed(entry: FromClause) -> ColumnElement[bool]:
    red = t.journal_entry.alias(f"red_of_{entry.name}")  # type: ignore[attr-defined]
    return select(red.c.id).where(red.c.reverses == entry.c.id).exists()


def _found(
    connection: Connection, query: Select[Any], *, but: str | None = None
) -> tuple[Unidentified, ...]:
    rows = connection.execute(query).all()
    waiting = _waiting(connection, but) if rows else {}
    return tuple(_unidentified(row, waiting) for row in rows)


def _waiting(connection: Connection, but: str | None) -> dict[str, str]:
    """Return the number of the claim that waits, by the entry it claims."""
    document = t.document.c
    rows = connection.execute(
        select(document.id, document.number, t.content.c.body)
        .join(t.content, t.content.c.hash == document.content_hash)
        .where(text(t.IN_HAND), document.kind == "receipt", document.state.in_(ASKED))
        .where(t.content.c.body.contains('"identifies":', autoescape=True))
        .order_by(document.made_at.desc())
    )
    claims = ((claimed_entry(json.loads(r.body)), r.number) for r in rows if r.id != but)
    return {entry: number for entry, number in claims if entry is not None}


def _unidentified(row: Row[Any], waiting: Mapping[str, str]) -> Unidentified:
    said = json.loads(row.body)
    rate = said["entry"].get("exchange_rate")
    return Unidentified(
        row.id, row.entry, row.number, row.posting_date, Money(row.amount_minor, row.currency),
        said.get("memo", ""), said.get("bank"),
        evidence_of(said),
        row.reversed_by, row.claimed_by, waiting.get(row.entry),
        None if rate is None else Decimal(rate),
    )  # fmt: skip
