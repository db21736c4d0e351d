"""A document beside a list: its entry, and every step that was taken, the reasons too."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from erpdesk.services.approving import Shown
from erpdesk.words import Sentence
from ui.models.cells import Chip
from ui.widgets.document_facts import lines_of, step_facts
from ui.widgets.entry_view import EntryView, FactList
from ui.widgets.parts import STRETCH, ChipLabel, ElidedLabel, Label, Panel, column, row, rule
from ui.work.wording import Wording

STEPS = Sentence("经过", "Steps")
NOTHING = Sentence(
    "选一张，这里写它的分录和经过", "Choose one: its entry and its steps are shown here"
)


class DocumentSheet(Panel):
    """Shows one document; before there is one, it says what will be here."""

    def __init__(self, words: Wording, names: Mapping[str, str]) -> None:
        self._words, self._names = words, names
        self.heading, self.state = ElidedLabel("", "section"), ChipLabel(Chip("", "neutral"))
        self.customer, head = ElidedLabel("", "body", "text2"), Label("", "label", "text2")
        words.put(head, "setText", STEPS)
        self.entry, self.steps = EntryView(words), FactList()
        self.nothing, self._whole = Label("", "body", "text2", wraps=True), QWidget()
        words.put(self.nothing, "setText", NOTHING)
        self._whole.setLayout(
            column(
                row((self.heading, 1), self.state), self.customer, rule(), self.entry, rule(),
                head, self.steps, gap=8,
            )
        )  # fmt: skip
        self._whole.hide()
        super().__init__(self.nothing, self._whole, STRETCH, gap=8)

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.nothing.show()
        self._whole.hide()

    def show_document(self, shown: Shown, *, name: str, customer: str, chip: Chip) -> None:
        """Show a document as it stands."""
        self.nothing.hide()
        self._whole.show()
        self.heading.setText(name)
        self.customer.setText(customer)
        self.state.show_chip(chip)
        self.entry.show_lines(lines_of(shown))
        self.steps.show_facts(step_facts(shown, self._words, self._names))
