"""What the list of customers is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from erpdesk.services.customers import Customers
from erpdesk.services.customers_exporting import CustomersExporting
from erpdesk.services.labelling import Labelling


@dataclass(frozen=True, slots=True)
class CustomersParts:
    """What the list uses; ``open`` shows a customer, ``begin`` the form of a new one.

    ``compare`` looks for customers that may be one and the same.
    """

    customers: Customers
    exporting: CustomersExporting
    labelling: Labelling
    may_write: bool
    open: Callable[[str], None]
    follow: Callable[[str], None]
    begin: Callable[[], None]
    compare: Callable[[], None]
