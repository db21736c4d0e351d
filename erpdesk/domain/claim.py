"""A claim (认领): a receipt from nobody known, whose payer is known now, goes to their account.

A claim is a receipt of its own: all the money leaves 2241 and pays what the customer owes, or is
kept for them (P3, later identified). Its entry names the entry by which the money came in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain import receipt as receipts_of
from erpdesk.domain.accounts import SUSPENSE
from erpdesk.domain.allocation import Difference
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.posting import DEBIT, Heading, MakeId, Row
from erpdesk.domain.receipt import Paid, Receipt
from erpdesk.domain.reversal import AlreadyReversedError
from erpdesk.errors import UserError

MAY_CLAIM: Final = frozenset({Role.CASHIER, Role.ACCOUNTANT})
"""Who may say whose money it is; an accountant makes no other receipt."""


class NotUnidentifiedError(UserError):
    """It is no posted receipt whose payer is unknown."""


class ClaimedAlreadyError(UserError):
    """Its payer was found already."""


class ClaimWaitsError(UserError):
    """A claim of it waits for a decision already."""


class ClaimAmountError(UserError):
    """A claim takes the whole receipt, in its currency."""


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A posted receipt from nobody known, as it stands now.

    ``entry`` is the one by which it came in; ``bank`` what the statement says of it. The numbers
    of documents: ``reversed_by``, ``claimed_by`` a claim that stands, ``waiting`` one that waits.
    ``rate`` is the exchange rate at which it came in, if foreign.
    """

    document: str
    entry: str
    number: str
    day: date
    amount: Money
    memo: str = ""
    bank: Mapping[str, str] | None = None
    evidence: tuple[Evidence, ...] = ()
    reversed_by: str | None = None
    claimed_by: str | None = None
    waiting: str | None = None
    rate: Decimal | None = None

    @property
    def payer(self) -> str:
        """Return who paid as far as the bank or whoever recorded it says."""
        return (self.bank or {}).get("payer", "") or self.memo


def why_not_claim(one: Unidentified) -> UserError | None:
    """Return what stands against claiming a receipt, or None."""
    if one.reversed_by is not None:
        return AlreadyReversedError(reversed_by=one.reversed_by)
    if one.claimed_by is not None:
        return ClaimedAlreadyError(claimed_by=one.claimed_by)
    if one.waiting is not None:
        return ClaimWaitsError(waiting=one.waiting)
    return None


def claim(
    one: Unidentified,
    heading: Heading,
    paid: Sequence[Paid],
    *,
    make_id: MakeId,
    differences: Sequence[Difference] = (),
) -> Row:
    """Return the text of a claim; what pays nothing at once is kept for the customer.

    Raises:
        UserError: what ``why_not_claim`` or ``why_not_match`` returns.
    """
    if refusal := why_not_claim(one):
        raise refusal
    receipt = Receipt(heading, one.amount, one.evidence, one.entry, rate=one.rate)
    return receipts_of.matched(receipt, paid, make_id=make_id, differences=differences)


def claimed_entry(content: Mapping[str, Any]) -> str | None:
    """Return the entry by which the money came in that a text claims, or None."""
    found: str | None = content.get("entry", {}).get("identifies")
    return found


def broken_claim(content: Mapping[str, Any], one: Unidentified | None) -> Iterator[UserError]:
    """Yield what stands against a text that claims ``one``: None where no such receipt is."""
    if one is None:
        yield NotUnidentifiedError()
        return
    if refusal := why_not_claim(one):
        yield refusal
    taken = [
        Money(line["amount"], line["currency"])
        for line in content["lines"]
        if line["account"] == SUSPENSE and line["side"] == DEBIT
    ]
    if taken != [one.amount]:
        yield ClaimAmountError(amount=one.amount.plain(), currency=one.amount.currency)
