"""The codes the program prints itself: ED, a kind letter, digits, a check letter.

The check letter is the kind's place in CKLNRSVX (1 to 8) written before the digits, modulo 17.
Letters that move on foreign keyboards (A M Q W Y Z) and all signs are left out.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CHECK_LETTERS: Final = "BCDEFGHJKLNPRSTUV"
_PLACES: Final = "CKLNRSVX"
_FORM: Final = re.compile(r"ED([CKLNRSVX])([0-9]+)([A-Z])")
_INSIDE: Final = re.compile(r"ED[CKLNRSVX][0-9]+[BCDEFGHJKLNPRSTUV]")
_DIGITS_MAX: Final = 18


class OwnKind(StrEnum):
    """What an own code stands for; the value is its kind letter."""

    CUSTOMER = "C"
    LINE = "L"
    SHEET = "K"
    NOTICE = "N"
    REPLY = "R"
    STATEMENT = "S"
    VOUCHER = "V"
    COMMAND = "X"


@dataclass(frozen=True, slots=True)
class OwnCode:
    """An own code whose check letter and number of digits fit; the digits keep their zeros."""

    kind: OwnKind
    digits: str

    @property
    def text(self) -> str:
        """Return the code as it is printed."""
        return own_code(self.kind, self.digits)


@dataclass(frozen=True, slots=True)
class WrongCheck:
    """A text of the form of an own code that is none: looked up nowhere.

    ``letter_fits`` says that only the number of digits, or the month in them, is impossible.
    """

    kind: OwnKind
    text: str
    letter_fits: bool


def check_letter(kind: OwnKind, digits: str) -> str:
    """Return the letter that ends an own code."""
    place = _PLACES.index(kind.value) + 1
    return CHECK_LETTERS[int(f"{place}{digits}") % len(CHECK_LETTERS)]


def own_code(kind: OwnKind, digits: str) -> str:
    """Return the whole code of a kind and its digits, with the check letter."""
    assert re.fullmatch("[0-9]+", digits)
    return f"ED{kind.value}{digits}{check_letter(kind, digits)}"


def parse_own_code(text: str) -> OwnCode | WrongCheck | None:
    """Read a text as an own code; None when it has not the form of one."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    kind, digits, letter = OwnKind(form[1]), form[2], form[3]
    if len(digits) > _DIGITS_MAX or check_letter(kind, digits) != letter:
        return WrongCheck(kind, text, letter_fits=False)
    if not _digits_fit(kind, digits):
        return WrongCheck(kind, text, letter_fits=True)
    return OwnCode(kind, digits)


def own_codes_inside(text: str) -> tuple[OwnCode, ...]:
    """Return every right own code that stands somewhere in a text, in order."""
    found = (parse_own_code(match[0]) for match in _INSIDE.finditer(text))
    return tuple(code for code in found if isinstance(code, OwnCode))


def is_reserved(text: str) -> bool:
    """Say whether a firm may not use this text as a code of its own.

    Reserved are the form of our codes with any letter at the end, and the test codes ``ED%``; also
    in small or full-width letters, because such a scan is read as ours.
    """
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip().upper()
    return plain.startswith("ED") and (plain[2:3] == "%" or _FORM.fullmatch(plain) is not None)


def customer_code(number: int) -> str:
    """Return the code of a customer by its running number."""
    return own_code(OwnKind.CUSTOMER, _padded(number, 6))


def line_code(campaign: int, line: int) -> str:
    """Return the code of a line of a campaign's count sheet."""
    return own_code(OwnKind.LINE, _padded(campaign, 4, at_most=4) + _padded(line, 6, at_most=6))


def sheet_code(campaign: int, page: int) -> str:
    """Return the code of a page of a campaign's count sheet."""
    return own_code(OwnKind.SHEET, _padded(campaign, 4, at_most=4) + _padded(page, 4, at_most=4))


def notice_code(month: str, number: int) -> str:
    """Return the code of a notice, letter or confirmation; ``month`` is YYYYMM."""
    return _monthly(OwnKind.NOTICE, month, number)


def reply_code(month: str, number: int) -> str:
    """Return the code of a notice's reply slip: the notice's digits under another letter."""
    return _monthly(OwnKind.REPLY, month, number)


def statement_code(month: str, number: int) -> str:
    """Return the code of a statement of account; ``month`` is YYYYMM."""
    return _monthly(OwnKind.STATEMENT, month, number)


def voucher_code(month: str, number: int) -> str:
    """Return the code of a temporary voucher; ``month`` is YYYYMM."""
    return _monthly(OwnKind.VOUCHER, month, number)


def command_code(number: int) -> str:
    """Return the code of a command on the command card."""
    return own_code(OwnKind.COMMAND, _padded(number, 3))


def _monthly(kind: OwnKind, month: str, number: int) -> str:
    digits = month + _padded(number, 4)
    assert _digits_fit(kind, digits), "month is YYYYMM"
    return own_code(kind, digits)


def _padded(number: int, digits: int, *, at_most: int = 12) -> str:
    assert 0 <= number < 10**at_most
    return str(number).zfill(digits)


def _digits_fit(kind: OwnKind, digits: str) -> bool:
    match kind:
        case OwnKind.CUSTOMER:
            return len(digits) >= 6
        case OwnKind.LINE:
            return len(digits) == 10
        case OwnKind.SHEET:
            return len(digits) == 8
        case OwnKind.COMMAND:
            return len(digits) >= 3
        case _:
            return len(digits) >= 10 and "01" <= digits[4:6] <= "12"
