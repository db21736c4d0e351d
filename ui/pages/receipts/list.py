"""The left side of the receipts page: cash not applied, and money from nobody known."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.claim import Unidentified
from erpdesk.domain.matching import Suggestion
from erpdesk.domain.money import Money
from erpdesk.services.looking import Cash, Unapplied
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import Chip, Lines
from ui.models.row_model import Column, RowModel
from ui.widgets.currency_field import with_code
from ui.widgets.parts import STRETCH, Label, row, rule
from ui.widgets.receipt_head import Received
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
CASH, COUNT = S("未核销收款", "Unapplied cash"), S("{count} 笔未核销", "{count} unapplied")
SOME = S("{count} 笔未核销，列出 {listed} 笔", "{count} unapplied, {listed} listed")
UNKNOWN_COUNT = S("{count} 笔待查款项", "{count} unidentified")
NONE_LEFT = S(
    "没有未核销的收款；出纳可记一笔，或导入流水",
    "All cash is applied; a cashier records a receipt, or imports a statement",
)
PAYER, LEFT, MATCH = S("付款人", "Payer"), S("未核销", "Left"), S("匹配", "Match")
SURE, RIVALS = S("唯一建议", "One match"), S("{count} 个候选", "{count} possible")
UNEXPLAINED = S("没有建议", "None found")
UNKNOWN, CLAIMED = S("待查款项", "Unidentified"), S("认领待批", "Claim waits")
NOBODY = S("付款人不详", "Payer unknown")
FOOT = (14, 0, 14, 8)
LIST_PX = (356, 430)
"""The list takes at least and at most this much: large text leaves the items their room."""


def key_of(one: Received) -> str:
    """Return what tells a row from every other."""
    return one.document if isinstance(one, Unidentified) else one.item_id


def number_of(one: Received) -> str:
    """Return the number of the document by which it came in."""
    return one.number if isinstance(one, Unidentified) else one.label


def money_of(one: Received) -> Money:
    """Return what of it is not applied."""
    return one.amount if isinstance(one, Unidentified) else Money(one.left_minor, one.currency)


class CashModel(RowModel[Received]):
    """``sighted`` (first, last place) says which rows are in sight, at every painting."""

    sighted = Signal(int, int)

    @override
    def seen(self, first: int, last: int) -> None:
        self.sighted.emit(first, last)


class CashList(SizedPanel):
    """Lists unapplied cash, then money from nobody known; ``table`` tells which is current.

    ``explanation_wanted`` asks what explains the cash of the customers in sight (frozenset of
    ids), for :meth:`explain`; ``explained`` says that it is shown.
    """

    explanation_wanted = Signal(object)
    explained = Signal()

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._found: dict[str, Suggestion] = {}
        self._known: set[str] = set()
        self._asked: frozenset[str] | None = None
        self.model = CashModel(self._columns(), key=key_of, language=words.language)
        self.table = RowTable(self.model, density="two_lines").named(words, CASH)
        self.table.saying(words, NONE_LEFT)
        self.count, self.total = Label("", "body", "text2"), Label("", "body")
        self.unknown_count, self.unknown_total = Label("", "body", "text2"), Label("", "body")
        self._unknown = QWidget()
        self._unknown.setLayout(row(self.unknown_count, STRETCH, self.unknown_total, margins=FOOT))
        super().__init__(
            (self.table, 1), rule(), row(self.count, STRETCH, self.total, margins=(14, 8, 14, 8)),
            self._unknown, gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._unknown.hide()
        self.measure()
        self.model.sighted.connect(self._look_into)
        words.when_switched(self._switch)

    def show_receipts(self, cash: Unapplied, unknown: tuple[Unidentified, ...]) -> None:
        """Show what is not applied, and what is nobody's yet; what explains it is asked anew."""
        self._known, self._asked = set(), None
        self.model.show((*cash.rows, *unknown))
        self.is_whole = len(cash.rows) == cash.in_all
        count = COUNT if self.is_whole else SOME
        self._words.put(self.count, "setText", count, count=cash.in_all, listed=len(cash.rows))
        self.total.setText(_total(cash.totals))
        self._words.put(self.unknown_count, "setText", UNKNOWN_COUNT, count=len(unknown))
        self.unknown_total.setText(_total([one.amount for one in unknown]))
        self._unknown.setVisible(bool(unknown))
        first = max(0, self.table.rowAt(0))
        self._look_into(first, first + self.table.fitting_rows)
        self.table.viewport().update()

    def explain(self, of: frozenset[str], found: Mapping[str, Suggestion]) -> None:
        """Show what explains the cash of these customers, unless the list is another by now."""
        if of is not self._asked:
            return
        self._asked = None
        self._known |= of
        self._found.update(found)
        self.table.viewport().update()
        self.explained.emit()

    def _look_into(self, first: int, last: int) -> None:
        """Ask for what explains the cash in sight, one question at a time."""
        rows = self.model.rows[first : last + 1]
        lacking = {one.customer_id for one in rows if isinstance(one, Cash)} - self._known
        if lacking and self._asked is None:
            self._asked = frozenset(lacking)
            self.explanation_wanted.emit(self._asked)

    def suggestion(self, cash: Cash) -> Suggestion | None:
        """Return what may explain cash that is shown, as far as it is known."""
        return self._found.get(cash.item_id)

    def now(self, one: Received | None) -> Received | None:
        """Return a receipt as it stands in the list, or None where it does not."""
        rows = {key_of(each): each for each in self.model.rows}
        return rows.get(key_of(one)) if one is not None else None

    def place_of(self, number: str) -> int | None:
        """Return where the receipt of this number stands, or None."""
        places = enumerate(self.model.rows if number else ())
        return next((n for n, one in places if number_of(one) == number), None)

    def go_on(self) -> None:
        """Stand on the row after the current one, where there is one."""
        self.table.go_to(min(self.table.currentIndex().row() + 1, len(self.model.rows) - 1))

    def _switch(self) -> None:
        self.model.use_language(self._words.language)

    @override
    def measure(self) -> None:
        least, most = LIST_PX
        self.setMinimumWidth(scaled(least))
        self.setMaximumWidth(scaled(most))

    def _columns(self) -> tuple[Column[Received], ...]:
        return (
            Column("payer", PAYER, self._payer, is_sortable=False),
            Column("left", LEFT, _left, "amount", 108, is_sortable=False),
            Column("match", MATCH, self._match, "chip", 116, is_sortable=False),
        )  # fmt: skip

    def _payer(self, one: Received) -> Lines:
        if isinstance(one, Unidentified):
            return Lines(one.payer or self._words.say(NOBODY), one.number, "text2")
        return Lines(one.customer_name, one.label, "text2")

    def _match(self, one: Received) -> Chip | None:
        say = self._words.say
        if isinstance(one, Unidentified):
            waits = Chip(say(CLAIMED), "info", "hourglass")
            return Chip(say(UNKNOWN), "attention") if one.waiting is None else waits
        found = self._found.get(one.item_id)
        if found is None:
            return None  # it is on its way
        if not found.explanations:
            return Chip(say(UNEXPLAINED), "neutral")
        if found.is_sure:
            return Chip(say(SURE), "ok")
        return Chip(say(RIVALS, count=len(found.explanations)), "info", "list")


def _left(one: Received) -> str:
    return with_code(money_of(one))


def _total(amounts: Sequence[Money]) -> str:
    """Return what amounts add up to; nothing adds up over currencies."""
    currencies = {one.currency for one in amounts} or {BASE_CURRENCY}
    if len(currencies) > 1:
        return "—"
    return Money(sum(one.minor for one in amounts), currencies.pop()).grouped()
