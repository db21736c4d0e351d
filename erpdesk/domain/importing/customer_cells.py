"""The cells of a customer list: what each may say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain.currencies import currency_of
from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import NO_HABITS, Habits
from erpdesk.domain.importing.checked_cells import (
    Check,
    Checked,
    Flag,
    are_seen,
    are_simple,
    key,
    label,
    prose,
    token,
)
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import Reason
from erpdesk.domain.money import (
    AmbiguousAmountError,
    AmountTooLargeError,
    Money,
    NotAnAmountError,
)


@dataclass(frozen=True, slots=True)
class CustomerRules:
    """What a customer list is checked by besides itself; ``currency`` is the one unsaid."""

    tax_id_is_right: Callable[[str], bool] = bool
    is_reserved: Callable[[str], bool] = field(default=lambda _: False)
    currency: str = "CNY"
    habits: Habits = NO_HABITS


CODE_MAX: Final = 64
NAME_MAX: Final = 200
_TAX_MAX: Final = 40
_EMAIL_MAX: Final = 254

RESERVED: Final = Reason(
    "这种写法留给系统自己的编码", "this form is kept for the program's own codes"
)
TAX_ID: Final = Reason("纳税人识别号的校验位不对", "the check character of the tax ID is wrong")
EMAIL: Final = Reason("不像电子邮箱", "does not look like an e-mail address")
NOT_DAYS: Final = Reason("不是天数，该格留空", "no number of days: left empty")
NOT_AMOUNT: Final = Reason("不是金额", "not an amount")
TWO_WAYS: Final = Reason(
    "单个分隔符后有三位数，可作两种理解",
    "one separator before three digits can be read in two ways",
)
TOO_LARGE: Final = Reason("金额过大", "the amount is too large")
NEGATIVE: Final = Reason("不能为负", "may not be negative")
NOT_RATE: Final = Reason("不是 0 到 1（0% 到 100%）的税率", "not a rate from 0 to 1 (0 % to 100 %)")
RATE_TWO_WAYS: Final = Reason(
    "税率可作两种理解：写成 13% 或 0.13 这样的样子",
    "a rate that can be read in two ways: write it as 13 % or 0.13",
)
EXEMPT: Final = Reason(
    "写的是免税一类，不是税率：该格留空，写凭证时再定",
    "tax exempt is no rate: left empty, to be said with the voucher",
)
OTHER_CURRENCY: Final = Reason("金额写的是别的币种", "the amount is written in another currency")
NO_CURRENCY: Final = Reason("不认识的币种", "unknown currency")
NO_LANGUAGE: Final = Reason("不认识的语言，该格留空", "unknown language: left empty")

_RATE_MAX: Final = Decimal("0.3")
"""No tax is higher: 0.5 without a percent sign may be half a percent."""
_EXEMPT: Final = frozenset({"免税", "免征", "不征税", "零税率", "exempt", "Exempt", "tax exempt"})

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ONE_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")
_DAYS = re.compile(r"(?i)(?:net|账期)?\s*(\d{1,3})(?:\.0+)?\s*(?:天|日|days?)?")
_BAR = re.compile(r"[|｜\n]")


def customer_checks(rules: CustomerRules, habits: Habits, columns: Columns) -> dict[str, Check]:
    """Return how each field of a customer is checked."""
    return {
        "code": _code(rules),
        "name": label(NAME_MAX),
        "tax_id": _tax_id(rules),
        "contact_person": prose(100),
        "phone": token(100),
        "email": _EMAILS,
        "address": prose(500),
        "bank_name": prose(200),
        "bank_account": token(64),
        "terms_days": Check(_days, unsaid=None),
        "credit_limit": _amount(habits, "" if columns.has("currency") else rules.currency),
        "barcodes": _barcodes(rules),
        "tax_rate": _rate(habits, percent="%" in columns.title("tax_rate")),
        "currency": Check(_currency),
        "language": Check(_language),
    }


def with_currency(block: Checked, rules: CustomerRules, heading: str) -> None:
    """Make the credit limits amounts of their customers' currencies."""
    limits, currencies = block.columns.get("credit_limit", []), block.columns.get("currency")
    for at, limit in enumerate(limits):
        if limit is None:
            continue
        currency = (currencies[at] if currencies else "") or rules.currency
        try:
            limits[at] = Money.of(limit, currency)
        except AmountTooLargeError:
            block.wrong.setdefault(at, []).append((heading, TOO_LARGE))


