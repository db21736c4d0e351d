"""Posting rules: which event becomes which lines of the ledger, as versioned data (domain.md 1.2).

A line is the text's row (storage.md 7.1): amounts in minor units, side 1 debit, −1 credit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain import accounts as a
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.kinds import JOURNAL_SERIES
from erpdesk.domain.money import Money
from erpdesk.errors import UserError

DEBIT: Final = 1
CREDIT: Final = -1
OF_ITEM: Final = ""
"""Instead of an account: the one of the open item, or the one that was chosen."""

Row = dict[str, Any]
MakeId = Callable[[], str]


class UnbalancedError(UserError):
    """Debit and credit of the entry are not equal."""


class TooFewLinesError(UserError):
    """An entry needs at least two lines."""


class EmptyLineError(UserError):
    """A line of the entry has no amount."""


class RateMissingError(UserError):
    """An entry in a foreign currency needs an exchange rate."""


@dataclass(frozen=True, slots=True)
class Template:
    """One line of a rule: what it takes, on which side, on which account."""

    what: str
    side: int
    account: str = OF_ITEM


@dataclass(frozen=True, slots=True)
class PostingRule:
    """How one event is booked; a changed rule is the next version, entries keep theirs."""

    name: str
    version: int
    name_zh: str
    name_en: str
    templates: tuple[Template, ...]

    @property
    def mark(self) -> str:
        """Return the rule as an entry names it: ``P1a/1``."""
        return f"{self.name}/{self.version}"


def _claim(receivable: str, tax: str) -> tuple[Template, ...]:
    return (
        Template("gross", DEBIT, receivable),
        Template("net", CREDIT, a.REVENUE),
        Template("tax", CREDIT, tax),
    )


_CASH: Final = Template("cash", DEBIT, a.BANK)
_FOUND: Final = Template("identified", DEBIT, a.SUSPENSE)
_CREDIT: Final = Template("credit", DEBIT)
_LOSS: Final = Template("loss", DEBIT)
_CHARGE: Final = Template("charge", CREDIT)
_REST: Final = Template("rest", CREDIT, a.ADVANCE)
_LOST: Final = Template("exchange_loss", DEBIT, a.EXCHANGE)
_WON: Final = Template("exchange_gain", CREDIT, a.EXCHANGE)

RULES: Final = (
    PostingRule(
        "P1a", 1, "暂估应收，未到纳税义务时点", "Unbilled, tax point ahead",
        _claim(a.UNBILLED, a.OUTPUT_TAX_PENDING),
    ),
    PostingRule(
        "P1b", 1, "暂估应收，已到纳税义务时点", "Unbilled, tax point reached",
        _claim(a.UNBILLED, a.OUTPUT_TAX),
    ),
    PostingRule(
        "P1c", 1, "合同资产", "Contract asset",
        _claim(a.CONTRACT_ASSET, a.OUTPUT_TAX_PENDING),
    ),
    PostingRule(
        "P1cb", 1, "合同资产，已到纳税义务时点", "Contract asset, tax point reached",
        _claim(a.CONTRACT_ASSET, a.OUTPUT_TAX),
    ),
    PostingRule("P2", 1, "到票，蓝字", "Invoice", _claim(a.BILLED, a.OUTPUT_TAX)),
    PostingRule("P2r", 1, "单到回冲，红字", "Reversal on invoice", ()),
    PostingRule(
        "P3", 1, "收款", "Receipt",
        (_CASH, _FOUND, _CHARGE, _REST, Template("unknown", CREDIT, a.SUSPENSE)),
    ),
    PostingRule("P4", 1, "核销", "Allocation", (_CREDIT, _LOSS, _CHARGE)),
    PostingRule(
        "P5", 1, "多付、少付", "Over- and short payment", (_CASH, _FOUND, _LOSS, _CHARGE, _REST)
    ),
    PostingRule("P6", 1, "红字冲销", "Reversal", ()),
    PostingRule(
        "P8", 1, "核销，结转汇兑损益", "Settled with an exchange difference",
        (_CASH, _FOUND, _CREDIT, _LOSS, _LOST, _CHARGE, _REST, _WON),
    ),
    PostingRule(
        "P8u", 1, "期末调汇", "Revaluation",
        (Template("rise", DEBIT), _LOST, Template("fall", CREDIT), _WON),
    ),
    PostingRule(
        "P0", 1, "期初未清项", "Opening items",
        (
            Template("charge", DEBIT), Template("credit", CREDIT),
            Template("against_charge", CREDIT, a.OPENING),
            Template("against_credit", DEBIT, a.OPENING),
        ),
    ),
)  # fmt: skip
"""Every rule in every version that an entry may name; a new event is a new row."""

MARKS: Final = frozenset(rule.mark for rule in RULES)


def rule_named(name: str) -> PostingRule:
    """Return the newest version of a rule."""
    return max((rule for rule in RULES if rule.name == name), key=lambda rule: rule.version)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one line of a rule takes; ``account`` where the rule leaves it open; red if negative.

    ``base`` is what it is in the base currency where that is no matter of the entry's own rate.
    """

    what: str
    money: Money
    account: str = OF_ITEM
    customer: str | None = None
    item: str | None = None
    text: str | None = None
    base: Money | None = None

    @property
    def is_nothing(self) -> bool:
        """Say whether it makes no line: an exchange difference is one in the base alone."""
        return self.money.minor == 0 and (self.base is None or self.base.minor == 0)

    def __add__(self, other: "Amount") -> "Amount":
        """Return both together, on one line."""
        known = None if self.base is None or other.base is None else self.base + other.base
        return replace(self, money=self.money + other.money, base=known)


