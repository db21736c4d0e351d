"""What a delivery is worth: its lines and freight, or the amount that is stated for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from erpdesk.domain.importing.cells import Habits, other_currency
from erpdesk.domain.importing.checked_cells import Read
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_groups import Group
from erpdesk.domain.importing.delivery_lines import (
    DeliveryLine,
    LineBook,
    Numbers,
    Unreadable,
    is_percent,
)
from erpdesk.domain.importing.rows import Problem, Reason
from erpdesk.domain.money import AmountTooLargeError, Money

NO_LINES: Final = Reason("没有明细行，也没有金额", "no lines and no amount")
AMOUNT_STATED: Final = Reason("没有明细行，按写明的金额", "no lines: the stated amount counts")
FREIGHT_APART: Final = Reason(
    "按写明的金额，运费未另加", "the stated amount counts, freight is not added to it"
)
FREIGHT_ONCE: Final = Reason("各行的运费相同，只计一次", "the same freight in each row counts once")
FREIGHT_DIFFERS: Final = Reason("同一单号的各行运费不同", "the freight differs within one number")
TOTAL_DIFFERS: Final = Reason(
    "单据总额与明细合计加运费不符，按后者", "the grand total is not lines plus freight: those count"
)
SAME_LINE: Final = Reason("与上一行完全相同，两行都计入", "the same as the line above: both count")
OTHER_CURRENCY: Final = Reason(
    "金额写的币种与单据的币种不同", "the amount is written in another currency than the delivery's"
)
NEGATIVE: Final = Reason(
    "金额为负（退货），不能这样结算", "negative (a return): not to be settled so"
)
TOO_LARGE: Final = Reason("金额过大", "the amount is too large")
MONEY: Final = ("price", "gross", "amount", "freight", "total")
_CENT: Final = Decimal("0.01")


@dataclass(slots=True)
class Worth:
    """The exact worth of a delivery, what it is made of, and what is to be looked at."""

    amount: Decimal = Decimal(0)
    lines: list[DeliveryLine] = field(default_factory=list)
    freight: Decimal | None = None
    gross: bool = False
    notes: list[Problem] = field(default_factory=list)


Said = tuple[int, dict[str, str]]
"""The line in its file, and what the fields of that line say."""

_FIELDS: Final = ("goods", "quantity", "unit", "price", "discount", "gross", "amount")


class Appraisal:
    """How the deliveries of one reading are valued: by their rows, or by the lines of a book."""

    def __init__(self, columns: Columns, habits: Habits, book: LineBook | None) -> None:
        self.columns, self.book = columns, book
        self.line_columns = book.columns if book else columns
        self.fields = tuple(filter(columns.has, _FIELDS))
        self.numbers = Numbers(habits, percent=is_percent(self.line_columns))
        self.stated_tax = _tax_in_headings(columns, self.line_columns)

    def worth(
        self, group: Group, head: Read, freights: list[Decimal], currency: str
    ) -> Worth | Problem:
        """Return what a delivery is worth, or the problem that stands against it."""
        if len(set(freights)) > 1:
            return Problem(group.line, self.columns.title("freight"), FREIGHT_DIFFERS)
        worth = Worth(freight=freights[0] if freights else None)
        if len(freights) > 1 and freights[0]:
            self._note(worth, group, "freight", FREIGHT_ONCE)
        if self.book and (lines := list(self.book.take(group.number))):
            return self._foreign_line(group, lines, currency) or self._summed(
                worth, group, head, lines
            )
        own = self._own_lines(group)
        if not self.book and (len(own) > 1 or {"quantity", "price"} <= own[0][1].keys()):
            return self._summed(worth, group, head, own)
        return self._stated(worth, group, head, own[0])

    def foreign(self, group: Group, currency: str) -> Problem | None:
        """Return the problem that an amount in the rows is written in another currency."""
        for line in group.lines:
            if name := _foreign(line.says, currency):
                return Problem(line.raw.line, self.columns.title(name), OTHER_CURRENCY)
        return None

    def _foreign_line(self, group: Group, lines: list[Said], currency: str) -> Problem | None:
        for at, what in lines:
            if name := _foreign(what, currency):
                return self._bad_line(group, at, Unreadable(name, OTHER_CURRENCY))
        return None

    def _own_lines(self, group: Group) -> list[Said]:
        """Return what the rows of a delivery say as lines."""
        return [
            (line.raw.line, {n: line.says[n] for n in self.fields if n in line.says})
            for line in group.lines
        ]

    def _summed(self, worth: Worth, group: Group, head: Read, lines: list[Said]) -> Worth | Problem:
        before: dict[str, str] = {}
        for at, what in lines:
            found = self.numbers.valued(what)
            if isinstance(found, Unreadable):
                return self._bad_line(group, at, found)
            worth.amount += found.worth
            worth.gross |= found.gross
            worth.lines.append(found.line)
            notes = (found.note, SAME_LINE if what == before else None)
            for note in filter(None, notes):
                worth.notes.append(Problem(group.line, "", self._placed(at, group, note)))
            before = what
        worth.amount += worth.freight or 0
        total = head.values.get("total")
        if total is not None and abs(total - worth.amount) > _CENT:
            self._note(worth, group, "total", TOTAL_DIFFERS)
        return worth

    def _bad_line(self, group: Group, at: int, why: Unreadable) -> Problem:
        heading = self.line_columns.title(why.field)
        line = group.line if self.book else at
        return Problem(line, heading, self._placed(at, group, why.reason))

    def _placed(self, at: int, group: Group, why: Reason) -> Reason:
        """Say in which line it is, where that is not the delivery's own."""
        if not self.book and at == group.line:
            return why
        file_zh, file_en = ("明细文件", " of the lines") if self.book else ("", "")
        return Reason(f"{file_zh}第 {at} 行：{why.zh}", f"line {at}{file_en}: {why.en}")

    def _stated(self, worth: Worth, group: Group, head: Read, own: Said) -> Worth | Problem:
        """Take the amount that stands for the whole delivery."""
        line, what = own
        total = head.values.get("total")
        if total is not None:
            worth.amount = total
        elif self.book and not what:
            return Problem(line, self.columns.title("number"), NO_LINES)
        else:
            found = self.numbers.valued(what)
            if isinstance(found, Unreadable):
                return Problem(line, self._title(found.field), found.reason)
            worth.amount, worth.gross = found.worth, found.gross
        if self.book:
            self._note(worth, group, "number", AMOUNT_STATED)
        if worth.freight:
            self._note(worth, group, "freight", FREIGHT_APART)
        return worth

    def _title(self, name: str) -> str:
        """Return the heading of a field, or of the amount that is there in its place."""
        names = (name, "gross", "amount", "price")
        return next((t for n in names if (t := self.columns.title(n))), "")

    def _note(self, worth: Worth, group: Group, name: str, why: Reason) -> None:
        worth.notes.append(Problem(group.line, self.columns.title(name), why))


def _foreign(says: Mapping[str, str], currency: str) -> str:
    """Return the field whose amount is written in another currency; empty for none."""
    for name in MONEY:
        if (text := says.get(name)) and other_currency(text, currency):
            return name
    return ""


def amount_of(worth: Decimal, currency: str) -> Money | Reason:
    """Return a worth as money, or why it is none that is settled so."""
    if worth < 0:
        return NEGATIVE
    try:
        return Money.of(worth, currency)
    except AmountTooLargeError:
        return TOO_LARGE


def is_exact(amount: Money, worth: Decimal) -> bool:
    """Say whether nothing was rounded."""
    return Decimal(amount.plain()) == worth


def _tax_in_headings(*tables: Columns) -> bool | None:
    """Return what the headings of price and amount say about tax."""
    titles = " ".join(t.title(n) for t in tables for n in ("price", "amount", "total")).casefold()
    if any(word in titles for word in ("不含税", "无税", "未税", "excl", "net ")):
        return False
    return True if any(word in titles for word in ("含税", "价税", "incl")) else None
