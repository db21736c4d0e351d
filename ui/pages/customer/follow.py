"""Follow-up of one customer: promises and disputes, a form for the next, how one ended."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.dispute import NOTE_LEAST, Ground
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.promise import Kept
from erpdesk.errors import UserError
from erpdesk.services.following_up import DisputeLine, PromiseLine
from erpdesk.services.looking import Item
from erpdesk.words import Sentence, standing
from erpdesk.words.following import GROUNDS, KEPT
from ui.look import Tone
from ui.models.cells import Chip, Lines
from ui.models.row_model import Column, RowModel
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.day_field import DayField
from ui.widgets.document_facts import moment_said
from ui.widgets.labelled import labelled
from ui.widgets.parts import STRETCH, ElidedLabel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

S = Sentence
FollowLine = PromiseLine | DisputeLine
TITLE = S("跟进", "Follow-up")
NOTHING = S("还没有记下承诺或争议", "No promise and no dispute is written down")
NUMBER, WHAT, AMOUNT, STATE = (
    S("单据", "Document"),
    S("内容", "What"),
    S("金额", "Amount"),
    S("状态", "State"),
)
BY_DAY = S("{due} 前付", "by {due}")
CONTESTED = S("{item} 争议：{ground}", "{item} disputed: {ground}")
ENDED, STANDS = S("已了结", "Ended"), S("争议中", "Disputed")
KIND = S("记什么", "What to write down")
PROMISE, DISPUTE = S("付款承诺", "Promise to pay"), S("争议", "Dispute")
SUM, DUE, WHO = S("答应付", "Amount"), S("哪天前", "By day"), S("谁答应的", "Who promised")
ITEM, GROUND, NOTE = S("哪一笔", "Item"), S("为什么", "Ground"), S("说明", "Note")
WRITE, END = S("记下", "Write down"), S("了结", "End it")
REASON = S("怎么了结的（至少 5 个字）", "How it ended (at least 5 letters)")
NO_AMOUNT, NO_DAY = S("先填金额", "Enter the amount"), S("先填哪天前付", "Enter the day")
NO_ITEM = S("没有未清的应收", "Nothing is open")
NO_NOTE = S("写明争议什么，至少 5 个字", "Say what is contested, at least 5 letters")
CHOOSE = S("先选一条没了结的", "Choose one that stands")
LEAST_PX = 124
TONES: dict[Kept, tuple[Tone, str]] = {
    Kept.OPEN: ("info", "clock"),
    Kept.DUE: ("attention", "clock-alert"),
    Kept.KEPT: ("ok", ""),
    Kept.LATE: ("neutral", "clock"),
    Kept.BROKEN: ("error", ""),
}


class FollowTab(QWidget):
    """``promised`` (amount, day, who, note), ``disputed`` (item, ground, note), ``ended``."""

    promised = Signal(object, object, str, str)
    disputed = Signal(str, str, str)
    ended = Signal(str, str)

    def __init__(self, words: Wording, today: date) -> None:
        super().__init__()
        self._words, self._why_not = words, ""
        self.model: RowModel[FollowLine] = RowModel(
            self._columns(), key=lambda one: one.id, language=words.language
        )
        self.table = RowTable(self.model, density="two_lines").named(words, TITLE)
        self.table.saying(words, NOTHING)
        self.table.setMinimumHeight(LEAST_PX)
        self.kind, self.item, self.ground = Combo(), Combo(), Combo()
        self.amount, self.who, self.note, self.reason = (QLineEdit() for _ in range(4))
        self.due = DayField(today)
        self.write, self.end = Button("", icon="plus"), Button("", icon="check")
        self.why = ElidedLabel("", "small", "attention")
        self.fields = QStackedWidget()
        self._lay_out()
        self._connect()
        self._say_again()

    def show_lines(self, promises: Sequence[PromiseLine], disputes: Sequence[DisputeLine]) -> None:
        """Show what was promised and contested, what stands first."""
        every: list[FollowLine] = [*promises, *disputes]
        self.model.show(sorted(every, key=lambda one: (bool(one.ended), -one.made_at)))
        self._judge()

    @property
    def standing(self) -> int:
        """Return how many were not ended."""
        return sum(not one.ended for one in self.model.rows)

    def show_items(self, items: Sequence[Item]) -> None:
        """Let these open items be contested; what is typed stays."""
        chosen = self.item.currentData()
        with QSignalBlocker(self.item):
            self.item.clear()
            for one in items:
                if one.open_minor > 0:
                    money = Money(one.open_minor, one.currency).grouped()
                    self.item.addItem(f"{one.label}  {money}", one.id)
            self.item.setCurrentIndex(max(0, self.item.findData(chosen)))
        self._judge()

    def begin(self) -> None:
        """Be empty, for the next one."""
        for field in (self.amount, self.who, self.note, self.reason):
            field.clear()
        self.due.put_day(None)

    def forbid(self, why_not: str) -> None:
        """Turn writing and ending off with a reason; an empty reason turns it on."""
        self._why_not = why_not
        self._judge()

    @property
    def _is_promise(self) -> bool:
        return self.kind.currentIndex() <= 0

    def _lay_out(self) -> None:
        named = partial(labelled, self._words)
        words = self._words
        for parts in (((SUM, self.amount, 2), (DUE, self.due, 2), (WHO, self.who, 3)),
                      ((ITEM, self.item, 5), (GROUND, self.ground, 2))):  # fmt: skip
            page = QWidget()
            page.setLayout(row(*((named(*one[:2]), one[2]) for one in parts), gap=8))
            self.fields.addWidget(page)
        for button, sentence in ((self.write, WRITE), (self.end, END)):
            words.put(button, "setText", sentence)
        words.put(self.reason, "setPlaceholderText", REASON)
        words.put(self.reason, "setAccessibleName", REASON)
        for part in (self.kind, self.item, self.ground, self.amount, self.who, self.note,
                     self.reason):  # fmt: skip
            part.setMinimumHeight(30)
        self.fields.setSizePolicy(self.fields.sizePolicy().Policy.Expanding,
                                  self.fields.sizePolicy().Policy.Fixed)  # fmt: skip
        tools = column(
            row(named(KIND, self.kind), (self.fields, 4), (named(NOTE, self.note), 3),
                column(STRETCH, self.write, gap=0), gap=8),
            row((self.reason, 2), self.end, (self.why, 1), gap=8),
            gap=6, margins=(14, 8, 14, 10),
        )  # fmt: skip
        self.setLayout(column((self.table, 1), rule(), tools, gap=0))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self._judge())
        self.item.currentIndexChanged.connect(lambda _: self._judge())
        for field in (self.amount, self.note, self.reason):
            field.textChanged.connect(lambda _: self._judge())
        self.due.changed.connect(self._judge)
        self.table.current_row_changed.connect(lambda _: self._judge())
        self.write.clicked.connect(self._write)
        self.end.clicked.connect(self._end)
        self._words.when_switched(self._say_again)

    def _write(self) -> None:
        note = self.note.text().strip()
        if self._is_promise:
            money = parse_amount(self.amount.text(), BASE_CURRENCY)
            self.promised.emit(money, self.due.day, self.who.text().strip(), note)
        else:
            self.disputed.emit(self.item.currentData(), self.ground.currentData(), note)

    def _end(self) -> None:
        if (one := self.table.current_row()) is not None:
            self.ended.emit(one.id, self.reason.text().strip())

    def _judge(self) -> None:
        self.fields.setCurrentIndex(0 if self._is_promise else 1)
        why = self._why_not or (self._no_promise() if self._is_promise else self._no_dispute())
        self.write.forbid(why)
        one, say = self.table.current_row(), self._words.say
        against = why_not_reason(self.reason.text())
        reason = standing(against, self._words.language) if against else ""
        chosen = say(CHOOSE) if one is None or one.ended else ""
        self.end.forbid(self._why_not or chosen or reason)
        is_begun = bool(self.amount.text() or self.note.text())
        self.why.setText(why if is_begun else "")

    def _no_promise(self) -> str:
        say = self._words.say
        try:
            money = parse_amount(self.amount.text().strip() or "0", BASE_CURRENCY)
        except UserError as error:
            return standing(error, self._words.language)
        if money.minor <= 0:
            return say(NO_AMOUNT)
        return "" if self.due.day is not None else say(NO_DAY)

    def _no_dispute(self) -> str:
        if self.item.currentData() is None:
            return self._words.say(NO_ITEM)
        is_said = len(self.note.text().strip()) >= NOTE_LEAST
        return "" if is_said else self._words.say(NO_NOTE)

    def _say_again(self) -> None:
        say = self._words.say
        self.model.use_language(self._words.language)
        grounds = [(say(GROUNDS[one]), one.value) for one in Ground]
        for combo, said in ((self.kind, [(say(PROMISE), ""), (say(DISPUTE), "")]),
                            (self.ground, grounds)):  # fmt: skip
            at = max(0, combo.currentIndex())
            with QSignalBlocker(combo):
                combo.clear()
                for word, value in said:
                    combo.addItem(word, value)
                combo.setCurrentIndex(at)
        self._judge()

    def _columns(self) -> tuple[Column[FollowLine], ...]:
        return (
            Column("number", NUMBER, lambda one: Lines(one.number, moment_said(one.made_at)),
                   width=160, is_sortable=False),
            Column("what", WHAT, self._what, is_sortable=False),
            Column("amount", AMOUNT, lambda one: one.amount, "amount", 128, is_sortable=False),
            Column("state", STATE, self._state, "chip", 124, is_sortable=False),
        )  # fmt: skip

    def _what(self, one: FollowLine) -> Lines:
        say = self._words.say
        if isinstance(one, PromiseLine):
            first, more = say(BY_DAY, due=one.due), (one.by, one.note, one.ended)
        else:
            first = say(CONTESTED, item=one.label, ground=say(GROUNDS[one.ground]))
            more = ("", one.note, one.ended)
        return Lines(first, "，".join(filter(None, more)), "text2")

    def _state(self, one: FollowLine) -> Chip:
        say = self._words.say
        if isinstance(one, PromiseLine):
            tone, icon = TONES[one.kept]
            return Chip(say(KEPT[one.kept]), "neutral" if one.ended else tone, icon)
        return Chip(say(ENDED), "ok") if one.ended else Chip(say(STANDS), "attention", "flag")
