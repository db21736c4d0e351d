"""The receipt that is worked on: cash of a customer, money from nobody known, or a new one."""

from collections.abc import Iterator
from datetime import date
from typing import Final, TypeAlias

from PySide6.QtWidgets import QWidget

from erpdesk.domain.claim import Unidentified
from erpdesk.domain.money import Money
from erpdesk.services.looking import Cash
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.rewriting_receipts import Returned
from erpdesk.words import Sentence
from ui.widgets.currency_field import with_code
from ui.widgets.customer_field import CustomerField
from ui.widgets.document_facts import BANK_FACTS
from ui.widgets.labelled import labelled
from ui.widgets.parts import ElidedLabel, Label, Panel, column, row
from ui.widgets.receipt_form import CUSTOMER_HINT, ReceiptForm
from ui.work.wording import Wording

S = Sentence
UNKNOWN = S("付款人不详", "Payer unknown")
OWNER = S("付款客户", "Who paid")
BANK_FACT = S("{name}：{value}", "{name}: {value}")
ANEW = S("修改 {number}", "{number}, written anew")
CAME_BACK: Final = {
    "return": S("修改 {number}，退回补充：{reason}", "{number} was sent back: {reason}"),
    "reject": S("修改 {number}，驳回：{reason}", "{number} was rejected: {reason}"),
}
Received: TypeAlias = Cash | Unidentified


class ReceiptHead(QWidget):
    """Shows one of three; two of them ask for the customer who paid.

    ``rewrites`` is what came back and is written anew here, or None.
    """

    def __init__(self, words: Wording, today: date) -> None:
        super().__init__()
        self._words = words
        self.receipt: Received | None = None
        self.rewrites: Returned | None = None
        self.is_new = False
        self.anew = Label("", "small", "attention", wraps=True)
        self.name, self.about = ElidedLabel("", "section"), ElidedLabel("", "small", "text2")
        self.figure, self.bank = Label("", "figure2"), Label("", "small", "text2", wraps=True)
        self.form, self.owner = ReceiptForm(words, today), CustomerField(words)
        words.put(self.owner, "setPlaceholderText", CUSTOMER_HINT)
        self._ask = labelled(words, OWNER, self.owner)
        self.shown = Panel(
            row((column(self.name, self.about, gap=2), 1), self.figure), self.bank, self._ask
        )
        self.setLayout(column(self.anew, self.shown, self.form, gap=4))
        words.when_switched(self._say)
        self._say()

    @property
    def unidentified(self) -> Unidentified | None:
        """Return the receipt from nobody known that is shown, or None."""
        return self.receipt if isinstance(self.receipt, Unidentified) else None

    @property
    def cash(self) -> Cash | None:
        """Return the cash of a customer that is shown, or None."""
        return self.receipt if isinstance(self.receipt, Cash) else None

    @property
    def payer(self) -> CustomerField:
        """Return the field that asks who paid."""
        return self.form.payer if self.is_new else self.owner

    @property
    def money(self) -> Money | None:
        """Return what there is to be applied."""
        if self.is_new:
            return self.form.money
        if (cash := self.cash) is not None:
            return Money(cash.left_minor, cash.currency)
        return self.unidentified.amount if self.unidentified else None

    def received(self) -> MoneyIn | None:
        """Return what came in by whom, where that is asked here; None without an amount."""
        if self.is_new:
            return self.form.received()
        if (one := self.unidentified) is None:
            return None
        memo = " ".join(dict.fromkeys(filter(None, (one.payer, one.memo))))
        return MoneyIn(one.amount, self.owner.customer, one.day, memo, one.evidence)

    def begin(self) -> None:
        """Record a receipt by hand."""
        self.receipt, self.is_new, self.rewrites = None, True, None
        self.form.begin()
        self._say()

    def take_up(self, back: Returned) -> None:
        """Write anew what came back: its claim, or the receipt as a whole."""
        if back.claims is not None:
            self.show_receipt(back.claims)
            self.owner.put_customer(back.customer)
        else:
            self.begin()
            self.form.put_kept(back.kept, back.customer)
        self.rewrites = back
        self._say()

    def show_receipt(self, receipt: Received | None) -> None:
        """Show a receipt; a customer who was typed stays while it is the same one."""
        before, self.is_new = self.unidentified, False
        self.receipt = receipt
        now = self.unidentified
        if (before and before.document) != (now and now.document):
            self.owner.put_customer(None)
        if before is None or now is None or before.document != now.document:
            self.rewrites = None
        self._say()

    def _say(self) -> None:
        self.anew.setText(self._came_back())
        self.anew.setVisible(self.rewrites is not None)
        self.shown.setVisible(self.receipt is not None)
        self.form.setVisible(self.is_new)
        for part in (self.bank, self._ask):
            part.setVisible(self.unidentified is not None)
        self.figure.setText(with_code(self.money) if self.money and not self.is_new else "")
        name, about = "", ("", "", "")
        if (cash := self.cash) is not None:
            name, about = cash.customer_name, (cash.label, cash.day.isoformat(), cash.memo)
        elif (one := self.unidentified) is not None:
            name = self._words.say(UNKNOWN)
            about = (one.number, one.day.isoformat(), one.memo)
            self.bank.setText("　".join(self._bank_said(one)))
            self.bank.setVisible(bool(self.bank.text()))
        self.name.setText(name)
        self.about.setText(" · ".join(filter(None, about)))

    def _came_back(self) -> str:
        if (back := self.rewrites) is None:
            return ""
        said = CAME_BACK.get(back.verb, ANEW)
        return self._words.say(said, number=back.document.number, reason=back.reason)

    def _bank_said(self, one: Unidentified) -> Iterator[str]:
        say = self._words.say
        for key, name in BANK_FACTS.items():
            if value := (one.bank or {}).get(key):
                yield say(BANK_FACT, name=say(name), value=value)
