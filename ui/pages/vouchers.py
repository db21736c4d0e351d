"""Temporary vouchers: how far each has come, and every effect of a reversal before the act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.counting import Source
from erpdesk.domain.effects import Effects, What
from erpdesk.errors import UserError
from erpdesk.services.approving import Approving, Shown
from erpdesk.services.looking import Looking, Text, VoucherLine
from erpdesk.services.ports import Clock
from erpdesk.services.reversing import Reversing
from erpdesk.words import Sentence, explain
from ui.look import scaled
from ui.models.row_model import RowModel
from ui.pages import Page
from ui.pages.voucher_draft import VoucherDraft
from ui.widgets.button import Button
from ui.widgets.chip_row import Filter
from ui.widgets.document_facts import moment_said, sentence_for
from ui.widgets.document_sheet import DocumentSheet
from ui.widgets.filter_table import FilterTable, TableWords
from ui.widgets.parts import ElidedLabel, Panel, column, row
from ui.widgets.reversal_sheet import ReversalSheet, effect_groups
from ui.widgets.voucher_rows import (
    COUNT,
    EDITABLE,
    FILTERS,
    SENT,
    TOTAL,
    WORDS,
    chip_of,
    columns,
    fits,
    in_order,
    name_of,
    totals,
)
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("临时凭证", "Temporary vouchers")
NEW, EDIT = S("新建", "New"), S("修改", "Edit")
SUBMIT, WITHDRAW = S("提交审批", "Submit"), S("撤回", "Withdraw")
VOID, REVERSE = S("作废…", "Void…"), S("冲销…", "Reverse…")
VOID_TITLE, REVERSE_TITLE = (
    S("作废 {number}", "Void {number}"),
    S("冲销 {number}", "Reverse {number}"),
)
VOID_VERB, REVERSE_VERB = S("作废", "Void"), S("提交冲销，等人审批", "Submit the reversal")
COMMIT = S("提交冲销或作废", "Submit the reversal or the voiding")
CHOOSE = S("先选一张凭证", "Choose a voucher first")
NOT_DRAFT = S("不是草稿，也没有被驳回", "It is neither a draft nor rejected")
NOT_SENT = S("没有在审核，撤不回", "It is not under review")
NOT_POSTED = S("还没过账，用不着冲销", "It is not posted: there is nothing to reverse")
REVERSED_BY = S("已由 {number} 冲销", "{number} reversed it already")
NO_ROLE = S("会计才能做", "Only accountants may do this")
COPIED = S("已复制 {count} 行，可粘贴到表格", "{count} rows copied; paste them into a sheet")
SHEET_PX: Final = 376
SHEET_MOST_PX: Final = 380


@dataclass(frozen=True, slots=True)
class VouchersParts:
    """What the list uses; ``begin`` opens the form on a new voucher or on a kept one."""

    approving: Approving
    reversing: Reversing
    looking: Looking
    clock: Clock
    names: Mapping[str, str]
    may_write: bool
    begin: Callable[[Text | None], None]
    left: VoucherDraft | None = None


class VouchersPage(Page):
    """A list with life-lines; beside it the voucher, or the sheet of what is about to be done."""

    def __init__(self, parts: VouchersParts, form: Page, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner, self.form = parts, runner, form
        self._rows: tuple[VoucherLine, ...] = ()
        self._shown: Shown | None = None
        self._sort: tuple[str, bool] = ("", False)
        self.listed = Page(wording, TITLE)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self._look()
        if self._parts.may_write and self._parts.left is not None:
            self._parts.left.offer(self.listed, lambda: self.pages.setCurrentWidget(self.form))

    @override
    def look_again(self, changes: Changes) -> None:
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
            self, lambda: self._parts.looking.customers(code, most=1),
            done=lambda found: self.table.search.setText(found[0].name if found else code),
        )  # fmt: skip
        return True

    @override
    def open_object(self, number: str) -> None:
        self.close_form()
        self.table.look_for(number)
        if self.model.rows:
            self.table.table.go_to(0)

    @override
    def notify(self, *said: Any) -> None:
        (self.form if self.pages.currentWidget() is self.form else self.listed).notify(*said)

    def open_form(self, document: Text | None) -> None:
        """Write a new voucher, or go on with a kept one."""
        self._parts.begin(document)
        self.pages.setCurrentWidget(self.form)

    def close_form(self) -> None:
        """Go back to the list."""
        self.pages.setCurrentIndex(0)
        self._look()

    def _make_parts(self) -> None:
        words = self.wording
        self.model = RowModel(
            columns(words), key=lambda one: one.id, language=words.language, parent=self
        )
        self.table = FilterTable(self.model, density="two_lines")
        self.sheet = ReversalSheet(words)
        self.shown = DocumentSheet(words, self._parts.names)
        made = []
        for verb, look, key in (
            (NEW, "primary", "Ctrl+N"), (EDIT, "normal", "F2"), (SUBMIT, "normal", ""),
            (WITHDRAW, "normal", ""), (VOID, "normal", ""), (REVERSE, "danger", ""),
        ):  # fmt: skip
            button = Button("", look, key=key, height_px=32)  # type: ignore[arg-type]
            words.put(button, "setText", verb)
            made.append(button)
        self.new, self.edit, self.submit, self.withdraw, self.void, self.reverse = made

    def _lay_out(self) -> None:
        self.beside = QStackedWidget()
        self.beside.addWidget(self.shown)
        self.beside.addWidget(self.sheet)
        self.beside.setFixedWidth(min(scaled(SHEET_PX), SHEET_MOST_PX))
        self.why = ElidedLabel("", "small", "text2")
        foot = Panel(
            row((self.why, 1), self.edit, self.submit, self.withdraw, self.void, self.reverse),
            ground="surface", margins=(14, 8, 14, 8),
        )  # fmt: skip
        self.listed.build((row((self.table, 1), self.beside, gap=10), 1), foot, buttons=(self.new,))
        self.pages = QStackedWidget()
        for page in (self.listed, self.form):
            self.pages.addWidget(page)
        self.setLayout(column((self.pages, 1), gap=0))

    def _connect(self) -> None:
        table = self.table
        table.search_changed.connect(lambda _: self._arrange())
        table.filter_chosen.connect(lambda _: self._arrange())
        table.cleared.connect(self._arrange)
        table.export_asked.connect(self._copy_all)
        table.table.sort_asked.connect(self._sort_by)
        table.table.current_row_changed.connect(self._chosen)
        table.table.opened.connect(lambda _: self.edit.click())
        for button, what, key, act in (
            (self.new, NEW, "Ctrl+N", lambda: self.open_form(None)),
            (self.edit, EDIT, "F2", self._edit),
            (self.submit, SUBMIT, "", lambda: self._step(self._parts.approving.submit)),
            (self.withdraw, WITHDRAW, "", lambda: self._step(self._parts.approving.withdraw)),
            (self.void, VOID, "", self._ask_void),
            (self.reverse, REVERSE, "", self._ask_reversal),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click, on=self.listed)
        self.action(COMMIT, "Ctrl+Return", self._commit, on=self.listed)
        self.form.wants.connect(lambda _: self.close_form())
        self.sheet.asked.connect(self._asked)
        self.sheet.closed.connect(self._close_sheet)
        self.wording.switched.connect(self._say_again)
        self._say_again()

    def _look(self) -> None:
        self._runner.query(self, self._parts.looking.vouchers, done=self._show_rows)

    def _show_rows(self, rows: tuple[VoucherLine, ...]) -> None:
        self._rows = rows
        self._arrange()
        current = self.table.table.current_row()
        if current is not None:
            self._chosen(current)
        elif self.model.rows:
            self.table.table.go_to(0)

    def _arrange(self) -> None:
        """Show the rows of the filter and the search, in the order asked for."""
        say = self.wording.say
        self.table.show_filters(
            [
                Filter(name, say(word), sum(fits(one, name) for one in self._rows), icon)
                for name, (word, icon) in FILTERS.items()
            ]
        )
        chosen = self.table.chips.current or "all"
        words = self.table.search.text().strip().lower()
        rows = [
            one
            for one in self._rows
            if fits(one, chosen) and words in f"{one.number or ''} {one.customer or ''}".lower()
        ]
        by, is_descending = self._sort
        column = next((one for one in self.model.columns if one.name == by), None)
        self.table.show_rows(in_order(rows, column, is_descending=is_descending))
        self.table.show_totals(say(TOTAL, count=len(rows)), totals(rows, self.wording))

    def _sort_by(self, name: str, is_descending: bool) -> None:  # noqa: FBT001 - a signal's
        self._sort = (name, is_descending)
        self._arrange()

    def _copy_all(self) -> None:
        self.table.table.clearSelection()
        self.table.table.copy()
        count = str(len(self.model.rows))
        self.listed.notify("ok", S(COPIED.zh.format(count=count), COPIED.en.format(count=count)))

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
        self._judge()

    def _judge(self) -> None:
        say = self.wording.say
        line = self.table.table.current_row()
        general = "" if self._parts.may_write else say(NO_ROLE)
        self.new.forbid(general)
        if not general and (line is None or self._shown is None):
            general = say(CHOOSE)
        state = line.state if line else ""
        self.edit.forbid(general or ("" if state in EDITABLE else say(NOT_DRAFT)))
        self.submit.forbid(general or ("" if state == "draft" else say(NOT_DRAFT)))
        self.withdraw.forbid(general or ("" if state in SENT else say(NOT_SENT)))
        self.void.forbid(general or ("" if state in EDITABLE else say(NOT_DRAFT)))
        reversing = "" if state == "posted" else say(NOT_POSTED)
        if line is not None and line.reversed_by:
            reversing = say(REVERSED_BY, number=line.reversed_by)
        self.reverse.forbid(general or reversing)
        self.why.setText(general)

    def _commit(self) -> None:
        """Do what the sheet asks; the form has the same key for itself."""
        if self._sheet_is_open:
            self.sheet.submit.click()

    @property
    def _sheet_is_open(self) -> bool:
        return self.beside.currentWidget() is self.sheet

    def _edit(self) -> None:
        if self._shown is not None:
            self.open_form(self._shown.document)

    def _step(self, step: Callable[[Text], Outcome[Text]]) -> None:
        if self._shown is not None:
            self._change(partial(step, self._shown.document))

    def _change(self, work: Callable[[], Outcome[Text]]) -> None:
        self._runner.change(self, work, refused=self._refused)

    def _refused(self, error: UserError) -> None:
        if self._sheet_is_open:
            self.sheet.complain(explain(error, self.wording.language))
            return
        self.listed.notify("attention", sentence_for(error))

    def _ask_void(self) -> None:
        self._begin(VOID_TITLE, VOID_VERB)

    def _ask_reversal(self) -> None:
        self._begin(REVERSE_TITLE, REVERSE_VERB)
        if self._shown is not None:
            work = partial(self._found_effects, self._shown.document)
            self._runner.query(self, work, done=self._show_effects)

    def _begin(self, title: Sentence, verb: Sentence) -> None:
        line, say = self.table.table.current_row(), self.wording.say
        if line is None or self._shown is None:
            return
        self._is_reversal = verb is REVERSE_VERB
        number = name_of(line, self.wording)
        amount = line.amount.grouped() if line.amount else ""
        self.beside.setCurrentWidget(self.sheet)
        self.sheet.begin(
            say(title, number=number), say(verb), customer=line.customer or "", amount=amount
        )

    def _found_effects(self, document: Text) -> tuple[Effects, UserError | None, dict[str, str]]:
        found, against = self._parts.reversing.effects(document)
        ids = tuple(one.about for one in found.follows if one.what is What.DELIVERY_FREE)
        numbers = {one.id: one.number for one in self._parts.looking.deliveries(ids)}
        return found, against, numbers

    def _show_effects(self, found: tuple[Effects, UserError | None, dict[str, str]]) -> None:
        effects, against, numbers = found
        said = explain(against, self.wording.language) if against else ""
        groups = effect_groups(effects, self.wording, numbers)
        self.sheet.show_effects(groups, at=self._now(), against=said)

    def _asked(self, reason: str) -> None:
        shown = self._shown
        if shown is None:
            return
        if not self._is_reversal:
            self._change_from_sheet(partial(self._parts.approving.void, shown.document, reason))
            return
        self._runner.query(
            self, partial(self._found_effects, shown.document),
            done=partial(self._reverse_unless_changed, shown.document, reason),
        )  # fmt: skip

    def _reverse_unless_changed(
        self, document: Text, reason: str, found: tuple[Effects, UserError | None, dict[str, str]]
    ) -> None:
        groups = effect_groups(found[0], self.wording, found[2])
        if self.sheet.recheck(groups, at=self._now()):
            self._change_from_sheet(partial(self._parts.reversing.reverse, document, reason))

    def _change_from_sheet(self, work: Callable[[], Outcome[Text]]) -> None:
        self._runner.change(self, work, done=lambda _: self._close_sheet(), refused=self._refused)

    def _now(self) -> str:
        today = self._parts.clock.today()
        return moment_said(self._parts.clock.now_us(), today)

    def _close_sheet(self) -> None:
        self.beside.setCurrentWidget(self.shown)

    def _say_again(self) -> None:
        say = self.wording.say
        said = {name: say(sentence) for name, sentence in WORDS.items()}
        count = COUNT.zh if self.wording.language == "zh" else COUNT.en
        self.table.use_words(TableWords(**said, count=count))
        self.model.use_language(self.wording.language)
        self._arrange()
        self._show()
