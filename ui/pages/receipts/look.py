"""What the receipts page looks up: the oldest cash, more at its end, and what explains it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.services.looking import Cash, Customer
from ui.pages import Page
from ui.pages.receipts.facts import Listed, ReceiptsParts, look
from ui.pages.receipts.list import CashList
from ui.work.one_look import OneLook
from ui.work.runner import Runner

LISTED_AT_ONCE: Final = 300


class CashLook(QObject):
    """``found`` carries what was looked up (Found); what explains cash goes into the list."""

    found = Signal(object)

    def __init__(self, page: Page, parts: ReceiptsParts, runner: Runner, cash: CashList) -> None:
        super().__init__(page)
        self._page, self._parts, self._runner, self._list = page, parts, runner, cash
        self._looking, self._listed = OneLook(runner, page), Listed(LISTED_AT_ONCE)
        cash.table.more_wanted.connect(self._further)
        cash.explanation_wanted.connect(self._explain)

    def ask(self, chosen: Cash | None, number: str) -> None:
        """Look up what is listed, with all cash of the one chosen, and the one of a number."""
        of = frozenset() if chosen is None else frozenset({chosen.customer_id})
        self._listed = Listed(self._listed.most, of, number)
        self._looking.ask(partial(look, self._parts, self._listed), done=self.found.emit)

    def of_customer(self, customer: Customer, done: Callable[[tuple[Cash, ...]], None]) -> None:
        """Look up all cash of a customer, listed or not."""
        looking, of = self._parts.looking, (customer.id,)
        self._runner.query(self._page, lambda: looking.unapplied(most=0, of=of).rows, done=done)

    def _further(self) -> None:
        """List more, once the end of the list comes into sight."""
        listed = self._listed
        if not self._list.is_whole and len(self._list.model.rows) >= listed.most:
            self._listed = Listed(listed.most + LISTED_AT_ONCE, listed.of)
            self._looking.ask(partial(look, self._parts, self._listed), done=self.found.emit)

    def _explain(self, of: frozenset[str]) -> None:
        receipts = self._parts.receipts
        done = partial(self._list.explain, of)
        self._runner.query(self._page, lambda: receipts.suggestions(of), done=done)
