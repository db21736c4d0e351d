"""Rows of a foreign table on their way in: what is good, what is bad and why, and the count of all.

A row that cannot be taken is a value with a reason, never an exception: all the others go on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Generic, NamedTuple, TypeVar

from erpdesk.domain.importing.cells import said
from erpdesk.domain.importing.columns import Columns

AT_ONCE = 500
"""How many rows are checked together."""

PROBLEMS_MAX: Final = 100_000
"""How many bad rows and how many warnings are listed; all are counted."""


class Row(NamedTuple):
    """One row as the file has it; ``line`` is the physical line (from 1) on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in Chinese and in English."""

    zh: str
    en: str

    def __add__(self, other: "Reason") -> "Reason":
        return Reason(f"{self.zh}；{other.zh}", f"{self.en}; {other.en}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where; ``column`` is the heading in the file, empty for the whole row."""

    line: int
    column: str
    reason: Reason

    def plain(self, language: str = "zh") -> dict[str, object]:
        """Return it as it is printed."""
        words = self.reason.en if language.startswith("en") else self.reason.zh
        return {"line": self.line, "column": self.column, "reason": words}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, whole, so that it can be written back and mended."""

    row: Row
    problem: Problem


def together(line: int, wrong: list[tuple[str, Reason]]) -> Problem:
    """Return everything wrong in a row as one problem, under the first column concerned."""
    reason = wrong[0][1]
    for heading, other in wrong[1:]:
        named = Reason(f"{heading}：{other.zh}", f"{heading}: {other.en}") if heading else other
        reason += named
    return Problem(line, wrong[0][0], reason)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no such thing at all (a total, an order not shipped); ``problem`` says so."""

    line: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Something to look at in a row that is taken all the same."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Revised(Noted):
    """The row that follows is in the books already, and says something else there."""


@dataclass(frozen=True, slots=True)
class NotedBeside(Noted):
    """Something to look at in the second table, with the line it has there."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table: ``rows`` = ``good`` + ``bad_rows`` + ``skipped``, all of them rows.

    ``made`` counts what the good rows amount to (customers, deliveries), ``totals`` their sum a
    currency in minor units.
    """

    rows: int
    good: int
    bad_rows: int
    skipped: int
    made: int
    bad: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    totals: tuple[tuple[str, int], ...] = ()


Other = BadRow | LeftOut | Noted


class Good:
    """What good rows become: ``line`` is where it begins, ``rows`` of how many rows it was made."""

    __slots__ = ()
    line: int
    rows: int

    def adds(self) -> tuple[str, int] | None:
        """Return currency and minor units that belong in the total."""
        return None

    def subject(self) -> str:
        """Return what a person calls it."""
        return ""


@dataclass(frozen=True, slots=True)
class Known(LeftOut):
    """A row that is in the books already just so; ``of`` is what it says."""

    of: Good | None = None


G = TypeVar("G", bound=Good)


@dataclass
class Tally(Generic[G]):
    """Counts what passes, keeps what must be told, and lets the good ones through."""

    bad: list[BadRow] = field(default_factory=list)
    _counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("good", "bad", "out", "made"), 0)
    )
    _warnings: list[Problem] = field(default_factory=list)
    _totals: dict[str, int] = field(default_factory=dict)

    def good_of(self, events: Iterable[G | Other]) -> Iterator[G]:
        """Yield what is good; count and keep the rest."""
        counts, rest = self._counts, iter(events)
        while some := list(islice(rest, AT_ONCE)):
            good = [event for event in some if isinstance(event, Good)]
            counts["good"] += sum(event.rows for event in good)
            counts["made"] += len(good)
            for currency, minor in filter(None, [event.adds() for event in good]):
                self._totals[currency] = self._totals.get(currency, 0) + minor
            for other in some if len(good) < len(some) else ():
                if not isinstance(other, Good):
                    self._other(other)
            yield from good

    def _other(self, event: Other) -> None:
        if isinstance(event, BadRow):
            self._counts["bad"] += 1
            if len(self.bad) < PROBLEMS_MAX:
                self.bad.append(event)
            return
        self._counts["out"] += isinstance(event, LeftOut)
        if event.problem and len(self._warnings) < PROBLEMS_MAX:
            self._warnings.append(event.problem)

    def report(self) -> ImportReport:
        """Return the counts so far, problems in the order of the lines."""
        good, bad, out, made = self._counts.values()
        by_line = sorted(self.bad, key=lambda b: b.row.line)
        return ImportReport(
            rows=good + bad + out,
            good=good,
            bad_rows=bad,
            skipped=out,
            made=made,
            bad=tuple(b.problem for b in by_line),
            warnings=tuple(sorted(self._warnings, key=lambda p: p.line)),
            totals=tuple(sorted(self._totals.items())),
        )


def checked(events: Iterable[G | Other]) -> ImportReport:
    """Return the report of a dry run: everything is checked, nothing kept."""
    tally: Tally[G] = Tally()
    for _ in tally.good_of(events):
        pass
    return tally.report()


