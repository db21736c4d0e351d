"""Whose voucher it is, and which of their deliveries it may take."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.services.looking import Customer, DeliveryLine, Looking
from erpdesk.services.vouchers import FreeDelivery, Vouchers
from ui.pages.scanned import find_into
from ui.pages.vouchers.draft import Form
from ui.widgets.voucher_lines import Line
from ui.work.runner import Runner

FREE_MOST: Final = 200


class VoucherChoosing(QObject):
    """Looks up customers and deliveries for a form; ``found`` carries those of the chosen one.

    While nobody is chosen the form lists what waits for a voucher, the oldest first.
    """

    changed = Signal()
    found = Signal(object)

    def __init__(self, form: Form, vouchers: Vouchers, looking: Looking, runner: Runner) -> None:
        super().__init__(form)
        self._form, self._vouchers, self._looking = form, vouchers, looking
        self._runner = runner
        form.customer.asked.connect(partial(find_into, form.customer, form, runner, looking))
        form.customer.chosen.connect(self._chosen)
        form.lines.wanted.connect(self._take)

    def _chosen(self, customer: Customer | None) -> None:
        self.changed.emit()
        if customer is None:
            self.show_free()
            return
        ticked = tuple(self._form.kept.ticked)
        self._runner.query(
            self, lambda: self._deliveries(customer, ticked),
            done=lambda rows: self._show(customer, rows),
        )  # fmt: skip

    def show_free(self) -> None:
        """List what waits for a voucher, whosever it is."""
        self._form.lines.show_deliveries((), frozenset())
        vouchers = self._vouchers
        self._runner.query(self, lambda: vouchers.all_free(most=FREE_MOST), done=self._show_free)

    def _show_free(self, rows: tuple[FreeDelivery, ...]) -> None:
        if self._form.customer.customer is None:
            self._form.lines.show_free(rows)

    def _take(self, line: Line) -> None:
        """Choose the customer of a delivery, and tick it."""
        self._form.kept.ticked = frozenset({line.delivery})
        looking, whose = self._looking, line.customer
        self._runner.query(
            self, lambda: looking.customer(whose), done=self._form.customer.put_customer
        )

    def _deliveries(self, customer: Customer, ticked: tuple[str, ...]) -> tuple[DeliveryLine, ...]:
        free = self._vouchers.free_deliveries(customer)
        known = {one.id for one in free}
        held = (one for one in self._looking.deliveries(ticked) if one.id not in known)
        return (*(one for one in held if one.customer_id == customer.id), *free)

    def _show(self, customer: Customer, rows: tuple[DeliveryLine, ...]) -> None:
        if self._form.customer.customer is customer:
            self.found.emit(rows)
