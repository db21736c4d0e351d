"""Statements of account: what is open, or what moved the balance, agreed with the ledger first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, Literal

from typing_extensions import override

from erpdesk.domain.accounts import Part
from erpdesk.domain.codes.own_code import statement_code
from erpdesk.domain.moments import not_after
from erpdesk.domain.money import Money
from erpdesk.domain.notice_gates import Looked
from erpdesk.domain.statement import (
    Movement,
    OpenLine,
    Sort,
    Stated,
    TimeTurnedError,
    in_order,
    moves_in_order,
)
from erpdesk.papers.statement_view import StatementView
from erpdesk.services.issuing import (
    Issuing,
    Stamp,
    basis_of,
    day_from,
    parties,
    receiver_from,
    sender_from,
)
from erpdesk.services.noticing import NothingOpenError
from erpdesk.services.statement_sheets import write_statement
from erpdesk.storage import document_texts, ledger, movements
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.movements import MovementRow

OBJECT_WITHIN_DAYS = 10


@dataclass(frozen=True, slots=True)
class StatementAsked:
    """What a statement is asked to say: which sort, from when (activity), as of when, until when.

    Without a first day an activity begins with the month of its last one.
    """

    sort: Sort = Sort.OPEN_ITEMS
    first: date | None = None
    as_of: date | None = None
    object_by: date | None = None
    language: Literal["zh", "en"] | None = None


@dataclass(frozen=True, slots=True)
class Stating(Issuing[StatementAsked]):
    """Issues statements of account."""

    kind: ClassVar[str] = "statement"
    mark: ClassVar[str] = "账"
    sorts: ClassVar[frozenset[str]] = frozenset(Sort)
    looks_at: ClassVar[frozenset[Looked]] = frozenset(
        {Looked.FIRM, Looked.FRESH, Looked.CONTACT, Looked.REPEATED, Looked.FONT}
    )

    @override
    def frozen(
        self, connection: Connection, customer: CustomerRow, asked: StatementAsked
    ) -> dict[str, Any]:
        as_of = not_after(asked.as_of or self.clock.today(), self.clock.today())
        sent = parties(connection, customer, self.company.person)
        stated = _stated(connection, customer.id, asked, as_of)
        if not stated:
            raise NothingOpenError(customer=customer.code)
        for part in stated:
            part.must_agree(asked.sort)
        first = {"first": _first(asked, as_of)} if asked.sort is Sort.ACTIVITY else {}
        return {
            "sort": asked.sort.value,
            "as_of": as_of,
            **first,
            "object_by": asked.object_by or self.clock.today() + timedelta(OBJECT_WITHIN_DAYS),
            "language": asked.language or customer.record.get("language") or "zh",
            "code": customer.code,
            "parts": [_written(part) for part in _own_first(stated, customer)],
            **sent,
        }

    def sheet(self, document: Document, path: Path) -> int:
        """Write an issued statement as a table (.xlsx, .csv); return how many rows it has.

        Raises:
            UnknownSuffixError, FileNotWrittenError: another ending, or it cannot be written there.
        """
        stamp = self._stamp(document, copy=0)
        return write_statement(_view(document.content[self.kind], stamp), path)

    @override
    def drawn(self, frozen: dict[str, Any], stamp: Stamp) -> bytes:
        from erpdesk.papers.statement import statement

        return statement(_view(frozen, stamp))


def _stated(
    connection: Connection, customer_id: str, asked: StatementAsked, as_of: date
) -> list[Stated]:
    """Return what is said in each currency; one in which there is nothing to say is left out."""
    booked = movements.ledger_on(connection, customer_id, as_of)
    if asked.sort is Sort.OPEN_ITEMS:
        lines = _open_lines(connection, customer_id, as_of)
        currencies = {line.left.currency for line in lines}
        return [_open(lines, booked, currency) for currency in sorted(currencies)]
    first = _first(asked, as_of)
    moves = _moves(connection, customer_id, first, as_of)
    before = movements.ledger_before(connection, customer_id, first)
    said = {one.change.currency for one in moves} | {name for name, n in before.items() if n}
    return [
        Stated(
            parts=_parts(booked, currency),
            opening=Money(before.get(currency, 0), currency),
            moves=moves_in_order(one for one in moves if one.change.currency == currency),
        )
        for currency in sorted(said)
    ]


def _first(asked: StatementAsked, as_of: date) -> date:
    first = asked.first or as_of.replace(day=1)
    if first > as_of:
        raise TimeTurnedError(first=first, last=as_of)
    return first


def _open(
    lines: Iterable[OpenLine], booked: Mapping[tuple[str, str], int], currency: str
) -> Stated:
    mine = in_order(line for line in lines if line.left.currency == currency)
    return Stated(parts=_parts(booked, currency), opening=Money(0, currency), lines=mine)


def _parts(booked: Mapping[tuple[str, str], int], currency: str) -> dict[Part, Money]:
    return {part: Money(booked.get((currency, part.value), 0), currency) for part in Part}


def _open_lines(connection: Connection, customer_id: str, day: date) -> list[OpenLine]:
    items = ledger.open_items_on(connection, customer_id, day)
    texts = document_texts.texts(connection, {item.document_id for item in items})
    return [_open_line(item, texts[item.document_id]) for item in items]


def _open_line(item: ItemRow, text: dict[str, Any]) -> OpenLine:
    return OpenLine(
        day=item.posted_on,
        document=item.label,
        part=Part(item.part),
        basis=basis_of(text),
        due=item.due_date,
        original=Money(item.original_minor, item.currency),
        left=Money(item.open_minor, item.currency),
    )


def _moves(connection: Connection, customer_id: str, first: date, last: date) -> list[Movement]:
    rows = movements.movements(connection, customer_id, first, last)
    texts = document_texts.texts(connection, {row.document_id for row in rows})
    return [_move(row, basis_of(texts[row.document_id])) for row in rows]


def _move(row: MovementRow, basis: str) -> Movement:
    change = Money(row.change_minor, row.currency)
    return Movement(day=row.day, document=row.label, kind=row.kind, basis=basis, change=change)


def _own_first(stated: list[Stated], customer: CustomerRow) -> list[Stated]:
    own = customer.record.get("currency")
    return sorted(stated, key=lambda part: part.opening.currency != own)


def _written(stated: Stated) -> dict[str, Any]:
    """Return what is said in a currency as a text holds it: amounts in whole minor units."""
    return {
        "currency": stated.opening.currency,
        "opening": stated.opening.minor,
        "parts": {part.value: money.minor for part, money in stated.parts.items()},
        "lines": [
            {
                "day": x.day, "document": x.document, "part": x.part.value, "basis": x.basis,
                "due": x.due, "original": x.original.minor, "left": x.left.minor,
            }
            for x in stated.lines
        ],
        "moves": [
            {
                "day": x.day, "document": x.document, "kind": x.kind, "basis": x.basis,
                "change": x.change.minor,
            }
            for x in stated.moves
        ],
    }  # fmt: skip


def _read(said: dict[str, Any]) -> Stated:
    """Return what a text says in a currency; :func:`_written` turned round."""
    currency = said["currency"]
    return Stated(
        parts={part: Money(said["parts"][part.value], currency) for part in Part},
        opening=Money(said["opening"], currency),
        lines=tuple(
            OpenLine(
                day=day_from(x["day"]), document=x["document"], part=Part(x["part"]),
                basis=x["basis"], due=day_from(x["due"]), original=Money(x["original"], currency),
                left=Money(x["left"], currency),
            )
            for x in said["lines"]
        ),
        moves=tuple(
            Movement(
                day=day_from(x["day"]), document=x["document"], kind=x["kind"], basis=x["basis"],
                change=Money(x["change"], currency),
            )
            for x in said["moves"]
        ),
    )  # fmt: skip


def _view(frozen: dict[str, Any], stamp: Stamp) -> StatementView:
    return StatementView(
        sort=Sort(frozen["sort"]),
        number=stamp.number,
        code="EDS" if stamp.draft else statement_code(stamp.month, stamp.n),
        as_of=day_from(frozen["as_of"]),
        first=day_from(frozen["first"]) if "first" in frozen else None,
        object_by=day_from(frozen["object_by"]),
        parts=tuple(map(_read, frozen["parts"])),
        company=sender_from(frozen["firm"]),
        customer=receiver_from(frozen["customer"]),
        customer_code=frozen["code"],
        made_by=frozen["made_by"],
        content_hash=stamp.content_hash,
        printed_at=stamp.printed_at,
        seal=stamp.seal,
        copy=stamp.copy,
        draft=stamp.draft,
        language=frozen["language"],
    )
