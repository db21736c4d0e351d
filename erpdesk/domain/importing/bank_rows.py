"""Rows of a bank statement (银行流水): what came in, from whom, each line once by its reference.

A table has a column for what came in and one for what went out, or one amount with a direction or
a sign. On a statement 贷 is what came in: the bank owes it to the holder of the account.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from typing_extensions import override

from erpdesk.domain.currencies import currency_of
from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import NO_HABITS, Habits, HabitsSeen
from erpdesk.domain.importing.checked_cells import (
    Check,
    Flag,
    Read,
    key,
    label,
    prose,
    read_rows,
    readers,
    token,
)
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_cells import NO_CURRENCY, day_check, number_check
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
from erpdesk.domain.money import LIMIT_MINOR, Money

WENT_OUT: Final = Reason("付出去的，不是收款", "paid out: no receipt")
NO_AMOUNT: Final = Reason("没有金额", "no amount")
NO_DAY: Final = Reason("缺少日期", "the day is missing")
REVERSED: Final = Reason(
    "收入是负数（冲正），请手工处理", "a negative amount that came in (a correction): do it by hand"
)
TOO_FINE: Final = Reason("金额比分还细", "finer than the currency's smallest unit")
TOO_LARGE: Final = Reason("金额过大", "the amount is too large")
NO_DIRECTION: Final = Reason("看不懂是收是付", "it is not clear whether it came in or went out")
TWICE: Final = Reason(
    "文件里有两行同样的流水，只算一次", "the same line stands twice: it counts once"
)
SAME_REFERENCE: Final = Reason(
    "流水号和另一笔相同，金额不同，分不清", "the reference of another line of another amount"
)
UNKNOWN_PAYER: Final = Reason(
    "付款人不在客户里，记入待查款项", "the payer is no customer: kept as unidentified"
)

COUNTED_DIGITS: Final = 6
"""A reference of no more digits is the number of a line in its day."""

_IN: Final = frozenset(
    {"贷", "贷方", "收", "收入", "转入", "来账", "进账", "c", "cr", "credit", "in", "+"}
)
_OUT: Final = frozenset(
    {"借", "借方", "付", "支", "支出", "付出", "转出", "往账", "d", "dr", "debit", "out", "-"}
)


@dataclass(frozen=True, slots=True)
class BankLine(Good):
    """Money that came in; ``customer`` is empty where the payer is nobody known, or several.

    ``key`` tells the line from every other one, in whatever file it stands.
    """

    line: int
    key: str
    day: date
    amount: Money
    customer: str = ""
    payer: str = ""
    account: str = ""
    text: str = ""
    reference: str = ""
    rows: int = 1

    @override
    def adds(self) -> tuple[str, int]:
        return self.amount.currency, self.amount.minor

    @override
    def subject(self) -> str:
        return "  ".join(filter(None, (self.day.isoformat(), self.payer, self.text)))

    def facts(self) -> dict[str, str]:
        """Return what a receipt's text keeps of it."""
        said = {"key": self.key, "reference": self.reference, "payer": self.payer,
                "account": self.account}  # fmt: skip
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class StatementRules:
    """What lines are read by: ``find_payer`` gives the ids behind a name and an account."""

    find_payer: Callable[[str, str], tuple[str, ...]]
    currency: str = "CNY"
    habits: Habits = NO_HABITS


def read_statement(
    rows: Iterable[Row], columns: Columns, rules: StatementRules
) -> Iterator[BankLine | Other]:
    """Yield what came in, and what became of all other rows; ``rows`` is gone through twice."""
    habits = rules.habits.or_else(_habits(rows, columns))
    return _Reading(columns, rules, habits).read(blocks(rows, columns))


def _habits(rows: Iterable[Row], columns: Columns) -> Habits:
    seen = HabitsSeen()
    for block in blocks(rows, columns):
        for name in ("income", "expense", "amount"):
            seen.numbers(_said(block, columns, name))
        seen.days(_said(block, columns, "day"))
    return seen.habits()


def _said(block: Block, columns: Columns, name: str) -> set[str]:
    places = columns.places.get(name, ())
    return {cells.said(row.cells[place]) for row in block.rows for place in places}


