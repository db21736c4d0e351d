"""Which currency an amount is in: that of the books first, then every other that is listed."""

from typing import Final

from PySide6.QtCore import QSignalBlocker

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import DECIMALS, Money
from ui.look import scaled
from ui.widgets.combo import Combo

WIDTH_PX: Final = 82


class CurrencyField(Combo):
    """A list of currency codes; ``foreign_only`` leaves out that of the books."""

    def __init__(self, *, foreign_only: bool = False, height_px: int = 30) -> None:
        super().__init__()
        if not foreign_only:
            self.addItem(BASE_CURRENCY)
        self.addItems([code for code in DECIMALS if code != BASE_CURRENCY])
        self.setMinimumHeight(height_px)
        self.setFixedWidth(scaled(WIDTH_PX))

    @property
    def currency(self) -> str:
        """Return the code that is chosen."""
        return self.currentText()

    def put(self, currency: str) -> None:
        """Choose a currency, as no act of a person."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findText(currency))


def with_code(money: Money) -> str:
    """Return an amount as it stands alone: a foreign one says its currency."""
    code = "" if money.currency == BASE_CURRENCY else f" {money.currency}"
    return f"{money.grouped()}{code}"
