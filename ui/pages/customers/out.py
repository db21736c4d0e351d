"""The list of customers goes out: copied, into a table in a file, as labels to stick on."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from erpdesk.domain.labels import LabelsAsked
from erpdesk.errors import UserError
from erpdesk.services.customers import Asked, CustomerLine
from erpdesk.services.handing_out import hand_out
from erpdesk.words import Sentence
from ui.models.long_model import LongModel
from ui.pages import Page
from ui.pages.customers.facts import CustomersParts
from ui.pages.customers.labels import LabelsBand
from ui.pages.customers.words import EXPORT, FILE_NAME, LABELLED, LABELS, LABELS_NAME, WRITTEN
from ui.widgets.document_facts import sentence_for
from ui.widgets.row_table import RowTable, as_tsv
from ui.widgets.work_strip import WorkStrip
from ui.work.asking_files import place_to_write
from ui.work.runner import Report, Runner
from ui.work.wording import literal


class ListOut:
    """What is asked for goes out as the list stands; ``working`` tells how far it is."""

    def __init__(
        self, page: Page, table: RowTable[CustomerLine], model: LongModel[CustomerLine],
        parts: CustomersParts, runner: Runner, asked: Callable[[], Asked],
    ) -> None:  # fmt: skip
        self._page, self._table, self._model, self._parts = page, table, model, parts
        self._asked = asked
        self._wording = page.wording
        self.band = LabelsBand(self._wording)
        self.working = WorkStrip(runner, self._wording, self._not_written)
        self.band.asked.connect(self._ask_for_labels)

    def copy(self, places: list[int]) -> None:
        """Copy rows of which not all were read yet."""
        columns, customers = self._table.shown_columns(), self._parts.customers
        keys = self._model.keys_at(places)

        def text(report: Report) -> str:
            return as_tsv(columns, _told(customers.each(keys), report))

        self.working.do(text, done=QGuiApplication.clipboard().setText)

    def ask_where(self) -> None:
        """Ask for a file, and write the list there."""
        say, kinds = self._wording.say, "Excel (*.xlsx);;CSV (*.csv)"
        path = place_to_write(self._page, say(EXPORT), "export", f"{say(FILE_NAME)}.xlsx", kinds)
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the whole filter in its order, in the columns that are shown."""
        table, model = self._table, self._model
        shown = [
            (one.name, model.head(one))
            for n, one in enumerate(model.columns)
            if not table.isColumnHidden(n)
        ]
        asked, exporting = self._asked(), self._parts.exporting

        def write(report: Report) -> int:
            return exporting.write(path, asked, shown, progress=report)

        self.working.do(write, done=partial(self._written, WRITTEN, path))

    def _ask_for_labels(self, how: LabelsAsked) -> None:
        say = self._wording.say
        name = f"{say(LABELS_NAME)}.pdf"
        path = place_to_write(self._page, say(LABELS), "paper", name, "PDF (*.pdf)")
        if path:
            self.labels_to(Path(path), how)

    def labels_to(self, path: Path, how: LabelsAsked) -> None:
        """Write labels for the whole filter, in its order."""
        asked, labelling, language = self._asked(), self._parts.labelling, self._wording.language

        def write(report: Report) -> int:
            ids = labelling.chosen(asked)
            hand_out(path, labelling.labels(ids, how, language=language, tell=report))
            return len(ids)

        self.working.do(write, done=partial(self._written, LABELLED, path))

    def _written(self, said: Sentence, path: Path, count: int) -> None:
        self.band.hide()
        facts = {"count": f"{count:,}", "path": literal(str(path)).zh}
        self._page.notify("ok", Sentence(said.zh.format(**facts), said.en.format(**facts)))

    def _not_written(self, error: UserError) -> None:
        self._page.notify("attention", sentence_for(error))


def _told(rows: Iterable[CustomerLine], report: Report) -> Iterator[CustomerLine]:
    for count, one in enumerate(rows):
        report(count)
        yield one