class _Reading:
    """One pass: rows become lines, each known again by its reference."""

    def __init__(self, columns: Columns, rules: StatementRules, habits: Habits) -> None:
        self.columns, self.rules = columns, rules
        self.readers = readers(columns, _checks(habits))
        self.seen: dict[str, int] = {}
        self.alike: dict[str, int] = {}

    def read(self, whole: Iterable[Block]) -> Iterator[BankLine | Other]:
        for block in whole:
            found = read_rows(block.rows, self.readers)
            for raw, read in zip(block.raws, found, strict=True):
                cut = block.cut.get(raw.line)
                if cut is not None and cut.wrong is not None:
                    yield BadRow(raw, Problem(raw.line, "", cut.wrong))
                else:
                    yield from self._line(raw, read)

    def _line(self, raw: Row, read: Read) -> Iterator[BankLine | Other]:
        said = read.values
        if is_no_record(raw, lacking=said.get("day") is None):
            yield LeftOut(raw.line, Problem(raw.line, "", NOT_A_RECORD))
            return
        amount = self._came_in(said) if not read.wrong else WENT_OUT
        if wrong := [*read.wrong, *self._lacking(said, amount)]:
            yield BadRow(raw, together(raw.line, wrong))
        elif not isinstance(amount, Money):
            yield LeftOut(raw.line, Problem(raw.line, self._amount_title(), WENT_OUT))
        else:
            yield from (Noted(Problem(raw.line, *note)) for note in read.notes)
            yield from self._once(raw, self._made(raw, said, amount))

    def _lacking(self, said: Mapping[str, Any], amount: Money | Reason) -> list[tuple[str, Reason]]:
        lacks = [] if "day" in said else [(self.columns.title("day"), NO_DAY)]
        if isinstance(amount, Reason) and amount is not WENT_OUT:
            lacks.append((self._amount_title(), amount))
        return lacks

    def _came_in(self, said: Mapping[str, Any]) -> Money | Reason:
        """Return what came in; why it is none, ``WENT_OUT`` where it was paid."""
        value = self._value(said)
        if isinstance(value, Reason):
            return value
        currency = said.get("currency", self.rules.currency)
        money = Money.of(value, currency)
        if Decimal(money.plain()) != value:
            return TOO_FINE
        return TOO_LARGE if money.minor >= LIMIT_MINOR else money

    def _value(self, said: Mapping[str, Any]) -> Decimal | Reason:
        income, expense = said.get("income"), said.get("expense")
        if income:
            return income if income > 0 else REVERSED
        if expense:
            return WENT_OUT
        amount, direction = said.get("amount"), said.get("direction")
        if not amount:
            return NO_AMOUNT
        if direction is None:
            return amount if amount > 0 else WENT_OUT
        if not direction:
            return WENT_OUT
        return amount if amount > 0 else REVERSED

    def _made(self, raw: Row, said: Mapping[str, Any], amount: Money) -> BankLine:
        payer, account = said.get("payer", ""), said.get("account", "")
        found = self.rules.find_payer(payer, account)
        reference = said.get("reference", "")
        made = BankLine(
            raw.line, "", said["day"], amount, found[0] if len(found) == 1 else "", payer,
            account, said.get("text", ""), reference,
        )  # fmt: skip
        return replace(made, key=self._key(made, said.get("balance", "")))

    def _key(self, one: BankLine, balance: str) -> str:
        """Return the reference; without one, all the line says and how often.

        A short number is counted anew every day, so it goes with its day.
        """
        if one.reference:
            is_counted = one.reference.isdecimal() and len(one.reference) <= COUNTED_DIGITS
            return f"{one.day} {one.reference}" if is_counted else one.reference
        parts = (str(one.day), str(one.amount.minor), one.amount.currency, one.payer, one.account,
                 one.text, balance)  # fmt: skip
        whole = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
        self.alike[whole] = self.alike.get(whole, 0) + 1
        return f"#{whole}-{self.alike[whole]}"

    def _once(self, raw: Row, one: BankLine) -> Iterator[BankLine | Other]:
        before, column = self.seen.get(one.key), self.columns.title("reference")
        if before is not None:
            why = Problem(raw.line, column, TWICE)
            differs = Problem(raw.line, column, SAME_REFERENCE)
            same = before == one.amount.minor
            yield LeftOut(raw.line, why) if same else BadRow(raw, differs)
            return
        self.seen[one.key] = one.amount.minor
        if not one.customer:
            yield Noted(Problem(raw.line, self.columns.title("payer"), UNKNOWN_PAYER))
        yield one

    def _amount_title(self) -> str:
        return self.columns.title("income") or self.columns.title("amount")


def _checks(habits: Habits) -> dict[str, Check]:
    number = number_check(habits)
    return {
        "day": day_check(habits),
        "income": number,
        "expense": number,
        "amount": number,
        "direction": Check(_direction, unsaid=""),
        "currency": Check(lambda text: currency_of(text) or Flag(NO_CURRENCY, wrong=True)),
        "payer": label(200),
        "account": token(60),
        "text": prose(300),
        "reference": key(80),
        "balance": prose(60),
    }


def _direction(text: str) -> bool | Flag:
    """Say whether it came in."""
    word = cells.plain(text).casefold()
    if word in _IN:
        return True
    return False if word in _OUT else Flag(NO_DIRECTION, wrong=True)
