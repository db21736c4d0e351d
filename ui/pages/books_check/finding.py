"""What a check found: which documents, by how much, who sees to it how; and the last runs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erpdesk.services.keeping.watching import Run, Watched
from erpdesk.services.ports import Clock
from erpdesk.words import Sentence
from erpdesk.words.findings import CHECKS
from erpdesk.words.proofs import PROOFS
from ui.models.cells import Chip, Value
from ui.models.row_model import Column, RowModel
from ui.pages.books_check import words as w
from ui.pages.books_check.facts import ProofRow
from ui.pages.books_check.report import more_said, run_said
from ui.widgets.document_facts import moment_said
from ui.widgets.entry_view import scrolling
from ui.widgets.finding_words import finding_said
from ui.widgets.parts import STRETCH, ChipLabel, Label, Panel, column, emptied, row, rule
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

WIDTH_PX = 404
RUNS_PX = 196
INSIDE = (14, 10, 14, 10)


class FindingPanel(QWidget):
    """Right of the checks: the chosen one in full; under it the last runs."""

    def __init__(self, wording: Wording, clock: Clock) -> None:
        super().__init__()
        self._wording, self._clock = wording, clock
        self._title, self._chip = Label("", "section", wraps=True), ChipLabel(Chip(""))
        self._compared, self._since = (Label("", "small", "text2", wraps=True) for _ in range(2))
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        self._mend_head, self._mend = Label("", "label", "text2"), Label("", wraps=True)
        wording.put(self._mend_head, "setText", w.MEND_HEAD)
        self._runs_head = Label("", "section")
        self.runs_model = RowModel[Run](self._columns(), language=wording.language)
        self.runs = RowTable(self.runs_model, name="", density="compact", has_head=False)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(
            column(
                row((self._title, 1), self._chip, gap=10), self._compared, self._since, rule(),
                self._found, self._mend_head, self._mend, STRETCH, margins=INSIDE,
            )
        )  # fmt: skip
        top = Panel((scrolling(inside), 1), gap=0, margins=(1, 1, 1, 1))
        below = Panel(
            row(self._runs_head, STRETCH, margins=(14, 8, 14, 8)), rule(), (self.runs, 1),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        below.setFixedHeight(RUNS_PX)
        self.setFixedWidth(WIDTH_PX)
        self.setLayout(column((top, 1), below, gap=10))

    def show_runs(self, stands: Watched) -> None:
        """Show the last runs, the newest first."""
        self._wording.put(self._runs_head, "setText", w.RUNS_HEAD, n=len(stands.runs))
        self._wording.put(self.runs, "setAccessibleName", w.RUNS_HEAD, n=len(stands.runs))
        self.runs_model.use_language(self._wording.language)
        self.runs_model.show(stands.runs)

    def show_proof(self, one: ProofRow) -> None:
        """Show one check."""
        say, failing = self._wording.say, one.failing
        self._title.setText(say(CHECKS[one.code]))
        self._chip.show_chip(self.chip(one))
        self._compared.setText(say(w.COMPARED, what=PROOFS[one.code].compared))
        emptied(self._found)
        if failing is None:
            self._say_since(w.NEVER if one.at is None else w.HELD, one.at)
            self._add("" if one.at is None else say(w.NOTHING))
        else:
            self._say_since(w.SINCE, failing.since_at)
            self._found.addWidget(Label(say(w.FINDINGS_HEAD), "label", "text2"))
            for found in failing.findings:
                self._add(finding_said(found, self._wording))
            self._add(more_said(failing, self._wording))
        self._mend.setText(say(PROOFS[one.code].mend))
        for part in (self._mend_head, self._mend):
            part.setVisible(failing is not None)

    def chip(self, one: ProofRow) -> Chip:
        """Return the state of a check as a chip."""
        say = self._wording.say
        if one.failing is not None:
            return Chip(say(w.FAILS), "error")
        return Chip(say(w.UNASKED), "neutral") if one.at is None else Chip(say(w.HOLDS), "ok")

    def _say_since(self, said: Sentence, at: int | None) -> None:
        moment = moment_said(at, self._clock.today()) if at is not None else ""
        self._since.setText(self._wording.say(said, at=moment))

    def _add(self, said: str) -> None:
        if said:
            label = Label(said, wraps=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._found.addWidget(label)

    def _columns(self) -> tuple[Column[Run], ...]:
        def result(run: Run) -> Value:
            if run.count:
                return Chip(self._wording.say(w.FAILED, n=_ill(run)), "error")
            return Chip(self._wording.say(w.ALL_PASS), "ok")

        return (
            Column("at", w.AT_HEAD, lambda x: moment_said(x.at, self._clock.today()), width=92),
            Column("run", w.CHECK_HEAD, lambda x: run_said(x, self._wording)),
            Column("result", w.COUNT_HEAD, result, "chip", 122),
        )


def _ill(run: Run) -> int:
    return sum(1 for check in run.checks if check.count)