def _code(rules: CustomerRules) -> Check:
    clean = key(CODE_MAX)

    def check(text: str) -> Any:
        found = clean(text)
        if type(found) is not Flag and rules.is_reserved(found):
            return Flag(RESERVED, wrong=True)
        return found

    def are_fine(texts: Sequence[str]) -> bool:
        return are_simple(texts, CODE_MAX) and not any(map(rules.is_reserved, texts))

    return Check(check, are_fine)


def _tax_id(rules: CustomerRules) -> Check:
    clean = token(_TAX_MAX)

    def check(text: str) -> Any:
        found = clean(re.sub(r"\s", "", text).upper())
        if type(found) is not Flag and not rules.tax_id_is_right(found):
            return Flag(TAX_ID, found)
        return found

    def are_fine(texts: Sequence[str]) -> bool:
        whole = "".join(texts)
        is_clean = whole.isalnum() and whole == whole.upper() and are_simple(texts, _TAX_MAX)
        return is_clean and all(map(rules.tax_id_is_right, filter(None, texts)))

    return Check(check, are_fine)


def _email(text: str) -> Any:
    found = token(_EMAIL_MAX)(text)
    if type(found) is not Flag and not all(
        _EMAIL.fullmatch(part.strip()) for part in re.split("[;,]", found) if part.strip()
    ):
        return Flag(EMAIL, found)
    return found


def _are_emails(texts: Sequence[str]) -> bool:
    is_plain = "".join(texts).isascii() and are_seen(texts, _EMAIL_MAX)
    return is_plain and all(map(_ONE_EMAIL.fullmatch, filter(None, texts)))


_EMAILS: Final = Check(_email, _are_emails)


def _days(text: str) -> Any:
    match = _DAYS.fullmatch(cells.plain(text))
    return int(match[1]) if match else Flag(NOT_DAYS)


def _amount(habits: Habits, currency: str) -> Check:
    def check(text: str) -> Decimal | Flag:
        if currency and cells.other_currency(text, currency):
            return Flag(OTHER_CURRENCY, wrong=True)
        try:
            value = cells.number(text, habits)
        except AmbiguousAmountError:
            return Flag(TWO_WAYS, wrong=True)
        except NotAnAmountError:
            return Flag(NOT_AMOUNT, wrong=True)
        return value if value >= 0 else Flag(NEGATIVE, wrong=True)

    return Check(check, unsaid=None)


def _rate(habits: Habits, *, percent: bool) -> Check:
    def check(text: str) -> Decimal | Flag:
        if cells.plain(text) in _EXEMPT:
            return Flag(EXEMPT)
        try:
            value = cells.number(cells.plain(text).rstrip("% "), habits)
        except (AmbiguousAmountError, NotAnAmountError):
            return Flag(NOT_RATE, wrong=True)
        is_percent = percent or "%" in cells.plain(text) or value >= 1
        if not is_percent and value > _RATE_MAX:
            return Flag(RATE_TWO_WAYS, wrong=True)
        value = value.scaleb(-2) if is_percent else value
        return value if 0 <= value <= 1 else Flag(NOT_RATE, wrong=True)

    return Check(check, unsaid=None)


def _currency(text: str) -> str | Flag:
    return currency_of(text) or Flag(NO_CURRENCY, wrong=True)


def _language(text: str) -> str | Flag:
    start = cells.plain(text).casefold()
    if start.startswith(("zh", "cn", "chi", "中", "汉", "简", "simplified")):
        return "zh"
    return "en" if start.startswith(("en", "英")) else Flag(NO_LANGUAGE, "")


def barcodes_in(cell: str) -> Iterator[str]:
    """Yield the codes of a cell, separated by ``|``."""
    return (cells.plain(t) for t in map(cells.said, _BAR.split(cell)) if t)


def _barcodes(rules: CustomerRules) -> Check:
    check_one = _code(rules)

    def check(text: str) -> Any:
        found = tuple(dict.fromkeys(check_one(code) for code in barcodes_in(text)))
        flags = [f for f in found if type(f) is Flag]
        return flags[0] if flags else found

    return Check(check, unsaid=())
