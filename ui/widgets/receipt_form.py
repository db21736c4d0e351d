"""A receipt as it is recorded by hand: payer, amount, day, memo, slips."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.kept_receipt import KeptReceipt
from erpdesk.domain.money import Money, parse_amount
from erpdesk.errors import UserError
from erpdesk.services.looking import Customer
from erpdesk.services.receipts import MoneyIn
from erpdesk.words import Sentence, standing
from ui.widgets.button import Button
from ui.widgets.currency_field import CurrencyField
from ui.widgets.customer_field import CustomerField
from ui.widgets.day_field import DayField
from ui.widgets.labelled import labelled
from ui.widgets.parts import STRETCH, Label, Panel, column, row
from ui.work.wording import Wording

S = Sentence
CUSTOMER, AMOUNT = S("付款客户（不详可不填）", "Payer, if known"), S("金额", "Amount")
CURRENCY = S("币种", "Currency")
DAY, MEMO = S("到账日", "Day"), S("摘要", "Memo")
CUSTOMER_HINT = S("编码、名称、税号、拼音", "Code, name, tax number, pinyin")
SLIP, SLIPS = S("附回单…", "Attach slip…"), S("回单 {count} 件", "slips: {count}")
NO_AMOUNT = S("先填金额", "Enter the amount first")
DROP = S("去掉", "Remove")
FROM_BANK = S("银行流水里的，改不了", "The bank says so: it stays")
DAY_WRONG = S("到账日不是日期", "The day is no day")


class ReceiptForm(Panel):
    """``changed`` comes with every field; the payer tells by a signal of its own."""

    changed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        named = partial(labelled, words)
        self._words, self._today = words, today
        self._evidence: tuple[Evidence, ...] = ()
        self.payer, self.amount, self.memo = CustomerField(words), QLineEdit(), QLineEdit()
        self.currency, self.day = CurrencyField(), DayField(today)
        self.slips = Label("", "small", "text2")
        self.slip = Button("", icon="paperclip", key="Ctrl+U", height_px=30)
        self.drop = Button("", "quiet", height_px=30)
        words.put(self.slip, "setText", SLIP)
        words.put(self.drop, "setText", DROP)
        words.put(self.payer, "setPlaceholderText", CUSTOMER_HINT)
        for field in (self.amount, self.memo):
            field.setMinimumHeight(30)
            field.setMaxLength(200)
        super().__init__(
            row(
                (named(CUSTOMER, self.payer), 3), (named(AMOUNT, self.amount), 1),
                named(CURRENCY, self.currency), (named(DAY, self.day), 1),
            ),
            row(
                (named(MEMO, self.memo), 1),
                column(STRETCH, row(self.slips, self.drop, self.slip)),
            ),
            gap=6,
        )  # fmt: skip
        self.amount.textChanged.connect(lambda _: self.changed.emit())
        self.currency.currentTextChanged.connect(lambda _: self.changed.emit())
        self.memo.textChanged.connect(lambda _: self.changed.emit())
        self.day.changed.connect(self.changed)
        self.drop.clicked.connect(self._drop_slips)
        self.begin()

    @property
    def money(self) -> Money | None:
        """Return the amount that is written; None for what is none."""
        try:
            money = parse_amount(self.amount.text(), self.currency.currency)
        except UserError:
            return None
        return money if money.minor > 0 else None

    @property
    def why_not(self) -> str:
        """Return what stands against recording it, in words."""
        if self.money is None:
            return self._unread() or self._words.say(NO_AMOUNT)
        return "" if self.day.day is not None else self._words.say(DAY_WRONG)

    def _unread(self) -> str:
        """Return why what is typed is no amount, such as 1,500, which has two readings."""
        text = self.amount.text().strip()
        try:
            parse_amount(text or "0", self.currency.currency)
        except UserError as error:
            return standing(error, self._words.language)
        return ""

    def received(self) -> MoneyIn | None:
        """Return what was received; None while it has no amount."""
        money, memo = self.money, self.memo.text().strip() or None
        if money is None:
            return None
        return MoneyIn(money, self.payer.customer, self.day.day, memo, self._evidence)

    def begin(self) -> None:
        """Be empty, for the next one."""
        self._evidence = ()
        self.amount.clear()
        self.memo.clear()
        self.currency.put(BASE_CURRENCY)
        self.day.put_day(self._today)
        self.payer.put_customer(None)
        self._hold(is_held=False)
        self._count()

    def put_kept(self, kept: KeptReceipt, payer: Customer | None) -> None:
        """Be filled with a receipt that came back; what the bank says of it stays."""
        self._evidence = kept.evidence
        self.currency.put(kept.amount.currency)
        self.amount.setText(kept.amount.grouped())
        self.memo.setText(kept.memo or "")
        self.day.put_day(kept.day)
        self.payer.put_customer(payer)
        self._hold(is_held=kept.bank is not None)
        self._count()

    def _hold(self, *, is_held: bool) -> None:
        for field in (self.amount, self.day):
            field.setReadOnly(is_held)
        self.currency.setEnabled(not is_held)
        for part in (self.amount, self.day, self.currency):
            part.setToolTip(self._words.say(FROM_BANK) if is_held else "")

    def _drop_slips(self) -> None:
        self._evidence = ()
        self._count()

    def add_slip(self, digest: bytes) -> None:
        """Take a file that is kept as its slip."""
        self._evidence = (*self._evidence, Evidence(digest.hex(), "bank_slip"))
        self._count()

    def _count(self) -> None:
        self._words.put(self.slips, "setText", SLIPS, count=len(self._evidence))
        self.drop.setVisible(bool(self._evidence))
