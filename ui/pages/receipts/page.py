"""Receipts and matching: cash and money from nobody known, open items they pay, links undone."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.claim import MAY_CLAIM, Unidentified
from erpdesk.domain.links import Link
from erpdesk.domain.matching import Suggestion
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import RefusedError, UserError
from erpdesk.services.looking import Cash, Customer, Item, Linked, Text
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.rewriting_receipts import Returned
from erpdesk.words import explain
from ui.pages import Page
from ui.pages.receipts import words as w
from ui.pages.receipts.commit import Change, change_of
from ui.pages.receipts.facts import Found, ReceiptsParts
from ui.pages.receipts.list import CashList
from ui.pages.receipts.look import CashLook
from ui.pages.receipts.side import UNDO_VERB, ReceiptsSide
from ui.pages.scanned import ask_whose, find_into
from ui.pages.submitted import say_submitted
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.customer_field import CustomerField
from ui.widgets.document_facts import sentence_for
from ui.widgets.link_list import HISTORY, UNDO
from ui.widgets.matching import OLDEST
from ui.widgets.parts import ElidedLabel, column
from ui.widgets.receipt_form import SLIP
from ui.widgets.receipt_head import ReceiptHead, Received
from ui.widgets.suggestion import NEXT, TAKE, SuggestionStrip
from ui.work.asking_files import files_to_read
from ui.work.runner import Runner
from ui.work.wording import Wording

ASK_NAME, OVER_LOSS_LIMIT = "ask", "G7 over-loss-limit"


class ReceiptsPage(Page):
    """Left what is not applied; right what it pays, or a receipt that is being recorded."""

    def __init__(self, parts: ReceiptsParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self._customer: Customer | None = None
        self._is_busy, self._wanted, self._is_behind = False, "", False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    @override
    def entered(self) -> None:
        self._look()
        if self._is_behind:
            self._look_at_customer()
        self._is_behind = False
        if not self.head.is_new:
            self.table.setFocus()

    @override
    def open_object(self, number: str) -> None:
        self._wanted = number
        self._look()

    @override
    def look_again(self, changes: Changes) -> None:
        if not (changes.documents or changes.open_items):
            return
        if not self.isVisible():
            self._is_behind = True  # looked at anew when it is shown
            return
        self._look()
        self._look_at_customer()

    @override
    def step_out(self) -> bool:
        if self.beside.is_asking:
            self._close_sheet()
            return True
        if self.head.is_new:
            self._choose(self.table.current_row())
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
        if self.head.is_new or self.head.unidentified is not None:
            self.head.payer.put_customer(customer)
            return
        self._cash.of_customer(customer, partial(self._cash_found, customer))

    def _cash_found(self, customer: Customer, cash: tuple[Cash, ...]) -> None:
        """Go to the newest cash of a customer, or begin a receipt from them."""
        if cash:
            self.open_object(cash[-1].label)
        else:
            self.begin_new()
            self.head.payer.put_customer(customer)

    @override
    def customer_here(self) -> str | None:
        cash, customer = self.head.cash, self._customer
        return cash.customer_id if cash else customer.id if customer else None

    def begin_new(self) -> None:
        """Record a receipt by hand."""
        self.matching.expect({}, None)
        self.head.begin()
        self.matching.show_items(())
        self.matching.put_money(None)
        self._close_sheet()
        self._suggest()
        self.payer.setFocus()
        self._judge()

    def _make_parts(self) -> None:
        words, today = self.wording, self._parts.clock.today()
        self.list, self.suggested = CashList(words), SuggestionStrip(words)
        self.table, self.model = self.list.table, self.list.model
        self._cash = CashLook(self, self._parts, self._runner, self.list)
        self.beside = side = ReceiptsSide(words, today)
        self.matching, self.sheet, self.history = side.matching, side.sheet, side.history
        self.links, self.undo = self.history.table, self.history.undo
        self.head = ReceiptHead(words, today)
        self.form, self.owner = self.head.form, self.head.owner
        self.payer, self.slip = self.form.payer, self.form.slip
        self.new = Button("", icon="plus", key="Ctrl+N", height_px=30)
        self.bring = Button("", icon="upload", key="Ctrl+I", height_px=30)
        self.links_shown = Button("", icon="history", key="Ctrl+H", height_px=30)
        self.links_shown.setCheckable(True)
        self.apply = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.why = ElidedLabel("", "small", "attention")
        for part, sentence in (
            (self.new, w.NEW), (self.links_shown, HISTORY), (self.bring, w.BRING),
        ):  # fmt: skip
            words.put(part, "setText", sentence)

    def _lay_out(self) -> None:
        right = column(self.head, self.suggested, (self.beside, 1), gap=10)
        self.build(
            (Columns((self.list, 3), (right, 5)), 1), foot=((self.why, 1), self.apply),
            buttons=(self.links_shown, self.bring, self.new),
        )  # fmt: skip

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._choose)
        self._cash.found.connect(self._show_receipts)
        self.list.explained.connect(self._explained)
        self.links.current_row_changed.connect(lambda _: self._judge())
        self.matching.changed.connect(self._judge)
        self.suggested.taken.connect(self.matching.take)
        for field in (self.payer, self.owner):
            field.asked.connect(partial(find_into, field, self, self._runner, self._parts.looking))
            field.chosen.connect(partial(self._payer_chosen, field))
        self.form.changed.connect(self._form_changed)
        self.beside.undo_wanted.connect(self._undo)
        self.history.more_wanted.connect(self._look_at_customer)
        self.links_shown.clicked.connect(self._look_at_customer)
        self.sheet.closed.connect(self._close_sheet)
        for button, what, key, act in (
            (self.new, w.NEW, "Ctrl+N", self.begin_new),
            (self.bring, w.BRING, "Ctrl+I", lambda: self.wants.emit("import")),
            (self.apply, w.APPLY, "", self._apply),
            (self.undo, UNDO, "", self._ask_undo),
            (self.slip, SLIP, "Ctrl+U", self._ask_for_slip),
            (self.links_shown, HISTORY, "Ctrl+H", self._close_sheet),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click)
        self.action(w.COMMIT, "Ctrl+Return", self._commit)
        self.action(OLDEST, "F7", self.matching.oldest.click)
        self.action(TAKE, "Alt+Return", self.suggested.take.click)
        self.action(NEXT, "Alt+Down", self.suggested.next.click)
        self.wording.when_switched(self._judge)
        self.notices.acted.connect(lambda name: self._apply(asks=name == ASK_NAME))

    def _look(self) -> None:
        self._cash.ask(self.head.cash, self._wanted)

    def _show_receipts(self, found: Found) -> None:
        self.list.show_receipts(found.cash, found.unknown)
        self.matching.difference.allow(found.tolerance_minor)
        chosen = self.head.receipt
        now = self.list.now(chosen)
        number, self._wanted = found.number, "" if found.number else self._wanted
        wanted = self.list.place_of(number)
        if number and wanted is None:
            returned = partial(self._parts.rewriting.returned, number)
            self._runner.query(self, returned, done=self._take_up, refused=self._refused)
        elif wanted is None and self.model.rows and not self.head.is_new and now is None:
            wanted = 0
        if wanted is not None and wanted != self.table.currentIndex().row():
            self.table.go_to(wanted)
        elif wanted is not None:
            self._choose(self.table.current_row())
        elif isinstance(now, Unidentified):
            self.head.show_receipt(now)
        elif chosen is not None and now is None:
            self._choose(None)
        self._judge()

    def _take_up(self, back: Returned) -> None:
        """Be about what came back: as it was, with what is to be put right."""
        self.begin_new()
        place = self.list.place_of(back.claims.number) if back.claims else None
        if place is not None:
            self.table.go_to(place)
        self.matching.expect(back.kept.pays, back.kept.treatment)
        self.head.take_up(back)
        self.matching.put_money(self.head.money)
        self._judge()

    def _choose(self, receipt: Received | None) -> None:
        self._customer = None
        self.matching.expect({}, None)
        self.head.show_receipt(receipt)
        self._close_sheet()
        self.matching.put_money(self.head.money)
        if (cash := self.head.cash) is not None:
            self._runner.query(
                self, lambda: self._parts.looking.customer(cash.customer_id),
                done=self._customer_found,
            )  # fmt: skip
        elif self.head.unidentified is not None:
            self._payer_chosen(self.owner, self.owner.customer)
        self._judge()

    def _customer_found(self, customer: Customer) -> None:
        cash = self.head.cash
        if cash is not None and cash.customer_id == customer.id:
            self._customer = customer
            self.matching.begin()
            self._look_at_customer()

    def _payer_chosen(self, field: CustomerField, customer: Customer | None) -> None:
        if self.head.cash is not None or field is not self.head.payer:
            return
        self._customer = customer
        self.suggested.show_suggestion(None, {})
        self.matching.show_items(())
        self.history.show_links(Linked())
        self._look_at_customer()
        self._judge()

    def _look_at_customer(self) -> None:
        if (customer := self._customer) is None:
            return
        receipts, most = self._parts.receipts, self.history.most
        links = partial(self._parts.looking.allocations, customer.id, most=most)
        look = links if self.links_shown.isChecked() else Linked  # who pays daily has thousands
        done = partial(self._show_items, customer)
        self._runner.query(self, lambda: (receipts.open_items(customer), look()), done=done)

    def _show_items(self, customer: Customer, found: tuple[tuple[Item, ...], Linked]) -> None:
        if self._customer is not customer:
            return
        self.matching.show_items(found[0], of_payer=True)
        self.history.show_links(found[1])
        self._suggest()
        self._judge()

    def _show_explanation(self) -> None:
        cash = self.head.cash if self._customer is not None else None
        found = self.list.suggestion(cash) if cash else None
        self.suggested.show_suggestion(found, self.matching.items)

    def _explained(self) -> None:
        if self.head.cash is not None:
            self._show_explanation()

    def _suggest(self) -> None:
        self._show_explanation()
        money, suggestion = self.head.received(), self._parts.receipts.suggestion
        if money is not None and money.customer is not None:
            done = partial(self._show_found, money)
            self._runner.query(self, lambda: suggestion(money), done=done)

    def _show_found(self, money: MoneyIn, found: Suggestion) -> None:
        """Show what explains a receipt whose payer was said here, unless it was typed on."""
        if money == self.head.received():
            self.suggested.show_suggestion(found, self.matching.items)

    def _form_changed(self) -> None:
        if self.head.is_new:
            self.matching.put_money(self.form.money)
            self._suggest()
            self._judge()

    def _ask_for_slip(self) -> None:
        for path in files_to_read(self, self.wording.say(SLIP), "evidence"):
            self.attach_slip(Path(path))

    def attach_slip(self, path: Path) -> None:
        """Keep a file as the slip of the receipt that is being recorded."""
        service = self._parts.evidence
        self._runner.change(
            self, lambda: Outcome(service.keep_file(path), Changes()),
            done=self.form.add_slip, refused=self._refused,
        )  # fmt: skip

    def _judge(self) -> None:
        say, roles = self.wording.say, self._parts.roles
        busy = say(w.BUSY) if self._is_busy else ""
        cashier = "" if Role.CASHIER in roles else say(w.NO_CASHIER)
        accountant = "" if Role.ACCOUNTANT in roles else say(w.NO_ACCOUNTANT)
        for button in (self.new, self.bring, self.slip):
            button.forbid(cashier)
        claimer = "" if roles & MAY_CLAIM else say(w.NO_CLAIMER)
        role = claimer if self.head.unidentified else accountant
        self.apply.forbid(busy or (cashier if self.head.is_new else role) or self._why_not_apply())
        link = self.links.current_row()
        self.undo.forbid(busy or accountant or ("" if link else say(w.NO_LINK)))
        claim = w.CLAIM if self.head.unidentified else w.APPLY
        said = w.RECORD if self.head.is_new else claim
        self.wording.put(self.apply, "setText", w.AGAIN if self.head.rewrites else said)
        self.why.setText(self.apply.why_not or self._remark())

    def _why_not_apply(self) -> str:
        say, matching = self.wording.say, self.matching
        if self.head.is_new:
            return self.form.why_not or matching.why_not
        if (one := self.head.unidentified) is not None:
            if one.waiting is not None:
                return say(w.CLAIM_WAITS, number=one.waiting)
            return matching.why_not if self._customer else say(w.NO_PAYER)
        if self._customer is None:
            return say(w.CHOOSE)
        return matching.why_not or ("" if matching.used else say(w.NOTHING))

    def _remark(self) -> str:
        """Return what becomes of money that pays nothing, or that is nobody's yet."""
        if self.head.is_new and self._customer is None:
            return self.wording.say(w.SUSPENSE)
        is_kept = self.head.unidentified is not None and not self.matching.used
        return self.wording.say(w.ALL_KEPT) if is_kept else ""

    def _commit(self) -> None:
        self.press(self.sheet.submit if self.beside.is_asking else self.apply)

    def _apply(self, *, asks: bool = False) -> None:
        change = change_of(self._parts, self.head, self.matching, self._customer, asks=asks)
        if change is not None:
            self._change(change)

    def _change(self, work: Change) -> None:
        self._is_busy = True
        self._judge()
        self._runner.change(self, work, done=self._done, refused=self._refused)

    def _done(self, document: Text) -> None:
        self._is_busy = False
        self.solved()
        say_submitted(self, document)
        self._close_sheet()
        self.matching.begin()
        if self.head.rewrites is not None:
            self._choose(self.table.current_row())
        elif self.head.is_new:
            self.begin_new()
        elif self.head.unidentified is not None:
            self.list.go_on()
        self._judge()

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        if self.beside.is_asking:
            self.sheet.complain(explain(error, self.wording.language))
        else:
            is_over = isinstance(error, RefusedError) and error.code == OVER_LOSS_LIMIT
            acts = ((ASK_NAME, UNDO_VERB),) if is_over else ()
            self.notify("attention", sentence_for(error), acts=acts)
        self._look_at_customer()
        self._judge()

    def _ask_undo(self) -> None:
        customer = self._customer.name if self._customer else ""
        self.beside.ask_undo(customer, at_us=self._parts.clock.now_us())

    def _undo(self, link: Link, reason: str) -> None:
        self._change(partial(self._parts.receipts.undo, link.id, reason))

    def _close_sheet(self) -> None:
        self.beside.show_side(is_history=self.links_shown.isChecked())
