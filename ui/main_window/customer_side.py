"""The customer card beside any page: F4 for the customer of the current row, a scan for another."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from erpdesk.services.customers import Card
from ui.main_window import said
from ui.main_window.room import Room
from ui.pages import Page
from ui.widgets.customer_sheet import CustomerSheet

CUSTOMERS = "customers"


class Frame(Protocol):
    """The window, as far as the card moves it."""

    room: Room

    @property
    def page(self) -> Page: ...  # noqa: D102 - the class says it
    def page_named(self, name: str) -> Page: ...  # noqa: D102
    def has_page(self, name: str) -> bool: ...  # noqa: D102
    def go(self, name: str) -> None: ...  # noqa: D102


class CustomerSide(QObject):
    """Shows the sheet over the right of the window that is given."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame, self._room = frame, frame.room
        self._before: QWidget | None = None
        self.sheet = CustomerSheet(frame.room.wording)
        self.sheet.closed.connect(self._give_back)
        self.sheet.page_wanted.connect(self._open_page)

    def toggle(self) -> None:
        """Show the customer of the current row, or put the card away."""
        if self.close():
            return
        from ui.main_window.customer_here import card_here  # it knows pages of every kind

        look = card_here(self._frame.page, self._room.desk)
        if look is None:
            self._frame.page.notify("info", said.NO_CUSTOMER_HERE)
        else:
            self._ask(look)

    def show_customer(self, customer_id: str) -> None:
        """Show the card of a customer, such as of one that was scanned."""
        desk = self._room.desk
        self._ask(lambda: desk.customers.card(customer_id))

    def close(self) -> bool:
        """Put the card away; False when it was not there."""
        was_there = self.sheet.isVisible()
        self.sheet.hide()
        if was_there:
            self._give_back()
        return was_there

    def place(self, area: QRect) -> None:
        """Stand at the right of what is between the top row and the status bar."""
        width = self.sheet.width()
        self.sheet.setGeometry(area.right() + 1 - width, area.top(), width, area.height())

    def _ask(self, look: Callable[[], Card | None]) -> None:
        page = self._frame.page

        def show(card: Card | None) -> None:
            if self._frame.page is not page:
                return
            if card is None:
                page.notify("info", said.NO_CUSTOMER_HERE)
                return
            if not self.sheet.isVisible():
                self._before = QApplication.focusWidget()
            today, has_page = self._room.desk.clock.today(), self._frame.has_page(CUSTOMERS)
            self.sheet.show_card(card, today=today, has_page=has_page)

        self._room.runner.query(self, look, done=show)

    def _give_back(self) -> None:
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _open_page(self, customer_id: str) -> None:
        self.sheet.hide()
        self._frame.go(CUSTOMERS)
        self._frame.page_named(CUSTOMERS).open_object(customer_id)
