"""The review of differences: every line that differs gets its reason, then all go for approval."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.ids import PersonName
from erpdesk.errors import UserError
from erpdesk.services.looking import Text
from erpdesk.services.stocktake.reviewing import Grounds, Review, Row, Said
from erpdesk.services.vouchers import Draft
from erpdesk.words import Sentence
from ui.look import scaled
from ui.pages import Page
from ui.pages.differences import words as w
from ui.pages.differences.facts import DifferencesParts, Found, Reviews
from ui.pages.differences.head import DifferencesHead
from ui.pages.differences.judging import Judging
from ui.pages.differences.list import DifferencesList
from ui.pages.differences.side import DifferenceSide
from ui.pages.evidence_files import serve_files
from ui.widgets.announcing import announce
from ui.widgets.arranged_table import COPY_ALL
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import sentence_for
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import STRETCH, Label, column, row
from ui.widgets.work_strip import WorkStrip
from ui.work.asking_files import files_to_read, place_to_write
from ui.work.one_look import OneLook
from ui.work.runner import Report, Runner
from ui.work.wording import Wording

SIDE_PX: Final = 288
SIDE_MOST_PX: Final = 372
PAGE_GAPS_PX: Final = 44
SAID_ALOUD: Final = (w.RECOUNT_DONE, w.WAIVED)
"""What the list does not show by itself."""
VOUCHERS, CAMPAIGNS, RECOUNT = "vouchers", "campaigns", "recount"


class DifferencesPage(Page):
    """A table with the line beside it; what is said is stored at once, line by line."""

    def __init__(self, parts: DifferencesParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self._looking, self._reviews = OneLook(runner, self), Reviews(parts)
        self._review: Review | None = None
        self._campaign = self._wanted = ""
        self._is_busy = self._is_first = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._speak()

    @override
    def entered(self) -> None:
        self.look()
        self.table.table.setFocus()

    @override
    def look_again(self, changes: Changes) -> None:
        if not self.isVisible():
            return  # looked at anew when it is shown
        if changes.campaigns or (self._campaign and changes.documents):
            self.look()

    @override
    def step_out(self) -> bool:
        return self.side.close_evidence()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.table.table, self.side, self.head.submit)

    @override
    def open_object(self, number: str) -> None:
        """Show a campaign by its number."""
        self._wanted = number
        self.look()

    @override
    def customer_here(self) -> str | None:
        line = self.list.current
        return line.key[0] or None if line else None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.side.setFixedWidth(min(scaled(SIDE_PX), SIDE_MOST_PX))
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = 0 if self._body.is_below else self.side.minimumWidth()
        room = self.width() - beside - PAGE_GAPS_PX
        self.list.fit(room * 100 // scaled(100))

    def look(self) -> None:
        """Look which campaigns there are, and how the chosen one stands."""
        look = partial(self._reviews.look, self._wanted, self._campaign)
        shown = partial(self._show, self._wanted)
        self._looking.ask_long(look, done=shown, refused=self._not_looked, progress=self.strip.tell)

    def _not_looked(self, error: UserError) -> None:
        self.strip.setVisible(self.strip.is_working)
        self._runner.refused.emit(error)

    def _make_parts(self) -> None:
        words = self.wording
        self.head = DifferencesHead(words)
        self.list = DifferencesList(self._parts, self._runner, words, self)
        self.strip = WorkStrip(self._runner, words, self._refused)
        self.table, self.model = self.list.table, self.list.model
        self.side = DifferenceSide(self._parts, words)
        self.side.setFixedWidth(min(scaled(SIDE_PX), SIDE_MOST_PX))
        self.judging = Judging(self._parts, words)
        self.report = Button("", icon="printer", key="Ctrl+P")
        self.nothing, self.go = Label("", "body", "text2"), Button("")
        for part, sentence in (
            (self.report, w.REPORT), (self.nothing, w.NO_CAMPAIGN), (self.go, w.GO_CAMPAIGNS),
        ):  # fmt: skip
            words.put(part, "setText", sentence)

    def _lay_out(self) -> None:
        empty, shown = QWidget(), QWidget()
        empty.setLayout(column(STRETCH, row(STRETCH, self.nothing, self.go, STRETCH), STRETCH))
        self._body = body = Columns((self.table, 1), (self.side, 0))
        head = self.head
        shown.setLayout(column(head.steps, head.strip, self.table.chips, (body, 1), gap=10))
        self.pages = PageStack()
        for page in (empty, shown):
            self.pages.addWidget(page)
        self.build(
            (self.pages, 1),
            self.strip,
            facts=(self.head.choice, self.head.cut_off, self.head.locked),
            buttons=(self.report,),
        )

    def _connect(self) -> None:
        table, side = self.table, self.side
        self.list.shown.connect(self._listed)
        self._body.turned.connect(self._fit)
        self.list.chosen.connect(self._chosen)
        self.list.selected.connect(self._judge)
        self.list.copied.connect(lambda said: self.notify("ok", said))
        self.action(COPY_ALL, "Ctrl+E", table.copy_all)
        table.table.opened.connect(lambda _: self._focus_reason())
        self.head.choice.activated.connect(lambda _: self._choose(self.head.choice.currentData()))
        self.go.clicked.connect(lambda: self.wants.emit(CAMPAIGNS))
        side.changed.connect(self._judge)
        side.owner_chosen.connect(self._assign)
        self.notices.acted.connect(self._act)
        for button, what, key, act in (
            (self.report, w.REPORT, "Ctrl+P", self._ask_where),
            (self.head.submit, w.SUBMIT, "", self._submit),
            (side.settle, w.SETTLE, "Ctrl+Return", self._settle),
            (side.recount, w.ASK_RECOUNT, "Ctrl+R", self._recount),
            (side.voucher, w.VOUCHER, "", self._voucher),
            (side.waive, w.WAIVE, "", self._waive),
            (side.add_evidence, w.ADD_EVIDENCE, "Ctrl+U", self._ask_files),
        ):
            button.clicked.connect(act)
            self.action(what, key, partial(self.press, button))
        self.action(w.SPLIT, "F2", side.editor.split.click)
        self.action(w.REFRESH, "F5", self.look)
        serve_files(side.viewer, self._runner, self._parts.looking, self.wording)
        self.wording.when_switched(self._speak)

    def _show(self, wanted: str, found: Found) -> None:
        review = found.review
        self.strip.setVisible(self.strip.is_working)
        self._wanted = "" if wanted == self._wanted else self._wanted
        is_other = review is not None and review.document.id != self._campaign
        self._campaign = review.document.id if review else ""
        self._review = review
        self._is_first = review is not None and self.pages.currentIndex() == 0
        self.pages.setCurrentIndex(1 if review else 0)
        for part in (self.head.choice, self.head.cut_off, self.head.locked, self.report):
            part.setVisible(review is not None)
        if review is None:
            return
        self.head.show_choices(found.heads, found.names, self._campaign)
        self.head.show_review(review)
        self.side.show_owners(found.owners)
        if is_other and self.isVisible():
            announce(self, self.head.spoken)
        self.list.show_review(review, is_other=is_other)

    def _listed(self, is_moved: bool) -> None:  # noqa: FBT001 - a signal's
        is_first, self._is_first = self._is_first, False
        if self.isVisible() and (is_moved or is_first):
            self.table.table.setFocus()  # done on another page it keeps its focus and its quiet
        self._chosen()

    def _choose(self, campaign: str) -> None:
        self._wanted = campaign
        self.look()

    def _chosen(self) -> None:
        """Show the current line beside, and ask for what may explain it."""
        review, line = self._review, self.list.current
        if review is None:
            return
        self.side.close_evidence()
        self.side.show_line(line, self.list.currency, is_locked=self.judging.is_locked(review))
        if line is not None and line.differs and line.key[0]:
            work = partial(self._parts.reviewing.grounds, review, line.key)
            self._runner.query(self, work, done=self._show_grounds)
        self._judge()

    def _show_grounds(self, found: Grounds) -> None:
        if found.key == self.list.key:
            self.side.show_grounds(found)

    def _focus_reason(self) -> None:
        if self.side.editor.editors:
            self.side.editor.editors[0].cause.setFocus()

    def _judge(self) -> None:
        if self._review is not None:
            self.judging.judge(
                self._review, self.list.rows, self.side, self.head, is_busy=self._is_busy
            )

    def _settle(self) -> None:
        review, rows = self._review, self.list.rows
        if review is None or not rows:
            return
        editor, note = self.side.editor, self.side.note.text().strip() or None
        parts = editor.parts if len(rows) == 1 else ()
        said = tuple(Said(one, parts or editor.single(one), note, self.side.added) for one in rows)
        self._change(
            partial(self._parts.reviewing.say, review.document, said),
            rows[-1],
            w.SETTLED,
            count=len(rows),
        )

    def _recount(self) -> None:
        """Ask for a recount; a supervisor is told first what sending back means."""
        review, rows = self._review, self.list.rows
        if review is None or not rows:
            return
        if not self.judging.is_supervisor:
            why = self.side.note.text().strip()
            work = partial(self._parts.reviewing.ask_recount, review.document, rows, why)
            self._change(work, rows[-1], w.RECOUNT_ASKED)
            return
        count = len({one.customer for one in rows})
        title, verb = (self._with(one, count=count) for one in (w.RECOUNT_TITLE, w.RECOUNT_VERB))
        self.notify("attention", title, w.RECOUNT_TEXT, ((RECOUNT, verb),))

    def _act(self, name: str) -> None:
        review, rows = self._review, self.list.rows
        if name == RECOUNT and review is not None and rows:
            self.solved()
            again = tuple(dict.fromkeys(one.customer for one in rows))
            why = self.side.note.text().strip()
            work = partial(self._parts.reviewing.recount, review.document, again, why)
            self._change(work, None, w.RECOUNT_DONE)

    def _voucher(self) -> None:
        """Begin the voucher that the line lacks; the window carries it to its form."""
        review, line = self._review, self.list.current
        if review is not None and line is not None:
            work = partial(self._parts.children.voucher_for, review.document, line)
            self._runner.query(self, work, done=self._hand_over, refused=self._refused)

    def _hand_over(self, draft: Draft) -> None:
        self.hands.emit(VOUCHERS, draft)

    def _waive(self) -> None:
        review, line = self._review, self.list.current
        if review is not None and line is not None:
            why = self.side.note.text().strip()
            work = partial(self._parts.children.waive, review.document, line.customer, why)
            self._change(work, None, w.WAIVED)

    def _assign(self, owner: str) -> None:
        review, rows = self._review, self.list.rows
        if review is not None and rows:
            person = PersonName(owner) if owner else None
            work = partial(self._parts.reviewing.assign, review.document, rows, person)
            self._change(work, None)

    def _submit(self) -> None:
        review = self._review
        if review is not None:
            self._is_busy = True
            self._judge()
            work = partial(self._reviews.hand_in, review.document)
            self.strip.step(work, partial(self._changed, None, w.SUBMITTED, {}))

    def _change(
        self,
        work: Callable[[], Outcome[Text]],
        then: Row | None,
        sentence: Sentence | None = None,
        **facts: object,
    ) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._judge()

        done = partial(self._changed, then, sentence, facts)
        self._runner.change(self, work, done=done, refused=self._refused)

    def _changed(
        self, then: Row | None, sentence: Sentence | None, facts: dict[str, object], _: Text
    ) -> None:
        self._is_busy = False
        self.solved()
        if then is not None:
            self.list.go_on_after(then)
        if sentence is not None:
            announce(self, self.wording.say(sentence, **facts))
        if sentence in SAID_ALOUD:
            self._tell(sentence, **facts)
        self._judge()

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        self.notify("attention", sentence_for(error))
        self._judge()

    def _ask_files(self) -> None:
        for path in files_to_read(self, self.wording.say(w.ADD_EVIDENCE), "evidence"):
            self.attach(Path(path))

    def attach(self, path: Path) -> None:
        """Keep a file as evidence of what is said next."""
        keep = self._parts.evidence.keep_file
        self._runner.change(
            self, lambda: Outcome(keep(path).hex(), Changes()),
            done=self.side.take_evidence, refused=self._refused,
        )  # fmt: skip

    def _ask_where(self) -> None:
        review = self._review
        if review is None:
            return
        name, kinds = f"{review.document.number}.pdf", "PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv)"
        path = place_to_write(self, self.wording.say(w.REPORT), "paper", name, kinds)
        if path:
            self.write_report(Path(path))

    def write_report(self, path: Path) -> None:
        """Write the report of the campaign as a PDF, or its lines to a spreadsheet."""
        review, language = self._review, self.wording.language
        if review is None:
            return

        def work(report: Report) -> int:
            if path.suffix.lower() == ".pdf":
                self._reviews.write_report(review.document, path, report, language)
            else:
                export = self._parts.exporting.campaign
                export(review.status, path, language=language, tell=report)
            return len(review.rows)

        self.strip.do(work, lambda rows: self._tell(w.REPORT_DONE, path=path, rows=rows))

    def _tell(self, sentence: Sentence, **facts: object) -> None:
        self.notify("ok", self._with(sentence, **facts))

    @staticmethod
    def _with(sentence: Sentence, **facts: object) -> Sentence:
        """Return a sentence with its facts, to be said in either language."""
        zh, en = (sentence.said(language, facts) for language in ("zh", "en"))
        return Sentence(*(text.replace("{", "{{").replace("}", "}}") for text in (zh, en)))

    def _speak(self) -> None:
        self.list.speak()
        if self._review is not None:
            self.head.show_review(self._review)
        self._judge()
