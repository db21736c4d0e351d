"""Temporary vouchers: how far each has come, and every effect of a reversal before the act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.stocktake.counting import Source
from erpdesk.domain.voucher_list import EDITABLE, SENT, VoucherFilter
from erpdesk.errors import UserError
from erpdesk.services.approving import Approving, Shown
from erpdesk.services.looking import Looking, Text
from erpdesk.services.ports import Clock
from erpdesk.services.reversing import Reversing
from erpdesk.services.voucher_list import VoucherLine, Vouchers, VouchersAsked
from erpdesk.services.vouchers import Draft
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.row_model import RowModel
from ui.pages import NewWanted, Page
from ui.pages.submitted import say_submitted
from ui.pages.vouchers import words as w
from ui.pages.vouchers.billing import BILL, BILLED, Billing
from ui.pages.vouchers.draft import VoucherDraft
from ui.pages.vouchers.look import VouchersLook
from ui.pages.vouchers.undoing import Undoing
from ui.widgets.arranged_table import COPY_ALL, FIRST, ArrangedTable
from ui.widgets.button import Button
from ui.widgets.chip_row import Filter
from ui.widgets.columns import Columns
from ui.widgets.document_facts import sentence_for
from ui.widgets.document_sheet import DocumentSheet
from ui.widgets.filter_table import TableWords
from ui.widgets.invoice_sheet import InvoiceSheet
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import ElidedLabel, column
from ui.widgets.reversal_sheet import ReversalSheet
from ui.widgets.voucher_rows import (
    COUNT,
    FILTERS,
    TOTAL,
    WORDS,
    asked_for,
    chip_of,
    columns,
    name_of,
    totals,
)
from ui.widgets.work_strip import WorkStrip
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = w.TITLE
SHEET_PX: Final = 376
SHEET_MOST_PX: Final = 380


@dataclass(frozen=True, slots=True)
class VouchersParts:
    """What the list uses; ``begin`` opens the form on a new voucher, a kept or a begun one."""

    approving: Approving
    reversing: Reversing
    looking: Looking
    clock: Clock
    names: Mapping[str, str]
    may_write: bool
    begin: Callable[[Text | Draft | None], None]
    left: VoucherDraft | None = None
    billing: Billing | None = None


class VouchersPage(Page):
    """A list with life-lines; beside it the voucher, or the sheet of what is about to be done."""

    def __init__(self, parts: VouchersParts, form: Page, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner, self.form = parts, runner, form
        self._shown: Shown | None = None
        self._wanted, self._goes_first, self._is_new = "", False, False
        self._looks = VouchersLook(self, parts.looking, runner, self._asked)
        self.listed = Page(wording, TITLE)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self._look()
        if self.pages.currentWidget() is self.listed:
            self.table.table.setFocus()
        if self._parts.may_write and self._parts.left is not None:
            self._parts.left.offer(self.listed, lambda: self.pages.setCurrentWidget(self.form))

    @override
    def look_again(self, changes: Changes) -> None:
        if not self.isVisible():
            return  # looked at anew when it is shown
        if changes.documents or changes.open_items:
            self._look()

    @override
    def step_out(self) -> bool:
        if self.pages.currentWidget() is self.form:
            self.close_form()
            return True
        if self._sheet_is_open:
            self._close_sheet()
            return True
        return False

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.table.table, self.beside)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        if self.pages.currentWidget() is self.form:
            return self.form.scan(raw, source, cut=cut)
        code = raw.decode("utf-8", "replace").strip()
        self._runner.query(
            self, lambda: self._parts.looking.whose(code),
            done=lambda found: self.table.search.setText(found.name if found else code),
        )  # fmt: skip
        return True

    @override
    def open_object(self, number: str) -> None:
        self.close_form()
        self._goes_first = True
        self.table.look_for(number)

    @override
    def take(self, begun: object) -> None:
        if isinstance(begun, Draft):
            self.open_form(begun)
        elif isinstance(begun, NewWanted):
            self.new.click()
        else:
            super().take(begun)

    def open_form(self, document: Text | Draft | None) -> None:
        """Write a new voucher, or go on with a kept one or with one begun elsewhere."""
        self._parts.begin(document)
        self.pages.setCurrentWidget(self.form)

    def close_form(self) -> None:
        """Go back to the list."""
        self.pages.setCurrentIndex(0)
        self._look()

    def _submitted(self, document: Text) -> None:
        """Say what the form has handed in, and choose it in the list."""
        self._wanted = document.id
        self.close_form()
        say_submitted(self.listed, document)

    def _make_parts(self) -> None:
        words = self.wording
        self.model = RowModel(
            columns(words), key=lambda one: one.id, language=words.language, parent=self
        )
        self.table = ArrangedTable(self.model, density="two_lines")
        services = (self._parts.approving, self._parts.reversing, self._parts.looking)
        self._undoing = Undoing(services, self._parts.clock, self._runner, words)
        self.sheet = self._undoing.sheet
        self.shown = DocumentSheet(words, self._parts.names)
        made = []
        for verb, look, key in (
            (w.EDIT, "normal", "F2"), (w.SUBMIT, "normal", ""), (w.WITHDRAW, "normal", ""),
            (w.VOID, "normal", ""), (BILL, "normal", ""), (w.REVERSE, "danger", ""),
        ):  # fmt: skip
            button = Button("", look, key=key, height_px=32)  # type: ignore[arg-type]
            words.put(button, "setText", verb)
            made.append(button)
        self.edit, self.submit, self.withdraw, self.void, self.bill, self.reverse = made
        self.new = Button("", "primary", icon="plus", key="Ctrl+N", height_px=30)
        words.put(self.new, "setText", w.NEW)

    def _lay_out(self) -> None:
        self.beside = QStackedWidget()
        self.beside.addWidget(self.shown)
        self.beside.addWidget(self.sheet)
        if self._parts.billing is not None:
            self.beside.addWidget(self._parts.billing.sheet)
        else:
            self.bill.hide()
        self.beside.setFixedWidth(min(scaled(SHEET_PX), SHEET_MOST_PX))
        self.why = ElidedLabel("", "small", "text2")
        self.working = WorkStrip(self._runner, self.wording, self._refused)
        lists = column((self.table, 1), self.working)
        self.listed.build((Columns((lists, 1), (self.beside, 0)), 1), buttons=(self.new,),
            foot=(
                (self.why, 1), self.edit, self.submit, self.withdraw, self.void, self.bill,
                self.reverse,
            ),
        )  # fmt: skip
        self.pages = PageStack()
        for page in (self.listed, self.form):
            self.pages.addWidget(page)
        self.setLayout(column((self.pages, 1), gap=0))

    def _connect(self) -> None:
        table = self.table
        table.arrange_asked.connect(self._looks.ask)
        self._looks.first.connect(self._show_first)
        self._looks.whole.connect(self._show_rows)
        table.every_wanted.connect(self._copy_every)
        table.copied.connect(lambda said: self.listed.notify("ok", said))
        self.action(COPY_ALL, "Ctrl+E", table.copy_all, on=self.listed)
        table.table.current_row_changed.connect(self._chosen)
        table.table.opened.connect(lambda _: self.edit.click())
        for button, what, key, act in (
            (self.new, w.NEW, "Ctrl+N", lambda: self.open_form(None)),
            (self.edit, w.EDIT, "F2", self._edit),
            (self.submit, w.SUBMIT, "", lambda: self._step(self._parts.approving.submit)),
            (self.withdraw, w.WITHDRAW, "", lambda: self._step(self._parts.approving.withdraw)),
            (self.void, w.VOID, "", self._ask_void),
            (self.bill, BILL, "Ctrl+Shift+I", self._ask_invoice),
            (self.reverse, w.REVERSE, "", self._ask_reversal),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click, on=self.listed)
        self.action(w.COMMIT, "Ctrl+Return", self._commit, on=self.listed)
        self.form.wants.connect(lambda _: self.close_form())
        self.form.hands.connect(lambda _, document: self._submitted(document))
        self.form.card_wanted.connect(self.card_wanted)
        self.form.unknown_code.connect(self.unknown_code)
        self._undoing.closed.connect(self._close_sheet)
        self._undoing.done.connect(partial(say_submitted, self.listed))
        if self._parts.billing is not None:
            self._parts.billing.closed.connect(self._close_sheet)
            self._parts.billing.done.connect(partial(say_submitted, self.listed))
        self.wording.when_switched(self._say_again)
        self._say_again()

    def _look(self) -> None:
        self._is_new = True
        self._looks.ask()

    def _choose(self) -> None:
        """Choose what was handed in, and show anew what is chosen."""
        wanted, self._wanted = self._wanted, ""
        place = next((n for n, one in enumerate(self.model.rows) if one.id == wanted), None)
        if place is not None:
            self.table.table.go_to(place)
        current = self.table.table.current_row()
        if current is not None:
            self._chosen(current)

    def _asked(self) -> VouchersAsked:
        table = self.table
        return asked_for(table.filter_on, table.searched, table.order, self.wording)

    def _show_first(self, rows: tuple[VoucherLine, ...]) -> None:
        self.table.show_beginning(rows)
        self._go_first()

    def _show_rows(self, found: Vouchers) -> None:
        say = self.wording.say
        self.table.show_filters(
            [
                Filter(name, say(word), found.counts[VoucherFilter(name)], icon)
                for name, (word, icon) in FILTERS.items()
            ]
        )
        self.table.show_first(found.rows, found.in_all)
        said = totals(found, self.wording)
        self.table.show_totals(say(TOTAL, count=found.in_all), said)
        self._go_first()
        if self._is_new:
            self._is_new = False
            self._choose()

    def _go_first(self) -> None:
        """Choose the first row where none is chosen: what is beside the list is one of it."""
        goes_first = self._goes_first or self.table.table.current_row() is None
        if goes_first and self.model.rows:
            self.table.table.go_to(0)
            self._goes_first = False

    def _copy_every(self) -> None:
        shown = self.table.table.shown_columns()
        self._looks.copy_every(shown, self.working, lambda found: self.table.copy_rows(*found))

    def _chosen(self, one: VoucherLine | None) -> None:
        if one is None:
            self._shown = None
            self._show()
            return
        self._runner.query(self, partial(self._parts.approving.show, one.id), done=self._opened)

    def _opened(self, shown: Shown) -> None:
        current = self.table.table.current_row()
        if current is not None and current.id == shown.document.id:
            is_other = self._shown is None or self._shown.document.id != shown.document.id
            self._shown = shown
            if is_other:
                self._close_sheet()
            self._show()

    def _show(self) -> None:
        line = self.table.table.current_row()
        if self._shown is not None and line is not None:
            self.shown.show_document(
                self._shown,
                name=name_of(line, self.wording),
                customer=line.customer or "—",
                chip=chip_of(line, self.wording),
            )
        if line is None:
            self.shown.show_nothing()
        self._judge()

    def _judge(self) -> None:
        say = self.wording.say
        line = self.table.table.current_row()
        general = "" if self._parts.may_write else say(w.NO_ROLE)
        self.new.forbid(general)
        if not general and (line is None or self._shown is None):
            general = say(w.CHOOSE)
        state = line.state if line else ""
        self.edit.forbid(general or ("" if state in EDITABLE else say(w.NOT_DRAFT)))
        self.submit.forbid(general or ("" if state in EDITABLE else say(w.NOT_DRAFT)))
        self.withdraw.forbid(general or ("" if state in SENT else say(w.NOT_SENT)))
        self.void.forbid(general or ("" if state in EDITABLE else say(w.NOT_DRAFT)))
        reversing = "" if state == "posted" else say(w.NOT_POSTED)
        if line is not None and line.reversed_by:
            reversing = say(w.REVERSED_BY, number=line.reversed_by)
        self.reverse.forbid(general or reversing)
        is_billed = line is not None and line.amount == line.billed
        self.bill.forbid(general or reversing or (say(BILLED) if is_billed else ""))
        self.why.setText(general)

    def _commit(self) -> None:
        """Do what the sheet asks; the form has the same key for itself."""
        sheet = self.beside.currentWidget()
        if isinstance(sheet, ReversalSheet | InvoiceSheet):
            sheet.submit.click()

    @property
    def _sheet_is_open(self) -> bool:
        return self.beside.currentWidget() is not self.shown

    def _edit(self) -> None:
        if self._shown is not None:
            self.open_form(self._shown.document)

    def _step(self, step: Callable[[Text], Outcome[Text]]) -> None:
        if self._shown is not None:
            self._change(partial(step, self._shown.document))

    def _change(self, work: Callable[[], Outcome[Text]]) -> None:
        self._runner.change(self, work, refused=self._refused)

    def _refused(self, error: UserError) -> None:
        self.listed.notify("attention", sentence_for(error))

    def _ask(self, sheet: QWidget, begin: Callable[[Text, VoucherLine], None]) -> None:
        line = self.table.table.current_row()
        if line is not None and self._shown is not None:
            self.beside.setCurrentWidget(sheet)
            begin(self._shown.document, line)

    def _ask_void(self) -> None:
        self._ask(self.sheet, self._undoing.begin_void)

    def _ask_reversal(self) -> None:
        self._ask(self.sheet, self._undoing.begin_reversal)

    def _ask_invoice(self) -> None:
        if (billing := self._parts.billing) is not None:
            self._ask(billing.sheet, billing.begin)

    def _close_sheet(self) -> None:
        self.beside.setCurrentWidget(self.shown)

    def _say_again(self) -> None:
        say = self.wording.say
        said = {name: say(sentence) for name, sentence in WORDS.items()}
        count = COUNT.zh if self.wording.language == "zh" else COUNT.en
        first = say(FIRST, rows="{rows}", listed="{listed}", selected="{selected}")
        self.table.use_words(TableWords(**said, count=count, first=first))
        self.model.use_language(self.wording.language)
        self._looks.ask()
        self._show()
