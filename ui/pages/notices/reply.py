"""Replies beside a notice: what came back, the form that writes it down, deciding what differs."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.reply import WITH_AMOUNT, Answer, Noticed
from erpdesk.errors import UserError
from erpdesk.services.replying import ReplyLine, Said
from erpdesk.words import Sentence, standing
from erpdesk.words.following import ANSWERS
from ui.look import scaled
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.day_field import DayField
from ui.widgets.document_facts import Fact
from ui.widgets.entry_view import FactList
from ui.widgets.labelled import labelled
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row, rule
from ui.work.wording import Wording

S = Sentence
TITLE, REPLIES = S("登记回函", "Register a reply"), S("回函", "Replies")
BEGIN, REGISTER = S("登记回函…", "Register…"), S("登记", "Register")
ABOUT = S("{number}，金额 {asked}", "{number}, amount {asked}")
ANSWER, DAY, BY = S("答复", "Answer"), S("回函日", "Day"), S("对方经办人", "Who answered")
PAYS_ON = S("答应付清日", "Will pay by")
AMOUNT, NOTE = S("对方的金额", "Their figure"), S("说明", "Note")
SLIP, SLIPS = S("附回函…", "Attach…"), S("已附 {count} 件", "attached: {count}")
CLOSE = S("不登记", "Cancel")
NO_SLIP, NO_AMOUNT = S("先附上回函", "Attach the slip first"), S("先填金额", "Enter the amount")
DAY_WRONG = S("日期不对", "The day is wrong")
NONE_YET = S("还没有回函", "None came back yet")
OFF = S("差 {amount}", "off by {amount}")
DECIDED = S("已处理：{reason}", "decided: {reason}")
OPEN = S("没处理", "not decided")
RESOLVE = S("差异处理完", "Decided")
WHY = S("差在哪、怎么办的（至少 5 个字）", "What it was (at least 5 letters)")
FORM_PX: Final = 300
"""Larger text gets a quarter of the room it asks for: list and paper beside it need theirs."""
SHOWN_MOST: Final = 3


class RepliesPart(Panel):
    """Lists the replies to a notice; ``begun`` asks for the form, ``resolved`` has a reason."""

    begun = Signal()
    resolved = Signal(str, str)

    def __init__(self, words: Wording) -> None:
        self._words, self._lines, self._why_not = words, tuple[ReplyLine, ...](), ""
        head, self.facts = Label("", "section"), FactList()
        self.begin, self.resolve = Button("", icon="mail", height_px=28), Button("", height_px=28)
        self.reason = QLineEdit()
        self.reason.setMinimumHeight(28)
        for part, sentence in ((head, REPLIES), (self.begin, BEGIN), (self.resolve, RESOLVE)):
            words.put(part, "setText", sentence)
        words.put(self.reason, "setPlaceholderText", WHY)
        words.put(self.reason, "setAccessibleName", WHY)
        self._deciding = QWidget()
        self._deciding.setLayout(column(self.reason, row(STRETCH, self.resolve), gap=4))
        super().__init__(
            rule(),
            column(
                row(head, STRETCH, self.begin), self.facts, self._deciding,
                gap=6, margins=(14, 8, 14, 10),
            ),
            ground="none", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        self.begin.clicked.connect(self.begun)
        self.resolve.clicked.connect(self._resolve)
        self.reason.textChanged.connect(lambda _: self._judge())
        words.when_switched(self._say)

    @property
    def waiting(self) -> ReplyLine | None:
        """Return the newest reply that differs and is not decided."""
        return next((one for one in self._lines if one.is_open), None)

    def show_replies(self, lines: tuple[ReplyLine, ...], why_not: str) -> None:
        """Show replies, the newest first; ``why_not`` says why none can be written down."""
        if lines != self._lines:
            self.reason.clear()
        self._lines, self._why_not = lines, why_not
        self._say()

    def _resolve(self) -> None:
        if (one := self.waiting) is not None and self.resolve.isEnabled():
            self.resolved.emit(one.id, self.reason.text().strip())

    def _say(self) -> None:
        found = tuple(map(self._fact, self._lines[:SHOWN_MOST]))
        self.facts.show_facts(found or (Fact("neutral", self._words.say(NONE_YET)),))
        self._deciding.setVisible(self.waiting is not None)
        self._judge()

    def _judge(self) -> None:
        self.begin.forbid(self._why_not)
        against = why_not_reason(self.reason.text())
        said = standing(against, self._words.language) if against else ""
        self.resolve.forbid(self._why_not or said)

    def _fact(self, one: ReplyLine) -> Fact:
        say, parts = self._words.say, [self._words.say(ANSWERS[one.answer])]
        if one.difference is not None and one.difference.minor:
            parts.append(say(OFF, amount=one.difference.grouped()))
        parts += [one.note] if one.note else []
        if one.decided:
            parts.append(say(DECIDED, reason=one.decided))
        elif one.is_open:
            parts.append(say(OPEN))
        tone = "attention" if one.is_open else "ok"
        return Fact(tone, "，".join(parts), f"{one.day:%m-%d}")  # type: ignore[arg-type]


class ReplyForm(Panel):
    """Takes down a reply; ``asked`` to register it, ``slip_wanted`` for a file."""

    asked = Signal()
    closed = Signal()
    slip_wanted = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        named = partial(labelled, words)
        self._words, self._today = words, today
        self._notice: Noticed | None = None
        self._evidence: tuple[Evidence, ...] = ()
        self.about = ElidedLabel("", "small", "text2")
        self.answer, self.day, self.pays_on = Combo(), DayField(today), DayField(today)
        self.amount, self.by, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.slip = Button("", icon="paperclip", key="Ctrl+U", height_px=28)
        self.slips, self.why = Label("", "small", "text2"), Label("", "small", "attention")
        self.register = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.close_it = Button("", key="Esc", height_px=32)
        self.why.setWordWrap(True)
        head = Label("", "section")
        for part, sentence in (
            (head, TITLE), (self.slip, SLIP), (self.register, REGISTER), (self.close_it, CLOSE),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        for field in (self.answer, self.amount, self.by, self.note):
            field.setMinimumHeight(30)
        days = row((named(DAY, self.day), 1), (named(PAYS_ON, self.pays_on), 1), gap=8)
        first = named(ANSWER, self.answer), named(AMOUNT, self.amount)
        last = named(BY, self.by), named(NOTE, self.note)
        slip = row(self.slip, self.slips, STRETCH)
        super().__init__(
            column(head, self.about, gap=2, margins=(14, 8, 14, 8)), rule(),
            column(*first, days, *last, slip, margins=(14, 8, 14, 8), gap=6),
            STRETCH,
            column(self.why, row(STRETCH, self.close_it, self.register), margins=(14, 8, 14, 10)),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.setFixedWidth(FORM_PX + (scaled(FORM_PX) - FORM_PX) // 4)
        self._connect()
        self._fill()
        self.hide()

    def _connect(self) -> None:
        self.answer.currentIndexChanged.connect(lambda _: self._judge())
        for field in (self.amount, self.by, self.note):
            field.textChanged.connect(lambda _: self._judge())
        for day in (self.day, self.pays_on):
            day.changed.connect(self._judge)
        self.slip.clicked.connect(self.slip_wanted)
        self.register.clicked.connect(self.asked)
        self.close_it.clicked.connect(self.closed)
        self._words.when_switched(self._fill)

    def begin(self, notice: Noticed) -> None:
        """Be empty, for a reply to this notice."""
        self._notice, self._evidence = notice, ()
        for field in (self.amount, self.by, self.note):
            field.clear()
        self.day.put_day(self._today)
        self.pays_on.put_day(None)
        self.answer.setCurrentIndex(0)
        self._fill()
        self.show()
        self.answer.setFocus()

    @property
    def notice(self) -> Noticed | None:
        """Return the notice that is answered."""
        return self._notice

    def add_slip(self, digest: bytes) -> None:
        """Take a file that is kept as the slip."""
        self._evidence = (*self._evidence, Evidence(digest.hex(), "reply"))
        self._judge()

    def said(self) -> Said:
        """Return what is entered."""
        return Said(
            self._answer, self.day.day or self._today, self._money(), self.by.text(),
            self.note.text(), self._evidence, self.pays_on.day if self._agrees else None,
        )  # fmt: skip

    @property
    def _answer(self) -> Answer:
        return Answer(self.answer.currentData() or Answer.AGREES)

    @property
    def _agrees(self) -> bool:
        return self._answer is Answer.AGREES

    def _money(self) -> Money | None:
        said = self.amount.text().strip() if self._answer in WITH_AMOUNT else ""
        if self._notice is None or not said:
            return None
        return parse_amount(said, self._notice.asked.currency)

    def _why_not(self) -> str:
        say = self._words.say
        if self.day.day is None or (self._agrees and self.pays_on.is_wrong):
            return say(DAY_WRONG)
        try:
            money = self._money()
        except UserError as error:
            return standing(error, self._words.language)
        if self._answer in WITH_AMOUNT and money is None:
            return say(NO_AMOUNT)
        return "" if self._evidence else say(NO_SLIP)

    def _judge(self) -> None:
        self.amount.setEnabled(self._answer in WITH_AMOUNT)
        self.pays_on.setEnabled(self._agrees)
        why = self._why_not()
        self.register.forbid(why)
        self.why.setText(why)
        self._words.put(self.slips, "setText", SLIPS, count=len(self._evidence))

    def _fill(self) -> None:
        say, chosen = self._words.say, max(0, self.answer.currentIndex())
        self.answer.blockSignals(True)  # noqa: FBT003 - Qt's own word
        self.answer.clear()
        for one in Answer:
            self.answer.addItem(say(ANSWERS[one]), one.value)
        self.answer.setCurrentIndex(chosen)
        self.answer.blockSignals(False)  # noqa: FBT003
        if self._notice is not None:
            asked = self._notice.asked.grouped()
            self.about.setText(say(ABOUT, number=self._notice.number, asked=asked))
        self._judge()
