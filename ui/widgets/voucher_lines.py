"""What a voucher asks money for: deliveries that are ticked, and amounts entered by hand."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from erpdesk.domain.money import Money, parse_amount
from erpdesk.errors import UserError
from erpdesk.services.looking import DeliveryLine
from erpdesk.services.vouchers import Entered, FreeDelivery
from erpdesk.words import Sentence, explain
from ui.look import scaled
from ui.models.row_model import Column, RowModel
from ui.widgets.button import Button
from ui.widgets.currency_field import CurrencyField, with_code
from ui.widgets.guards import Lack
from ui.widgets.parts import STRETCH, Label, Panel, row, rule
from ui.widgets.row_table import HEAD_PX, ROW_PX, RowTable
from ui.work.wording import Wording

S = Sentence
TITLE = S("出库单和金额", "Deliveries and amounts")
NO_DELIVERY = S(
    "这里列出客户未开票的出库单；没有就在下面手工加一行",
    "The customer's deliveries without an invoice; without one, add a line below",
)
HINT = S("空格勾选", "Space ticks")
ALL = S("全选", "Tick all")
TICK, NUMBER, DAY = S("选", "Use"), S("出库单或事由", "Delivery or reason"), S("日期", "Day")
AMOUNT, FREE = S("金额（含税）", "Amount with tax"), S("可用", "Free")
BY_HAND, HOW_MUCH = S("手工：事由", "By hand: what for"), S("金额（含税）", "Amount with tax")
CURRENCY = S("币种", "Currency")
ADD = S("加一行", "Add a line")
NOTHING = S("先写事由和金额", "Write what for and how much first")
NOT_ADDED = S("手工一行还没加进去：按 Enter", "The line by hand is not added yet: press Enter")
ROWS_LEAST: Final = 3
ROWS_TIGHT: Final = 4
ROWS_MOST: Final = 14
NONE_FREE = S("没有可选的出库单", "There is no delivery to tick")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a delivery, or an amount by hand (``delivery`` is empty).

    ``customer`` is whose it is, as long as nobody is chosen.
    """

    key: str
    is_ticked: bool
    text: str
    day: date | None
    amount: Money
    free: Money | None
    delivery: str = ""
    customer: str = ""


