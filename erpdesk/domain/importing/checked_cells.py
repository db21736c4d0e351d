"""What a checked cell gives: its value, or the value with a flag that says what is the matter.

Flags are the exception, so a value without one stands for itself.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from erpdesk.domain.importing import cells
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import Reason, Row


@dataclass(frozen=True, slots=True)
class Flag:
    """A cell that is bad (``wrong``), or taken as ``value`` with a note."""

    reason: Reason
    value: Any = None
    wrong: bool = False


def _never(_: Sequence[str]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Check:
    """Takes what a cell says (never empty) and returns a value or a flag.

    ``are_fine`` knows of a whole column whether each text in it (or nothing) is its own value;
    ``unsaid`` is the value of a cell that says nothing, an empty text where it is no part of a row.
    """

    one: Callable[[str], Any]
    are_fine: Callable[[Sequence[str]], bool] = _never
    unsaid: Any = ""

    def __call__(self, text: str) -> Any:
        """Return the value of a text, or a flag."""
        return self.one(text)

    def column(self, texts: list[str]) -> list[Any]:
        """Return the value or flag of each cell of a column; every text is looked at once."""
        if self.are_fine(texts):
            return texts
        found = {text: self.one(text) if text else self.unsaid for text in set(texts)}
        return [found[text] for text in texts]


Reader = tuple[str, tuple[int, ...], str, Check]
"""Field, places in the row, heading, check."""

LOST_DIGITS: Final = Reason(
    "表格软件已把数字改成科学计数或 ####，原来的位数丢失",
    "the spreadsheet replaced the digits (1.38E+10, ####): they are lost",
)
LEFT_EMPTY: Final = Reason("该格留空", "the cell is left empty")


_SIMPLE = re.compile(r"[A-Za-z0-9 ()._/-]*")
"""Codes and telephones with which nothing can be the matter."""


def are_simple(texts: Sequence[str], limit: int) -> bool:
    """Say whether texts are short codes or telephones with which nothing can be the matter."""
    return max(map(len, texts)) <= limit and bool(_SIMPLE.fullmatch("".join(texts)))


def are_seen(texts: Sequence[str], limit: int) -> bool:
    """Say whether texts are short, nothing in them is hidden, and all are in composed form."""
    whole = "".join(texts)
    return (
        max(map(len, texts)) <= limit
        and whole.isprintable()
        and (whole.isascii() or unicodedata.is_normalized("NFC", whole))
    )


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

    return Check(check, lambda texts: are_simple(texts, limit))


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
        is_seen = cells.without_hidden(text)
        return Flag(hidden(names), text if is_seen else "") if names else text

    return Check(check, lambda texts: are_seen(texts, limit))


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

    return Check(check, lambda texts: are_seen(texts, limit))


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

    return Check(check, lambda texts: are_simple(texts, limit))


Trouble = tuple[str, Reason]
"""The heading of a column, and what is the matter there."""


@dataclass(slots=True)
class Read:
    """What the cells of one row gave; what nothing is said of is not in ``values``."""

    values: dict[str, Any]
    wrong: list[Trouble]
    notes: list[Trouble]


@dataclass(slots=True)
class Checked:
    """What the cells of many rows gave, column by column; flags by place in the block."""

    columns: dict[str, list[Any]]
    wrong: dict[int, list[Trouble]]
    notes: dict[int, list[Trouble]]


def readers(columns: Columns, checks: Mapping[str, Check]) -> tuple[Reader, ...]:
    """Return how to read each field that the table has."""
    return tuple(
        (name, columns.places[name], columns.title(name), check)
        for name, check in checks.items()
        if columns.has(name)
    )


def read_block(rows: Sequence[Row], wanted: tuple[Reader, ...]) -> Checked:
    """Return what the cells of some rows say, each by its check."""
    block, cells_of = Checked({}, {}, {}), list(zip(*(row.cells for row in rows), strict=False))
    for name, places, heading, check in wanted:
        if len(places) == 1:
            texts = cells.said_all(cells_of[places[0]])
        else:
            texts = [joined(row, places) for row in rows]
        found = check.column(texts)
        if found is not texts and Flag in set(map(type, found)):
            found = [_unflagged(block, at, heading, one) for at, one in enumerate(found)]
        block.columns[name] = found
    return block


def _unflagged(block: Checked, at: int, heading: str, found: Any) -> Any:
    if type(found) is not Flag:
        return found
    flags = block.wrong if found.wrong else block.notes
    flags.setdefault(at, []).append((heading, found.reason))
    return found.value


def read_rows(rows: Sequence[Row], wanted: tuple[Reader, ...]) -> list[Read]:
    """Return the same row by row."""
    block = read_block(rows, wanted)
    values = said_of(block.columns)
    return [
        Read(said, block.wrong.get(at, []), block.notes.get(at, []))
        for at, said in enumerate(values)
    ]


def said_of(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return row by row what columns say; what says nothing is left out."""
    names = tuple(columns)
    return [
        {name: value for name, value in zip(names, values, strict=True) if value != ""}
        for values in zip(*columns.values(), strict=True)
    ]


_CHINESE = re.compile("[\u4e00-\u9fff]")


def joined(row: Row, places: tuple[int, ...]) -> str:
    """Return several cells as one text: an address in its parts, each once."""
    parts = dict.fromkeys(filter(None, [cells.said(row.cells[i]) for i in places]))
    return (" " if _CHINESE.search("".join(parts)) else ", ").join(parts)
