"""A sheet for an invoice: what it says, for which vouchers, and red and blue before the act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.billing import Billable
from erpdesk.domain.money import Money, parse_amount
from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.currency_field import with_code
from ui.widgets.day_field import DayField
from ui.widgets.document_facts import Fact
from ui.widgets.entry_view import EntryView, FactList, scrolling
from ui.widgets.labelled import labelled
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.work.asking_files import files_to_read
from ui.work.wording import Wording

S = Sentence
TITLE = S("登记到票", "Register an invoice")
NUMBER, DAY = S("发票号", "Invoice number"), S("发票日期", "Day")
NET, TAX = S("净额", "Net"), S("税额", "Tax")
FOR = S("开的是这些临时凭证", "It is for these vouchers")
ONE = S("{number}  还可开票 {left}", "{number}  left {left}")
ENTRY = S("红字和蓝字", "Red and blue")
WHY = S("和暂估差 {sum}，为什么", "It differs by {sum}; why")
REASON = S("差额原因", "Reason of the difference")
ATTACH, FILES = S("附发票文件…", "Attach it…"), S("已附 {count} 件", "attached: {count}")
CANCEL, SUBMIT = S("取消", "Cancel"), S("提交，等人审批", "Submit")
NO_NUMBER, NO_NET = S("先填发票号", "Enter its number"), S("先填净额", "Enter the net amount")
NO_TAX, NO_DAY = S("先填税额（没有填 0）", "Enter the tax, or 0"), S("日期不对", "The day is wrong")
NO_VOUCHER = S("先勾选临时凭证", "Tick a voucher")
WAIT = S("正在算红字和蓝字", "Red and blue are being computed")


@dataclass(frozen=True, slots=True)
class InvoiceTyped:
    """What somebody wrote about an invoice; ``vouchers`` are documents in the order ticked from."""

    number: str
    day: date
    net: Money
    tax: Money
    vouchers: tuple[str, ...]
    reason: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BillingSaid:
    """A preview in words: the lines, the facts under them, the difference, what stands against."""

    lines: Sequence[Mapping[str, Any]]
    facts: tuple[Fact, ...]
    difference: Money
    against: str


class InvoiceSheet(Panel):
    """``changed`` comes with every field, ``asked`` with what is to be registered (InvoiceTyped).

    Its key is the page's, as that of every sheet beside the list.
    """

    changed = Signal()
    asked = Signal(object)
    closed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        self._words, self._today = words, today
        self._files: tuple[Path, ...] = ()
        self._said: BillingSaid | None = None
        self._currency = BASE_CURRENCY
        self.boxes: dict[str, QCheckBox] = {}
        self.heading = Label("", "section")
        self.customer = ElidedLabel("", "body", "text2")
        self.number, self.net, self.tax = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason, self.day = QLineEdit(), DayField(today)
        self.number.setMaxLength(30)
        self.reason.setMaxLength(500)
        self.entry, self.facts = EntryView(words), FactList()
        self.why, self.files = Label("", "label", "attention"), Label("", "small", "text2")
        self.problem = Label("", "small", "attention", wraps=True)
        self.attach = Button("", icon="paperclip", key="Ctrl+U", height_px=28)
        self.cancel = Button("", key="Esc", height_px=32)
        self.submit = Button("", "primary", key="Ctrl+Enter", height_px=32)
        for part, sentence in (
            (self.heading, TITLE), (self.attach, ATTACH), (self.cancel, CANCEL),
            (self.submit, SUBMIT),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        super().__init__(
            row(Icon("receipt-text", "accent", 18), (self.heading, 1)), self.customer, rule(),
            (scrolling(self._fields()), 1), self.problem,
            row(self.cancel, STRETCH, self.submit), gap=8,
        )  # fmt: skip
        for field in (self.number, self.net, self.tax, self.reason):
            field.textChanged.connect(lambda _: self._edited())
        self.day.changed.connect(self._edited)
        self.attach.clicked.connect(self._ask_files)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+U"), self, self.attach.click, context=here)
        self.submit.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.closed)
        words.when_switched(self._judge)

    def begin(self, customer: str) -> None:
        """Ask about a new invoice of a customer; its vouchers follow."""
        self.customer.setText(customer)
        self._files, self._said = (), None
        self.boxes = {}
        emptied(self._list)
        for field in (self.number, self.net, self.tax, self.reason):
            field.clear()
        self.day.put_day(self._today)
        self.number.setFocus()
        self._edited()

    def show_vouchers(self, vouchers: Sequence[Billable], *, ticked: str) -> None:
        """List what can be invoiced in the currency of the one it was begun from, that first."""
        emptied(self._list)
        begun = (one.left.currency for one in vouchers if one.document == ticked)
        self._currency = next(begun, BASE_CURRENCY)
        fitting = (one for one in vouchers if one.left.currency == self._currency)
        ordered = sorted(fitting, key=lambda one: one.document != ticked)
        self.boxes = {one.document: self._box(one) for one in ordered}
        for name, box in self.boxes.items():
            box.setChecked(name == ticked)
            box.toggled.connect(lambda _: self._edited())
            self._list.addWidget(box)
        self._edited()

    def show_preview(self, said: BillingSaid) -> None:
        """Show what would be posted."""
        self._said = said
        self.entry.show_lines(said.lines)
        self.facts.show_facts(said.facts)
        self._words.put(self.why, "setText", WHY, sum=with_code(said.difference))
        self.difference.setVisible(said.difference.minor != 0)
        self._judge()

    def complain(self, sentence: str) -> None:
        """Say what stood against it; all that was typed stays."""
        self.problem.setText(sentence)

    @property
    def typed(self) -> InvoiceTyped | None:
        """Return what is written; None while something is missing."""
        net, tax, day = self._money(self.net), self._money(self.tax), self.day.day
        vouchers = tuple(name for name, box in self.boxes.items() if box.isChecked())
        number = self.number.text().strip()
        if net is None or tax is None or day is None or not number or not vouchers:
            return None
        reason = self.reason.text().strip()
        return InvoiceTyped(number, day, net, tax, vouchers, reason, self._files)

    @property
    def lacks(self) -> str:
        """Return what is missing first, in words."""
        missing = (
            (not self.number.text().strip(), NO_NUMBER), (self.day.day is None, NO_DAY),
            (self._money(self.net) is None, NO_NET), (self._money(self.tax) is None, NO_TAX),
            (not any(box.isChecked() for box in self.boxes.values()), NO_VOUCHER),
        )  # fmt: skip
        return next((self._words.say(said) for lacks, said in missing if lacks), "")

    def _fields(self) -> QWidget:
        named = partial(labelled, self._words)
        self._list = column(gap=4)
        whose = Label("", "label", "text2")
        entry = Label("", "label", "text2")
        self._words.put(whose, "setText", FOR)
        self._words.put(entry, "setText", ENTRY)
        self._words.put(self.reason, "setAccessibleName", REASON)
        for field in (self.number, self.net, self.tax, self.reason):
            field.setMinimumHeight(30)
        self.difference = QWidget()
        self.difference.setLayout(column(self.why, self.reason, gap=3))
        self.difference.hide()
        return Panel(
            row((named(NUMBER, self.number), 3), (named(DAY, self.day), 2)),
            row((named(NET, self.net), 1), (named(TAX, self.tax), 1)),
            row(self.files, STRETCH, self.attach), whose, self._list, self.difference, rule(),
            entry, self.entry, self.facts, STRETCH,
            ground="surface", gap=8, margins=(0, 0, 4, 0),
        )  # fmt: skip

    def _money(self, field: QLineEdit) -> Money | None:
        try:
            return parse_amount(field.text(), self._currency)
        except UserError:
            return None

    def _box(self, one: Billable) -> QCheckBox:
        return QCheckBox(self._words.say(ONE, number=one.number, left=with_code(one.left)))

    def _ask_files(self) -> None:
        self.take_files(map(Path, files_to_read(self, self._words.say(ATTACH), "evidence")))

    def take_files(self, paths: Any) -> None:
        """Attach files that show the invoice."""
        self._files = tuple(dict.fromkeys((*self._files, *paths)))
        self._judge()

    def _edited(self) -> None:
        self._said = None
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        say = self._words.say
        count = len(self._files)
        self.files.setText(say(FILES, count=count) if count else "")
        why_not = self.lacks or (say(WAIT) if self._said is None else self._said.against)
        self.submit.forbid(why_not)
        self.problem.setText(why_not)

    def _ask(self) -> None:
        if self.submit.isEnabled():
            self.asked.emit(self.typed)
