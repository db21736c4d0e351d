"""What to do next about a customer: the first thing that waits, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from erpdesk.domain.money import Money


class Todo(StrEnum):
    """What waits to be done about a customer."""

    APPLY_CASH = "apply_cash"
    DECIDE_REPLY = "decide_reply"
    ASK_ABOUT_PROMISE = "ask_about_promise"
    CHASE = "chase"
    CHANGE_WAITS = "change_waits"
    COMPLETE = "complete"
    BILL = "bill"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open of one item: charges positive, credits negative."""

    open: Money
    due: date
    is_unbilled: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next: how much it is about, since which day, which fields lack."""

    todo: Todo
    amount: Money | None = None
    since: date | None = None
    fields: tuple[str, ...] = ()


def next_step(
    owed: Iterable[Owed],
    *,
    today: date,
    missing: tuple[str, ...] = (),
    change_waits: bool = False,
    answered: Next | None = None,
) -> Next:
    """Return the most urgent thing; cash is applied before anybody is chased.

    ``answered`` is what the customer said and nobody ended yet: that too comes first.
    """
    items = sorted(owed, key=lambda one: one.due)
    urgent = _cash(items) or answered or _late(items, today)
    if urgent is None and change_waits:
        return Next(Todo.CHANGE_WAITS)
    return urgent or _rest(items, missing)


def _cash(items: list[Owed]) -> Next | None:
    """Cash that is not applied, where something in its currency is owed."""
    charged = {one.open.currency for one in items if one.open.minor > 0}
    cash = [one for one in items if one.open.minor < 0 and one.open.currency in charged]
    if not cash:
        return None
    currency = cash[0].open.currency
    left = sum(-one.open.minor for one in cash if one.open.currency == currency)
    return Next(Todo.APPLY_CASH, Money(left, currency), cash[0].due)


def _late(items: list[Owed], today: date) -> Next | None:
    """Charges past their due day; due on the very day is not late."""
    late = [one for one in items if one.open.minor > 0 and one.due < today]
    if not late:
        return None
    return Next(Todo.CHASE, _sum(late), late[0].due)


def _rest(items: list[Owed], missing: tuple[str, ...]) -> Next:
    if missing:
        return Next(Todo.COMPLETE, fields=missing)
    unbilled = [one for one in items if one.is_unbilled and one.open.minor > 0]
    if unbilled:
        return Next(Todo.BILL, _sum(unbilled), unbilled[0].due)
    return Next(Todo.NOTHING)


def _sum(items: list[Owed]) -> Money:
    """Return the sum in the currency of the oldest: there is no sum over currencies."""
    currency = items[0].open.currency
    return Money(sum(x.open.minor for x in items if x.open.currency == currency), currency)
