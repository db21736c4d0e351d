"""A receipt read back from its text, to be written anew after it came back to its maker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from erpdesk.domain.allocation import TREATED_ON, Treatment
from erpdesk.domain.claim import claimed_entry
from erpdesk.domain.evidence import Evidence, evidence_of
from erpdesk.domain.money import Money
from erpdesk.domain.receipt import Receipt
from erpdesk.errors import UserError


class BankLineError(UserError):
    """Amount and day of a receipt from a bank statement are those of its line."""


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """A receipt as its text says it.

    ``pays`` is what each charge gets, by the id of its item; ``treatment`` how a small rest was
    given up, if one was. ``bank`` is what a statement says of it; ``identifies`` is the entry of
    the receipt from nobody known that it claims.
    """

    amount: Money
    customer_id: str | None
    day: date
    memo: str | None
    evidence: tuple[Evidence, ...]
    pays: Mapping[str, Money]
    treatment: Treatment | None
    bank: Mapping[str, str] | None
    identifies: str | None


def receipt_from(text: Mapping[str, Any]) -> KeptReceipt:
    """Return the receipt that a text says; its first line is the money that came in."""
    lines = text["lines"]
    currency = lines[0]["currency"]
    accounts = {line["account"] for line in lines}
    links = (one for one in text.get("allocations", ()) if "credit" in one)
    return KeptReceipt(
        Money(lines[0]["amount"], currency),
        text.get("customer"),
        date.fromisoformat(text["entry"]["posting_date"]),
        text.get("memo"),
        evidence_of(text),
        {one["charge"]: Money(one["amount"], currency) for one in links},
        next((how for how, account in TREATED_ON.items() if account in accounts), None),
        text.get("bank"),
        claimed_entry(text),
    )


def why_not_rewrite(kept: KeptReceipt, receipt: Receipt) -> UserError | None:
    """Return what stands against writing a kept receipt anew like this, or None."""
    now = receipt.amount, receipt.heading.posting_date
    if kept.bank is None or now == (kept.amount, kept.day):
        return None
    return BankLineError(amount=kept.amount.plain(), day=kept.day.isoformat())
