"""The rows of a notice as a table: its columns, its sums carried from page to page."""

from collections.abc import Iterable
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.money import Money
from erpdesk.papers.figures import coded
from erpdesk.papers.notice_view import Category, NoticeRow, NoticeView, sum_of
from erpdesk.papers.page import INNER
from erpdesk.papers.table import CARRY, CELL, NEGATIVE, Cell, Column, Row, Table, amount_width
from erpdesk.papers.text import VIOLET, Style

_UNBILLED: Final = Style(CELL.weight, CELL.size, VIOLET)
_EMPTY: Final = "—"


class NoticeTable:
    """The table of one notice, its rows measured."""

    def __init__(self, view: NoticeView) -> None:
        self.view = view
        self._currencies = view.currencies
        self._mixed = len(self._currencies) > 1
        self.table = Table(self._columns())
        self.rows = tuple(self._row(n, row) for n, row in enumerate(view.rows, 1))

    def carried(self, count: int, word: str) -> tuple[Row, ...]:
        """Return the sums of the first rows, a row a currency, under 转下页 or 承前页."""
        rows = self.view.rows[:count]
        return tuple(self._sums(rows, currency, word) for currency in self._seen(rows))

    def carried_count(self, count: int) -> int:
        """Return how many rows the sums of the first rows take."""
        return len(self._seen(self.view.rows[:count]))

    def amount(self, money: Money) -> str:
        """Return an amount; among several currencies each says its own."""
        return coded(money) if self._mixed else money.grouped()

    def _seen(self, rows: Iterable[NoticeRow]) -> tuple[str, ...]:
        found = {row.settle.currency for row in rows}
        return tuple(currency for currency in self._currencies if currency in found)

    def _columns(self) -> tuple[Column, ...]:
        words, rows = self.view.words, self.view.rows
        *heads, original, settle = words.heads
        if words.paper.language == "en" and not self._mixed:
            code = self._currencies[0]
            original, settle = f"{original} {code}", f"{settle} {code}"
        amounts = tuple(
            amount_width(texts, head, least=24 * mm, most=36 * mm)
            for head, texts in (
                (original, self._amounts(row.original for row in rows)),
                (settle, self._amounts(row.settle for row in rows)),
            )
        )
        count = CELL.width(str(len(rows))) + 2.6 * mm
        widths = (max(8 * mm, count), 31 * mm, 18 * mm, 0, 21 * mm)
        basis = INNER - sum(widths) - sum(amounts)
        return (
            Column(heads[0], widths[0], "centre"),
            Column(heads[1], widths[1], "left", lines=2),
            Column(heads[2], widths[2], "centre"),
            Column(heads[3], basis, "left", lines=6),
            Column(heads[4], widths[4], "centre"),
            Column(original, amounts[0], "right"),
            Column(settle, amounts[1], "right"),
        )

    def _amounts(self, amounts: Iterable[Money]) -> list[str]:
        """Return every amount of a column and its sums, as written."""
        found = list(amounts)
        sums = (sum_of(found, currency) for currency in self._currencies)
        return [self.amount(money) for money in (*found, *sums)]

    def _row(self, n: int, row: NoticeRow) -> Row:
        words = self.view.words
        category = {
            Category.BILLED: Cell(words.billed),
            Category.UNBILLED: Cell(words.unbilled, _UNBILLED),
            Category.UNAPPLIED: Cell(words.unapplied),
        }[row.category]
        cells = (
            Cell(str(n)),
            Cell(row.document),
            category,
            Cell(row.basis or _EMPTY),
            Cell(row.due.isoformat() if row.due else _EMPTY),
            self._money(row.original),
            self._money(row.settle),
        )
        return self.table.row(cells, where=f"rows.{n}")

    def _money(self, money: Money) -> Cell:
        return Cell(self.amount(money), NEGATIVE if money.minor < 0 else CELL)

    def _sums(self, rows: tuple[NoticeRow, ...], currency: str, word: str) -> Row:
        sums = (
            sum_of((row.original for row in rows), currency),
            sum_of((row.settle for row in rows), currency),
        )
        empty = Cell("")
        cells = (
            empty,
            Cell(word, CARRY),
            empty,
            empty,
            empty,
            *(Cell(self.amount(money), CARRY) for money in sums),
        )
        return self.table.row(cells, where="sums", ground=True)
