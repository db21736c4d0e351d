"""The list of customers as a file: the rows of a filter, in its order, in the columns shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from erpdesk.domain.moments import day_at_desk
from erpdesk.domain.money import Money
from erpdesk.files.safe_cells import Value, write_rows
from erpdesk.services.customers import Asked, CustomerLine, Customers
from erpdesk.storage.audit import record_audit
from erpdesk.storage.unit_of_work import Company

Progress = Callable[[int], None]
TOLD_EVERY: Final = 50


@dataclass(frozen=True, slots=True)
class CustomersExporting:
    """Writes customer lists; every export is recorded with who took it."""

    company: Company
    customers: Customers

    def write(
        self,
        path: Path,
        asked: Asked,
        columns: Sequence[tuple[str, str]],
        *,
        progress: Progress = lambda _: None,
    ) -> int:
        """Write the whole filter (.csv or .xlsx); ``columns`` are names of ``CELLS`` and heads.

        Returns how many rows there are. What ``progress`` raises stops it: nothing is written.

        Raises:
            UnknownSuffixError, FileNotWrittenError: another ending, or it cannot be written there.
        """
        written = 0

        def rows() -> Iterator[tuple[Value, ...]]:
            nonlocal written
            for line in self.customers.every(asked):
                yield tuple(CELLS[name](line) for name, _ in columns)
                written += 1
                if written % TOLD_EVERY == 0:
                    progress(written)

        write_rows(path, [head for _, head in columns], rows())
        detail = f"{path.name} {written}"
        self.company.run(lambda unit: record_audit(unit, "export customers", detail))
        return written


def _contact(line: CustomerLine) -> Value:
    at = line.last_contact
    return None if at is None else day_at_desk(at)


def _figure(money: Money) -> Value:
    return Decimal(money.plain())


CELLS: Final[dict[str, Callable[[CustomerLine], Value]]] = {
    "code": lambda x: x.code,
    "name": lambda x: x.name,
    "tax": lambda x: x.tax_id,
    "currency": lambda x: x.owes.billed.currency,
    "billed": lambda x: _figure(x.owes.billed),
    "unbilled": lambda x: _figure(x.owes.unbilled),
    "unapplied": lambda x: _figure(x.owes.unapplied),
    "balance": lambda x: _figure(x.owes.balance),
    "oldest": lambda x: x.late_days,
    "complete": lambda x: f"{x.asked - len(x.missing)}/{x.asked}",
    "contact": _contact,
}
"""What a row of the list says in each column of a file."""
