"""A field that finds a customer by code, name, tax number or pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit
from typing_extensions import override

from erpdesk.services.looking import Customer
from ui.widgets.clearing import clearable
from ui.work.wording import Wording

WAIT_MS = 150


class CustomerField(QLineEdit):
    """``asked`` (text) wants customers, ``chosen`` (Customer or None) says which one it is."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self.customer: Customer | None = None
        self._found: dict[str, Customer] = {}
        self._names = QStringListModel(self)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.setMinimumHeight(30)
        clearable(self, words)
        self.textEdited.connect(self._edited)
        self._wait.timeout.connect(lambda: self.asked.emit(self.text().strip()))

    def show_found(self, rows: Sequence[Customer]) -> None:
        """Offer customers; they are taken by choosing, or by Enter when there is one."""
        self._found = {f"{row.name}  {row.code}": row for row in rows}
        self._names.setStringList(list(self._found))
        if self.hasFocus() and self.customer is None and self._found:
            self.completer().complete()

    def put_customer(self, customer: Customer | None) -> None:
        """Choose a customer from outside, such as by a scan."""
        self._wait.stop()
        self.customer = customer
        self.setText(f"{customer.name}  {customer.code}" if customer else "")
        self.setCursorPosition(0)
        self.chosen.emit(customer)

    def _edited(self, text: str) -> None:
        if self.customer is not None:
            self.customer = None
            self.chosen.emit(None)
        if text.strip():
            self._wait.start()

    def _take(self, text: str) -> None:
        if text in self._found:
            QTimer.singleShot(0, self, lambda: self.put_customer(self._found.get(text)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_enter and is_plain and self.customer is None and len(self._found) == 1:
            if (offered := self.completer().popup()) is not None:
                offered.hide()
            self.put_customer(next(iter(self._found.values())))
            return
        super().keyPressEvent(event)
