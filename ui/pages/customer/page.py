"""One customer: where we stand, what is open, what happened, the record and its changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.customers.customer import CodeKind
from erpdesk.domain.customers.duplicates import is_telling
from erpdesk.errors import UserError
from erpdesk.services.customer_history import History
from erpdesk.services.customers import Card, Customers
from erpdesk.services.customers_changing import Checked, CustomersChanging
from erpdesk.services.looking import Text
from erpdesk.services.ports import Clock
from erpdesk.services.showing_numbers import ShowingNumbers
from erpdesk.words import Sentence
from erpdesk.words.customers import LIKENESS
from ui.look import scaled
from ui.pages import DocumentWanted, Page
from ui.pages.customer import words as w
from ui.pages.customer.following import FollowDesk, FollowParts
from ui.pages.customer.tabs import CustomerTabs
from ui.widgets.button import Button
from ui.widgets.customer_card import CustomerCard
from ui.widgets.customer_form import CustomerForm
from ui.widgets.customer_view import TODO_TONES, todo_said, view_of
from ui.widgets.document_facts import sentence_for
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import ElidedLabel, Icon, Label, Panel, column, row, rule
from ui.work.runner import Runner
from ui.work.wording import Wording, literal

CARD_OF: Final = "card:"
COMPACT_BELOW_PX: Final = 640
NEW: Final = ""
"""Stands for the customer that is not there yet."""


@dataclass(frozen=True, slots=True)
class CustomerParts:
    """What the page uses; ``withdraw`` takes a document's id."""

    customers: Customers
    changing: CustomersChanging
    numbers: ShowingNumbers
    withdraw: Callable[[str], Outcome[Text]]
    clock: Clock
    names: Mapping[str, str]
    person: str
    may_write: bool
    follow: FollowParts


