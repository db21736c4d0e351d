"""What was delivered and stands in no voucher."""

from typing import Final, TypeAlias

from erpdesk.services.kept_looks import KeptLook
from erpdesk.storage import deliveries
from erpdesk.storage.unit_of_work import Company

Unbooked: TypeAlias = deliveries.Unbooked

MOVING: Final = frozenset({"voucher", "import", "invoice", "reverse_on_invoice", "reversal"})
"""Kinds of document whose steps bring deliveries, hold them, or let them go."""


def kept_unbooked(company: Company) -> KeptLook[tuple[Unbooked, ...]]:
    """Return the look at it, by currency."""
    return KeptLook(
        company, deliveries.unbooked, kinds=MOVING, go_on=deliveries.unbooked_since, anew={"import"}
    )