class VoucherLines(Panel):
    """``changed`` comes with every tick and every line; ``wanted`` is somebody's delivery."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._count = 0
        self.model = RowModel(_columns(), key=lambda one: one.key, language=words.language)
        self.table = (
            RowTable(self.model, density="compact").named(words, TITLE).saying(words, NO_DELIVERY)
        )
        self.table.setSizeAdjustPolicy(RowTable.SizeAdjustPolicy.AdjustToContents)
        title, hint = Label("", "section"), Label("", "small", "text3")
        self.every = Button("", "quiet", height_px=24)
        self.text, self.amount = QLineEdit(), QLineEdit()
        self.currency = CurrencyField(height_px=28)
        self.add = Button("", icon="plus", height_px=28)
        self.problem = Label("", "small", "attention")
        for part, sentence in (
            (title, TITLE), (hint, HINT), (self.every, ALL), (self.add, ADD),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        for field, sentence in ((self.text, BY_HAND), (self.amount, HOW_MUCH)):
            field.setMinimumHeight(28)
            words.put(field, "setPlaceholderText", sentence)
            words.put(field, "setAccessibleName", sentence)
        self.amount.setMaximumWidth(150)
        words.put(self.currency, "setAccessibleName", CURRENCY)
        super().__init__(
            row(title, hint, STRETCH, self.every, margins=(14, 6, 8, 6)), rule(),
            (self.table, 1), rule(),
            row((self.text, 1), self.amount, self.currency, self.add, margins=(10, 6, 10, 6)),
            self.problem,
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.problem.hide()
        self.table.ticked.connect(self._tick)
        self.every.clicked.connect(self._tick_all)
        self.add.clicked.connect(self._add)
        for field in (self.text, self.amount):
            field.textChanged.connect(lambda _: self._typed())
            field.returnPressed.connect(self.add.click)
        words.when_switched(self._say_again)
        self.judge()

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Return what stands in the fields by hand and is no line yet: it would be left out."""
        is_written = self.text.text().strip() or self.amount.text().strip()
        return (Lack("by_hand", self._words.say(NOT_ADDED)),) if is_written else ()

    @property
    def deliveries(self) -> tuple[str, ...]:
        """Return the ids of the ticked deliveries."""
        return tuple(one.delivery for one in self.model.rows if one.is_ticked and one.delivery)

    @property
    def entered(self) -> tuple[Entered, ...]:
        """Return the amounts by hand that are ticked."""
        lines = (one for one in self.model.rows if one.is_ticked and not one.delivery)
        return tuple(Entered(one.text, one.amount) for one in lines)

    def show_deliveries(self, rows: tuple[DeliveryLine, ...], ticked: frozenset[str]) -> None:
        """Show a customer's deliveries; amounts by hand stay."""
        by_hand = [one for one in self.model.rows if not one.delivery]
        self.model.show([*(_delivered(one, ticked) for one in rows), *by_hand])
        self.judge()

    def show_free(self, rows: tuple[FreeDelivery, ...]) -> None:
        """Show what waits for a voucher while nobody is chosen; a tick chooses its customer."""
        by_hand = [one for one in self.model.rows if not one.delivery]
        self.model.show([*map(_waiting, rows), *by_hand])
        self.judge()

    def put_entered(self, lines: tuple[Entered, ...]) -> None:
        """Take the amounts by hand of a kept voucher; what is half written belongs to another."""
        self.text.clear()
        self.amount.clear()
        delivered = [one for one in self.model.rows if one.delivery]
        self.model.show([*delivered, *(self._by_hand(one) for one in lines)])
        self.judge()

    def judge(self) -> None:
        """Say what stands against adding a line, or ticking all."""
        is_written = bool(self.text.text().strip() and self.amount.text().strip())
        self.add.forbid("" if is_written else self._words.say(NOTHING))
        self._measure()
        has_any = any(one.delivery and not one.customer for one in self.model.rows)
        self.every.forbid("" if has_any else self._words.say(NONE_FREE))

    def _measure(self) -> None:
        """Be as high as the rows, within bounds, and lower where what stands below needs room."""
        most = min(max(len(self.model.rows), ROWS_LEAST), ROWS_MOST)
        for rows, bound in (
            (min(most, ROWS_TIGHT), self.table.setMinimumHeight),
            (most, self.table.setMaximumHeight),
        ):
            bound(scaled(HEAD_PX + rows * ROW_PX["compact"]) + 4)

    def _by_hand(self, entered: Entered) -> Line:
        self._count += 1
        text, amount = entered.text, entered.amount
        return Line(f"hand {self._count}", True, text, None, amount, None)  # noqa: FBT003

    def _add(self) -> None:
        try:
            money = parse_amount(self.amount.text(), self.currency.currency)
        except UserError as error:
            self.problem.setText(explain(error, self._words.language))
            self.problem.show()
            self.amount.setFocus()
            return
        self.problem.hide()
        line = self._by_hand(Entered(self.text.text().strip(), money))
        self.model.show([*self.model.rows, line])
        self.text.clear()
        self.amount.clear()
        self.judge()
        self.text.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        self.judge()
        self.changed.emit()

    def _tick(self, line: Line) -> None:
        if line.customer:
            self.wanted.emit(line)
            return
        self._show_ticked({line.key: not line.is_ticked})

    def _tick_all(self) -> None:
        self._show_ticked({one.key: True for one in self.model.rows})

    def _show_ticked(self, ticks: dict[str, bool]) -> None:
        rows = self.model.rows
        self.model.show([replace(x, is_ticked=ticks.get(x.key, x.is_ticked)) for x in rows])
        self.changed.emit()

    def _say_again(self) -> None:
        self.model.use_language(self._words.language)
        self.judge()


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column("tick", TICK, lambda one: one.is_ticked, "check", 40, is_sortable=False),
        Column("text", NUMBER, lambda one: one.text, is_sortable=False),
        Column("day", DAY, lambda one: one.day, width=96, is_sortable=False),
        Column("amount", AMOUNT, _amount, "amount", 124, is_sortable=False),
        Column("free", FREE, lambda one: one.free, "amount", 110, is_sortable=False),
    )


def _amount(one: Line) -> str:
    return with_code(one.amount)


def _waiting(row: FreeDelivery) -> Line:
    one = _delivered(row.delivery, frozenset())
    return replace(one, text=f"{one.text}  {row.customer}", customer=row.delivery.customer_id)


def _delivered(row: DeliveryLine, ticked: frozenset[str]) -> Line:
    amount, free = Money(row.amount_minor, row.currency), Money(row.free_minor, row.currency)
    return Line(row.id, row.id in ticked, row.number, row.day, amount, free, row.id)