class CustomerPage(Page):
    """The card of one customer with its lists, and the form in their place while it is changed.

    ``stored`` carries what is to be said of a new customer where the person is taken to.
    """

    stored = Signal(object)

    def __init__(self, parts: CustomerParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self.customer_id = NEW
        self.shown: Card | None = None
        self._kept: dict[str, dict[str, str]] = {}
        self._is_busy, self._is_wrong = False, False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._say_again()

    def open(self, customer_id: str, tab: str = "items") -> None:
        """Show a customer, with one of the lists."""
        self.solved()
        self.customer_id, self.shown = customer_id, None
        self.pages.setCurrentWidget(self.whole)
        self.tabs.show_whole(is_whole=False)
        self.tabs.choose(tab)
        self._look()

    def begin_new(self) -> None:
        """Show the form of a new customer."""
        self.solved()
        self.customer_id, self.shown = NEW, None
        self._begin_form(None)

    @override
    def entered(self) -> None:
        if self.customer_id:
            self._look()

    @override
    def look_again(self, changes: Changes) -> None:
        touched = self.customer_id in changes.customers
        if self.customer_id and (touched or changes.open_items or changes.documents):
            self._look()

    @override
    def customer_here(self) -> str | None:
        return self.customer_id or None

    @override
    def step_out(self) -> bool:
        if self.is_editing and self.customer_id:
            self._leave_form()
            return True
        if self.is_editing:
            self._keep()
        return False

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.form, self.submit) if self.is_editing else (self.tabs, self.edit)

    @property
    def is_editing(self) -> bool:
        """Say whether the form is shown."""
        return self.pages.currentWidget() is self.form

    def _make_parts(self) -> None:
        words = self.wording
        self.card = CustomerCard()
        self.tabs = CustomerTabs(words, self._parts.names, self._parts.clock.today())
        self.form = CustomerForm(words)
        self.todo, self._todo_icon = ElidedLabel("", "strong"), Icon("check", "ok", 16)
        self.back = Button("", icon="arrow-left", key="Esc", height_px=30)
        self.edit = Button("", "primary", key="F2", height_px=32)
        self.withdraw = Button("", height_px=32)
        self.submit = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.cancel = Button("", key="Esc", height_px=32)
        self.why = ElidedLabel("", "small", "text2")
        for button, verb in (
            (self.back, w.BACK), (self.edit, w.EDIT), (self.withdraw, w.WITHDRAW),
            (self.cancel, w.CANCEL),
        ):  # fmt: skip
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        head = Label("", "label", "text2")
        self.wording.put(head, "setText", w.NEXT)
        self.next = Panel(
            rule(), row(head, self._todo_icon, (self.todo, 1), gap=8, margins=(14, 8, 14, 8)),
            ground="none", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        top = QWidget()
        top.setLayout(row(self.card, margins=(14, 10, 14, 10)))
        self.whole = QWidget()
        panel = Panel(top, self.next, gap=0, margins=(1, 1, 1, 1))
        self.whole.setLayout(column(panel, (self.tabs, 1), gap=10))
        self.pages = PageStack()
        self.pages.addWidget(self.whole)
        self.pages.addWidget(self.form)
        self.build(
            (self.pages, 1),
            buttons=(self.back,),
            foot=((self.why, 1), self.withdraw, self.edit, self.cancel, self.submit),
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.cancel.clicked.connect(self._cancel)
        self.edit.clicked.connect(self._edit)
        self.withdraw.clicked.connect(self._withdraw)
        self.submit.clicked.connect(self._submit)
        self.form.typed.connect(self._check)
        self.form.twin_wanted.connect(self.card_wanted)
        self._follow = FollowDesk(self, self.tabs.follow, self._parts.follow, self._runner)
        self.tabs.opened.connect(lambda one: self.hands.emit("inbox", DocumentWanted(one)))
        self.tabs.code_added.connect(self._add_code)
        self.tabs.code_retired.connect(self._retire_code)
        self.tabs.whole_wanted.connect(lambda: self._show_numbers(then=None))
        self.pages.currentChanged.connect(lambda _: self._judge())
        self.notices.acted.connect(self._act)
        self.action(w.EDIT, "F2", self.edit.click)
        self.action(w.WITHDRAW, "", self.withdraw.click)
        self.action(w.COMMIT, "Ctrl+Return", lambda: self.press(self.submit))
        self.wording.when_switched(self._say_again)

    def _cancel(self) -> None:
        if not self.step_out():
            self.wants.emit("customers")

    def _go_back(self) -> None:
        if self.is_editing:
            self._keep()
        self.wants.emit("customers")

    def _look(self) -> None:
        whose, customers = self.customer_id, self._parts.customers
        self._runner.query(
            self, lambda: (customers.card(whose), customers.history(whose)),
            done=partial(self._show_found, whose), refused=self._refused,
        )  # fmt: skip

    def _show_found(self, whose: str, found: tuple[Card, History]) -> None:
        if whose != self.customer_id:
            return
        is_new = self.shown is None
        self.shown = found[0]
        self.tabs.show_customer(*found)
        self._show_card()
        if is_new and not self.is_editing:
            self.tabs.take_focus()
        if is_new:
            self._look_for_twins(whose)

    def _look_for_twins(self, whose: str) -> None:
        """Say that somebody else in the books may be the same customer."""

        def show(checked: Checked) -> None:
            telling = [one for one in checked.twins if is_telling(one.why)]
            if whose == self.customer_id and telling:
                twin = telling[0]
                why = LIKENESS[twin.why[0].value]
                facts = (literal(twin.code).zh, literal(twin.name).zh)
                text = Sentence(*(f"{facts[0]} {facts[1]} · {said}" for said in (why.zh, why.en)))
                self.notify("attention", w.TWINS, text, ((f"{CARD_OF}{twin.id}", w.SEE_TWIN),))

        work = partial(self._parts.changing.check, {}, customer_id=whose)
        self._runner.query(self, work, done=show)

    def _act(self, name: str) -> None:
        if name.startswith(CARD_OF):
            self.card_wanted.emit(name.removeprefix(CARD_OF))

    def _show_card(self) -> None:
        card = self.shown
        if card is None:
            return
        self.card.show_customer(view_of(card, self.wording))
        self.next.setVisible(card.todo is not None)
        if card.todo is not None:
            tone, icon = TODO_TONES[card.todo.todo]
            self._todo_icon.show_icon(icon, tone)
            self.todo.setText(todo_said(card, self.wording))
        self._judge()

    def _edit(self) -> None:
        if self.shown is None or self.is_editing:
            return
        if self.tabs.hides_numbers:
            self._show_numbers(then=partial(self._begin_form, self.shown))
        else:
            self._begin_form(self.shown)

    def _show_numbers(self, *, then: Callable[[], None] | None) -> None:
        """Show telephone and account numbers whole, once it is recorded who looks at them."""
        whose = self.customer_id

        def show(_: None) -> None:
            if whose == self.customer_id:
                self.tabs.show_whole()
                if then is not None:
                    then()

        work = partial(self._parts.numbers.show, whose)
        self._runner.change(self, work, done=show, refused=self._refused)

    def _begin_form(self, card: Card | None) -> None:
        kept = self._kept.pop(self.customer_id, None)
        self.pages.setCurrentWidget(self.form)
        self.form.begin(card, kept)
        if kept:
            self.notify("info", w.KEPT)
        self._judge()

    def _keep(self) -> None:
        """Keep what was typed until the form is opened again."""
        if self.form.is_touched:
            memo = self.form.memo.text()
            code = {"code": self.form.code} if self.form.is_new else {}
            self._kept[self.customer_id] = self.form.said() | code | {"memo": memo}

    def _leave_form(self) -> None:
        self._keep()
        self.solved()
        self.pages.setCurrentWidget(self.whole)
        self.edit.setFocus()

    def _check(self) -> None:
        """Ask what is known of what is typed; an answer to older letters is dropped."""
        said, code, whose = self.form.said(), self.form.code, self.customer_id or None
        work = partial(self._parts.changing.check, said, customer_id=whose, code=code)

        def show(checked: Checked) -> None:
            if (said, code) == (self.form.said(), self.form.code):
                self._is_wrong = bool(checked.typed.wrong) or checked.code_problem is not None
                self.form.show_checked(checked)
                self._judge()

        if self.is_editing:
            self._runner.query(self, work, done=show)
        self._judge()

    def _judge(self) -> None:
        say, card, is_editing = self.wording.say, self.shown, self.is_editing
        for button in (self.edit, self.withdraw):
            button.setVisible(not is_editing)
        for button in (self.submit, self.cancel):
            button.setVisible(is_editing)
        role = "" if self._parts.may_write else say(w.NO_ROLE)
        waiting = card.waiting if card else None
        busy = say(w.BUSY) if self._is_busy else ""
        waits = say(w.WAITS, number=waiting.number) if waiting else ""
        self.edit.forbid(busy or role or waits)
        self.tabs.forbid_codes(busy or role or waits)
        self.tabs.follow.forbid("" if self._parts.follow.may_write else say(w.NO_FOLLOW))
        is_mine = waiting is not None and waiting.made_by == self._parts.person
        self.withdraw.forbid(
            busy or role or ("" if is_mine else say(w.NOT_YOURS if waiting else w.NO_CHANGE))
        )
        self._judge_form(busy or role)

    def _judge_form(self, general: str) -> None:
        say, form = self.wording.say, self.form
        alone = form.is_touched and not form.needs_approval
        self.wording.put(self.submit, "setText", w.NOTE if alone else w.SUBMIT)
        lacking = form.is_new and not (form.code and form.fields["name"].text().strip())
        wrong = say(w.NEEDS) if lacking else say(w.WRONG) if self._is_wrong else ""
        self.submit.forbid(general or ("" if form.is_touched else say(w.NOTHING_TYPED)) or wrong)
        if not self.is_editing:
            self.why.setText(self.edit.why_not)
        else:
            self.why.setText(
                self.submit.why_not or say(w.SECOND if form.needs_approval else w.ALONE)
            )

    def _submit(self) -> None:
        if not (self.is_editing and self.submit.isEnabled()):
            return
        form, changing = self.form, self._parts.changing
        said, memo = form.said(), form.memo.text().strip()
        if form.is_new:
            self._change(partial(changing.register, form.code, said, memo=memo), self._stored)
        else:
            work = partial(changing.change, self.customer_id, said, memo=memo)
            self._change(work, self._stored)

    def _stored(self, made: Text) -> None:
        self.pages.setCurrentWidget(self.whole)
        if self.customer_id:
            self._told(made)
            return
        self.wants.emit("customers")
        self.stored.emit(w.said_of(made))

    def _told(self, made: Text) -> None:
        self.solved()
        self.notify("ok", w.said_of(made))

    def _withdraw(self) -> None:
        waiting = self.shown.waiting if self.shown else None
        if waiting is not None and not self.is_editing:
            work = partial(self._parts.withdraw, waiting.id)
            self._change(work, lambda _: self.notify("ok", w.TAKEN_BACK))

    def _add_code(self, code: str, kind: str) -> None:
        work = partial(self._parts.changing.add_code, self.customer_id, code, kind=CodeKind(kind))
        self._change(work, self._told)

    def _retire_code(self, code: str) -> None:
        self._change(partial(self._parts.changing.retire_code, self.customer_id, code), self._told)

    def _change(self, work: Callable[[], Outcome[Text]], done: Callable[[Text], None]) -> None:
        self._is_busy = True
        self._judge()

        def finish(made: Text) -> None:
            self._is_busy = False
            done(made)
            self._judge()

        self._runner.change(self, work, done=finish, refused=self._refused)

    def _refused(self, error: UserError) -> None:
        self._is_busy = False
        self.notify("attention", sentence_for(error))
        wrong = self.form.first_wrong()
        if self.is_editing and wrong is not None:
            wrong.setFocus()
        self._judge()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.set_compact(is_compact=self.height() < scaled(COMPACT_BELOW_PX))

    def _say_again(self) -> None:
        self.card.use_words(composition_word=self.wording.say(w.COMPOSITION))
        self._show_card()
        self._judge()
