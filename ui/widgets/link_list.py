"""The links that stand on a customer's items, with the button that takes one back."""

from erpdesk.domain.links import Link
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
LINK, WORTH = S("核销", "Link"), S("金额", "Amount")


class LinkList(Panel):
    """Lists links; ``table`` tells which one is current, ``undo`` asks to take it back."""

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
        words.when_switched(self._switch)

    def _switch(self) -> None:
        self._model.use_language(self._words.language)

    def show_links(self, links: tuple[Link, ...]) -> None:
        """Show these links."""
        self._model.show(links)
        self._words.put(self._head, "setText", HEAD, count=len(links))
