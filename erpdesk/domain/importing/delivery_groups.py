"""Which rows of a table are one delivery: one each, or all lines that say the same number."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from erpdesk.domain.importing.cells import Habits, HabitsSeen, plain, said_all
from erpdesk.domain.importing.checked_cells import Read, said_of
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_lines import NUMBER_FIELDS
from erpdesk.domain.importing.rows import (
    NOT_A_RECORD,
    BadRow,
    Fitted,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    blocks,
    is_no_record,
)


class Line(NamedTuple):
    """A row of a delivery: as it stands in the file, what its cells say, and its checked head."""

    raw: Row
    says: dict[str, str]
    head: Read


@dataclass(slots=True)
class Group:
    """The rows of one delivery."""

    number: str
    lines: list[Line]

    @property
    def line(self) -> int:
        """Return where the delivery begins."""
        return self.lines[0].raw.line


def _again(line: int) -> Reason:
    return Reason(f"单号在第 {line} 行已有", f"the number stands already in line {line}")


_LINE_FIELDS: Final = ("quantity", "price", "goods")


def _is_by_line(columns: Columns) -> bool:
    return any(map(columns.has, _LINE_FIELDS))


def _texts(rows: Sequence[Row], columns: Columns) -> dict[str, list[str]]:
    """Return what the cells of some rows say, by field."""
    first = ((name, places[0]) for name, places in columns.places.items())
    return {name: said_all([row.cells[at] for row in rows]) for name, at in first}


def survey(
    rows: Iterable[Row], columns: Columns, *, by_line: bool
) -> tuple[frozenset[int], Habits]:
    """Return the hashes of numbers that come back, and how the file writes numbers and days.

    Where a delivery may have several rows (``by_line``), those that follow one another are one.
    """
    numbers, seen, last = array("q"), HabitsSeen(), ""
    may_go_on = by_line and _is_by_line(columns)
    for block in blocks(rows, columns):
        says = _texts(block.rows, columns)
        for text in says["number"]:
            if text != last or not may_go_on:
                numbers.append(hash(plain(text)))
            last = text
        for name in NUMBER_FIELDS:
            seen.numbers(set(says.get(name, ())))
        seen.days(set(says["day"]))
    ordered = sorted(numbers)
    return frozenset(a for a, b in pairwise(ordered) if a == b), seen.habits()


class Groups:
    """Gathers rows into deliveries; those whose number comes back far below wait to the end."""

    def __init__(
        self,
        columns: Columns,
        repeated: frozenset[int],
        read: Callable[[Sequence[Row]], list[Read]],
        *,
        by_line: bool,
    ) -> None:
        self.columns, self.repeated, self.read = columns, repeated, read
        self.by_line = by_line and _is_by_line(columns)
        self._first_lines: dict[str, int] = {}
        self._held: dict[str, Group] = {}
        self._open: Group | None = None

    def of(self, rows: Iterable[Row]) -> Iterator[Group | Other]:
        """Yield groups as soon as no row further down can belong to them."""
        for block in blocks(rows, self.columns):
            heads = self.read(block.rows)
            says = said_of(_texts(block.rows, self.columns))
            for raw, row, said, head in zip(block.raws, block.rows, says, heads, strict=True):
                line = Line(raw, said, head)
                if not block.cut and self._begins_alone(line, row):
                    if self._open is not None:
                        yield self._open
                    self._open = Group(plain(said["number"]), [line])
                else:
                    yield from self._row(line, row, block.cut.get(raw.line))
        yield from self._closed()
        yield from self._held.values()

    def _begins_alone(self, line: Line, row: Row) -> bool:
        """Say whether a row begins a delivery whose number comes back nowhere, as the open one's.

        Such a delivery may still go on in the rows that follow.
        """
        number, before = plain(line.says.get("number", "")), self._open
        if not number or hash(number) in self.repeated or _is_no_delivery(line.says, row):
            return False
        if before is None:
            return True
        return before.number != number and hash(before.number) not in self.repeated

    def _row(self, line: Line, row: Row, cut: Fitted | None) -> Iterator[Group | Other]:
        raw = line.raw
        if cut and cut.note:
            yield Noted(Problem(raw.line, "", cut.note))
        if cut and cut.wrong:
            yield from self._closed()
            yield BadRow(raw, Problem(raw.line, "", cut.wrong))
        elif _is_no_delivery(line.says, row):
            yield LeftOut(raw.line, Problem(raw.line, "", NOT_A_RECORD))
        else:
            yield from self._gather(line)

    def _gather(self, line: Line) -> Iterator[Group | Other]:
        number, raw = plain(line.says.get("number", "")), line.raw
        if self.by_line and self._open and number in {"", self._open.number}:
            self._open.lines.append(line)
            return
        yield from self._closed()
        first = self._first_lines.get(number)
        if first is not None and not self.by_line:
            yield BadRow(raw, Problem(raw.line, self.columns.title("number"), _again(first)))
            return
        self._begin(number, line)
        if not self.by_line:
            yield from self._closed()

    def _begin(self, number: str, line: Line) -> None:
        if number and hash(number) in self.repeated:
            self._first_lines[number] = line.raw.line
        self._open = self._held.pop(number, None) or Group(number, [])
        self._open.lines.append(line)

    def _closed(self) -> Iterator[Group]:
        group, self._open = self._open, None
        if group and self.by_line and group.number and hash(group.number) in self.repeated:
            self._held[group.number] = group
        elif group:
            yield group


def _is_no_delivery(says: Mapping[str, str], row: Row) -> bool:
    number, who = "number" in says, "customer" in says or "customer_name" in says
    if is_no_record(row, lacking=not (number and who)):
        return True
    return not (number or who or any(name in says for name in ("goods", "price", "day")))
