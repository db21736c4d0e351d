"""What one cell of a foreign table says: a text, a number, a day, or nothing.

Programs write "nothing" in many ways, and spreadsheets break long numbers: both are found here.
Numbers and days whose spelling can be read in two ways are decided by the other cells of the file
(``Habits``), and where nothing decides they are not guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from erpdesk.domain.money import (
    AmbiguousAmountError,
    NotAnAmountError,
    narrowed,
    parse_number,
)

NOTHING: Final = frozenset(
    {"NULL", "null", "(null)", "(NULL)", "<NULL>", "<null>", "\\N", "#N/A", "#NULL!", "N/A", "n/a"}
    | {"NaN", "nan", "None", "nil", "-", "--", "---", "—", "——", "－", "/", "／"}
)
"""Spellings of an empty cell."""

LOST: Final = re.compile(
    r"[+-]?\d(?:[.,]\d+)?E\+\d{2,}|#{3,}|#(?:REF|VALUE|NAME|DIV/0|NUM|SPILL|CALC)[!?]"
)
"""What a spreadsheet leaves where it lost the digits, the width or the formula."""

_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_GUARDED = re.compile(r"'(?=\s*[-=+@＝＋－＠]|[\t\r]|\d[\d -]*$)")
_HIDDEN: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_VISIBLE: Final = {"\u200c", "\u200d"}
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d+)?", re.ASCII)
_SIGNS: Final = {
    "CNY": "CNY", "RMB": "CNY", "人民币": "CNY", "元": "CNY", "USD": "USD", "US$": "USD",
    "HKD": "HKD", "HK$": "HKD", "EUR": "EUR", "€": "EUR", "£": "GBP", "¥": "CNY JPY",
    "$": "USD HKD AUD CAD SGD TWD",
}  # fmt: skip
_CURRENCY_SIGNS = re.compile("|".join(map(re.escape, _SIGNS)), re.IGNORECASE)


def said(cell: str) -> str:
    """Return what a cell says, trimmed; an empty text where it says nothing."""
    text = cell.strip()
    if text in NOTHING:
        return ""
    if text.isprintable() and text[:1] not in {"=", "'"}:
        return text
    text = _unwrapped(text)
    return "" if text in NOTHING else text


def said_all(column: Iterable[str]) -> list[str]:
    """Return what each cell of a column says."""
    texts = list(map(str.strip, column))
    whole = "".join(texts)
    if "=" in whole or "'" in whole or not (whole.isprintable() and NOTHING.isdisjoint(texts)):
        return [said(text) for text in texts]
    return texts


def _unwrapped(text: str) -> str:
    text = text.strip("\ufeff\u3000\xa0 \t\r\n")
    if match := _AS_TEXT.fullmatch(text):
        return match[1].replace('""', '"').strip()
    return _GUARDED.sub("", text, count=1)


def one_line(text: str) -> str:
    """Return a text on one line in composed form: line ends and tabs become one blank."""
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = re.sub(r"[ \t]*[\r\n\t\v\f\x85\u2028\u2029]+[ \t]*", " ", text)
    return unicodedata.normalize("NFC", text.replace("\xa0", " ").replace("\u3000", " "))


def plain(text: str) -> str:
    """Return a code, telephone or account number in its compatible form: １２ becomes 12."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def hidden_in(text: str) -> tuple[str, ...]:
    """Return the names (``U+202E``) of the characters nobody sees, each once."""
    if text.isprintable():
        return ()
    found = (c for c in text if unicodedata.category(c) in _HIDDEN and c not in _VISIBLE)
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in found))


def _point(name: str) -> int:
    return int("0x" + name[2:], 0)


def is_bidi(name: str) -> bool:
    """Say whether a hidden character turns the reading direction (bidi marks)."""
    point = _point(name)
    return (
        0x202A <= point <= 0x202E or 0x2066 <= point <= 0x2069 or point in {0x200E, 0x200F, 0x61C}
    )


def is_control(name: str) -> bool:
    """Say whether a hidden character is a control character or no character at all."""
    return unicodedata.category(chr(_point(name))) in {"Cc", "Cs", "Cn"}


def without_hidden(text: str) -> str:
    """Return a text without the characters nobody sees."""
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in _HIDDEN).strip()


