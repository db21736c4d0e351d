"""Whom a campaign counts: what its plan finds, and why everybody else is left out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.errors import UserError


class UnknownFilterError(UserError):
    """Customers cannot be chosen by this field."""


class FilterValueError(UserError):
    """Customers cannot be chosen by this value."""


TAKEN_OUT: Final = "taken_out"
"""Why somebody is left out whom the plan takes out by hand."""

NOT_LISTED: Final = "not_listed"
"""Why somebody is left out where the plan names its customers one by one."""

BALANCE, UNBILLED, NOT_SINCE = "balance_min", "unbilled", "not_counted_since"
MONEY_FILTERS: Final = frozenset({BALANCE, UNBILLED})
"""Filters from whose values something of the books can be known."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a customer owed in one currency at the end of the cut-off day, in minor units."""

    currency: str
    billed_minor: int = 0
    unbilled_minor: int = 0
    unapplied_minor: int = 0

    @property
    def book_minor(self) -> int:
        """Return the balance: what is owed less what is unapplied."""
        return self.billed_minor + self.unbilled_minor - self.unapplied_minor


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be counted: the record, the books at the cut-off, when counted last."""

    id: CustomerId
    record: Mapping[str, Any]
    books: tuple[Book, ...] = ()
    counted_on: date | None = None

    def book_in(self, currency: str) -> Book:
        """Return what was owed in a currency, zero where there is nothing."""
        return next((one for one in self.books if one.currency == currency), Book(currency))


_Fits = Callable[[Candidate, str, str], bool]


def _begins(field: str) -> _Fits:
    return lambda one, value, _: str(one.record.get(field, "")).startswith(value)


def _equals(field: str) -> _Fits:
    return lambda one, value, _: str(one.record.get(field, "")) == value


def _is_in(field: str) -> _Fits:
    return lambda one, value, _: value in str(one.record.get(field, ""))


def _owes(one: Candidate, value: str, currency: str) -> bool:
    return one.book_in(currency).book_minor >= int(value)


def _has_unbilled(one: Candidate, value: str, currency: str) -> bool:
    del value, currency
    return any(book.unbilled_minor for book in one.books)


def _not_since(one: Candidate, value: str, currency: str) -> bool:
    del currency
    return one.counted_on is None or one.counted_on < date.fromisoformat(value)


FILTERS: Final[Mapping[str, _Fits]] = {
    **{field: _begins(field) for field in ("code", "name", "tax_id")},
    "address": _is_in("address"),
    **{field: _equals(field) for field in ("currency", "language", "bank_name", "terms_days")},
    BALANCE: _owes,
    UNBILLED: _has_unbilled,
    NOT_SINCE: _not_since,
}
"""Every filter: the beginning of a code, name or tax number, a part of the address, equality of
the others; a balance of at least so many minor units in the plan's currency, something unbilled
in any currency, not counted since a day."""

OF_RECORD: Final = frozenset({"address", "currency", "language", "bank_name", "terms_days"})
"""Filters that ask for more of the record than code, name and tax number."""

_READABLE: Final[Mapping[str, Callable[[str], object]]] = {
    BALANCE: int, NOT_SINCE: date.fromisoformat, UNBILLED: lambda value: {"1": True}[value],
}  # fmt: skip


def must_be_filters(filters: Iterable[tuple[str, str]]) -> None:
    """Go on only when customers can be chosen by all of these.

    Raises:
        UnknownFilterError: a field by which nobody is chosen.
        FilterValueError: an amount that is none in minor units, a day that is none.
    """
    for field, value in filters:
        if field not in FILTERS:
            raise UnknownFilterError(field=field, known=sorted(FILTERS))
        try:
            _READABLE.get(field, str)(value)
        except (ValueError, KeyError) as wrong:
            raise FilterValueError(field=field, value=value) from wrong


def left_out(plan: CampaignPlan) -> Callable[[Candidate], str | None]:
    """Return what says why a customer is not counted: taken out, not named, the filter that misses.

    The filters of the plan are those that :func:`must_be_filters` lets through.
    """
    without, named = frozenset(plan.without), frozenset(plan.customers)

    def why(one: Candidate) -> str | None:
        if one.id in without:
            return TAKEN_OUT
        if named:
            return None if one.id in named else NOT_LISTED
        missed = (
            field for field, value in plan.filter if not FILTERS[field](one, value, plan.currency)
        )
        return next(missed, None)

    return why


def as_frozen(plan: CampaignPlan) -> CampaignPlan:
    """Return the plan as its frozen list has it: in a blind count no filter tells of the books.

    Counters read the frozen plan, and who is counted stands in the list itself by then.
    """
    if not plan.blind:
        return plan
    kept = tuple(one for one in plan.filter if one[0] not in MONEY_FILTERS)
    return replace(plan, filter=kept)
