"""The lines of deliveries: what each is worth, exactly, and how the deliveries' lines are kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import Habits, HabitsSeen
from erpdesk.domain.importing.checked_cells import LOST_DIGITS
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import Fitted, Reason, Row, data_rows, fitted, is_no_record
from erpdesk.domain.money import AmbiguousAmountError, NotAnAmountError

NOT_NUMBER: Final = Reason("不是数字", "not a number")
TWO_WAYS: Final = Reason(
    "单个分隔符后有三位数，可作两种理解",
    "one separator before three digits can be read in two ways",
)
NOT_DISCOUNT: Final = Reason(
    "折扣应在 0 到 1 之间，或写成 0% 到 100%", "a discount is from 0 to 1, or from 0 % to 100 %"
)
NO_AMOUNT: Final = Reason("没有金额，也没有数量和单价", "no amount, and no quantity with a price")
DIFFERS: Final = Reason(
    "行金额与数量 × 单价 × (1 − 折扣) 不符，按后者计算",
    "the amount of the line is not quantity × price × (1 − discount): the latter counts",
)

NUMBER_FIELDS: Final = ("quantity", "price", "discount", "amount", "gross", "freight", "total")
_KEPT: Final = ("goods", "quantity", "unit", "price", "discount", "gross", "amount")
_CENT: Final = Decimal("0.01")
_REMEMBERED: Final = 4096


class DeliveryLine(NamedTuple):
    """One line as read: numbers are plain decimal texts, empty where the table says nothing."""

    goods: str = ""
    quantity: str = ""
    unit: str = ""
    price: str = ""
    discount: str = ""
    amount: str = ""


class Valued(NamedTuple):
    """A line and its exact worth; ``gross``: the table says that this holds tax."""

    line: DeliveryLine
    worth: Decimal
    gross: bool = False
    note: Reason | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a line has no worth, and in which field."""

    field: str
    reason: Reason


def number_said(text: str, habits: Habits) -> Decimal | Reason:
    """Return a number, or why it is none."""
    try:
        return cells.number(text, habits)
    except AmbiguousAmountError:
        return TWO_WAYS
    except NotAnAmountError:
        return LOST_DIGITS if cells.digits_were_lost(text) else NOT_NUMBER


def discount_said(text: str, habits: Habits, *, percent: bool) -> Decimal | Reason:
    """Return a discount as a fraction of 1, or why it is none."""
    try:
        return cells.share(text, habits, percent=percent)
    except (AmbiguousAmountError, NotAnAmountError):
        return NOT_DISCOUNT


class Number(NamedTuple):
    """A number as read, and the plain decimal text that is kept of it."""

    value: Decimal
    text: str


def _kept(found: Decimal | Reason) -> Number | Reason:
    if isinstance(found, Reason):
        return found
    return Number(found, f"{found:f}".removesuffix(".0"))


class Numbers:
    """Reads the numbers in the lines of one table; what was read of late is remembered."""

    def __init__(self, habits: Habits, *, percent: bool) -> None:
        @lru_cache(_REMEMBERED)
        def number(text: str) -> Number | Reason:
            return _kept(number_said(text, habits))

        @lru_cache(_REMEMBERED)
        def discount(text: str) -> Number | Reason:
            return _kept(discount_said(text, habits, percent=percent))

        self._of: dict[str, Callable[[str], Number | Reason]] = {
            "quantity": number, "price": number, "discount": discount, "gross": number,
            "amount": number,
        }  # fmt: skip

    def valued(self, said: dict[str, str]) -> Valued | Unreadable:
        """Return a line's worth: its amount with tax, or quantity × price × (1 − discount)."""
        numbers: dict[str, Number] = {}
        for name, read in self._of.items():
            if name in said:
                found = read(said[name])
                if isinstance(found, Reason):
                    return Unreadable(name, found)
                numbers[name] = found
        return _worth(said, numbers)


def _worth(said: dict[str, str], numbers: dict[str, Number]) -> Valued | Unreadable:
    texts = {name: number.text for name, number in numbers.items() if name != "gross"}
    line = DeliveryLine(goods=said.get("goods", ""), unit=said.get("unit", ""), **texts)
    if "gross" in numbers:
        return Valued(line, numbers["gross"].value, gross=True)
    if "quantity" in numbers and "price" in numbers:
        worth = numbers["quantity"].value * numbers["price"].value
        if "discount" in numbers:
            worth *= 1 - numbers["discount"].value
        differs = "amount" in numbers and abs(numbers["amount"].value - worth) > _CENT
        return Valued(line, worth, note=DIFFERS if differs else None)
    if "amount" in numbers:
        return Valued(line, numbers["amount"].value)
    return Unreadable("amount" if "amount" in said else "price", NO_AMOUNT)


def is_percent(columns: Columns) -> bool:
    """Say whether the discount column counts in hundredths."""
    heading = columns.title("discount").casefold()
    return any(sign in heading for sign in ("%", "％", "percent"))


class LineBook:
    """The lines of all deliveries by number, kept small: one text a delivery until it is asked for.

    ``columns.places`` must hold ``number``.
    """

    def __init__(self, rows: Iterable[Row], columns: Columns) -> None:
        self.columns = columns
        self.percent = is_percent(columns)
        self.rows = 0
        self.unmatched: list[Row] = []
        self._texts: dict[str, str] = {}
        self._seen = HabitsSeen()
        self._places = {n: at[0] for n, at in columns.places.items()}
        self._numbers = [self._places[n] for n in NUMBER_FIELDS if n in self._places]
        last = ""
        for raw in data_rows(rows, columns):
            last = self._add(raw, fitted(raw, columns.width), last)
        self.habits = self._seen.habits()

    def _add(self, raw: Row, even: Fitted, last: str) -> str:
        line = even.row.cells
        number = cells.plain(cells.said(line[self._places["number"]])) or last
        if is_no_record(raw, lacking=not self._says_amount(line)):
            return last
        if even.wrong or not number:
            self.unmatched.append(raw)
            return last
        self.rows += 1
        said = {n: cells.said(line[i]) for n, i in self._places.items()}
        self._seen.numbers(said[n] for n in NUMBER_FIELDS if said.get(n))
        kept = "\x1f".join(_flat(said.get(n, "")) for n in _KEPT)
        self._texts[number] = f"{self._texts.get(number, '')}{raw.line}\x1f{kept}\x1e"
        return number

    def _says_amount(self, line: tuple[str, ...]) -> bool:
        return any(line[i].strip() for i in self._numbers)

    def take(self, number: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line, what it says) of a delivery's lines, and forget them."""
        for text in self._texts.pop(number, "").split("\x1e")[:-1]:
            line, *kept = text.split("\x1f")
            yield int(line), {n: t for n, t in zip(_KEPT, kept, strict=True) if t}

    def left(self) -> Iterator[tuple[str, int, int]]:
        """Yield (number, first line, count) of lines no delivery has asked for."""
        for number, text in self._texts.items():
            yield number, int(text.partition("\x1f")[0]), text.count("\x1e")


def _flat(text: str) -> str:
    return text if text.isprintable() else cells.without_hidden(cells.one_line(text))
