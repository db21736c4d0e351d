"""An issued paper goes out, to a printer or into a file: the bytes that were kept, no others."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.errors import UserError
from erpdesk.services.looking import NoticeLine
from erpdesk.words import Sentence
from ui.pages import Page
from ui.pages.notices.facts import NoticesParts, paper_of
from ui.pages.notices.lists import NoticesLists
from ui.widgets.document_facts import sentence_for
from ui.widgets.paper_view import PaperView
from ui.widgets.printing import asked_printer, print_pages
from ui.work.asking_files import place_to_write
from ui.work.runner import Runner
from ui.work.wording import literal

S = Sentence
SAVE, PRINT = S("另存…", "Save…"), S("打印…", "Print…")
SAVED = S("已存到 {path}", "Saved to {path}")
SENT = S("已送到打印机，共 {count} 页", "Sent to the printer, pages: {count}")
SHEETS: Final = ";;Excel (*.xlsx);;CSV (*.csv)"
TABLES: Final = frozenset({".xlsx", ".csv"})
PRINTING = S("正在打印", "It is being printed")


class PaperOut(QObject):
    """Prints and saves the last print of the paper that is chosen on a page.

    ``began`` says what takes a while, ``ended`` how it ended: a tone and a sentence.
    """

    began = Signal(object)
    ended = Signal(str, object)

    def __init__(
        self, page: Page, lists: NoticesLists, paper: PaperView, parts: NoticesParts, runner: Runner
    ) -> None:
        super().__init__(page)
        self._page, self._lists, self._paper = page, lists, paper
        self._parts, self._runner = parts, runner

    def ask_printer(self) -> None:
        """Ask for a printer, and print on it."""
        page = self._page
        if (line := self._lists.issued_row) is None:
            return
        name = line.head.number or ""
        printer = asked_printer(page, name=name, pages=self._paper.view.count)
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print as it was kept, and record that."""
        line = self._lists.issued_row
        if line is None or not line.papers:
            return
        self.began.emit(PRINTING)
        page_of = partial(self._parts.looking.page, line.papers[-1].hash.hex(), for_print=True)
        self._runner.produce(
            self._page, lambda report: print_pages(printer, page_of, report),
            done=partial(self._sent, line), refused=self._refused,
        )  # fmt: skip

    def _sent(self, line: NoticeLine, count: int) -> None:
        self.ended.emit("ok", S(SENT.zh.format(count=count), SENT.en.format(count=count)))
        issuing, looking = self._parts.issuing(paper_of(line)), self._parts.looking

        def note() -> Outcome[None]:
            issuing.note_print(looking.document(line.head.id), copy=line.papers[-1].copy)
            return Outcome(None, Changes())

        self._runner.change(self._page, note)

    def ask_where(self) -> None:
        """Ask for a file, and write there."""
        page = self._page
        if (line := self._lists.issued_row) is None:
            return
        name = f"{line.head.number}.pdf"
        kinds = f"PDF (*.pdf){SHEETS if paper_of(line) == 'statement' else ''}"
        path = place_to_write(page, page.wording.say(SAVE), "paper", name, kinds)
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write to a file: the print byte for byte, or the lines of a statement as a table."""
        line = self._lists.issued_row
        if line is None or not line.papers:
            return
        work = partial(self._table_to if path.suffix in TABLES else self._print_to, line, path)
        self._runner.produce(self._page, lambda _: work(), done=self._saved, refused=self._refused)

    def _print_to(self, line: NoticeLine, path: Path) -> Path:
        return self._parts.looking.hand_out(line.papers[-1].hash.hex(), path)

    def _table_to(self, line: NoticeLine, path: Path) -> Path:
        self._parts.stating.sheet(self._parts.looking.document(line.head.id), path)
        return path

    def _saved(self, path: Path) -> None:
        name = literal(str(path)).zh
        self.ended.emit("ok", S(SAVED.zh.format(path=name), SAVED.en.format(path=name)))

    def _refused(self, error: UserError) -> None:
        self.ended.emit("attention", sentence_for(error))
