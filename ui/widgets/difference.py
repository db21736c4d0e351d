"""The small rest of one item that was not quite paid: left open, or given up on an account."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.allocation import TREATED_ON, Treatment
from erpdesk.domain.money import Money
from erpdesk.services.receipts import GivenUp
from erpdesk.words import Sentence
from erpdesk.words.matching import TREATMENTS
from ui.widgets.combo import Combo
from ui.widgets.currency_field import with_code
from ui.widgets.parts import ElidedLabel, column, row
from ui.work.wording import Wording

S = Sentence
SHORT = S("{label} 还差 {amount}", "{amount} short on {label}")
OPEN = S("留着未清，到期日不变", "Leave it open")
GIVE_UP = S("{what}，记 {account}", "{what}, on {account}")
HINT = S("容差 {most}，不进汇兑损益", "at most {most}")
NAME = S("差额怎么处理", "What to do with the rest")


class DifferenceBox(QWidget):
    """Asks what becomes of a rest; ``changed`` with another answer. Left open unless said."""

    changed = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words, self._rest, self._label, self._most = words, Money(0, "CNY"), "", 0
        self._preferred: Treatment | None = None
        self.said, self.hint = ElidedLabel("", "strong"), ElidedLabel("", "small", "text2")
        self.choice = Combo()
        self.choice.setMinimumHeight(28)
        words.put(self.choice, "setAccessibleName", NAME)
        self.setLayout(row((column(self.said, self.hint, gap=1), 1), self.choice))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.choice.currentIndexChanged.connect(lambda _: self.changed.emit())
        words.when_switched(self._say)
        self.hide()

    def allow(self, most_minor: int) -> None:
        """Ask only about rests that are no more than this."""
        self._most = most_minor

    def prefer(self, treatment: Treatment | None) -> None:
        """Answer the next question like this, where nobody says otherwise; None leaves it open."""
        self._preferred = treatment

    def show_rest(self, label: str, rest: Money | None, worth: Money | None = None) -> None:
        """Ask about the rest of an item; None asks nothing. Another rest is asked about anew.

        ``worth`` is the rest in the currency of the books, where that is another one.
        """
        judged = worth or rest
        is_small = judged is not None and 0 < judged.minor <= self._most
        if not is_small or (label, rest) != (self._label, self._rest):
            with QSignalBlocker(self.choice):
                self.choice.setCurrentIndex(_place(self._preferred) if is_small else 0)
        self._label, self._rest = label, rest if rest and is_small else Money(0, "CNY")
        self._say()
        self.setVisible(is_small)

    @property
    def given_up(self) -> tuple[GivenUp, ...]:
        """Return what is given up."""
        treatment = self.choice.currentData()
        if self.isHidden() or treatment is None:
            return ()
        reason = self._words.say(TREATMENTS[treatment])
        return (GivenUp(self._label, self._rest, treatment, reason),)

    def _say(self) -> None:
        say, at = self._words.say, max(0, self.choice.currentIndex())
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(say(OPEN), None)
            for one in Treatment:
                said = say(GIVE_UP, what=say(TREATMENTS[one]), account=TREATED_ON[one])
                self.choice.addItem(said, one)
            self.choice.setCurrentIndex(at)
        self.said.setText(say(SHORT, label=self._label, amount=with_code(self._rest)))
        self.hint.setText(say(HINT, most=Money(self._most, "CNY").grouped()))


def _place(treatment: Treatment | None) -> int:
    """Return where an answer stands in the list, after the one that leaves the rest open."""
    return 0 if treatment is None else 1 + tuple(Treatment).index(treatment)
