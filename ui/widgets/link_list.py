"""The links that stand on a customer's items, with the button that takes one back."""

from typing import Final

from PySide6.QtCore import Signal

from erpdesk.domain.links import Link
from erpdesk.services.looking import Linked
from erpdesk.words import Sentence
from ui.models.row_model import Column, RowModel
from ui.widgets.button import Button
from ui.widgets.links import link_said
from ui.widgets.parts import STRETCH, Label, Panel, row, rule
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

S = Sentence
HISTORY, UNDO = S("核销记录", "Links"), S("撤回核销…", "Take back…")
HEAD = S("核销记录 {count} 条", "Links: {count}")
SOME = S("核销记录 {count} 条，最近 {listed} 条", "Links: {count}, the last {listed}")
LISTED_AT_ONCE: Final = 200
LINK, WORTH = S("核销", "Link"), S("金额", "Amount")


class LinkList(Panel):
    """Lists links; ``table`` tells which one is current, ``undo`` asks to take it back.

    Of many the newest ``most`` are listed; at their end ``more_wanted`` asks for more.
    """

    more_wanted = Signal()

    def __init__(self, words: Wording) -> None:
        self._words = words
        columns = (
            Column("link", LINK, link_said, is_sortable=False),
            Column[Link]("amount", WORTH, lambda x: x.amount, "amount", 116, is_sortable=False),
        )
        self._model = RowModel(columns, key=lambda one: one.id, language=words.language)
        self.table = RowTable(self._model, density="two_lines").named(words, HISTORY)
        self._head, self.undo = Label("", "section"), Button("", height_px=28)
        words.put(self.undo, "setText", UNDO)
        super().__init__(
            row(self._head, STRETCH, self.undo, margins=(14, 6, 8, 6)), rule(), (self.table, 1),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.most, self._in_all = LISTED_AT_ONCE, 0
        self.table.more_wanted.connect(self._ask_for_more)
        words.when_switched(self._switch)

    def _switch(self) -> None:
        self._model.use_language(self._words.language)

    def show_links(self, links: Linked) -> None:
        """Show these links."""
        self._in_all, listed = links.in_all, len(links.rows)
        self._model.show(links.rows)
        head = HEAD if listed == links.in_all else SOME
        self._words.put(self._head, "setText", head, count=links.in_all, listed=listed)

    def _ask_for_more(self) -> None:
        if self.most <= len(self._model.rows) < self._in_all:
            self.most += LISTED_AT_ONCE
            self.more_wanted.emit()
