"""The lists of one customer: open items, documents, cash, counts, notices, record, changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from erpdesk.domain.customers.customer import CodeKind
from erpdesk.domain.importing.customer_typed import TYPED, said_of
from erpdesk.domain.masking import masked_field
from erpdesk.services.customer_history import History
from erpdesk.services.customers import Card, Code
from erpdesk.words import Sentence
from erpdesk.words.customers import CODE_KINDS, FIELDS, TAX_STATES, as_label
from ui.models.cells import Toned, Value
from ui.models.row_model import Column, RowModel
from ui.pages.customer.follow import FollowTab
from ui.widgets.button import Button
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.combo import Combo
from ui.widgets.customer_lists import (
    change_columns,
    code_columns,
    count_columns,
    item_columns,
    paper_columns,
)
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.row_table import AnyTable, Density, RowTable
from ui.work.wording import Wording

S = Sentence
TABS: Final = {
    "items": (S("未清项", "Open items"), "scale"),
    "vouchers": (S("凭证", "Vouchers"), "file-clock"),
    "receipts": (S("收款", "Receipts"), "banknote"),
    "counts": (S("盘点记录", "Counts"), "scan-barcode"),
    "notices": (S("通知与回函", "Papers, replies"), "mail"),
    "follow": (S("跟进", "Follow-up"), "phone-call"),
    "record": (S("资料与条码", "Record, codes"), "building-2"),
    "changes": (S("变更", "Changes"), "history"),
}
NOTHING: Final = {
    "items": S("没有未清项", "Nothing is open"),
    "vouchers": S("还没有凭证", "There are no vouchers yet"),
    "receipts": S("还没有收款", "There are no receipts yet"),
    "counts": S("还没有盘点记录，或你的角色不看", "No counts yet, or your role does not read them"),
    "notices": S("还没有出过通知书、对账单", "Nothing was issued yet"),
    "changes": S("资料没有改过", "The record was never changed"),
}
LISTS = S("客户的各张表", "The customer's lists")
FIELD, VALUE, CODES = S("项目", "Field"), S("内容", "Value"), S("条码与编码", "Codes")
LACKING = S("缺", "lacks")
NEW_CODE, ADD = S("新的码", "New code"), S("加码", "Add the code")
RETIRE = S("停用这个码", "Retire this code")
CHOOSE = S("先选一个在用的码", "Choose a code in use first")
MAIN_STAYS = S("主编码不能停用", "The main code stays")
TYPE_CODE = S("先扫或输入新的码", "Scan or type the new code first")
SHOW_WHOLE = S("显示电话和账号", "Show whole numbers")
IS_WHOLE = S("已全部显示，并记入审计日志", "They are shown, and the log keeps that")
NONE_HIDDEN = S("没有遮住的号码", "No number is hidden")
STILL = S("停用的码扫到仍认得这个客户", "A retired code, scanned, still finds the customer")
KINDS: Final = (CodeKind.BARCODE, CodeKind.OLD, CodeKind.OTHER)
LEAST_PX: Final = 96
FieldRow = tuple[str, str, bool]


class CustomerTabs(Panel):
    """``code_added`` carries a code and its kind, ``code_retired`` a code.

    ``opened`` carries the id of the document that a row stands for.

    Telephone and account numbers are hidden but for their ends; ``whole_wanted`` asks for them.
    """

    opened = Signal(str)
    code_added = Signal(str, str)
    code_retired = Signal(str)
    whole_wanted = Signal()

    def __init__(self, words: Wording, names: Mapping[str, str], today: date) -> None:
        self._words = words
        self._card: Card | None = None
        self._counts: dict[str, int | None] = dict.fromkeys(TABS)
        self._why_no_codes, self._is_whole = "", False
        self._disputed: set[str] = set()
        self.chips, self.stack = ChipRow(), QStackedWidget()
        self.tables: dict[str, AnyTable] = {
            "items": self._table(item_columns(words, today, self._disputed), "items"),
            "vouchers": self._table(paper_columns(words, names), "vouchers"),
            "receipts": self._table(paper_columns(words, names), "receipts"),
            "counts": self._table(count_columns(words, names), "counts"),
            "notices": self._table(paper_columns(words, names, has_money=False), "notices"),
            "changes": self._table(
                change_columns(words, names, self._shown), "changes", "two_lines"
            ),
            "record": self._table(self._field_columns(), "record"),
            "codes": self._table(code_columns(words), "record"),
        }
        self.nothing: dict[str, Label] = {}
        self.follow = FollowTab(words, today)
        self.tables["follow"] = self.follow.table
        own: dict[str, QWidget] = {"record": self._record_page(), "follow": self.follow}
        for name in TABS:
            self.stack.addWidget(own[name] if name in own else self._page(name))
        super().__init__(
            row(self.chips, STRETCH, margins=(14, 8, 14, 8)), rule(), (self.stack, 1),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._connect()
        self._say_again()

    def _connect(self) -> None:
        self.chips.chosen.connect(self.choose)
        self.tables["codes"].current_row_changed.connect(lambda _: self._judge())
        self.new_code.textChanged.connect(lambda _: self._judge())
        self.add.clicked.connect(self._add)
        self.retire.clicked.connect(self._retire)
        self.whole.clicked.connect(self.whole_wanted)
        self._words.when_switched(self._say_again)

    def choose(self, name: str) -> None:
        """Show a list by its name."""
        self.chips.choose(name)
        self.stack.setCurrentIndex(list(TABS).index(name))

    def take_focus(self) -> None:
        """Let the keys walk the list that is shown."""
        name = self.chips.current or next(iter(TABS))
        self.tables[name].setFocus()
        if self.tables[name].current_row() is None and self.tables[name].rows_model.rows:
            self.tables[name].go_to(0)

    def show_customer(self, card: Card, history: History) -> None:
        """Show a customer's lists; those of before stay until then."""
        if self._card is None or self._card.id != card.id:
            self.new_code.clear()
            self._is_whole = False
        self._card = card
        rows: dict[str, tuple[Any, ...]] = {
            "items": card.items,
            "vouchers": history.vouchers,
            "receipts": history.receipts,
            "counts": history.counts,
            "notices": history.notices,
            "changes": history.changes,
            "record": self._field_rows(card),
            "codes": card.codes,
        }
        self._disputed.clear()
        self._disputed.update(one.item for one in history.disputes if not one.ended)
        for name, found in rows.items():
            self.tables[name].rows_model.show(found)
            if name in self.nothing:
                self.nothing[name].setVisible(not found)
        self.follow.show_items(card.items)
        self.follow.show_lines(history.promises, history.disputes)
        self._counts = {name: len(rows[name]) for name in TABS if name in rows and name != "record"}
        self._counts["follow"] = self.follow.standing
        self._show_chips()
        self._judge()

    @property
    def hides_numbers(self) -> bool:
        """Say whether a number of the customer is shown only by its ends."""
        rows: Sequence[FieldRow] = self.tables["record"].rows_model.rows
        return not self._is_whole and any(
            masked_field(name, said) != said for name, said, _ in rows
        )

    def show_whole(self, *, is_whole: bool = True) -> None:
        """Show every number whole, or only its ends again."""
        self._is_whole = is_whole
        for name in ("record", "changes"):
            model = self.tables[name].rows_model
            model.use_language(self._words.language)
        self._judge()

    def _shown(self, name: str, said: str) -> str:
        return said if self._is_whole else masked_field(name, said)

    def forbid_codes(self, why_not: str) -> None:
        """Turn adding and retiring codes off with a reason; an empty reason turns it on."""
        self._why_no_codes = why_not
        self._judge()

    def _table(
        self, columns: tuple[Column[Any], ...], name: str, density: Density = "normal"
    ) -> AnyTable:
        words = self._words
        model: RowModel[Any] = RowModel(columns, key=_key, language=words.language)
        table = RowTable(model, density=density).named(words, TABS[name][0])
        table.setMinimumHeight(LEAST_PX)
        table.opened.connect(self._open)
        return table

    def _open(self, one: object) -> None:
        paper = getattr(one, "paper", one)
        document = getattr(paper, "document_id", None) or getattr(paper, "id", None)
        if document:
            self.opened.emit(document)

    def _page(self, name: str) -> QWidget:
        table, nothing = self.tables[name], Label("", "body", "text2")
        self._words.put(nothing, "setText", NOTHING[name])
        self.nothing[name] = nothing
        table.viewport().setLayout(column(STRETCH, row(STRETCH, nothing, STRETCH), STRETCH))
        return table

    def _record_page(self) -> QWidget:
        note = ElidedLabel("", "small", "text2")
        self._words.put(note, "setText", STILL)
        self.new_code, self.code_kind = QLineEdit(), Combo()
        self.new_code.setMinimumHeight(30)
        self.new_code.setMaxLength(64)
        self.code_kind.setMinimumHeight(30)
        self._words.put(self.new_code, "setPlaceholderText", NEW_CODE)
        self._words.put(self.new_code, "setAccessibleName", NEW_CODE)
        self._words.put(self.code_kind, "setAccessibleName", CODES)
        self.add, self.retire = Button("", icon="plus"), Button("", icon="ban")
        self._words.put(self.add, "setText", ADD)
        self._words.put(self.retire, "setText", RETIRE)
        tools = column(
            row((self.new_code, 1), self.code_kind, self.add), row((note, 1), self.retire),
            gap=6, margins=(14, 8, 14, 10),
        )  # fmt: skip
        codes = column((self.tables["codes"], 1), rule(), tools, gap=0)
        self.whole = Button("", icon="eye")
        self._words.put(self.whole, "setText", SHOW_WHOLE)
        fields = column(
            (self.tables["record"], 1), rule(),
            row(STRETCH, self.whole, margins=(14, 8, 14, 10)), gap=0,
        )  # fmt: skip
        page = QWidget()
        page.setLayout(row((fields, 3), rule(is_upright=True), (codes, 2), gap=0))
        return page

    def _field_columns(self) -> tuple[Column[FieldRow], ...]:
        words = self._words

        def value(one: FieldRow) -> Value:
            name, said, is_lacking = one
            if not said:
                return Toned(words.say(LACKING), "attention") if is_lacking else None
            problem = self._card.tax_problem if name == "tax_id" and self._card else None
            if problem is None:
                return self._shown(name, said)
            return Toned(f"{said} · {words.say(TAX_STATES[problem])}", "attention")

        return (
            Column("field", FIELD, lambda one: words.say(as_label(FIELDS[one[0]])), width=150,
                   is_sortable=False),
            Column("value", VALUE, value, is_sortable=False),
        )  # fmt: skip

    @staticmethod
    def _field_rows(card: Card) -> tuple[FieldRow, ...]:
        said = said_of(card.record, card.contact)
        lacking = {name for asked in card.missing for name in asked.split("/")}
        return tuple((name, said[name], name in lacking) for name in TYPED)

    def _show_chips(self) -> None:
        say = self._words.say
        self.chips.show_filters(
            [
                Filter(name, say(word), self._counts.get(name), icon)
                for name, (word, icon) in TABS.items()
            ]
        )

    def _judge(self) -> None:
        say = self._words.say
        code: Code | None = self.tables["codes"].current_row()
        is_empty = not self.new_code.text().strip()
        self.add.forbid(self._why_no_codes or (say(TYPE_CODE) if is_empty else ""))
        wrong = ""
        if code is None or code.retired_at is not None:
            wrong = say(CHOOSE)
        elif code.kind == CodeKind.MAIN:
            wrong = say(MAIN_STAYS)
        self.retire.forbid(self._why_no_codes or wrong)
        nothing = IS_WHOLE if self._is_whole else NONE_HIDDEN
        self.whole.forbid("" if self.hides_numbers else say(nothing))

    def _add(self) -> None:
        self.code_added.emit(self.new_code.text().strip(), self.code_kind.currentData())

    def _retire(self) -> None:
        code: Code | None = self.tables["codes"].current_row()
        if code is not None:
            self.code_retired.emit(code.code)

    def _say_again(self) -> None:
        words = self._words
        for name, table in self.tables.items():
            table.rows_model.use_language(words.language)
            table.setAccessibleName(words.say(CODES if name == "codes" else TABS[name][0]))
        self.chips.setAccessibleName(words.say(LISTS))
        chosen = self.code_kind.currentIndex()
        self.code_kind.clear()
        for kind in KINDS:
            self.code_kind.addItem(words.say(as_label(CODE_KINDS[kind.value])), kind.value)
        self.code_kind.setCurrentIndex(max(0, chosen))
        self._show_chips()
        self._judge()


def _key(row_: Any) -> Any:
    """Return which row is which in any of the lists."""
    return getattr(row_, "id", None) or row_
