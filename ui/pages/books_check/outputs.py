"""What leaves the books: the vouchers of a month to be bound, the journal for another program."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.services.handing_out import hand_out
from erpdesk.services.journal_vouchers import Period
from erpdesk.words import Sentence
from ui.models.row_model import Column, RowModel
from ui.pages.books_check import words as w
from ui.pages.books_check.facts import BooksCheckParts
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.work_strip import WorkStrip
from ui.work.asking_files import place_to_write
from ui.work.runner import Report, Runner
from ui.work.wording import Wording, literal, refusal


class OutputsPane(QWidget):
    """Lists the months; ``said`` carries a tone, a title and a text for the bar of the page."""

    said = Signal(str, object, object)

    def __init__(self, parts: BooksCheckParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self.model = RowModel[Period](
            _columns(), key=lambda one: one.period, language=wording.language
        )
        self.months = RowTable(self.model, name="")
        self.print = Button("", "primary", icon="printer", height_px=32)
        self.export = Button("", icon="download", height_px=32)
        self.working = WorkStrip(runner, wording, self._refused)
        for part, name, said in (
            (self.months, "setAccessibleName", w.MONTHS), (self.print, "setText", w.VOUCHERS),
            (self.export, "setText", w.JOURNAL),
        ):  # fmt: skip
            wording.put(part, name, said)
        listed = Panel(
            row(STRETCH, self.export, self.print, margins=(14, 8, 14, 8)), rule(),
            (self.months, 1), self.working, gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.setLayout(column((listed, 1), gap=0))
        self.print.clicked.connect(self._ask_for_vouchers)
        self.export.clicked.connect(self._ask_for_journal)
        self.months.current_row_changed.connect(lambda _: self._judge())
        wording.when_switched(self._say_again)
        self._judge()

    def look(self) -> None:
        """Look in which months something was posted."""
        self._runner.query(self, self._parts.journal_vouchers().periods, done=self._show)

    def _show(self, found: tuple[Period, ...]) -> None:
        self.model.show(found)
        if found and self.months.current_row() is None:
            self.months.go_to(0)
        self._judge()

    def _judge(self) -> None:
        none = "" if self.months.current_row() else self._wording.say(w.NO_MONTH)
        for button in (self.print, self.export):
            button.forbid(none)

    def _ask_for_vouchers(self) -> None:
        one = self.months.current_row()
        if one is None:
            return
        say = self._wording.say
        name = say(w.VOUCHERS_NAME, period=one.period)
        path = place_to_write(self, say(w.VOUCHERS), "paper", f"{name}.pdf", "PDF (*.pdf)")
        if path:
            self.vouchers_to(Path(path), one.period)

    def vouchers_to(self, path: Path, period: str) -> None:
        """Write the journal vouchers of a month."""
        service, language = self._parts.journal_vouchers(), self._wording.language

        def write(report: Report) -> int:
            pdf, count = service.printed(period, language=language, tell=report)
            hand_out(path, pdf)
            return count

        self.working.do(write, done=partial(self._written, w.VOUCHERS_WRITTEN, path))

    def _ask_for_journal(self) -> None:
        say, kinds = self._wording.say, "Excel (*.xlsx);;CSV (*.csv);;Beancount (*.beancount)"
        path = place_to_write(self, say(w.JOURNAL), "export", f"{say(w.JOURNAL_NAME)}.xlsx", kinds)
        if path:
            self.journal_to(Path(path))

    def journal_to(self, path: Path) -> None:
        """Write every posted line."""
        service = self._parts.exporting()
        self.working.do(
            lambda _: service.journal(path), done=partial(self._written, w.JOURNAL_WRITTEN, path)
        )

    def _written(self, said: Sentence, path: Path, count: int) -> None:
        facts = {"count": f"{count:,}", "path": literal(str(path)).zh}
        title = Sentence(said.zh.format(**facts), said.en.format(**facts))
        self.said.emit("ok", title, Sentence("", ""))

    def _refused(self, error: UserError) -> None:
        self.said.emit("attention", w.OUTPUTS, refusal(error))

    def _say_again(self) -> None:
        self.model.use_language(self._wording.language)
        self._judge()


def _columns() -> tuple[Column[Period], ...]:
    def debit(one: Period) -> Money:
        return Money(one.debit_minor, BASE_CURRENCY)

    return (
        Column("period", w.MONTH, lambda one: one.period, is_sortable=False),
        Column(
            "entries", w.ENTRIES, lambda one: f"{one.entries:,}", width=120, align="right",
            is_sortable=False,
        ),
        Column("debit", w.DEBITS, debit, "amount", 170, is_sortable=False),
    )  # fmt: skip
