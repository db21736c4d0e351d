"""Revaluation (期末调汇): what foreign receivables are worth on a month's last day (P8).

Open items of 1122 alone are revalued, advances never. The entry names no item, and is taken back
on the first day of the next month: a receipt realises its difference against what was booked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from erpdesk.domain.accounts import BASE_CURRENCY, BILLED, UNBILLED
from erpdesk.domain.moments import month_end
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Amount, Heading, MakeId, Row, in_base, lines_of, rule_named
from erpdesk.errors import UserError

REVALUATION: Final = "revaluation"
REVALUED: Final = frozenset({BILLED, UNBILLED})


class NoMonthEndError(UserError):
    """Revalued is on the last day of a month that is over."""


class NothingToRevalueError(UserError):
    """Nothing foreign was open on this day, all of it is revalued, or its worth did not change."""


class NoRevaluationError(UserError):
    """No revaluation of this day is posted that was not taken back already."""


class TakenBackEarlyError(UserError):
    """A revaluation holds on its day: it is taken back on the next one, which has not come."""


def why_not_on(day: date, *, today: date) -> UserError | None:
    """Return what stands against revaluing on a day, or None."""
    is_end = day == month_end(day) and day <= today
    return None if is_end else NoMonthEndError(day=day.isoformat())


def why_not_take_back(day: date, *, today: date) -> UserError | None:
    """Return what stands against taking a day's revaluation back, or None."""
    return None if today > day else TakenBackEarlyError(day=day.isoformat())


def off_by_account(
    items: Iterable[OpenItem], rates: Mapping[str, Decimal]
) -> dict[tuple[str, str], Money]:
    """Return by how much items are worth more than they stand at, by account and currency."""
    found: dict[tuple[str, str], Money] = {}
    for item in items:
        currency = item.open.currency
        if item.account in REVALUED and currency != BASE_CURRENCY:
            off = in_base(item.open, rates[currency]) - item.base
            key = item.account, currency
            found[key] = found.get(key, Money(0, BASE_CURRENCY)) + off
    return {key: off for key, off in sorted(found.items()) if off.minor}


def revalued(heading: Heading, off: Mapping[tuple[str, str], Money], *, make_id: MakeId) -> Row:
    """Return the text that brings a customer's receivables to their worth; one side each is 6061.

    ``off`` is what ``off_by_account`` returns, and not empty.
    """
    rule, following = rule_named("P8u"), heading.posting_date + timedelta(days=1)
    amounts = []
    for (account, currency), base in off.items():
        nothing, size = Money(0, currency), base if base.minor > 0 else -base
        way, other = ("rise", "exchange_gain") if base.minor > 0 else ("fall", "exchange_loss")
        amounts.append(Amount(way, nothing, account, heading.customer, base=size))
        amounts.append(Amount(other, nothing, base=size))
    dated = replace(heading, reverse_on=following)
    return heading.sections() | {
        "entry": dated.entry(REVALUATION, rule, make_id=make_id),
        "lines": lines_of(rule, amounts),
    }
