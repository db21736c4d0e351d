"""Open items that a receipt may pay: ticked, with what of it each gets, and what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from erpdesk.domain.allocation import Treatment
from erpdesk.domain.money import Money, parse_amount
from erpdesk.errors import UserError
from erpdesk.services.looking import Item
from erpdesk.services.receipts import GivenUp, Wanted
from erpdesk.words import Sentence, explain
from ui.models.cells import Chip, Lines
from ui.models.row_model import Column, RowModel
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.currency_field import with_code
from ui.widgets.difference import DifferenceBox
from ui.widgets.parts import STRETCH, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

S = Sentence
TITLE = S("未清项", "Open items")
NOTHING_OPEN = S(
    "选一笔收款，这里列出付款人的未清项", "Choose a receipt: what its payer owes is listed here"
)
OLDEST = S("按到期顺序分配", "Fill by due date")
TICK, ITEM, PART = S("选", "Use"), S("单据", "Item"), S("类别", "Part")
OPEN, NOW = S("未清", "Open"), S("本次核销", "Now")
AFTER, DUE = S("核销后 {left}", "after {left}"), S("{due} 到期", "due {due}")
OVERDUE = S("{due} 到期，逾期 {days} 天", "{days} days late, due {due}")
CURRENT = S("当前行本次核销", "Now, for the current row")
PUT = S("改金额", "Change")
CHOOSE = S("先选一行", "Choose a row first")
NOTHING = S("没有未清项", "Nothing is open")
NO_MONEY = S("先填收款金额", "Enter the amount first")
RECEIPT, USED, REST = S("收款", "Receipt"), S("核销", "Applied"), S("剩余", "Left")
OTHER_CURRENCY = S("和收款币种不同", "Of another currency than the money")
TOO_MUCH = S("核销多于收款", "More is applied than was received")
EQUATION = S("收款 {sum}，核销 {used}，剩余 {rest}", "received {sum}, applied {used}, left {rest}")
PARTS: Final = {
    "billed": (S("已开票", "billed"), "info", "receipt-text"),
    "unbilled": (S("暂估", "unbilled"), "unbilled", "file-clock"),
}
NONE: Final = Money(0, "CNY")


@dataclass(frozen=True, slots=True)
class Match:
    """An open item, and what of the money it gets."""

    item: Item
    now: Money

    @property
    def open(self) -> Money:
        """Return what is open of it."""
        return Money(self.item.open_minor, self.item.currency)


class Matching(Panel):
    """``changed`` comes with every tick and amount; ``wanted`` is what is to be paid."""

    changed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        self._words, self._today = words, today
        self.money: Money | None = None
        self._pays: Mapping[str, Money] = {}
        self.model = RowModel(self._columns(), key=lambda one: one.item.id, language=words.language)
        self.table = (
            RowTable(self.model, density="matching").named(words, TITLE).saying(words, NOTHING_OPEN)
        )
        title = Label("", "section")
        self.oldest = Button("", "quiet", key="F7", height_px=26)
        self.now = QLineEdit()
        self.now.setMinimumHeight(28)
        self.now.setMaximumWidth(170)
        self.put = Button("", height_px=28)
        self.problem = Label("", "small", "attention")
        self.figures = [Label("", "strip") for _ in range(3)]
        self.difference = DifferenceBox(words)
        hint = Label("", "label", "text2")
        for part, sentence in (
            (title, TITLE), (self.oldest, OLDEST), (hint, CURRENT), (self.put, PUT),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        words.put(self.now, "setAccessibleName", CURRENT)
        super().__init__(
            row(title, STRETCH, self.oldest, margins=(14, 6, 8, 6)), rule(), (self.table, 1),
            rule(), row(hint, self.now, self.put, (self.problem, 1), margins=(14, 6, 14, 6)),
            rule(), self._equation(), gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.table.ticked.connect(self._tick)
        self.table.current_row_changed.connect(self._chosen)
        self.oldest.clicked.connect(self.fill_oldest_first)
        self.put.clicked.connect(self._change)
        self.now.returnPressed.connect(self._change)
        words.when_switched(self._say_again)
        self._judge()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Return what is to be paid, and how much of it."""
        return tuple(Wanted(one.item.id, one.now) for one in self.model.rows if one.now.minor)

    @property
    def given_up(self) -> tuple[GivenUp, ...]:
        """Return what is left of an item and given up."""
        return self.difference.given_up

    @property
    def used(self) -> int:
        """Return how much is applied, in minor units."""
        return sum(one.now.minor for one in self.model.rows)

    @property
    def rest(self) -> int:
        """Return what is left of the money, in minor units."""
        return (self.money.minor if self.money else 0) - self.used

    @property
    def why_not(self) -> str:
        """Return what stands against applying it so."""
        if self.money is None:
            return self._words.say(NO_MONEY)
        return self._words.say(TOO_MUCH) if self.rest < 0 else ""

    def show_items(self, items: tuple[Item, ...], *, of_payer: bool = False) -> None:
        """Show what is open, once it is known who paid; given amounts stay with their items."""
        given = {**self._pays, **{one.item.id: one.now for one in self.model.rows}}
        charges = (one for one in items if one.original_minor > 0)
        self.model.show([Match(one, _at_most(given.get(one.id), one)) for one in charges])
        self.table.saying(self._words, NOTHING if of_payer else NOTHING_OPEN)
        self._judge()

    def expect(self, pays: Mapping[str, Money], treatment: Treatment | None) -> None:
        """Give items so much, by id, once they are shown; treat a small rest as it was."""
        self._pays = pays
        self.difference.prefer(treatment)

    def put_money(self, money: Money | None) -> None:
        """Match this much."""
        is_other = money is not None and any(not _fits(one, money) for one in self._given())
        self.money = money
        if is_other:
            self.begin()
        self._judge()

    def begin(self) -> None:
        """Apply nothing yet."""
        self._show([replace(one, now=Money(0, one.item.currency)) for one in self.model.rows])

    def fill_oldest_first(self) -> None:
        """Give the money to what is due first."""
        due = sorted(self.model.rows, key=lambda one: one.item.due_date)
        self.take([one.item.id for one in due if self._fits(one)])

    def take(self, item_ids: Sequence[str]) -> None:
        """Give the money to these items in order, and to no other."""
        left, known = (self.money.minor if self.money else 0), self._by_id()
        given = dict.fromkeys(known, 0)
        for item_id in item_ids:
            given[item_id] = min(left, known[item_id].open.minor)
            left -= given[item_id]
        rows = self.model.rows
        self._show([replace(x, now=Money(given[x.item.id], x.item.currency)) for x in rows])

    def _by_id(self) -> dict[str, Match]:
        return {one.item.id: one for one in self.model.rows}

    @property
    def items(self) -> dict[str, tuple[str, Money]]:
        """Return the number and what is open of every item, by its id."""
        return {one.item.id: (one.item.label, one.open) for one in self.model.rows}

    def _fits(self, one: Match) -> bool:
        return self.money is not None and _fits(one, self.money)

    def _given(self) -> list[Match]:
        return [one for one in self.model.rows if one.now.minor]

    def _tick(self, one: Match) -> None:
        left = max(0, self.rest)
        given = 0 if one.now.minor else min(left, one.open.minor) if self._fits(one) else 0
        self._give(one, Money(given, one.item.currency))

    def _change(self) -> None:
        one = self.table.current_row()
        if one is None:
            return
        try:
            money = parse_amount(self.now.text() or "0", one.item.currency)
        except UserError as error:
            self.problem.setText(explain(error, self._words.language))
            return
        if money.minor and self.money is not None and not self._fits(one):
            self.problem.setText(self._words.say(OTHER_CURRENCY))
            return
        self.problem.setText("")
        self._give(one, Money(min(max(0, money.minor), one.open.minor), one.item.currency))

    def _give(self, one: Match, money: Money) -> None:
        rows = self.model.rows
        self._show([replace(x, now=money) if x.item.id == one.item.id else x for x in rows])

    def _show(self, rows: list[Match]) -> None:
        self.model.show(rows)
        self._judge()
        facts = self._said_figures()
        announce(self, self._words.say(EQUATION, **facts))
        self.changed.emit()

    def _chosen(self, one: Match | None) -> None:
        self.now.setText(one.now.grouped() if one and one.now.minor else "")
        self.problem.setText("")
        self._judge()

    def _judge(self) -> None:
        say = self._words.say
        for label, said in zip(self.figures, self._said_figures().values(), strict=True):
            label.setText(said)
        tone = "error" if self.rest < 0 else "ok" if self.rest == 0 and self.money else "text"
        self.figures[2].set_ink(tone)  # type: ignore[arg-type]
        self._ask_about_rest()
        empty = say(NOTHING) if not self.model.rows else ""
        self.oldest.forbid(empty or ("" if self.money else say(NO_MONEY)))
        self.put.forbid(empty or ("" if self.table.current_row() else say(CHOOSE)))

    def _ask_about_rest(self) -> None:
        """Ask what becomes of the rest of the one item that the money did not quite pay."""
        short = [one for one in self.model.rows if 0 < one.now.minor < one.open.minor]
        is_all = self.money is not None and self.rest == 0
        if is_all and len(short) == 1:
            one = short[0]
            rest = one.open - one.now
            worth = one.item.item.left_base.share(rest.minor, one.open.minor)
            self.difference.show_rest(one.item.label, rest, worth)
        else:
            self.difference.show_rest("", None)

    def _said_figures(self) -> dict[str, str]:
        currency = self.money.currency if self.money else "CNY"
        return {
            "sum": self.money.grouped() if self.money else "—",
            "used": Money(self.used, currency).grouped(),
            "rest": Money(self.rest, currency).grouped(),
        }

    def _equation(self) -> Panel:
        named = []
        for sentence, figure in zip((RECEIPT, USED, REST), self.figures, strict=True):
            name = Label("", "small", "text2")
            self._words.put(name, "setText", sentence)
            named.append(column(name, figure, gap=0))
        minus, equals = Label("\u2212", "strip", "text2"), Label("=", "strip", "text2")
        return Panel(
            row(
                named[0], minus, named[1], equals, named[2], 10, (self.difference, 1), gap=14,
            ),
            ground="surface", margins=(14, 6, 14, 6),
        )  # fmt: skip

    def _say_again(self) -> None:
        self.model.use_language(self._words.language)
        self._judge()

    def _columns(self) -> tuple[Column[Match], ...]:
        return (
            Column("tick", TICK, lambda x: x.now.minor > 0, "check", 40, is_sortable=False),
            Column("item", ITEM, self._item, is_sortable=False),
            Column("part", PART, self._part, "chip", 98, is_sortable=False),
            Column("open", OPEN, lambda x: with_code(x.open), "amount", 112, is_sortable=False),
            Column("now", NOW, self._now, "amount", 132, is_sortable=False),
        )

    def _now(self, one: Match) -> Lines:
        after = (one.open - one.now).grouped()
        given = one.now if one.now.minor else None
        return Lines(given, self._words.say(AFTER, left=after), "text2")

    def _part(self, one: Match) -> Chip:
        word, tone, icon = PARTS.get(one.item.part, PARTS["billed"])
        return Chip(self._words.say(word), tone, icon)  # type: ignore[arg-type]

    def _item(self, one: Match) -> Lines:
        due, days = one.item.due_date, (self._today - one.item.due_date).days
        said = self._words.say(DUE if days <= 0 else OVERDUE, due=due, days=days)
        return Lines(one.item.label, said, "text2" if days <= 0 else "attention")


def _fits(one: Match, money: Money) -> bool:
    return one.item.currency == money.currency


def _at_most(given: Money | None, item: Item) -> Money:
    return Money(min(given.minor if given else 0, item.open_minor), item.currency)
