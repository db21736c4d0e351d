"""What every text has to keep before it may be approved: the rules the ledger keeps too."""

from collections.abc import Iterator
from typing import Final

from erpdesk.domain.accounts import BASE_CURRENCY, CHART
from erpdesk.domain.entry_bases import broken_bases, broken_rate
from erpdesk.domain.entry_moves import SIDES, Items, Row, allocated, broken_moves, rows
from erpdesk.domain.entry_shapes import SHAPES, SINGLE, MisshapenError, misshapen
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.money import LIMIT_MINOR, AmountTooLargeError, Money
from erpdesk.domain.open_item import OtherCustomerError
from erpdesk.domain.posting import MARKS, broken_lines
from erpdesk.domain.voucher import Answers, rule_for
from erpdesk.errors import UserError

LINES_MAX: Final = 300
POSTING: Final = frozenset(
    {"voucher", "receipt", "reversal", "invoice", "reverse_on_invoice", "revaluation"}
)
"""The kinds that are nothing without an entry."""


class NoSuchSectionError(UserError):
    """The document carries a part that its kind does not have."""


class NothingToPostError(UserError):
    """The document has no entry to be posted."""


class TooManyLinesError(UserError):
    """An entry has at most 300 lines."""


class UnknownRuleError(UserError):
    """There is no posting rule of this name and version."""


class RedWithoutOriginError(UserError):
    """A red line needs the entry or the allocation that it takes back."""


class GoodsDifferError(UserError):
    """The goods do not add up to what the voucher books."""


class AnswersDifferError(UserError):
    """The voucher is not booked as its answers say."""


class CustomerMissingError(UserError):
    """A line on a customer's account does not say whose it is."""


def check_content(kind: str, content: Row, items: Items | None = None) -> None:
    """Refuse a text that breaks a rule; ``items`` are the items it allocates, where known.

    Raises:
        UserError: the first of what ``broken_rules`` finds.
    """
    for error in broken_rules(kind, content, items):
        raise error


def broken_rules(kind: str, content: Row, items: Items | None = None) -> tuple[UserError, ...]:
    """Return everything that stands against a text; what is misshapen is judged no further."""
    wrong = (*_extra(kind, content), *misshapen(content))
    return wrong or tuple(_broken(kind, content, items))


def _extra(kind: str, content: Row) -> Iterator[UserError]:
    extra = content.keys() - kind_of(kind).sections
    if extra:
        yield NoSuchSectionError(sections=tuple(sorted(extra)))


def _broken(kind: str, content: Row, items: Items | None) -> Iterator[UserError]:
    yield from _too_large(content)
    if kind == "voucher":
        yield from _broken_voucher(content)
    yield from _foreign(content, items)
    if "entry" in content:
        yield from _broken_entry(content)
        yield from broken_rate(kind, content)
    elif kind in POSTING or rows(content, "lines") or rows(content, "items"):
        yield NothingToPostError()
    yield from _broken_allocations(content)
    yield from broken_moves(content, items)
    yield from broken_bases(content, items or {})


def _broken_voucher(content: Row) -> Iterator[UserError]:
    """Yield what differs between what a voucher shows and what it books."""
    goods, items = rows(content, "goods"), rows(content, "items")
    uneven = any(row["net"] + row["tax"] != row["gross"] for row in goods)
    shown, booked = (sum(x["gross"] for x in goods), sum(x["amount"] for x in items))
    if uneven or (goods and items and shown != booked):
        yield GoodsDifferError(shown=shown, booked=booked)
    if "answers" in content and "entry" in content:
        answers = Answers(**{name: bool(said) for name, said in content["answers"].items()})
        rule = rule_for(answers).name if answers.passed else ""
        if content["entry"]["rule"].partition("/")[0] != rule:
            yield AnswersDifferError(rule=content["entry"]["rule"])


def _too_large(content: Row) -> Iterator[UserError]:
    for section in (name for name in SHAPES if name not in SINGLE):
        for row in rows(content, section):
            for name in ("amount", "base", "net", "tax", "gross"):
                if abs(row.get(name, 0)) > LIMIT_MINOR:
                    yield AmountTooLargeError(minor=row[name])


def _foreign(content: Row, items: Items | None) -> Iterator[UserError]:
    """Yield an error an owner other than the customer in the heading (G5)."""
    owners = [
        row["customer"]
        for section in ("lines", "items")
        for row in rows(content, section)
        if "customer" in row
    ]
    known = items or {}
    owners += [known[name].customer for _, name, _ in allocated(content) if name in known]
    for owner in dict.fromkeys(owners):
        if owner != content.get("customer"):
            yield OtherCustomerError(customer=owner)


def _broken_entry(content: Row) -> Iterator[UserError]:
    lines, entry = rows(content, "lines"), content["entry"]
    if "list" not in content:
        yield from broken_lines(lines)
    if len(lines) > LINES_MAX:
        yield TooManyLinesError(lines=len(lines))
    if [line["n"] for line in lines] != list(range(1, len(lines) + 1)):
        yield MisshapenError(section="lines", field="n")
    if entry["rule"] not in MARKS:
        yield UnknownRuleError(rule=entry["rule"])
    yield from _red_alone(content)
    for line in lines:
        account = CHART.get(line["account"])
        if account is not None and account.by_item and "customer" not in line:
            yield CustomerMissingError(account=line["account"])


def _red_alone(content: Row) -> Iterator[UserError]:
    red = any(min(line["amount"], line["base"]) < 0 for line in rows(content, "lines"))
    undoes = any("undoes" in row for row in rows(content, "allocations"))
    if red and not undoes and "reverses" not in content["entry"]:
        yield RedWithoutOriginError()


def _broken_allocations(content: Row) -> Iterator[UserError]:
    """Yield an error an allocation without side or version, or whose sign is not its sense."""
    for row in rows(content, "allocations"):
        sided = any(side in row for side in SIDES)
        versioned = all((side in row) is (f"{side}_version" in row) for side in SIDES)
        if not sided or not versioned or (row["amount"] < 0) is not ("undoes" in row):
            yield MisshapenError(section="allocations", field="amount")


def risk_minor(content: Row, *, list_base_minor: int = 0) -> int:
    """Return the amount at risk in minor units of the base currency: never a net one.

    The larger of half of the lines, of the allocations, and of a campaign's differences
    (storage.md 5.2). ``list_base_minor`` is the sum of absolute base amounts in a long list.
    """
    lines: int = sum(abs(line["base"]) for line in rows(content, "lines"))
    links: int = sum(abs(row["amount"]) for row in rows(content, "allocations"))
    differences: int = sum(abs(row.get("difference", 0)) for row in rows(content, "variances"))
    return max((lines + 1) // 2, (list_base_minor + 1) // 2, links, differences)


def debits_of(content: Row) -> Money | None:
    """Return what a text's entry debits, negative in red; None of nothing or of two currencies."""
    debits = [line for line in rows(content, "lines") if line["side"] == 1]
    total = sum(line["amount"] for line in debits)
    is_one = len({line["currency"] for line in debits}) == 1
    return Money(total, debits[0]["currency"]) if total and is_one else None


def amount_of(content: Row, risk_minor: int) -> Money:
    """Return what a document is about: its debits, else what is at risk."""
    return debits_of(content) or Money(risk_minor, BASE_CURRENCY)
