"""A field that finds a customer by code, name, tax number or pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit
from typing_extensions import override

from erpdesk.services.looking import Customer
from ui.widgets.clearing import clearable
from ui.work.wording import Wording

WAIT_MS = 150


class CustomerField(QLineEdit):
    """``asked`` (text) wants customers, ``chosen`` (Customer or None) says which one it is.

    What it reads is whom it stands for: any other text, however it came, stands for nobody until
    a customer is taken from the list, or by Enter (the only one found), or by a whole code.
    """

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self.customer: Customer | None = None
        self._found: dict[str, Customer] = {}
        self._is_wanted = False
        self._names = QStringListModel(self)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.setMinimumHeight(30)
        clearable(self, words)
        self.textChanged.connect(self._changed)
        self._wait.timeout.connect(self._ask)

    def show_found(self, text: str, rows: Sequence[Customer]) -> None:
        """Offer whom a text found, unless it reads otherwise by now; take who was waited for."""
        if self.customer is not None or text != self.text().strip():
            return
        self._offer({label_of(row): row for row in rows})
        is_wanted, self._is_wanted = self._is_wanted, False
        named = self._named(may_guess=self.hasFocus()) if is_wanted else None
        if named is not None:
            self._settle(named)
        elif self.hasFocus() and self._found:
            self.completer().complete()

    def put_customer(self, customer: Customer | None) -> None:
        """Choose a customer from outside, such as by a scan."""
        self._wait.stop()
        self.customer = customer
        self.setText(label_of(customer) if customer else "")
        self.setCursorPosition(0)
        self.chosen.emit(customer)

    def _changed(self, text: str) -> None:
        if self.customer is not None and text == label_of(self.customer):
            return
        if self.customer is None and text in self._found:  # looked at in the list, by its keys
            return
        self._offer({})
        self._is_wanted = False
        if self.customer is not None:
            self.customer = None
            self.chosen.emit(None)
        if text.strip():
            self._wait.start()

    def _offer(self, found: dict[str, Customer]) -> None:
        self._found = found
        self._names.setStringList(list(found))

    def _ask(self) -> None:
        self._wait.stop()
        self.asked.emit(self.text().strip())

    def _want(self, *, may_guess: bool) -> None:
        """Take whom the text names, now or as soon as it is known."""
        if (named := self._named(may_guess=may_guess)) is not None:
            self._settle(named)
        elif not self._found:
            self._is_wanted = True
            self._ask()
        elif may_guess:
            self.completer().complete()

    def _named(self, *, may_guess: bool) -> Customer | None:
        """Return who has this code or stands in the list like this; a guess is the only one."""
        text, found = self.text().strip().casefold(), self._found
        whole = [
            one for label, one in found.items() if text in {label.casefold(), one.code.casefold()}
        ]
        fitting = whole or (list(found.values()) if may_guess else [])
        return fitting[0] if len(fitting) == 1 else None

    def _settle(self, customer: Customer) -> None:
        if (offered := self.completer().popup()) is not None:
            offered.hide()
        self.put_customer(customer)

    def _take(self, text: str) -> None:
        if (one := self._found.get(text)) is not None:
            QTimer.singleShot(0, self, lambda: self.put_customer(one))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_enter and is_plain and self.customer is None and self.text().strip():
            self._want(may_guess=True)
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        is_left = event.reason() != Qt.FocusReason.PopupFocusReason
        if is_left and self.customer is None and self.text().strip():
            self._want(may_guess=False)


def label_of(customer: Customer) -> str:
    """Return how a customer reads in the field and in its list."""
    return f"{customer.name}  {customer.code}"
