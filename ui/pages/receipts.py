"""Receipts and matching: cash that is not applied, open items that it pays, links taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.allocation import Link
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.counting import Source
from erpdesk.domain.matching import Suggestion
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.errors import RefusedError, UserError
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Cash, Customer, Item, Looking, Text
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import MoneyIn, Receipts
from erpdesk.words import Sentence, explain
from ui.pages import Page
from ui.pages.receipts_list import CashList
from ui.pages.scanned import ask_whose
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said, sentence_for
from ui.widgets.link_list import HISTORY, UNDO, LinkList
from ui.widgets.links import undo_effects
from ui.widgets.matching import OLDEST, Matching
from ui.widgets.parts import ElidedLabel, Label, Panel, column, row
from ui.widgets.receipt_form import SLIP, ReceiptForm
from ui.widgets.reversal_sheet import ReversalSheet
from ui.widgets.suggestion import NEXT, TAKE, SuggestionStrip
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("收款与核销", "Receipts and matching")
BRING = S("导入流水", "Import statement")
NEW, APPLY = S("记一笔收款", "Record a receipt"), S("核销，下一笔", "Apply, next")
COMMIT = S("核销、记下或撤回", "Apply, record or take back")
RECORD = S("记下并提交", "Record and submit")
SUSPENSE = S("付款人不详：记入待查款项", "Payer unknown: kept as unidentified")
CHOOSE = S("先选一笔收款", "Choose a receipt first")
NOTHING = S("还没有勾选要核销的单据", "Nothing is ticked yet")
NO_CASHIER = S("出纳才能记收款", "Cashiers record receipts")
NO_ACCOUNTANT = S("会计才能核销", "Accountants match")
NO_LINK, BUSY = S("先选一条核销记录", "Choose a link first"), S("正在存", "It is being stored")
ASK_NAME, OVER_LOSS_LIMIT = "ask", "G7 over-loss-limit"
UNDO_TITLE, UNDO_VERB = (
    S("撤回核销 {number}", "Take back {number}"),
    S("提交，等人审批", "Submit for a decision"),
)


@dataclass(frozen=True, slots=True)
class ReceiptsParts:
    """What the page uses; ``roles`` are those of who is here."""

    receipts: Receipts
    evidence: KeepingEvidence
    looking: Looking
    clock: Clock
    roles: frozenset[Role]


class ReceiptsPage(Page):
    """Left unapplied cash; right what it pays, or a receipt that is being recorded."""

    def __init__(self, parts: ReceiptsParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner = parts, runner
        self._cash: Cash | None = None
        self._customer: Customer | None = None
        self._is_new, self._is_busy = False, False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self._look()
        if not self._is_new:
            self.table.setFocus()

    @override
    def look_again(self, changes: Changes) -> None:
        if changes.documents or changes.open_items:
            self._look()
            self._look_at_customer()

    @override
    def step_out(self) -> bool:
        if self.beside.currentWidget() is self.sheet:
            self._close_sheet()
            return True
        if self._is_new:
            self._choose_cash(self.table.current_row())
            return True
        return False

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.table, self.beside)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        ask_whose(self, self._runner, self._parts.looking, raw, self._scanned)
        return True

    def _scanned(self, customer: Customer) -> None:
        places = {one.customer_id: n for n, one in enumerate(self.model.rows)}
        if customer.id in places and not self._is_new:
            self.table.go_to(places[customer.id])
            return
        if not self._is_new:
            self.begin_new()
        self.payer.put_customer(customer)

    def begin_new(self) -> None:
        """Record a receipt by hand."""
        self._is_new, self._cash = True, None
        self.form.begin()
        self.matching.show_items(())
        self.matching.put_money(None)
        self._show_head()
        self._close_sheet()
        self._suggest()
        self.payer.setFocus()
        self._judge()

    def _make_parts(self) -> None:
        words, today = self.wording, self._parts.clock.today()
        self.list, self.suggested = CashList(words), SuggestionStrip(words)
        self.table, self.model = self.list.table, self.list.model
        self.history = LinkList(words)
        self.links, self.undo = self.history.table, self.history.undo
        self.matching, self.sheet = Matching(words, today), ReversalSheet(words)
        self.name, self.about = ElidedLabel("", "section"), ElidedLabel("", "small", "text2")
        self.figure = Label("", "figure2")
        self.form = ReceiptForm(words, today)
        self.payer, self.slip = self.form.payer, self.form.slip
        self.new = Button("", icon="plus", key="Ctrl+N", height_px=30)
        self.bring = Button("", icon="upload", key="Ctrl+I", height_px=30)
        self.links_shown = Button("", icon="history", key="Ctrl+H", height_px=30)
        self.links_shown.setCheckable(True)
        self.apply = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.why = ElidedLabel("", "small", "attention")
        for part, sentence in (
            (self.new, NEW), (self.apply, APPLY), (self.links_shown, HISTORY), (self.bring, BRING),
        ):  # fmt: skip
            words.put(part, "setText", sentence)

    def _lay_out(self) -> None:
        self.shown = Panel(row((column(self.name, self.about, gap=2), 1), self.figure))
        self.form.hide()
        self.beside = QStackedWidget()
        for part in (self.matching, self.history, self.sheet):
            self.beside.addWidget(part)
        right = column(self.shown, self.form, self.suggested, (self.beside, 1), gap=10)
        self.build(
            (row((self.list, 3), (right, 5), gap=10), 1),
            buttons=(self.links_shown, self.bring, self.new),
            foot=((self.why, 1), self.apply),
        )

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._choose_cash)
        self.links.current_row_changed.connect(lambda _: self._judge())
        self.matching.changed.connect(self._judge)
        self.suggested.taken.connect(self.matching.take)
        self.payer.asked.connect(self._find)
        self.payer.chosen.connect(self._payer_chosen)
        self.form.changed.connect(self._form_changed)
        self.sheet.asked.connect(self._undo)
        self.sheet.closed.connect(self._close_sheet)
        for button, what, key, act in (
            (self.new, NEW, "Ctrl+N", self.begin_new),
            (self.bring, BRING, "Ctrl+I", lambda: self.wants.emit("import")),
            (self.apply, APPLY, "", self._apply),
            (self.undo, UNDO, "", self._ask_undo),
            (self.slip, SLIP, "Ctrl+U", self._ask_for_slip),
            (self.links_shown, HISTORY, "Ctrl+H", self._close_sheet),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click)
        self.action(COMMIT, "Ctrl+Return", self._commit)
        self.action(OLDEST, "F7", self.matching.oldest.click)
        self.action(TAKE, "Alt+Return", self.suggested.take.click)
        self.action(NEXT, "Alt+Down", self.suggested.next.click)
        self.wording.when_switched(self._judge)
        self.notices.acted.connect(lambda name: self._apply(asks=name == ASK_NAME))

    def _look(self) -> None:
        looking, receipts = self._parts.looking, self._parts.receipts

        def look() -> tuple[tuple[Cash, ...], Mapping[str, Suggestion], int]:
            rows = looking.unapplied()
            found = receipts.suggestions({one.customer_id for one in rows})
            return rows, found, receipts.tolerance()

        self._runner.query(self, look, done=lambda found: self._show_cash(*found))

    def _show_cash(
        self, rows: tuple[Cash, ...], found: Mapping[str, Suggestion], tolerance: int
    ) -> None:
        self.list.show_cash(rows, found)
        self.matching.difference.allow(tolerance)
        known = {one.item_id for one in rows}
        gone = self._cash and self._cash.item_id not in known
        if rows and not self._is_new and (self._cash is None or gone):
            self.table.go_to(0)
            self._choose_cash(self.table.current_row())
        elif gone:
            self._choose_cash(None)
        self._judge()

    def _choose_cash(self, cash: Cash | None) -> None:
        self._is_new, self._cash = False, cash
        self._close_sheet()
        self._show_head()
        self.name.setText(cash.customer_name if cash else "")
        about = (cash.label, cash.day.isoformat(), cash.memo) if cash else ()
        self.about.setText(" · ".join(filter(None, about)))
        money = Money(cash.left_minor, cash.currency) if cash else None
        self.figure.setText(money.grouped() if money else "")
        self.matching.put_money(money)
        self._customer = None
        if cash is not None:
            name = cash.customer_id
            self._runner.query(
                self, lambda: self._parts.looking.customer(name), done=self._customer_found
            )
        self._judge()

    def _show_head(self) -> None:
        for head, is_shown in ((self.shown, not self._is_new), (self.form, self._is_new)):
            head.setVisible(is_shown)

    def _customer_found(self, customer: Customer) -> None:
        if self._cash is not None and self._cash.customer_id == customer.id:
            self._customer = customer
            self.matching.begin()
            self._look_at_customer()

    def _payer_chosen(self, customer: Customer | None) -> None:
        if not self._is_new:
            return
        self._customer = customer
        self.matching.show_items(())
        self.history.show_links(())
        self._look_at_customer()
        self._judge()

    def _look_at_customer(self) -> None:
        if (customer := self._customer) is None:
            return
        looking, receipts = self._parts.looking, self._parts.receipts
        self._runner.query(
            self, lambda: (receipts.open_items(customer), looking.allocations(customer.id)),
            done=lambda found: self._show_items(customer, *found),
        )  # fmt: skip

    def _show_items(
        self, customer: Customer, items: tuple[Item, ...], links: tuple[Link, ...]
    ) -> None:
        if self._customer is not customer:
            return
        self.matching.show_items(items)
        self.history.show_links(links)
        self._suggest()
        self._judge()

    def _suggest(self) -> None:
        cash = self._cash if self._customer is not None else None
        found = self.list.suggestion(cash) if cash else None
        self.suggested.show_suggestion(found, self.matching.items)
        new, suggestion = self.form.received(), self._parts.receipts.suggestion
        if self._is_new and new is not None and new.customer is not None:
            self._runner.query(self, lambda: suggestion(new), done=partial(self._show_new, new))

    def _show_new(self, new: MoneyIn, found: Suggestion) -> None:
        """Show what explains the receipt that is being recorded, unless it was typed on."""
        if self._is_new and new == self.form.received():
            self.suggested.show_suggestion(found, self.matching.items)

    def _find(self, words: str) -> None:
        self._runner.query(
            self, lambda: self._parts.looking.customers(words, most=12),
            done=partial(self.payer.show_found, words),
        )  # fmt: skip

    def _form_changed(self) -> None:
        if self._is_new:
            self.matching.put_money(self.form.money)
            self._suggest()
            self._judge()

    def _ask_for_slip(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self.wording.say(SLIP))
        for path in paths:
            self.attach_slip(Path(path))

    def attach_slip(self, path: Path) -> None:
        """Keep a file as the slip of the receipt that is being recorded."""
        service = self._parts.evidence
        self._runner.change(
            self, lambda: Outcome(service.keep_file(path), Changes()),
            done=self.form.add_slip, refused=self._refused,
        )  # fmt: skip

    def _judge(self) -> None:
        say = self.wording.say
        busy = say(BUSY) if self._is_busy else ""
        cashier = "" if Role.CASHIER in self._parts.roles else say(NO_CASHIER)
        accountant = "" if Role.ACCOUNTANT in self._parts.roles else say(NO_ACCOUNTANT)
        self.new.forbid(cashier)
        self.bring.forbid(cashier)
        self.slip.forbid(cashier)
        recording = self.form.why_not or self.matching.why_not
        against = recording if self._is_new else self._why_not_apply()
        self.apply.forbid(busy or (cashier if self._is_new else accountant) or against)
        link = self.links.current_row()
        self.undo.forbid(busy or accountant or ("" if link else say(NO_LINK)))
        self.wording.put(self.apply, "setText", RECORD if self._is_new else APPLY)
        suspense = say(SUSPENSE) if self._is_new and self._customer is None else ""
        self.why.setText(self.apply.why_not or suspense)

    def _why_not_apply(self) -> str:
        if self._cash is None or self._customer is None:
            return self.wording.say(CHOOSE)
        return self.matching.why_not or ("" if self.matching.used else self.wording.say(NOTHING))

    def _commit(self) -> None:
        is_sheet = self.beside.currentWidget() is self.sheet
        self.press(self.sheet.submit if is_sheet else self.apply)

    def _apply(self, *, asks: bool = False) -> None:
        pays, received, rests = self.matching.wanted, self.form.received(), self.matching.given_up
        if self._is_new and received is not None:
            record = self._parts.receipts.record
            self._change(lambda: record(received, pays=pays, gives_up=rests, submit=True))
        elif self._customer is not None and self._cash is not None:
            customer, credit = self._customer, self._cash.item_id
            allocate = self._parts.receipts.allocate
            self._change(
                lambda: allocate(customer, credit=credit, pays=pays, gives_up=rests, submit=asks)
            )

    def _change(self, work: Callable[[], Outcome[Text]]) -> None:
        self._is_busy = True
        self._judge()
        self._runner.change(self, work, done=self._done, refused=self._refused)

    def _done(self, _: Text) -> None:
        self._is_busy = False
        self.solved()
        self._close_sheet()
        self.matching.begin()
        if self._is_new:
            self.begin_new()
        self._judge()

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        if self.beside.currentWidget() is self.sheet:
            self.sheet.complain(explain(error, self.wording.language))
        else:
            is_over = isinstance(error, RefusedError) and error.code == OVER_LOSS_LIMIT
            acts = ((ASK_NAME, UNDO_VERB),) if is_over else ()
            self.notify("attention", sentence_for(error), acts=acts)
        self._look_at_customer()
        self._judge()

    def _ask_undo(self) -> None:
        link, say = self.links.current_row(), self.wording.say
        customer = self._customer.name if self._customer else ""
        if link is None:
            return
        self.beside.setCurrentWidget(self.sheet)
        self.sheet.begin(
            say(UNDO_TITLE, number=link.document), say(UNDO_VERB), customer=customer,
            amount=link.amount.grouped(),
        )  # fmt: skip
        at = moment_said(self._parts.clock.now_us(), self._parts.clock.today())
        self.sheet.show_effects(undo_effects(link, self.wording), at=at)

    def _undo(self, reason: str) -> None:
        link = self.links.current_row()
        if link is not None:
            self._change(partial(self._parts.receipts.undo, link.id, reason))

    def _close_sheet(self) -> None:
        is_history = self.links_shown.isChecked()
        self.beside.setCurrentWidget(self.history if is_history else self.matching)