def digits_were_lost(text: str) -> bool:
    """Say whether a spreadsheet replaced the digits: ``1.38E+10``, ``####``, ``#REF!``."""
    return ("#" in text or "E" in text or "e" in text) and bool(
        LOST.fullmatch(text.upper().strip())
    )


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes what can be read in two ways: its decimal mark, and D/M or M/D days."""

    decimal_mark: str | None = None
    day_first: bool | None = None

    def or_else(self, other: "Habits") -> "Habits":
        """Return these habits; what they leave open is as ``other`` says."""
        first = other.day_first if self.day_first is None else self.day_first
        return Habits(self.decimal_mark or other.decimal_mark, first)


NO_HABITS: Final = Habits()


def number(text: str, habits: Habits) -> Decimal:
    """Read a number as a file writes it.

    Raises:
        NotAnAmountError: it is none.
        AmbiguousAmountError: ``1,500`` and nothing in the file says what the comma is.
    """
    if habits.decimal_mark == "." and _PLAIN.fullmatch(text):
        return Decimal(text)
    bare = _bare(text)
    if bare.endswith("-"):
        bare = "-" + bare[:-1].strip()
    return parse_number(bare, decimal_mark=habits.decimal_mark)


def _bare(text: str) -> str:
    bare = narrowed(without_hidden(text.replace("\xa0", " ")))
    bare = bare.replace("’", "'").replace("\u2212", "-").replace("，", ",")
    return _CURRENCY_SIGNS.sub("", bare).strip().replace("- ", "-")


def is_plain_number(text: str) -> bool:
    """Say whether a number is written with digits alone, and a point: no sign of a currency."""
    return bool(_PLAIN.fullmatch(text))


def other_currency(text: str, currency: str) -> str:
    """Return the sign of another currency that stands at an amount, such as $; empty for none."""
    if _PLAIN.fullmatch(text):
        return ""
    signs = _CURRENCY_SIGNS.findall(unicodedata.normalize("NFKC", text))
    return next((sign for sign in signs if currency not in _SIGNS[sign.upper()]), "")


def share(text: str, habits: Habits, *, percent: bool) -> Decimal:
    """Read a discount or a rate as a fraction of 1; ``percent``: the column counts hundredths.

    Raises:
        NotAnAmountError: it is no number from 0 to 1.
        AmbiguousAmountError: as for :func:`number`.
    """
    bare = unicodedata.normalize("NFKC", text)
    value = number(bare.rstrip("% "), habits)
    if percent or "%" in bare:
        value = value.scaleb(-2)
    if not 0 <= value <= 1:
        raise NotAnAmountError(text=text)
    return value


_ISO = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s?(\d{1,2})月\s?(\d{1,2})[日号]?)"
    r"(?:(?:[T ]|星期|周|\(周|\(星期).*)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\.0|[T ]?\d{6}|[T ]\d\d:.*)?")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_WESTERN = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,].*)?")
_NAMED = re.compile(
    r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ,]+(\d{4}|\d\d)(?:[T ].*)?"
    r"|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:[T ,].*)?"
)
_DASHES: Final = dict.fromkeys(map(ord, "‐‒–—−"), "-")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_EPOCH: Final = date(1899, 12, 30)


class NotADayError(ValueError):
    """This is not a day."""


class AmbiguousDayError(ValueError):
    """Day and month cannot be told apart."""


def day(text: str, habits: Habits) -> date:
    """Read a day in any spelling offices use; a time of day after it is left out.

    Raises:
        NotADayError: it is none, or lies outside 1900 to 2199.
        AmbiguousDayError: ``03/04/2026`` and nothing in the file says which is the month.
    """
    try:
        found = _day(unicodedata.normalize("NFKC", text).translate(_DASHES).strip(), habits)
    except AmbiguousDayError:
        raise
    except ValueError:
        raise NotADayError(text) from None
    if not 1900 <= found.year < 2200:
        raise NotADayError(text)
    return found


def _day(text: str, habits: Habits) -> date:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
    if match := _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(match[1]))
    if match := _WESTERN.fullmatch(text):
        return _western(int(match[1]), int(match[3]), int(match[4]), _order(match, habits))
    if match := _NAMED.fullmatch(text):
        month = _MONTHS.index((match[2] or match[4])[:3].capitalize()) // 3 + 1
        return date(_year(match[3] or match[6]), month, int(match[1] or match[5]))
    raise NotADayError(text)


def _year(digits: str) -> int:
    """Return a year; two digits lie between 1970 and 2069."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 70 else 2000)


def _order(match: re.Match[str], habits: Habits) -> bool | None:
    return True if match[2] == "." else habits.day_first


def _western(one: int, two: int, year: int, day_first: bool | None) -> date:  # noqa: FBT001
    if day_first is None and one != two:
        if one <= 12 and two <= 12:
            raise AmbiguousDayError
        day_first = one > 12
    return date(year, two, one) if day_first else date(year, one, two)


def is_serial(text: str) -> bool:
    """Say whether a day stands as the number a spreadsheet counts days by."""
    return bool(_SERIAL.fullmatch(text))


class HabitsSeen:
    """Collects what the cells of a file say about its habits; contradictions decide nothing."""

    def __init__(self) -> None:
        self._marks: set[str] = set()
        self._orders: set[bool] = set()

    def numbers(self, cells: Iterable[str]) -> None:
        """Look at cells of number columns."""
        for cell in cells:
            if _POINTED.fullmatch(cell):
                self._marks.add(".")
            elif not cell.isdecimal() and (mark := _mark_shown(cell)):
                self._marks.add(mark)

    def days(self, cells: Iterable[str]) -> None:
        """Look at cells of day columns."""
        for cell in cells:
            match = _WESTERN.fullmatch(cell)
            if match and match[2] != "." and max(int(match[1]), int(match[3])) > 12:
                self._orders.add(int(match[1]) > 12)

    def habits(self) -> Habits:
        """Return what was decided."""
        return Habits(
            next(iter(self._marks)) if len(self._marks) == 1 else None,
            next(iter(self._orders)) if len(self._orders) == 1 else None,
        )


_POINTED = re.compile(r"-?\d+\.(?:\d\d?|\d{4,})", re.ASCII)


def _mark_shown(cell: str) -> str | None:
    try:
        text = _bare(cell)
        parse_number(text.strip("%-"))
    except (AmbiguousAmountError, NotAnAmountError):
        return None
    marks = [c for c in text if c in ",."]
    if len(set(marks)) == 1 and len(marks) > 1:
        return "." if marks[0] == "," else ","
    return marks[-1] if marks else None
