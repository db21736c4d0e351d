"""A statement as a table, for customers who compare by spreadsheet: its lines, nothing added up."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from erpdesk.domain.money import Money
from erpdesk.domain.statement import Sort, Stated
from erpdesk.files.safe_cells import Value, write_rows
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.statement_words import StatementWording


def write_statement(view: StatementView, path: Path) -> int:
    """Write what a statement lists as .xlsx or .csv; return how many rows there are.

    Raises:
        UnknownSuffixError, FileNotWrittenError: another ending, or it cannot be written there.
    """
    words = view.words
    header = (words.number, *words.heads[view.sort], words.currency)
    rows = [row for stated in view.parts for row in _rows(view, stated)]
    write_rows(path, header, rows)
    return len(rows)


def _rows(view: StatementView, stated: Stated) -> Iterator[tuple[Value, ...]]:
    is_open = view.sort is Sort.OPEN_ITEMS
    listed = _open(stated, view.words) if is_open else _moves(view, stated)
    for n, row in enumerate(listed, 1 if is_open else 0):
        yield (view.number, n or None, *row, stated.opening.currency)


def _open(stated: Stated, words: StatementWording) -> Iterator[tuple[Value, ...]]:
    for x in stated.lines:
        due = x.due if x.original.minor > 0 else None
        amounts = map(_figure, (x.original, x.settled, x.left))
        yield (x.day, x.document, words.parts[x.part], x.basis, due, *amounts)


def _moves(view: StatementView, stated: Stated) -> Iterator[tuple[Value, ...]]:
    """Yield the opening balance, then each move with the balance after it."""
    words = view.words
    yield (view.first, words.opening, "", "", None, None, _figure(stated.opening))
    for x, balance in zip(stated.moves, stated.balances, strict=True):
        is_more = x.change.minor > 0
        changes = (_figure(x.change), None) if is_more else (None, _figure(-x.change))
        kind = words.kinds.get(x.kind, "")
        yield (x.day, x.document, kind, x.basis, *changes, _figure(balance))


def _figure(money: Money) -> Decimal:
    return Decimal(money.plain())