SHIFTED: Final = Reason(
    "行内有未加引号的逗号，已按紧跟空格的逗号并回前一格",
    "a comma without quotes inside a cell: put back where a blank follows it",
)
TOO_MANY: Final = Reason("比表头多出的格有内容，无法对列", "more cells than the header has columns")
TOO_FEW: Final = Reason(
    "比表头少几格，缺的按空白处理", "fewer cells than the header: the rest taken as empty"
)
NOT_A_RECORD: Final = Reason("合计、页脚之类的行，未导入", "a total or a footer, left out")

_TOTAL_ZH: Final = {
    "合计",
    "总计",
    "小计",
    "累计",
    "本页合计",
    "本页小计",
    "本月合计",
    "共计",
    "总合计",
}
_TOTAL_EN: Final = {"total", "totals", "grandtotal", "subtotal", "sum"}
_FOOTER: Final = re.compile(
    r"(?:制表|制单|审核|打印|导出|报表|复核|经手|记录数|注[:：]|第\s*\d+\s*页|共\s*\d+"
    r"|page\s+\d+|printed|exported|\d+ (?:rows|records))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A row cut to the width of the header, with what had to be done for it."""

    row: Row
    note: Reason | None = None
    wrong: Reason | None = None


def fitted(row: Row, width: int) -> Fitted:
    """Return a row with as many cells as the header.

    An unquoted comma inside a text splits a cell in two; where a blank follows each such comma and
    the parts fit, they are put together again. More cells than columns otherwise cannot be matched.
    """
    cells = row.cells
    if len(cells) == width:
        return Fitted(row)
    if len(cells) < width:
        return Fitted(Row(row.line, cells + ("",) * (width - len(cells))), TOO_FEW)
    if not any(c.strip() for c in cells[width:]):
        return Fitted(Row(row.line, cells[:width]))
    joined = _joined(cells)
    if len(joined) == width:
        return Fitted(Row(row.line, joined), SHIFTED)
    return Fitted(row, wrong=TOO_MANY)


def _joined(cells: tuple[str, ...]) -> tuple[str, ...]:
    whole: list[str] = []
    for cell in cells:
        if whole and cell[:1] == " " and cell.strip():
            whole[-1] += "," + cell
        else:
            whole.append(cell)
    return tuple(whole)


def is_blank(row: Row) -> bool:
    """Say whether a row says nothing."""
    return not "".join(row.cells).strip()


def is_no_record(row: Row, *, lacking: bool) -> bool:
    """Say whether a row is a total or a footer; ``lacking``: something needed is not in it."""
    first = row.cells[0]
    if not first or first.isspace():
        first = next(c for c in row.cells if c and not c.isspace())
    if not lacking and first[:1].isascii():
        return False
    word = re.sub(r"[\s:：]+", "", first)
    if word in _TOTAL_ZH:
        return True
    return lacking and (word.casefold() in _TOTAL_EN or _is_footer(row, first))


def _is_footer(row: Row, first: str) -> bool:
    filled = sum(bool(said(c)) for c in row.cells)
    return filled <= 3 and bool(_FOOTER.match(first.strip()))


def totals(rows: Sequence[Row]) -> set[int]:
    """Return the places of totals and footers among rows in which nothing is lacking."""
    firsts = [row.cells[0] for row in rows]
    if "".join(firsts).isascii() and all(map(str.strip, firsts)):
        return set()
    return {at for at, row in enumerate(rows) if is_no_record(row, lacking=False)}


def data_rows(rows: Iterable[Row], columns: Columns) -> Iterator[Row]:
    """Yield the rows below the header: blank ones and repeated headers are no rows."""
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        firsts = {row.cells[0] for row in some}
        is_below = some[0].line > columns.header_line
        if is_below and columns.header[0] not in firsts and all(map(str.strip, firsts)):
            yield from some
        else:
            yield from (row for row in some if _is_data(row, columns))


def _is_data(row: Row, columns: Columns) -> bool:
    first = row.cells[0]
    if row.line <= columns.header_line or (not first.strip() and is_blank(row)):
        return False
    return first != columns.header[0] or [c.strip() for c in row.cells] != [
        heading.strip() for heading in columns.header
    ]


class Block(NamedTuple):
    """Some rows below the header: as they stand in the file, and cut to its width.

    ``cut`` says by line what had to be done to a row of another width.
    """

    raws: list[Row]
    rows: list[Row]
    cut: dict[int, Fitted]


def blocks(rows: Iterable[Row], columns: Columns) -> Iterator[Block]:
    """Yield the rows below the header, many at once."""
    data, width = data_rows(rows, columns), columns.width
    while raws := list(islice(data, AT_ONCE)):
        cut = {raw.line: fitted(raw, width) for raw in raws if len(raw.cells) != width}
        rows_cut = [cut[raw.line].row if raw.line in cut else raw for raw in raws] if cut else raws
        yield Block(raws, rows_cut, cut)
