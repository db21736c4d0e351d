"""A delivery as a table says it."""

from datetime import date
from typing import NamedTuple

from typing_extensions import override

from erpdesk.domain.importing.delivery_lines import DeliveryLine
from erpdesk.domain.importing.rows import Good
from erpdesk.domain.money import Money


class _Said(NamedTuple):
    line: int
    number: str
    customer: str
    customer_ref: str
    day: date
    amount: Money
    freight: str = ""
    tax_included: bool | None = None
    lines: tuple[DeliveryLine, ...] = ()
    text: str = ""
    rows: int = 1


class DeliveryRow(_Said, Good):
    """A delivery without an invoice; ``tax_included`` is None where the table does not say."""

    __slots__ = ()

    @property
    def currency(self) -> str:
        """The currency of the amount."""
        return self.amount.currency

    @override
    def adds(self) -> tuple[str, int]:
        return self.amount.currency, self.amount.minor

    @override
    def subject(self) -> str:
        return f"{self.number}  {self.customer_ref}"
