"""The left side of the receipts page: cash that is not applied, and what may explain it."""

from collections.abc import Mapping

from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.matching import Suggestion
from erpdesk.domain.money import Money
from erpdesk.services.looking import Cash
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import Chip, Lines
from ui.models.row_model import Column, RowModel
from ui.widgets.parts import STRETCH, Label, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
CASH, COUNT = S("未核销收款", "Unapplied cash"), S("{count} 笔未核销", "{count} unapplied")
NONE_LEFT = S("没有未核销的收款", "All cash is applied")
PAYER, LEFT, MATCH = S("付款人", "Payer"), S("未核销", "Left"), S("匹配", "Match")
SURE, RIVALS = S("唯一建议", "One match"), S("{count} 个候选", "{count} possible")
UNEXPLAINED = S("没有建议", "None found")
LIST_PX = (356, 430)
"""The list takes at least and at most this much: large text leaves the items their room."""


class CashList(SizedPanel):
    """Lists unapplied cash; ``table`` tells which one is current."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._found: Mapping[str, Suggestion] = {}
        self.model = RowModel(self._columns(), key=lambda one: one.item_id, language=words.language)
        self.table = RowTable(self.model, density="two_lines").named(words, CASH)
        self.table.saying(words, NONE_LEFT)
        self.count, self.total = Label("", "body", "text2"), Label("", "strong")
        super().__init__(
            (self.table, 1), rule(), row(self.count, STRETCH, self.total, margins=(14, 8, 14, 8)),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.measure()
        words.when_switched(self._switch)

    def show_cash(self, rows: tuple[Cash, ...], found: Mapping[str, Suggestion]) -> None:
        """Show what is not applied, with a suggestion by item."""
        self._found = found
        self.model.show(rows)
        self.table.viewport().update()
        self._words.put(self.count, "setText", COUNT, count=len(rows))
        total = Money(sum(one.left_minor for one in rows), BASE_CURRENCY)
        self.total.setText(total.grouped() if len({one.currency for one in rows}) < 2 else "—")

    def suggestion(self, cash: Cash) -> Suggestion | None:
        """Return what may explain cash that is shown."""
        return self._found.get(cash.item_id)

    def _switch(self) -> None:
        self.model.use_language(self._words.language)

    @override
    def measure(self) -> None:
        least, most = LIST_PX
        self.setMinimumWidth(scaled(least))
        self.setMaximumWidth(scaled(most))

    def _columns(self) -> tuple[Column[Cash], ...]:
        def payer(one: Cash) -> Lines:
            return Lines(one.customer_name, one.label, "text2")

        return (
            Column("payer", PAYER, payer, is_sortable=False),
            Column("left", LEFT, lambda x: Money(x.left_minor, x.currency), "amount", 108,
                   is_sortable=False),
            Column("match", MATCH, self._match, "chip", 116, is_sortable=False),
        )  # fmt: skip

    def _match(self, one: Cash) -> Chip:
        found, say = self._found.get(one.item_id), self._words.say
        if found is None or not found.explanations:
            return Chip(say(UNEXPLAINED), "neutral")
        if found.is_sure:
            return Chip(say(SURE), "ok")
        return Chip(say(RIVALS, count=len(found.explanations)), "info", "list")
