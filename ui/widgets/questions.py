"""The three questions of a voucher, each with what follows from its answer."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from erpdesk.domain.voucher import Answers
from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.parts import Label
from ui.work.wording import Wording

S = Sentence
YES, NO = S("是", "Yes"), S("否", "No")
OPEN = S("还没答", "Not answered yet")
QUESTIONS: Final = (
    (
        S("1 货物或服务已交付？", "1 Were goods or services handed over?"),
        S("控制权已转移，可以入账", "Control has passed: it can be booked"),
        S("还没交付：现在不入账，只能存草稿", "Nothing passed: no entry yet, only a draft"),
    ),
    (
        S("2 收款权只差时间？", "2 Does only time stand before payment?"),
        S("记应收账款—暂估", "Booked as unbilled receivables"),
        S("还有别的条件：记合同资产", "Other conditions remain: booked as a contract asset"),
    ),
    (
        S("3 纳税义务发生时间已到？", "3 Was the tax point reached?"),
        S("税额记销项税，这一期要申报", "The tax is output VAT and is declared this period"),
        S("税额先挂待转，到时再转", "The tax waits as pending"),
    ),
)


class Questions(QWidget):
    """``changed`` comes with every answer; ``answers`` is None until all three are there."""

    changed = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._said: list[bool | None] = [None, None, None]
        self.buttons: list[tuple[Button, Button]] = []
        self._follows: list[Label] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        for n, (question, _, _) in enumerate(QUESTIONS):
            label = Label("")
            words.put(label, "setText", question)
            yes, no = self._button(n, question, YES, is_yes=True), self._button(n, question, NO)
            self.buttons.append((yes, no))
            self._follows.append(Label("", "small", "text2", wraps=True))
            for place, part in enumerate((label, yes, no, self._follows[n])):
                grid.addWidget(part, n, place)
        words.when_switched(self._show)
        self._show()

    @property
    def answers(self) -> Answers | None:
        """Return the answers once all three were given."""
        first, second, third = self._said
        if first is None or second is None or third is None:
            return None
        return Answers(passed=first, unconditional=second, tax_point=third)

    @property
    def said(self) -> list[bool | None]:
        """Return what was answered so far, question by question."""
        return list(self._said)

    def put_said(self, said: Sequence[bool | None]) -> None:
        """Take what was answered so far."""
        self._said = [*said, None, None, None][: len(QUESTIONS)]
        self._show()

    def put_answers(self, answers: Answers | None) -> None:
        """Take answers from a kept voucher, or begin again."""
        given = (answers.passed, answers.unconditional, answers.tax_point) if answers else ()
        self.put_said(given)

    def focus_open(self) -> None:
        """Go to the first question without an answer."""
        for (yes, _), said in zip(self.buttons, self._said, strict=True):
            if said is None:
                yes.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.buttons[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(
        self, n: int, question: Sentence, word: Sentence, *, is_yes: bool = False
    ) -> Button:
        button = Button("", height_px=26)
        button.setCheckable(True)
        self._words.put(button, "setText", word)
        name = S(f"{question.zh} {word.zh}", f"{question.en} {word.en}")
        self._words.put(button, "setAccessibleName", name)
        button.clicked.connect(lambda: self._answer(n, is_yes=is_yes))
        return button

    def _answer(self, n: int, *, is_yes: bool) -> None:
        self._said[n] = is_yes
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for n, said in enumerate(self._said):
            yes, no = self.buttons[n]
            yes.setChecked(said is True)
            no.setChecked(said is False)
            follows = OPEN if said is None else QUESTIONS[n][1 if said else 2]
            self._follows[n].setText(self._words.say(follows))
            self._follows[n].set_ink("attention" if said is None else "text2")
