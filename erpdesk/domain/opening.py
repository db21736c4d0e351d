"""Opening items: what customers owed and had paid before the books began, item by item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from erpdesk.domain.accounts import ADVANCE, BILLED, UNBILLED, Part
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem, item_row
from erpdesk.domain.posting import Amount, Heading, MakeId, Row, lines_of, rule_named
from erpdesk.errors import UserError

ACCOUNT_OF: Final = MappingProxyType(
    {Part.BILLED: BILLED, Part.UNBILLED: UNBILLED, Part.UNAPPLIED: ADVANCE}
)
"""The account that opening items of each part stand on."""


MEMO: Final = "期初未清项"
"""How a list of opening items is called on papers; after two blanks stands where it is from."""


class NotAnOpeningError(UserError):
    """An opening item needs an amount above zero; credits are said by their part."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What was open with a customer; ``label`` is its old number, ``amount`` has no sign."""

    customer: CustomerId
    part: Part
    amount: Money
    due: date
    label: str = ""

    def item(self, make_id: MakeId) -> OpenItem:
        """Return the open item it becomes.

        Raises:
            NotAnOpeningError: the amount is not above zero.
        """
        if self.amount.minor <= 0:
            raise NotAnOpeningError(customer=self.customer, label=self.label)
        signed = -self.amount if self.part is Part.UNAPPLIED else self.amount
        account = ACCOUNT_OF[self.part]
        name = ItemId(make_id())
        return OpenItem(name, self.customer, account, signed, signed, self.due, label=self.label)


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows of a list of opening items: ledger lines, open items, and the items' old numbers."""

    lines: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def opened(
    openings: Iterable[Opening], *, make_id: MakeId, rates: Mapping[str, Decimal] | None = None
) -> Opened:
    """Return items and their lines against the opening account, currency by currency.

    ``rates`` turn one unit of a foreign currency into the base currency.

    Raises:
        NotAnOpeningError: an amount is not above zero.
        RateMissingError: a currency is foreign and has no rate.
    """
    by_currency: dict[str, list[OpenItem]] = {}
    for opening in openings:
        by_currency.setdefault(opening.amount.currency, []).append(opening.item(make_id))
    whole = Opened()
    for currency, items in sorted(by_currency.items()):
        lines = lines_of(rule_named("P0"), _amounts(items), rate=(rates or {}).get(currency))
        start = len(whole.lines)
        whole.lines.extend(line | {"n": start + line["n"]} for line in lines)
        whole.items.extend(item_row(item) for item in items)
        whole.labels.extend(item.label for item in items)
    return whole


def _amounts(items: Iterable[OpenItem]) -> list[Amount]:
    amounts, sums = [], dict[str, Money]()
    for item in items:
        what = "charge" if item.is_charge else "credit"
        against = f"against_{what}"
        amounts.append(item.amount(what, item.left))
        sums[against] = sums[against] + item.left if against in sums else item.left
    return amounts + [Amount(against, money) for against, money in sums.items()]


def entry(heading: Heading, *, make_id: MakeId) -> Row:
    """Return the section that names the entry of opening items; its lines stand in the list."""
    return heading.entry("import", rule_named("P0"), make_id=make_id)


def memo_said(text: Mapping[str, Any]) -> str:
    """Return what a text says of itself, and of a list not the file that it came in by."""
    memo = str(text.get("memo", ""))
    return memo.partition("  ")[0] if "list" in text else memo
