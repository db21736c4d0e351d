"""Rows of opening items (期初未清项): what was open with whom before the books began.

Money that was paid ahead is said by its kind, or by an amount below zero.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from typing_extensions import override

from erpdesk.domain.accounts import Part
from erpdesk.domain.currencies import currency_of
from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import Habits, HabitsSeen
from erpdesk.domain.importing.checked_cells import (
    Check,
    Flag,
    Read,
    key,
    label,
    read_block,
    readers,
    said_of,
)
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_cells import (
    MISSING_CUSTOMER,
    MISSING_NUMBER,
    NO_CURRENCY,
    DeliveryRules,
    all_customers_in,
    customer_of,
    customers_in,
    day_check,
    number_check,
)
from erpdesk.domain.importing.delivery_worth import amount_of, is_exact
from erpdesk.domain.importing.rows import (
    NOT_A_RECORD,
    BadRow,
    Block,
    Good,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    blocks,
    is_no_record,
    together,
)
from erpdesk.domain.money import Money

NO_AMOUNT: Final = Reason("没有金额", "no amount")
NO_DUE: Final = Reason("没有到期日", "no due date")
NO_KIND: Final = Reason(
    "看不懂类别：已开票、暂估或预收", "unknown kind: billed, unbilled or paid ahead"
)
BELOW_ZERO: Final = Reason("负数：记为预收", "below zero: taken as paid ahead")
TOO_FINE: Final = Reason("金额比分还细", "finer than the currency's smallest unit")
SETTLED: Final = Reason("金额是零，已经结清", "the amount is nothing: settled")

_PARTS: Final = MappingProxyType(
    {
        Part.BILLED: ("已开票", "应收", "发票", "billed", "invoice", "receivable"),
        Part.UNBILLED: ("暂估", "未开票", "无票", "unbilled", "uninvoiced", "accrued"),
        Part.UNAPPLIED: (
            "预收",
            "未核销",
            "收款",
            "advance",
            "unapplied",
            "credit",
            "prepaid",
            "payment",
        ),
    }
)
"""What the kinds are called; the later part is asked first: 未开票 is no 发票."""


@dataclass(frozen=True, slots=True)
class OpeningRow(Good):
    """An open item as a table says it; ``amount`` has no sign, its part says what it is."""

    line: int
    number: str
    customer: str
    customer_ref: str
    part: Part
    amount: Money
    due: date
    rows: int = 1

    @override
    def adds(self) -> tuple[str, int]:
        sign = -1 if self.part is Part.UNAPPLIED else 1
        return self.amount.currency, sign * self.amount.minor

    @override
    def subject(self) -> str:
        return f"{self.number}  {self.customer_ref}"


def read_openings(
    rows: Iterable[Row], columns: Columns, rules: DeliveryRules
) -> Iterator[OpeningRow | Other]:
    """Yield a table's opening items, and what became of all other rows; it is gone through twice.

    Whom the rows name is found as deliveries find it.
    """
    habits = rules.habits.or_else(_habits(rows, columns))
    reading = _Reading(columns, rules, habits)
    for block in blocks(rows, columns):
        yield from reading.read(block)


def _habits(rows: Iterable[Row], columns: Columns) -> Habits:
    seen = HabitsSeen()
    for block in blocks(rows, columns):
        seen.numbers(_said(block, columns, "amount"))
        for name in ("due", "day"):
            seen.days(_said(block, columns, name))
    return seen.habits()


def _said(block: Block, columns: Columns, name: str) -> set[str]:
    places = columns.places.get(name, ())
    return {cells.said(row.cells[place]) for row in block.rows for place in places}


class _Reading:
    """One pass: rows become items."""

    def __init__(self, columns: Columns, rules: DeliveryRules, habits: Habits) -> None:
        self.columns, self.rules = columns, rules
        self.readers = readers(columns, _checks(habits))

    def read(self, block: Block) -> Iterator[OpeningRow | Other]:
        """Yield what became of each row; whom they name is looked up together."""
        checked = read_block(block.rows, self.readers)
        self.rules.look_up(all_customers_in(checked))
        for at, (raw, said) in enumerate(zip(block.raws, said_of(checked.columns), strict=True)):
            read = Read(said, checked.wrong.get(at, []), checked.notes.get(at, []))
            cut = block.cut.get(raw.line)
            if cut is not None and cut.wrong is not None:
                yield BadRow(raw, Problem(raw.line, "", cut.wrong))
            else:
                yield from self._item(raw, read)

    def _item(self, raw: Row, read: Read) -> Iterator[OpeningRow | Other]:
        if is_no_record(raw, lacking=not customers_in(read)):
            yield LeftOut(raw.line, Problem(raw.line, "", NOT_A_RECORD))
            return
        if wrong := [*read.wrong, *self._lacking(read)]:
            yield BadRow(raw, together(raw.line, wrong))
            return
        made = self._made(raw.line, read)
        if isinstance(made, Problem):
            yield LeftOut(raw.line, made) if made.reason is SETTLED else BadRow(raw, made)
            return
        yield from (Noted(Problem(raw.line, *note)) for note in read.notes)
        yield made

    def _lacking(self, read: Read) -> list[tuple[str, Reason]]:
        said, title = read.values, self.columns.title
        lacks = {
            title("number"): None if "number" in said else MISSING_NUMBER,
            self._who_title(): None if customers_in(read) else MISSING_CUSTOMER,
            title("amount"): None if "amount" in said else NO_AMOUNT,
            title("due") or title("day"): None if said.keys() & {"due", "day"} else NO_DUE,
        }
        flagged = {heading for heading, _ in read.wrong}
        return [(at, why) for at, why in lacks.items() if why is not None and at not in flagged]

    def _made(self, line: int, read: Read) -> OpeningRow | Problem:
        said, title = read.values, self.columns.title
        value = said["amount"]
        if not value:
            return Problem(line, title("amount"), SETTLED)
        who = customer_of(read, self.rules)
        if isinstance(who, Reason):
            return Problem(line, self._who_title(), who)
        amount = amount_of(abs(value), said.get("currency") or self.rules.currency)
        if isinstance(amount, Reason):
            return Problem(line, title("amount"), amount)
        if not is_exact(amount, abs(value)):
            return Problem(line, title("amount"), TOO_FINE)
        part: Part = said.get("part", Part.BILLED)
        if value < 0 and part is not Part.UNAPPLIED:
            part = Part.UNAPPLIED
            read.notes.append((title("amount"), BELOW_ZERO))
        due: date = said.get("due") or said["day"]
        return OpeningRow(line, said["number"], *who, part, amount, due)

    def _who_title(self) -> str:
        return self.columns.title("customer") or self.columns.title("customer_name")


def _checks(habits: Habits) -> dict[str, Check]:
    return {
        "number": key(64),
        "customer": label(200),
        "customer_name": label(200),
        "part": Check(_part),
        "amount": number_check(habits),
        "due": day_check(habits),
        "day": day_check(habits),
        "currency": Check(lambda text: currency_of(text) or Flag(NO_CURRENCY, wrong=True)),
    }


def _part(text: str) -> Part | Flag:
    """Return the part that a kind names."""
    word = "".join(cells.plain(text).casefold().split())
    names: Sequence[tuple[Part, tuple[str, ...]]] = tuple(_PARTS.items())
    for part, calls in reversed(names):
        if any(one in word for one in calls):
            return part
    return Flag(NO_KIND, wrong=True)
