"""Customers that may be one and the same: all are compared, the surest pairs stand first."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.errors import UserError
from erpdesk.services.comparing import Compared, Comparing, LikelyPair
from erpdesk.words import Sentence
from erpdesk.words.customers import LIKENESS
from ui.models.row_model import Column, RowModel
from ui.pages import Page
from ui.widgets.button import Button
from ui.widgets.document_facts import sentence_for
from ui.widgets.parts import ElidedLabel, Panel
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording

S = Sentence
TITLE = S("疑似重复的客户", "Possible duplicates")
BACK, AGAIN = S("返回列表", "Back to the list"), S("再比一次", "Compare again")
BESIDE = S("在旁边看另一户", "Show the other one beside")
COMPARING = S("正在逐户比较…", "Comparing every customer…")
NONE = S("没有发现疑似重复的客户", "No customers that may be one were found")
COMPARED = S(
    "比了 {customers} 户，{count} 对可能是同一户", "{customers} compared, {count} pairs may be one"
)
SHOWN = S(
    "比了 {customers} 户，{count} 对可能是同一户，先列最像的 {shown} 对",
    "{customers} compared, {count} pairs may be one; the surest {shown} are here",
)
WHY, CODE, NAME = S("相同之处", "In common"), S("编码", "Code"), S("客户", "Customer")
OTHER_CODE, OTHER = S("另一编码", "Other code"), S("可能也是", "May also be")
COMMAS: Final = {"zh": "、", "en": ", "}


class AlikePage(Page):
    """``opened`` carries the id of a customer that is to be seen, ``card_wanted`` of the other."""

    opened = Signal(str)

    def __init__(self, comparing: Comparing, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, TITLE)
        self._comparing, self._runner = comparing, runner
        self.model = RowModel[LikelyPair](
            self._columns(), key=lambda pair: (pair.one.id, pair.other.id),
            language=wording.language,
        )  # fmt: skip
        self.table = RowTable(self.model, name="")
        wording.put(self.table, "setAccessibleName", TITLE)
        self.said = ElidedLabel("", "body", "text2")
        self.back = Button("", icon="arrow-left", key="Esc", height_px=30)
        self.again = Button("", icon="refresh-cw", key="F5", height_px=30)
        wording.put(self.back, "setText", BACK)
        wording.put(self.again, "setText", AGAIN)
        listed = Panel((self.table, 1), gap=0, margins=(1, 1, 1, 1))
        self.build((listed, 1), facts=(self.said,), buttons=(self.again, self.back))
        self._connect()

    @override
    def entered(self) -> None:
        self.table.setFocus()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.table,)

    @override
    def customer_here(self) -> str | None:
        pair = self.table.current_row()
        return pair.one.id if pair else None

    def compare(self) -> None:
        """Compare every customer with all others, beside what the window does."""
        self.solved()
        self.again.forbid(self.wording.say(COMPARING))
        self.table.set_busy(is_busy=True)
        self.wording.put(self.said, "setText", COMPARING)
        self._runner.produce(
            self, lambda _: self._comparing.compare(), done=self._show, refused=self._refused
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.finished)
        self.again.clicked.connect(self.compare)
        self.table.opened.connect(lambda pair: self.opened.emit(pair.one.id))
        self.table.opened_beside.connect(lambda pair: self.card_wanted.emit(pair.other.id))
        self.action(AGAIN, "F5", lambda: self.press(self.again))
        self.action(BESIDE, "", self._show_beside)
        self.wording.when_switched(self._say_again)

    def _say_again(self) -> None:
        self.model.use_language(self.wording.language)
        self.table.viewport().update()

    def _show_beside(self) -> None:
        pair = self.table.current_row()
        if pair is not None:
            self.card_wanted.emit(pair.other.id)

    def _show(self, found: Compared) -> None:
        self._end()
        self.model.show(found.pairs)
        if found.pairs:
            self.table.go_to(0)
        said = NONE if not found.count else COMPARED if found.count == len(found.pairs) else SHOWN
        facts = {"customers": found.customers, "count": found.count, "shown": len(found.pairs)}
        shown = {name: f"{value:,}" for name, value in facts.items()}
        self.wording.put(self.said, "setText", said, **shown)

    def _refused(self, error: UserError) -> None:
        self._end()
        self.said.setText("")
        self.notify("attention", sentence_for(error))

    def _end(self) -> None:
        self.again.forbid("")
        self.table.set_busy(is_busy=False)

    def _columns(self) -> tuple[Column[LikelyPair], ...]:
        def why(pair: LikelyPair) -> str:
            said = (self.wording.say(LIKENESS[one.value]) for one in pair.why)
            return COMMAS[self.wording.language].join(said)

        return (
            Column("why", WHY, why, width=200, is_sortable=False),
            Column("code", CODE, lambda pair: pair.one.code, width=104, is_sortable=False),
            Column("name", NAME, lambda pair: pair.one.name, is_sortable=False),
            Column("other_code", OTHER_CODE, lambda pair: pair.other.code, width=110,
                   is_sortable=False),
            Column("other", OTHER, lambda pair: pair.other.name, is_sortable=False),
        )  # fmt: skip
