"""Which rows of a table are one delivery: one each, or all lines that say the same number."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from erpdesk.domain.cells import Habits, HabitsSeen, plain, said
from erpdesk.domain.columns import Columns
from erpdesk.domain.delivery_lines import NUMBER_FIELDS
from erpdesk.domain.import_rows import (
    NOT_A_RECORD,
    BadRow,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    data_rows,
    fitted,
    is_no_record,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one delivery: as they stand in the file, and cut to the header."""

    number: str
    raw: list[Row]
    even: list[Row]


def _again(line: int) -> Reason:
    return Reason(f"单号在第 {line} 行已有", f"the number stands already in line {line}")


_LINE_FIELDS: Final = ("quantity", "price", "goods")


def survey(rows: Iterable[Row], columns: Columns) -> tuple[frozenset[int], Habits]:
    """Return the hashes of numbers that come back, and how the file writes numbers and days."""
    numbers, seen, last = array("q"), HabitsSeen(), ""
    places = {name: at[0] for name, at in columns.places.items()}
    counted = [places[n] for n in NUMBER_FIELDS if n in places]
    number_at, day_at, width = places["number"], places["day"], columns.width
    for row in data_rows(rows, columns):
        cells = row.cells if len(row.cells) == width else fitted(row, width).row.cells
        if cells[number_at] != last:
            last = cells[number_at]
            numbers.append(hash(plain(said(last))))
        seen.numbers(said(cells[i]) for i in counted)
        seen.days((said(cells[day_at]),))
    ordered = sorted(numbers)
    return frozenset(a for a, b in pairwise(ordered) if a == b), seen.habits()


class Groups:
    """Gathers rows into deliveries; those whose number comes back far below wait to the end."""

    def __init__(self, columns: Columns, repeated: frozenset[int], *, by_line: bool) -> None:
        self.columns, self.repeated = columns, repeated
        self.by_line = by_line and any(map(columns.has, _LINE_FIELDS))
        self._places = {name: at[0] for name, at in columns.places.items()}
        self._first_lines: dict[str, int] = {}
        self._held: dict[str, Group] = {}
        self._open: Group | None = None

    def of(self, rows: Iterable[Row]) -> Iterator[Group | Other]:
        """Yield groups as soon as no row further down can belong to them."""
        for raw in data_rows(rows, self.columns):
            even = fitted(raw, self.columns.width)
            if even.note:
                yield Noted(Problem(raw.line, "", even.note))
            if even.wrong:
                yield from self._closed()
                yield BadRow(raw, Problem(raw.line, "", even.wrong))
            elif self._is_no_delivery(even.row):
                yield LeftOut(raw.line, Problem(raw.line, "", NOT_A_RECORD))
            else:
                yield from self._gather(raw, even.row)
        yield from self._closed()
        yield from self._held.values()

    def cell(self, row: Row, name: str) -> str:
        """Return what a field of a row says."""
        return said(row.cells[self._places[name]]) if name in self._places else ""

    def _is_no_delivery(self, row: Row) -> bool:
        number = self.cell(row, "number")
        who = self.cell(row, "customer") or self.cell(row, "customer_name")
        if is_no_record(row, lacking=not (number and who)):
            return True
        says = (number, who, *(self.cell(row, n) for n in ("goods", "price", "day")))
        return not any(says)

    def _gather(self, raw: Row, row: Row) -> Iterator[Group | Other]:
        number = plain(self.cell(row, "number"))
        if self.by_line and self._open and number in {"", self._open.number}:
            self._open.raw.append(raw)
            self._open.even.append(row)
            return
        yield from self._closed()
        first = self._first_lines.get(number)
        if first is not None and not self.by_line:
            yield BadRow(raw, Problem(raw.line, self.columns.title("number"), _again(first)))
            return
        self._begin(number, raw, row)
        if not self.by_line:
            yield from self._closed()

    def _begin(self, number: str, raw: Row, row: Row) -> None:
        if number and hash(number) in self.repeated:
            self._first_lines[number] = raw.line
        self._open = self._held.pop(number, None) or Group(number, [], [])
        self._open.raw.append(raw)
        self._open.even.append(row)

    def _closed(self) -> Iterator[Group]:
        group, self._open = self._open, None
        if group and self.by_line and group.number and hash(group.number) in self.repeated:
            self._held[group.number] = group
        elif group:
            yield group
