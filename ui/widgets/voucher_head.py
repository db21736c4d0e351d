"""What stands over a voucher: customer, contract, days with where they come from, rate, memo."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from erpdesk.domain.posting import Heading
from erpdesk.services.looking import Customer
from erpdesk.words import Sentence
from ui.widgets.combo import Combo
from ui.widgets.customer_field import CustomerField
from ui.widgets.day_field import DayField
from ui.widgets.labelled import labelled
from ui.widgets.parts import ElidedLabel, Panel, row
from ui.work.wording import Wording

S = Sentence
CUSTOMER = S("客户 必填", "Customer, needed")
CUSTOMER_HINT = S("编码、名称、税号、拼音", "Code, name, tax number, pinyin")
MEMO, CONTRACT = S("摘要", "Memo"), S("合同号", "Contract")
DUE, POSTING, RATE = S("到期日", "Due"), S("业务日期", "Posting date"), S("税率", "Tax rate")
OWN_RATE = S("按客户", "the customer's")
DUE_SAID = S("到期日：{said}", "Due: {said}")
DUE_TERMS = S("客户账期 {days} 天，到 {due}", "the customer's {days} days, until {due}")
DUE_OWN = S("自己定的", "set by hand")
DUE_NONE = S("客户没有账期，请填", "the customer has no terms; enter it")
DUE_WRONG = S("不是日期", "this is no day")
RATES: Final = ("0.13", "0.09", "0.06", "0.03", "0.01", "0")


class VoucherHead(Panel):
    """``changed`` comes with every field; ``customer`` is a field of its own."""

    changed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        named = partial(labelled, words)
        self._words = words
        self.customer, self.rate = CustomerField(words), Combo()
        self.memo, self.contract = QLineEdit(), QLineEdit()
        self.due, self.posting = DayField(today), DayField(today)
        self.posting.put_day(today)
        self.due_hint = ElidedLabel("", "small", "text2")
        words.put(self.customer, "setPlaceholderText", CUSTOMER_HINT)
        for part in (self.memo, self.contract, self.rate):
            part.setMinimumHeight(30)
        self.memo.setMaxLength(200)
        self.contract.setMaxLength(60)
        super().__init__(
            row(
                (named(CUSTOMER, self.customer), 3),
                (named(CONTRACT, self.contract), 1),
            ),
            row(
                (named(POSTING, self.posting), 1), (named(DUE, self.due), 1),
                (named(RATE, self.rate), 1), (named(MEMO, self.memo), 2),
            ),
            self.due_hint, gap=6,
        )  # fmt: skip
        for signal in (
            self.memo.textChanged, self.contract.textChanged, self.due.changed,
            self.posting.changed, self.rate.activated,
        ):  # fmt: skip
            signal.connect(lambda *_: self.changed.emit())
        words.when_switched(self._fill_rates)
        self._fill_rates()

    @property
    def chosen_rate(self) -> Decimal | None:
        """Return the rate that was chosen; None is the customer's own."""
        said = self.rate.currentData()
        return Decimal(said) if said else None

    def put_heading(self, heading: Heading, due: date | None) -> None:
        """Write what a kept voucher says."""
        self.memo.setText(heading.memo or "")
        self.contract.setText(heading.contract or "")
        self.due.put_day(due)
        self.posting.put_day(heading.posting_date)
        self.rate.setCurrentIndex(0)

    def say_due(self, customer: Customer | None, due: date | None) -> None:
        """Say where the due day comes from; ``due`` is the day as it would be booked."""
        say = self._words.say
        terms = customer.record.get("terms_days") if customer else None
        if self.due.is_wrong:
            said = say(DUE_WRONG)
        elif self.due.day is not None:
            said = say(DUE_OWN)
        elif terms is not None and due is not None:
            said = say(DUE_TERMS, days=terms, due=due)
        else:
            said = say(DUE_NONE) if customer else ""
        self.due_hint.setText(say(DUE_SAID, said=said) if said else "")
        self.due.setPlaceholderText(due.isoformat() if due else "")

    def _fill_rates(self) -> None:
        chosen = self.rate.currentIndex()
        self.rate.clear()
        self.rate.addItem(self._words.say(OWN_RATE), "")
        for rate in RATES:
            self.rate.addItem(f"{Decimal(rate) * 100:.0f}%", rate)
        self.rate.setCurrentIndex(max(0, chosen))
