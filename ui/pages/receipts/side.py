"""Under the receipt: what it pays, the links that stand, or one link that is taken back."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from erpdesk.words import Sentence
from ui.widgets.document_facts import moment_said
from ui.widgets.link_list import LinkList
from ui.widgets.links import undo_effects
from ui.widgets.matching import Matching
from ui.widgets.reversal_sheet import ReversalSheet
from ui.work.wording import Wording

S = Sentence
UNDO_TITLE = S("撤回核销 {number}", "Take back {number}")
UNDO_VERB = S("提交，等人审批", "Submit for a decision")


class ReceiptsSide(QStackedWidget):
    """One of three; ``undo_wanted`` carries a link and the reason to take it back."""

    undo_wanted = Signal(object, str)

    def __init__(self, words: Wording, today: date) -> None:
        super().__init__()
        self._words, self._today = words, today
        self.matching, self.history = Matching(words, today), LinkList(words)
        self.sheet = ReversalSheet(words)
        for part in (self.matching, self.history, self.sheet):
            self.addWidget(part)
        self.sheet.asked.connect(self._undo)

    @property
    def is_asking(self) -> bool:
        """Say whether a reason is asked for."""
        return self.currentWidget() is self.sheet

    def show_side(self, *, is_history: bool) -> None:
        """Show what is paid, or the links that stand."""
        self.setCurrentWidget(self.history if is_history else self.matching)

    def ask_undo(self, customer: str, *, at_us: int) -> None:
        """Show what taking the current link back does, and ask why."""
        link, say = self.history.table.current_row(), self._words.say
        if link is None:
            return
        self.setCurrentWidget(self.sheet)
        self.sheet.begin(
            say(UNDO_TITLE, number=link.document), say(UNDO_VERB), customer=customer,
            amount=link.amount.grouped(),
        )  # fmt: skip
        at = moment_said(at_us, self._today)
        self.sheet.show_effects(undo_effects(link, self._words), at=at)

    def _undo(self, reason: str) -> None:
        if (link := self.history.table.current_row()) is not None:
            self.undo_wanted.emit(link, reason)
