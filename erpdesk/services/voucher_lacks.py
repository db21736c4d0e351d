"""What a temporary voucher lacks before it may be handed on, asked of the books as they stand."""

from collections.abc import Iterable

from erpdesk.domain.customers.customer import contact_from, missing_fields, record_from
from erpdesk.domain.delivery import Delivery, Use
from erpdesk.domain.ids import CustomerId, DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.voucher import Known, Missing, Voucher, missing
from erpdesk.errors import UserError
from erpdesk.storage import customers, deliveries, evidence
from erpdesk.storage.database import Connection
from erpdesk.storage.deliveries import DeliveryRow


class VoucherIncompleteError(UserError):
    """The voucher cannot be submitted yet; everything that lacks is listed."""

    def __init__(self, lacks: tuple[Missing, ...]) -> None:
        self.lacks = lacks
        super().__init__(lacks="、".join(lack.what.value for lack in lacks), count=len(lacks))


def lacks_of(connection: Connection, voucher: Voucher) -> tuple[Missing, ...]:
    """Return everything that stands against submitting a voucher, at once."""
    chosen = deliveries.by_ids(connection, [use.delivery for use in voucher.deliveries])
    return missing(
        voucher,
        Known(
            _lacks_of_customer(connection, voucher),
            {one.hash for one in voucher.evidence if evidence.is_stored(connection, one.hash)},
            as_domain(chosen),
        ),
    )


def _lacks_of_customer(connection: Connection, voucher: Voucher) -> tuple[str, ...]:
    if voucher.heading.customer is None:
        return ()
    customer = customers.by_id(connection, voucher.heading.customer)
    return missing_fields(record_from(customer.record), contact_from(customer.contact))


def as_domain(rows: Iterable[DeliveryRow]) -> dict[str, Delivery]:
    """Return deliveries by id as the domain has them."""
    return {row.id: delivery_of(row) for row in rows}


def delivery_of(row: DeliveryRow) -> Delivery:
    """Return a delivery as the domain has it; what is used of it counts as one use."""
    used = Use(DocumentId(""), Money(row.used_minor, row.currency), is_posted=True)
    return Delivery(
        row.id,
        row.number,
        CustomerId(row.customer_id),
        row.day,
        Money(row.amount_minor, row.currency),
        row.tax_included,
        (used,),
    )
