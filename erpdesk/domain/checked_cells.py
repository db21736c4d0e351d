"""What a checked cell gives: its value, or the value with a flag that says what is the matter.

Flags are the exception, so a value without one stands for itself.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from erpdesk.domain import cells
from erpdesk.domain.columns import Columns
from erpdesk.domain.import_rows import Reason, Row


@dataclass(frozen=True, slots=True)
class Flag:
    """A cell that is bad (``wrong``), or taken as ``value`` with a note."""

    reason: Reason
    value: Any = None
    wrong: bool = False


Check = Callable[[str], Any]
"""Takes what a cell says (never empty) and returns a value or a flag."""

Reader = tuple[str, tuple[int, ...], str, Check]
"""Field, places in the row, heading, check."""

LOST_DIGITS: Final = Reason(
    "表格软件已把数字改成科学计数或 ####，原来的位数丢失",
    "the spreadsheet replaced the digits (1.38E+10, ####): they are lost",
)
LEFT_EMPTY: Final = Reason("该格留空", "the cell is left empty")


_SIMPLE = re.compile(r"[A-Za-z0-9 ()._/-]+")
"""Codes and telephones with which nothing can be the matter."""


def too_long(limit: int) -> Reason:
    """Return why a text is not taken."""
    return Reason(f"超过 {limit} 个字", f"longer than {limit} characters")


def hidden(names: tuple[str, ...]) -> Reason:
    """Return the sentence that makes hidden characters visible."""
    shown = " ".join(names[:8])
    return Reason(f"含看不见的字符 {shown}", f"characters nobody sees: {shown}")


def key(limit: int) -> Check:
    """Return the check of a code: nothing hidden, nothing lost, in compatible form."""

    def check(text: str) -> str | Flag:
        if len(text) <= limit and _SIMPLE.fullmatch(text):
            return text
        text = cells.plain(text)
        if names := cells.hidden_in(text):
            return Flag(hidden(names), wrong=True)
        if cells.digits_were_lost(text):
            return Flag(LOST_DIGITS, wrong=True)
        return text if len(text) <= limit else Flag(too_long(limit), wrong=True)

    return check


def label(limit: int) -> Check:
    """Return the check of a name: marks that turn the reading direction are bad, others noted."""

    def check(text: str) -> str | Flag:
        if len(text) <= limit and text.isprintable():
            return text if text.isascii() else unicodedata.normalize("NFC", text)
        text = cells.one_line(text)
        if len(text) > limit:
            return Flag(too_long(limit), wrong=True)
        names = cells.hidden_in(text)
        if any(cells.is_bidi(n) or cells.is_control(n) for n in names):
            return Flag(hidden(names), wrong=True)
        return Flag(hidden(names), text) if names else text

    return check


def prose(limit: int) -> Check:
    """Return the check of free text: what nobody sees is taken out and told, controls are bad."""

    def check(text: str) -> str | Flag:
        if len(text) <= limit and text.isprintable():
            return text if text.isascii() else unicodedata.normalize("NFC", text)
        text = cells.one_line(text)
        if len(text) > limit:
            return Flag(too_long(limit), wrong=True)
        names = cells.hidden_in(text)
        if any(map(cells.is_control, names)):
            return Flag(hidden(names), wrong=True)
        return Flag(hidden(names), cells.without_hidden(text)) if names else text

    return check


def token(limit: int) -> Check:
    """Return the check of a telephone or account: cleaned; where digits were lost, left empty."""
    clean = prose(limit)

    def check(text: str) -> str | Flag:
        if len(text) <= limit and _SIMPLE.fullmatch(text):
            return text
        text = cells.plain(text)
        if cells.digits_were_lost(text):
            return Flag(LOST_DIGITS + LEFT_EMPTY, "")
        found: str | Flag = clean(text)
        return found

    return check


@dataclass(slots=True)
class Read:
    """What the cells of one row gave; ``wrong`` and ``notes`` are (heading, reason)."""

    values: dict[str, Any]
    wrong: list[tuple[str, Reason]]
    notes: list[tuple[str, Reason]]


def readers(columns: Columns, checks: Mapping[str, Check]) -> tuple[Reader, ...]:
    """Return how to read each field that the table has."""
    return tuple(
        (name, columns.places[name], columns.title(name), check)
        for name, check in checks.items()
        if columns.has(name)
    )


def read_row(row: Row, wanted: tuple[Reader, ...]) -> Read:
    """Return what the cells of a row say, each by its check."""
    read = Read({}, [], [])
    line = row.cells
    for name, places, heading, check in wanted:
        text = cells.said(line[places[0]]) if len(places) == 1 else joined(row, places)
        if not text:
            continue
        found = check(text)
        if type(found) is Flag:
            (read.wrong if found.wrong else read.notes).append((heading, found.reason))
            found = found.value
        read.values[name] = found
    return read


_CHINESE = re.compile("[\u4e00-\u9fff]")


def joined(row: Row, places: tuple[int, ...]) -> str:
    """Return several cells as one text: an address in its parts, each once."""
    parts = dict.fromkeys(filter(None, [cells.said(row.cells[i]) for i in places]))
    return (" " if _CHINESE.search("".join(parts)) else ", ").join(parts)
