"""Rows of an export of uninvoiced deliveries (出库未开票): each delivery once, its amount exact.

A table has a row a delivery with its amount, or a row a line (quantity × price × (1 − discount)),
or the lines stand in a second table. The worth of a delivery is rounded once, half away from zero.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from erpdesk.domain.importing.cells import Habits
from erpdesk.domain.importing.checked_cells import Checked, Read, read_block, readers
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_cells import (
    DeliveryRules,
    all_customers_in,
    customer_of,
    delivery_checks,
    lacking,
    why_left_out,
)
from erpdesk.domain.importing.delivery_groups import Group, Groups, is_by_line, survey
from erpdesk.domain.importing.delivery_lines import LineBook
from erpdesk.domain.importing.delivery_plain import PlainDeliveries
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.delivery_worth import Appraisal, Worth, amount_of, is_exact
from erpdesk.domain.importing.rows import (
    BadRow,
    LeftOut,
    Noted,
    NotedBeside,
    Other,
    Problem,
    Reason,
    Row,
    together,
)
from erpdesk.domain.money import Money

ZERO: Final = Reason("金额为零", "the amount is zero")
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
    by_line = lines is None and is_by_line(columns)
    repeated, habits = survey(rows, columns, by_line=by_line)
    if lines is not None:
        habits = habits.or_else(lines.habits)
    reading = _Reading(columns, rules, rules.habits.or_else(habits), lines)
    plain = PlainDeliveries(columns, rules, reading.appraisal, repeated, by_line=by_line)
    groups = Groups(columns, repeated, reading.heads, plain.made, by_line=by_line)
    return reading.read(groups.of(rows))


class _Reading:
    """One pass: groups of rows become deliveries."""

    def __init__(
        self, columns: Columns, rules: DeliveryRules, habits: Habits, book: LineBook | None
    ) -> None:
        self.columns, self.rules, self.book = columns, rules, book
        self.readers = readers(columns, delivery_checks(habits))
        self.appraisal = Appraisal(columns, habits, book)

    def heads(self, rows: Sequence[Row]) -> Checked:
        """Return the checked heads of some rows; whom they name is looked up together."""
        found = read_block(rows, self.readers)
        self.rules.look_up(all_customers_in(found))
        return found

    def read(self, groups: Iterable[Group | DeliveryRow | Other]) -> Iterator[DeliveryRow | Other]:
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
        amount = amount_of(worth.amount, currency)
        if isinstance(amount, Reason):
            return Problem(group.line, self._amount_title(), amount)
        if not worth.lines and not is_exact(amount, worth.amount):
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
        tax = (
            said_tax
            if said_tax is not None
            else (True if worth.gross else self.appraisal.stated_tax)
        )
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


def _bad(group: Group, problem: Problem) -> Iterator[BadRow]:
    for raw in (line.raw for line in group.lines):
        if raw.line == problem.line:
            yield BadRow(raw, problem)
        else:
            yield BadRow(raw, Problem(raw.line, "", _bad_sibling(problem.line)))
