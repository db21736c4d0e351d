"""The list of vouchers: which of them a filter shows, how each stands there, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

EDITABLE: Final = frozenset({"draft", "rejected"})
SENT: Final = frozenset({"submitted", "in_review"})
TAX_REACHED: Final = frozenset({"P1b", "P1cb"})
"""The rules of claims whose tax point was reached."""
REVERSED: Final = "reversed"
BILLED: Final = "billed"


class VoucherFilter(StrEnum):
    """Which vouchers are shown; ``OPEN`` are those of which something is still owed."""

    ALL = "all"
    DRAFT = "draft"
    REVIEW = "review"
    OPEN = "open"
    TAXED = "taxed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class VouchersAsked:
    """Which vouchers are asked for, the newest step first or by another order.

    ``words``, in small letters, stand in the number or the customer's name. ``by`` is ``customer``,
    ``amount`` or ``standing``: ``ranks`` then tells the place of each standing, by its name.
    """

    filter: VoucherFilter = VoucherFilter.ALL
    words: str = ""
    by: str = ""
    is_descending: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)


def fits(state: str, left_minor: int | None, which: VoucherFilter, *, is_taxed: bool) -> bool:
    """Say whether a voucher, with what is left of it, belongs to a filter."""
    is_open = state == "posted" and left_minor is not None and left_minor > 0
    match which:
        case VoucherFilter.ALL:
            return True
        case VoucherFilter.DRAFT:
            return state in EDITABLE
        case VoucherFilter.REVIEW:
            return state in SENT
        case VoucherFilter.OPEN:
            return is_open
        case VoucherFilter.TAXED:
            return is_open and is_taxed
        case VoucherFilter.CLOSED:
            return state == "voided" or (state == "posted" and not is_open)


def standing(
    state: str, amount_minor: int | None, billed_minor: int, reversed_by: str | None
) -> str:
    """Return the state of a voucher, or what became of it after it was posted."""
    if reversed_by:
        return REVERSED
    is_billed = amount_minor is not None and 0 < amount_minor == billed_minor
    return BILLED if is_billed else state
