"""The lists of the notices page: who owes and what they are sent, and what was issued."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from erpdesk.services.looking import NoticeLine, Notices, Owed, Owing
from erpdesk.words import STATES, Sentence
from ui.look import scaled
from ui.models.cells import Lines
from ui.models.row_model import Column, RowModel
from ui.pages.notices.asked_form import AskedForm
from ui.pages.notices.facts import PaperName, paper_of
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.parts import Label, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
OWING, ISSUED = S("有欠款的客户", "Customers who owe"), S("已出具", "Issued")
LISTS = S("列表", "Lists")
CUSTOMER, BALANCE = S("客户", "Customer"), S("欠款", "Balance")
FIRST = S("列出前 {listed} 行，其余用号码或扫码找", "The first {listed} are listed; find others")
NUMBER, ASKED = S("通知书、对账单", "Paper"), S("金额", "Amount")
PAPERS: Final[dict[PaperName, Sentence]] = {
    "notice": S("通知书", "Notice"), "statement": S("对账单", "Statement"),
    "confirmation": S("询证函", "Confirmation"),
}  # fmt: skip
LIST_PX: Final = 332


class NoticesLists(SizedPanel):
    """``chosen`` comes with another customer or notice, ``changed`` with what is asked of it."""

    chosen = Signal()
    changed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        self._words, self.form = words, AskedForm(words, today)
        self.owing_model: RowModel[Owing] = RowModel(
            _owing_columns(), key=lambda x: (x.customer.id, x.balance.currency),
            language=words.language,
        )  # fmt: skip
        self.issued_model: RowModel[NoticeLine] = RowModel(
            self._issued_columns(), key=lambda one: one.head.id, language=words.language
        )
        self.owing = RowTable(self.owing_model, density="two_lines").named(words, OWING)
        self.issued = RowTable(self.issued_model, density="two_lines").named(words, ISSUED)
        self.tabs = ChipRow()
        self._counts, self._first = (0, 0), Label("", "small", "text2")
        self._first.setContentsMargins(14, 6, 14, 8)
        self.pages = QStackedWidget()
        for table in (self.owing, self.issued):
            self.pages.addWidget(table)
        super().__init__(
            row(self.tabs, margins=(14, 8, 14, 8)), rule(), self.form, (self.pages, 1),
            self._first, gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.tabs.chosen.connect(self.choose_list)
        for table in (self.owing, self.issued):
            table.current_row_changed.connect(lambda _: self.chosen.emit())
        self.form.changed.connect(self.changed)
        words.when_switched(self._switch)
        self._switch()
        self.measure()

    @property
    def is_issued_shown(self) -> bool:
        """Say whether what was issued is listed, instead of who owes."""
        return self.pages.currentWidget() is self.issued

    @property
    def owing_row(self) -> Owing | None:
        """Return the customer that is chosen; None while notices are listed."""
        return None if self.is_issued_shown else self.owing.current_row()

    @property
    def issued_row(self) -> NoticeLine | None:
        """Return the notice that is chosen; None while customers are listed."""
        return self.issued.current_row() if self.is_issued_shown else None

    def choose_list(self, name: str) -> None:
        """Show who owes (``owing``), or what was issued (``issued``)."""
        self.tabs.choose(name)
        self.pages.setCurrentIndex(1 if name == "issued" else 0)
        self.form.setVisible(name != "issued")
        self._say()
        self.chosen.emit()

    def take_focus(self) -> None:
        """Put the focus on the list that is shown."""
        (self.issued if self.is_issued_shown else self.owing).setFocus()

    def show_rows(self, owing: Owed, issued: Notices) -> None:
        """Show these customers and notices; what is chosen stays chosen."""
        self._counts = owing.in_all, issued.in_all
        self.owing_model.show(owing.rows)
        self.issued_model.show(issued.rows)
        for table in (self.owing, self.issued):
            if table.current_row() is None and table.rows_model.rows:
                table.go_to(0)
        self._say()

    def go_to(self, notice: str, customer: str) -> bool:
        """Choose a notice, or what there is of a customer; False when it is not listed."""
        if notice:
            return self.go_to_notice(notice)
        return not customer or self.go_to_customers((customer,))

    def go_to_notice(self, number: str) -> bool:
        """Choose the notice with this number or id; False when it is not listed."""
        for place, one in enumerate(self.issued_model.rows):
            if number in {one.head.number, one.head.id}:
                self.choose_list("issued")
                self.issued.go_to(place)
                return True
        return False

    def go_to_customers(self, ids: Iterable[str]) -> bool:
        """Choose the first of these customers who owes, else the newest notice of one."""
        known = set(ids)
        for place, owing in enumerate(self.owing_model.rows):
            if owing.customer.id in known:
                self.choose_list("owing")
                self.owing.go_to(place)
                return True
        found = (one.head.id for one in self.issued_model.rows if one.head.customer_id in known)
        return any(map(self.go_to_notice, found))

    def _switch(self) -> None:
        for model in (self.owing_model, self.issued_model):
            model.use_language(self._words.language)
        self._say()

    def _say(self) -> None:
        say = self._words.say
        self.tabs.show_filters(
            (
                Filter("owing", say(OWING), self._counts[0]),
                Filter("issued", say(ISSUED), self._counts[1]),
            )
        )
        listed = len(self.issued_model.rows if self.is_issued_shown else self.owing_model.rows)
        self._first.setText(say(FIRST, listed=f"{listed:,}"))
        self._first.setVisible(listed < self._counts[self.is_issued_shown])
        self.tabs.setAccessibleName(say(LISTS))

    @override
    def measure(self) -> None:
        self.setFixedWidth(scaled(LIST_PX))

    def _issued_columns(self) -> tuple[Column[Any], ...]:
        def number(one: NoticeLine) -> Lines:
            return Lines(one.head.number or "—", one.head.customer_name or "—", "text2")

        def asked(one: NoticeLine) -> Lines:
            state = one.head.state
            named = PAPERS[paper_of(one)] if state == "ready" else STATES[state]
            return Lines(one.asked, self._words.say(named), "text2")

        return (
            Column("number", NUMBER, number, is_sortable=False),
            Column("asked", ASKED, asked, "amount", 124, is_sortable=False),
        )


def _owing_columns() -> tuple[Column[Owing], ...]:
    def name(one: Owing) -> Lines:
        return Lines(one.customer.name, one.customer.code, "text2")

    return (
        Column("customer", CUSTOMER, name, is_sortable=False),
        Column("balance", BALANCE, lambda one: one.balance, "amount", 124, is_sortable=False),
    )