def lines_of(
    rule: PostingRule, amounts: Sequence[Amount], *, rate: Decimal | None = None
) -> list[Row]:
    """Return the lines of an event in the order of its rule; amounts of zero make no line.

    ``rate`` turns one unit of a foreign currency into the base currency.

    Raises:
        RateMissingError: the currency is foreign and there is no rate.
        UnbalancedError, TooFewLinesError: the amounts are no entry.
    """
    assert {one.what for one in amounts} <= {template.what for template in rule.templates}
    pairs = [
        (template, one)
        for template in rule.templates
        for one in amounts
        if one.what == template.what and not one.is_nothing
    ]
    lines = [_line(n, template, one, rate) for n, (template, one) in enumerate(pairs, 1)]
    if rate is not None and lines:
        _take_rounding(lines)
    for error in broken_lines(lines):
        raise error
    return lines


def _line(n: int, template: Template, one: Amount, rate: Decimal | None) -> Row:
    row: Row = {
        "n": n,
        "account": template.account or one.account,
        "side": template.side,
        "amount": one.money.minor,
        "base": (in_base(one.money, rate) if one.base is None else one.base).minor,
        "currency": one.money.currency,
    }
    said = {"customer": one.customer, "item": one.item, "text": one.text}
    return row | {name: value for name, value in said.items() if value is not None}


def in_base(money: Money, rate: Decimal | None = None) -> Money:
    """Return an amount in the base currency, rounded once.

    Raises:
        RateMissingError: the currency is foreign and there is no rate.
    """
    if money.currency == a.BASE_CURRENCY:
        return money
    if rate is None:
        raise RateMissingError(currency=money.currency)
    return Money.of(Decimal(money.plain()) * rate, a.BASE_CURRENCY)


def _take_rounding(lines: list[Row]) -> None:
    """Let the last line take what rounding left between the sides."""
    over = sum(line["side"] * line["base"] for line in lines)
    lines[-1]["base"] -= lines[-1]["side"] * over


def broken_lines(lines: Sequence[Mapping[str, Any]]) -> Iterator[UserError]:
    """Yield what stands against lines being an entry (V1)."""
    if len(lines) < 2:
        yield TooFewLinesError(lines=len(lines))
    if any(line["amount"] == 0 and line["base"] == 0 for line in lines):
        yield EmptyLineError()
    for currency in sorted({line["currency"] for line in lines}):
        over = sum(x["side"] * x["amount"] for x in lines if x["currency"] == currency)
        if over:
            yield UnbalancedError(currency=currency, difference=over)
    over = sum(line["side"] * line["base"] for line in lines)
    if over:
        yield UnbalancedError(currency=a.BASE_CURRENCY, difference=over)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over an entry: whose it is, its days, and words.

    ``posting_date`` lies in an open period; ``origin_period`` (``2026-10``) is where it would have
    belonged. ``reverse_on`` is the day an estimate is to be taken back.
    """

    posting_date: date
    customer: CustomerId | None = None
    document_date: date | None = None
    origin_period: str | None = None
    reverse_on: date | None = None
    batch: str | None = None
    contract: str | None = None
    memo: str | None = None
    reason: str | None = None

    def sections(self) -> Row:
        """Return the sections of the text that are words and references."""
        names = ("customer", "batch", "contract", "memo", "reason")
        said = {name: getattr(self, name) for name in names}
        return {name: value for name, value in said.items() if value}

    def entry(
        self,
        kind: str,
        rule: PostingRule | None,
        *,
        make_id: MakeId,
        reverses: str | None = None,
        identifies: str | None = None,
        rate: Decimal | None = None,
    ) -> Row:
        """Return the section that names the entry; ``reverses`` is the entry it takes back.

        ``identifies`` is the entry by which money came in whose payer is known only now, ``rate``
        the exchange rate at which a foreign amount is booked.
        Without a rule it keeps the days of a text that cannot be booked yet.
        """
        said: Row = {
            "id": make_id(),
            "series": JOURNAL_SERIES[kind],
            "posting_date": self.posting_date.isoformat(),
            "document_date": self.document_date and self.document_date.isoformat(),
            "origin_period": self.origin_period,
            "rule": rule and rule.mark,
            "reverses": reverses,
            "identifies": identifies,
            "exchange_rate": rate and f"{rate:f}",
            "reverse_on": self.reverse_on and self.reverse_on.isoformat(),
        }
        return {name: value for name, value in said.items() if value}
