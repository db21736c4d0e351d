"""The table of a statement: what is open, or what moved the balance; its sums carried on."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, TypeAlias

from reportlab.lib.units import mm

from erpdesk.domain.accounts import Part
from erpdesk.domain.money import Money
from erpdesk.domain.statement import Movement, OpenLine, Sort, Stated
from erpdesk.papers.flow import Block, row_block
from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import INNER, Align
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.table import ROW, Cell, Column, Row, Table, amount_width
from erpdesk.papers.text import RED, VIOLET, Style
from erpdesk.papers.wording import said

Amounts: TypeAlias = tuple[Money, Money, Money]
CELL: Final = Style(Weight.REGULAR, 8)
_SUM: Final = Style(Weight.MEDIUM, 8)
_NEGATIVE: Final = Style(Weight.REGULAR, 8, RED)
_UNBILLED: Final = Style(Weight.REGULAR, 8, VIOLET)
_EMPTY: Final = "—"
_BLANK: Final = Cell("")
_LEADING: Final[dict[Sort, tuple[tuple[float, Align, int], ...]]] = {
    Sort.OPEN_ITEMS: (
        (18.5, "centre", 1), (29, "left", 2), (16, "centre", 1), (0, "left", 6),
        (18.5, "centre", 1),
    ),
    Sort.ACTIVITY: ((18.5, "centre", 1), (31, "left", 2), (18, "centre", 2), (0, "left", 6)),
}  # fmt: skip
"""Width in millimetres, place and lines of what stands before the amounts; 0 is the rest."""


class StatementTable:
    """One currency's table as blocks: head, rows, the sums of a page, the sum of all."""

    def __init__(self, view: StatementView, stated: Stated) -> None:
        self._view, self._stated = view, stated
        self._is_open = view.sort is Sort.OPEN_ITEMS
        self._listed: Sequence[OpenLine | Movement] = (
            stated.lines if self._is_open else stated.moves
        )
        self._amounts = self._of_open() if self._is_open else self._of_moves()
        nothing = Money(0, stated.opening.currency)
        begin = (nothing, nothing, nothing if self._is_open else stated.opening)
        self._sums = list(accumulate(self._amounts, self._added, initial=begin))
        self._table = Table(self._columns())
        self._head = Block(ROW, self._table.draw_head, keeps_next=True)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks; the last two rows stay with the sum that ends the table."""
        yield self._head
        if not self._is_open:
            yield self._block(self._opening())._replace(carried=self._carried(0))
        for n, line in enumerate(self._listed, 1):
            cells = (Cell(str(n), CELL), *self._leading(line), *self._cells(n - 1))
            row = self._block(self._table.row(cells, where=f"rows.{n}"))
            yield row._replace(carried=self._carried(n), keeps_next=n >= len(self._listed) - 1)
        count = str(len(self._listed))
        yield self._sum_row(len(self._listed), said(self._view.words.all_of, count=count), "sum")

    def _of_open(self) -> list[Amounts]:
        return [(line.original, line.settled, line.left) for line in self._stated.lines]

    def _of_moves(self) -> list[Amounts]:
        nothing = Money(0, self._stated.opening.currency)
        moves = zip((one.change for one in self._stated.moves), self._stated.balances, strict=True)
        return [
            (nothing, -change, left) if change.minor < 0 else (change, nothing, left)
            for change, left in moves
        ]

    def _added(self, before: Amounts, row: Amounts) -> Amounts:
        """Add a row to the sums so far; a running balance stands as it is."""
        last = before[2] + row[2] if self._is_open else row[2]
        return before[0] + row[0], before[1] + row[1], last

    def _columns(self) -> tuple[Column, ...]:
        shapes = _LEADING[self._view.sort]
        heads = self._view.words.heads[self._view.sort]
        amounts = [
            amount_width([money.grouped() for money in column], head, least=17 * mm, most=34 * mm)
            for column, head in zip(
                zip(*self._amounts, *self._sums, strict=True), heads[-3:], strict=True
            )
        ]
        count = max(8 * mm, CELL.width(str(len(self._listed))) + 2.6 * mm)
        rest = INNER - count - sum(amounts) - sum(width for width, _, _ in shapes) * mm
        return (
            Column(heads[0], count, "centre"),
            *(
                Column(head, width * mm or rest, align, lines)
                for head, (width, align, lines) in zip(heads[1:-3], shapes, strict=True)
            ),
            *(
                Column(head, width, "right")
                for head, width in zip(heads[-3:], amounts, strict=True)
            ),
        )

    def _opening(self) -> Row:
        """Return the row of the balance before the first day."""
        first = self._view.first
        day = Cell(first.isoformat() if first else "", CELL)
        word = Cell(self._view.words.opening, _SUM)
        balance = _money(self._stated.opening)
        cells = (_BLANK, day, word, _BLANK, _BLANK, _BLANK, _BLANK, balance)
        return self._table.row(cells, where="opening")

    def _leading(self, line: OpenLine | Movement) -> tuple[Cell, ...]:
        words = self._view.words
        day, document = Cell(line.day.isoformat(), CELL), Cell(line.document, CELL)
        basis = Cell(line.basis or _EMPTY, CELL)
        if isinstance(line, Movement):
            return day, document, Cell(words.kinds.get(line.kind, _EMPTY), CELL), basis
        part = Cell(words.parts[line.part], _UNBILLED if line.part is Part.UNBILLED else CELL)
        due = line.due.isoformat() if line.original.minor > 0 else _EMPTY
        return day, document, part, basis, Cell(due, CELL)

    def _cells(self, n: int) -> Iterator[Cell]:
        """Yield the amounts of a row; what is nothing beside something else is a dash."""
        *others, last = self._amounts[n]
        for money in others:
            yield _money(money) if money.minor else Cell(_EMPTY, CELL)
        yield _money(last)

    def _carried(self, count: int) -> tuple[Block, Block]:
        """Return the sums after a row as they end a page and as they begin the next."""
        paper = self._view.words.paper
        return (
            self._sum_row(count, paper.carried, "carried"),
            self._sum_row(count, paper.brought, "brought"),
        )

    def _sum_row(self, count: int, word: str, name: str) -> Block:
        leading = [_BLANK] * len(_LEADING[self._view.sort])
        leading[1] = Cell(word, _SUM)
        amounts = (Cell(money.grouped(), _SUM) for money in self._sums[count])
        row = self._table.row((_BLANK, *leading, *amounts), where="sums", ground=True)
        return self._block(row, name)

    def _block(self, row: Row, name: str = "row") -> Block:
        return row_block(self._table, row, self._head, name=name)


def _money(money: Money) -> Cell:
    return Cell(money.grouped(), _NEGATIVE if money.minor < 0 else CELL)
