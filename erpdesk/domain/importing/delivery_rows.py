"""Rows of an export of uninvoiced deliveries (出库未开票): each delivery once, its amount exact.

A table has a row a delivery with its amount, or a row a line (quantity × price × (1 − discount)),
or the lines stand in a second table. The worth of a delivery is rounded once, half away from zero.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from typing_extensions import override

from erpdesk.domain.importing.cells import Habits
from erpdesk.domain.importing.checked_cells import Read, read_rows, readers
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_cells import (
    DeliveryRules,
    customer_of,
    customers_in,
    delivery_checks,
    lacking,
    why_left_out,
)
from erpdesk.domain.importing.delivery_groups import Group, Groups, survey
from erpdesk.domain.importing.delivery_lines import DeliveryLine, LineBook
from erpdesk.domain.importing.delivery_worth import Appraisal, Worth
from erpdesk.domain.importing.rows import (
    BadRow,
    Good,
    LeftOut,
    Noted,
    NotedBeside,
    Other,
    Problem,
    Reason,
    Row,
    together,
)
from erpdesk.domain.money import AmountTooLargeError, Money


class _Said(NamedTuple):
    line: int
    number: str
    customer: str
    customer_ref: str
    day: date
    amount: Money
    freight: str = ""
    tax_included: bool | None = None
    lines: tuple[DeliveryLine, ...] = ()
    text: str = ""
    rows: int = 1


class DeliveryRow(_Said, Good):
    """A delivery without an invoice; ``tax_included`` is None where the table does not say."""

    __slots__ = ()

    @property
    def currency(self) -> str:
        """The currency of the amount."""
        return self.amount.currency

    @override
    def adds(self) -> tuple[str, int]:
        return self.amount.currency, self.amount.minor

    @override
    def subject(self) -> str:
        return f"{self.number}  {self.customer_ref}"


NEGATIVE: Final = Reason(
    "金额为负（退货），不能这样结算", "negative (a return): not to be settled so"
)
ZERO: Final = Reason("金额为零", "the amount is zero")
TOO_LARGE: Final = Reason("金额过大", "the amount is too large")
HEAD_DIFFERS: Final = Reason(
    "同一单号的各行客户、日期或币种不一致", "customer, day or currency differ within one number"
)
LINE_ORPHAN: Final = Reason(
    "明细行没有单号或格数不对", "a line without a number, or with too many cells"
)
_HEAD: Final = ("customer", "customer_name", "day", "currency")


def _bad_sibling(line: int) -> Reason:
    return Reason(f"同一单据的第 {line} 行有误", f"line {line} of the same delivery is bad")


def _rounded_to(amount: Money) -> Reason:
    text = amount.plain()
    return Reason(
        f"小数多于币种，四舍五入记 {text}", f"more decimals than money has: {text} counts"
    )


def _no_header(number: str, count: int) -> Reason:
    return Reason(
        f"明细文件中单号「{number}」的 {count} 行没有对应的单据",
        f"{count} lines of number {number} have no delivery",
    )


def read_deliveries(
    rows: Iterable[Row],
    columns: Columns,
    rules: DeliveryRules,
    lines: LineBook | None = None,
) -> Iterator[DeliveryRow | Other]:
    """Yield a table's deliveries, and what became of all other rows.

    ``rows`` is gone through twice; ``lines`` is used up.
    """
    repeated, habits = survey(rows, columns, by_line=lines is None)
    if lines is not None:
        habits = habits.or_else(lines.habits)
    reading = _Reading(columns, rules, rules.habits.or_else(habits), lines)
    groups = Groups(columns, repeated, reading.heads, by_line=lines is None)
    return reading.read(groups.of(rows))


class _Reading:
    """One pass: groups of rows become deliveries."""

    def __init__(
        self, columns: Columns, rules: DeliveryRules, habits: Habits, book: LineBook | None
    ) -> None:
        self.columns, self.rules, self.book = columns, rules, book
        self.readers = readers(columns, delivery_checks(habits))
        self.appraisal = Appraisal(columns, habits, book)
        self.stated_tax = _tax_in_headings(columns, self.appraisal.line_columns)

    def heads(self, rows: Sequence[Row]) -> list[Read]:
        """Return the checked heads of some rows; whom they name is looked up together."""
        found = read_rows(rows, self.readers)
        self.rules.look_up({ref for head in found for ref in customers_in(head)})
        return found

    def read(self, groups: Iterable[Group | Other]) -> Iterator[DeliveryRow | Other]:
        """Yield what became of each row."""
        for group in groups:
            if isinstance(group, Group):
                yield from self._delivery(group)
            else:
                yield group
        yield from self._left_in_book()

    def _delivery(self, group: Group) -> Iterator[DeliveryRow | Other]:
        head = group.lines[0].head
        left = why_left_out(head) if head.values.get("number") else None
        if left is not None:
            self._forget_lines(group)
            yield LeftOut(group.line, Problem(group.line, "", left))
            yield from (LeftOut(line.raw.line) for line in group.lines[1:])
            return
        made = self._made(group, head)
        if isinstance(made, Problem):
            self._forget_lines(group)
            yield from _bad(group, made)
            return
        delivery, notes = made
        for line in group.lines:
            yield from (Noted(Problem(line.raw.line, *note)) for note in line.head.notes)
        yield from map(Noted, notes)
        yield delivery

    def _forget_lines(self, group: Group) -> None:
        if self.book:
            list(self.book.take(group.number))

    def _made(self, group: Group, head: Read) -> tuple[DeliveryRow, list[Problem]] | Problem:
        """Return the delivery and its notes, or the first problem against it."""
        if wrong := lacking(head, self.columns):
            return together(group.line, wrong)
        if problem := self._sibling_problem(group):
            return problem
        who = customer_of(head, self.rules)
        if isinstance(who, Reason):
            return Problem(group.line, self._who_title(), who)
        heads = (line.head.values for line in group.lines)
        freights = [f for values in heads if (f := values.get("freight")) is not None]
        currency = head.values.get("currency") or self.rules.currency
        worth = self.appraisal.foreign(group, currency) or self.appraisal.worth(
            group, head, freights, currency
        )
        if isinstance(worth, Problem):
            return worth
        amount = _amount(worth, currency)
        if isinstance(amount, Reason):
            return Problem(group.line, self._amount_title(), amount)
        if not worth.lines and Decimal(amount.plain()) != worth.amount:
            worth.notes.append(Problem(group.line, self._amount_title(), _rounded_to(amount)))
        if not amount.minor:
            worth.notes.append(Problem(group.line, self._amount_title(), ZERO))
        return self._row(group, head, who, worth, amount), worth.notes

    def _sibling_problem(self, group: Group) -> Problem | None:
        """Return what is wrong in the rows after the first."""
        first = group.lines[0].says
        for line in group.lines[1:]:
            if line.head.wrong:
                return together(line.raw.line, line.head.wrong)
            for name in _HEAD:
                here = line.says.get(name)
                if here and here != first.get(name, ""):
                    return Problem(line.raw.line, self.columns.title(name), HEAD_DIFFERS)
        return None

    def _row(
        self, group: Group, head: Read, who: tuple[str, str], worth: Worth, amount: Money
    ) -> DeliveryRow:
        said_tax = head.values.get("tax_included")
        tax = said_tax if said_tax is not None else (True if worth.gross else self.stated_tax)
        return DeliveryRow(
            line=group.line,
            number=group.number,
            customer=who[0],
            customer_ref=who[1],
            day=head.values["day"],
            amount=amount,
            freight="" if worth.freight is None else f"{worth.freight:f}",
            tax_included=tax,
            lines=tuple(worth.lines),
            text=head.values.get("text", ""),
            rows=len(group.lines),
        )

    def _who_title(self) -> str:
        return self.columns.title("customer") or self.columns.title("customer_name")

    def _amount_title(self) -> str:
        titles = (self.columns.title(n) for n in ("gross", "amount", "total", "number"))
        return next(t for t in titles if t)

    def _left_in_book(self) -> Iterator[Noted]:
        """Tell of lines without a delivery."""
        if not self.book:
            return
        heading = self.book.columns.title("number")
        for number, line, count in self.book.left():
            yield NotedBeside(Problem(line, heading, _no_header(number, count)))
        for row in self.book.unmatched:
            yield NotedBeside(Problem(row.line, heading, LINE_ORPHAN))


def _amount(worth: Worth, currency: str) -> Money | Reason:
    if worth.amount < 0:
        return NEGATIVE
    try:
        return Money.of(worth.amount, currency)
    except AmountTooLargeError:
        return TOO_LARGE


def _bad(group: Group, problem: Problem) -> Iterator[BadRow]:
    for raw in (line.raw for line in group.lines):
        if raw.line == problem.line:
            yield BadRow(raw, problem)
        else:
            yield BadRow(raw, Problem(raw.line, "", _bad_sibling(problem.line)))


def _tax_in_headings(*tables: Columns) -> bool | None:
    """Return what the headings of price and amount say about tax."""
    titles = " ".join(t.title(n) for t in tables for n in ("price", "amount", "total")).casefold()
    if any(word in titles for word in ("不含税", "无税", "未税", "excl", "net ")):
        return False
    return True if any(word in titles for word in ("含税", "价税", "incl")) else None
