"""A balance confirmation (往来询证函): a customer is asked whether the balance is right.

The methods are those of domain.md 1.1. Silence is never agreement: a letter sent proves nothing, a
signed reply does (documents.md 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from erpdesk.domain.accounts import Part
from erpdesk.domain.money import Money
from erpdesk.domain.statement import sum_of


class Method(StrEnum):
    """How a customer is asked.

    ``positive`` shows our balance and asks for an answer in any case, ``blank`` asks for theirs
    and shows none, ``negative`` shows ours and asks for an answer only where it differs.
    """

    POSITIVE = "positive"
    BLANK = "blank"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the books have of a customer in one currency, by part; cash is negative."""

    currency: str
    parts: Mapping[Part, Money]

    @property
    def total(self) -> Money:
        """Return the balance."""
        return sum_of(self.parts.values(), self.currency)
