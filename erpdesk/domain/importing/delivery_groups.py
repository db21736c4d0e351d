"""Which rows of a table are one delivery: one each, or all lines that say the same number."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from erpdesk.domain.importing.cells import Habits, HabitsSeen, plain, said_all
from erpdesk.domain.importing.checked_cells import Checked, Read
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_lines import NUMBER_FIELDS
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.rows import (
    NOT_A_RECORD,
    BadRow,
    Block,
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

Texts = Mapping[str, Sequence[str]]
"""What the cells of some rows say, by field."""


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


def is_by_line(columns: Columns) -> bool:
    """Say whether a row may be a line of a delivery instead of a whole one."""
    return any(map(columns.has, _LINE_FIELDS))


_SURVEYED: Final = frozenset({"number", "day", *NUMBER_FIELDS})


def _texts(
    rows: Sequence[Row], columns: Columns, wanted: Collection[str] | None = None
) -> dict[str, list[str]]:
    """Return what the cells of some rows say, by field."""
    places = columns.places.items()
    first = ((name, at[0]) for name, at in places if wanted is None or name in wanted)
    return {name: said_all([row.cells[at] for row in rows]) for name, at in first}


def survey(
    rows: Iterable[Row], columns: Columns, *, by_line: bool
) -> tuple[frozenset[int], Habits]:
    """Return the hashes of numbers that come back, and how the file writes numbers and days.

    Where a delivery may have several rows (``by_line``), those that follow one another are one.
    """
    numbers, seen, last = array("q"), HabitsSeen(), ""
    for block in blocks(rows, columns):
        says = _texts(block.rows, columns, _SURVEYED)
        whole = [last, *says["number"]]
        new = [one for above, one in pairwise(whole) if one != above] if by_line else whole[1:]
        numbers.extend(map(hash, new if "".join(new).isascii() else map(plain, new)))
        last = whole[-1]
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
        read: Callable[[Sequence[Row]], Checked],
        plain_of: Callable[[Block, Texts, Checked], Sequence[DeliveryRow | None]],
        *,
        by_line: bool,
    ) -> None:
        self.columns, self.repeated, self.read = columns, repeated, read
        self.plain_of, self.by_line = plain_of, by_line
        self._first_lines: dict[str, int] = {}
        self._held: dict[str, Group] = {}
        self._open: Group | None = None

    def of(self, rows: Iterable[Row]) -> Iterator[Group | DeliveryRow | Other]:
        """Yield groups as soon as no row further down can belong to them; plain rows whole."""
        for block in blocks(rows, self.columns):
            says, heads = _texts(block.rows, self.columns), self.read(block.rows)
            for at, one in enumerate(self.plain_of(block, says, heads)):
                if one is not None and not (self._open and self._open.number == one.number):
                    yield from self._closed()
                    yield one
                else:
                    raw = block.raws[at]
                    line = Line(raw, _said_at(says, at), _head_at(heads, at))
                    yield from self._row(line, block.rows[at], block.cut.get(raw.line))
        yield from self._closed()
        yield from self._held.values()

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


def _said_at(says: Texts, at: int) -> dict[str, str]:
    return {name: column[at] for name, column in says.items() if column[at] != ""}


def _head_at(heads: Checked, at: int) -> Read:
    values = {name: column[at] for name, column in heads.columns.items() if column[at] != ""}
    return Read(values, heads.wrong.get(at, []), heads.notes.get(at, []))
