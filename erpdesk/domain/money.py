"""Money: whole minor units and a currency. No float comes near it, and null is not zero."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Self

from erpdesk.errors import UserError

LIMIT_MINOR = 10**13
"""Largest amount in minor units that is stored (storage.md 2)."""

_DIGITS_MAX = 20
"""What has more digits is no amount, and more than the arithmetic of decimals can round."""

DECIMALS = {"CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "AUD": 2, "CAD": 2, "CHF": 2}
DECIMALS |= {"SGD": 2, "TWD": 2, "JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3}
"""How many decimals a currency has (ISO 4217)."""


class UnknownCurrencyError(UserError):
    """This currency is not in the company's list."""


class AmountTooLargeError(UserError):
    """An amount may not exceed 100,000,000,000.00."""


class NotAnAmountError(UserError):
    """This is not an amount."""


class AmbiguousAmountError(UserError):
    """A single separator followed by three digits can be read in two ways."""


class CurrencyMismatchError(UserError):
    """Amounts of two currencies have no sum."""


def decimals_of(currency: str) -> int:
    """Return how many decimals a currency has.

    Raises:
        UnknownCurrencyError: it is not listed.
    """
    try:
        return DECIMALS[currency]
    except KeyError:
        raise UnknownCurrencyError(currency=currency) from None


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """Round half away from zero: the one rounding of the books."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: ``minor`` whole minor units (分) of ``currency`` (ISO code)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        decimals_of(self.currency)
        if abs(self.minor) > LIMIT_MINOR:
            raise AmountTooLargeError(minor=self.minor)

    @classmethod
    def of(cls, value: Decimal, currency: str) -> Self:
        """Return a decimal number of major units, rounded once, half away from zero.

        Raises:
            AmountTooLargeError: it is beyond the limit, by however many digits.
        """
        if value.adjusted() > _DIGITS_MAX:
            raise AmountTooLargeError(minor=str(value))
        return cls(int(rounded(value.scaleb(decimals_of(currency)))), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatchError(one=self.currency, other=other.currency)
        return other.minor

    def share(self, part: int, whole: int) -> "Money":
        """Return the part of a whole (above zero) of it, rounded once, half away from zero."""
        exact = self.minor * part
        nearest = (2 * abs(exact) + whole) // (2 * whole)
        return Money(nearest if exact >= 0 else -nearest, self.currency)

    def split(self, weights: list[int]) -> "list[Money]":
        """Divide by weights without losing a unit: the last share takes the rounding."""
        total, given, shares = sum(weights), 0, []
        for weight in weights[:-1]:
            shares.append(int(rounded(Decimal(self.minor) * weight / total)))
            given += shares[-1]
        return [Money(share, self.currency) for share in (*shares, self.minor - given)]

    def plain(self) -> str:
        """Return digits with the currency's decimals and no thousands: ``-1234.50``."""
        return str(Decimal(self.minor).scaleb(-decimals_of(self.currency)))

    def grouped(self) -> str:
        """Return digits with comma thousands and the typographic minus: ``−1,234.50``."""
        return f"{Decimal(self.plain()):,f}".replace("-", "\u2212")


@cache
def nothing(currency: str) -> Money:
    """Return no money of a currency: one value for as many lines as there are."""
    return Money(0, currency)


def narrowed(text: str) -> str:
    """Return a text in its compatible form: １，２ becomes 1,2; ① and ² are no digits.

    Raises:
        NotAnAmountError: some sign only looks like a digit.
    """
    if text.isascii():
        return text
    if any(sign.isdigit() and not sign.isdecimal() for sign in text):
        raise NotAnAmountError(text=text)
    return unicodedata.normalize("NFKC", text)


_NUMBER = re.compile(r"([+-]?)¥?\s*(\d[\d,. ']*)", re.ASCII)
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",. '"}


def parse_amount(text: str, currency: str, *, decimal_mark: str | None = None) -> Money:
    """Read an amount as a person writes it; the one reader for every field and file.

    ``decimal_mark`` (``.`` or ``,``) is what a file says of itself; without it a single separator
    before exactly three digits is refused as ambiguous where the currency has other decimals.
    More decimals than the currency has are rounded once, half away from zero.

    Raises:
        NotAnAmountError: letters, exponents, two signs, separators in wrong places.
        AmbiguousAmountError: ``1,500`` or ``1.500`` with nothing that decides.
    """
    return Money.of(
        parse_number(text, decimals=decimals_of(currency), decimal_mark=decimal_mark), currency
    )


def parse_number(text: str, *, decimals: int = 2, decimal_mark: str | None = None) -> Decimal:
    """Read a decimal number under the rules of :func:`parse_amount`, without rounding."""
    plain = narrowed(text).strip().replace("\u2212", "-")
    plain = plain.replace("、", ",").strip("¥￥").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    match = _NUMBER.fullmatch(plain.strip("()") if negative else plain)
    if match is None:
        raise NotAnAmountError(text=text)
    whole, fraction = _parts(match[2].strip(), decimals, decimal_mark, text)
    value = Decimal(f"{whole}.{fraction or '0'}")
    return -value if negative or match[1] == "-" else value


def _parts(digits: str, decimals: int, mark: str | None, text: str) -> tuple[str, str]:
    mark = mark or _decimal_mark(digits, decimals, text)
    whole, _, fraction = digits.partition(mark) if mark else (digits, "", "")
    group = next((m for m in ",. '" if m in whole), None)
    if (fraction and not fraction.isdecimal()) or (group and not _GROUPED[group].fullmatch(whole)):
        raise NotAnAmountError(text=text)
    return (whole.replace(group, "") if group else whole), fraction


def _decimal_mark(digits: str, decimals: int, text: str) -> str:
    marks = [c for c in digits if c in ",."]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return ""
    after = len(digits) - digits.index(last) - 1
    if after == 3 and decimals != 3 and not digits.startswith("0"):
        part = Decimal(digits.replace(last, "."))
        whole = digits.replace(last, "")
        raise AmbiguousAmountError(text=text, whole=whole, part=f"{part:.{decimals}f}")
    return last
