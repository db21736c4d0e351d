"""Exchange rates: those that were written down, and one more."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.exchange import plain
from erpdesk.domain.moments import at_desk
from erpdesk.domain.money import parse_number
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.services.exchange_rates import Rate
from erpdesk.services.looking import Text
from erpdesk.words import Sentence
from ui.models.cells import Lines
from ui.models.row_model import Column, RowModel
from ui.pages.settings_facts import SettingsParts
from ui.pages.settings_forms import Form
from ui.widgets.button import Button
from ui.widgets.currency_field import CurrencyField
from ui.widgets.day_field import DayField
from ui.widgets.parts import STRETCH, Label, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

S = Sentence
RATES = S("汇率", "Exchange rates")
NONE_YET = S(
    "还没登记汇率：外币单据过账前先登记", "None yet: enter one before something foreign is booked"
)
DAY, CURRENCY = S("日期", "Day"), S("币种", "Currency")
VALUE, SOURCE = S("汇率（1 外币折人民币）", "Rate (CNY for one unit)"), S("来源", "From")
ENTERED = S("登记", "Entered")
RECORD, HEAD = S("登记汇率…", "Enter a rate…"), S("登记汇率", "Enter an exchange rate")
DO_RECORD = S("登记", "Enter")
MEANS = S(
    "登记后不改不删；同一天再登记一次，以后登记的为准。没有当天的，用之前 31 天内最近的。",
    "Never changed: of one day what is entered later counts. Without one of the day, the last of"
    " the 31 days before it is taken.",
)
NO_VALUE, NO_DAY = S("汇率不是数字", "The rate is no number"), S("日期不对", "The day is wrong")
NOT_YOURS = S("登记汇率要会计或财务主管", "Accountants and supervisors enter rates")
DONE = S("已登记 {number}：1 {currency} = {rate} {base}", "{number}: 1 {currency} = {rate} {base}")
MAY_RECORD: Final = frozenset({Role.ACCOUNTANT, Role.SUPERVISOR})


class RateForm(Form):
    """``wanted`` carries currency, rate, day, and where the rate is from."""

    wanted = Signal(str, object, object, str)

    def __init__(self, wording: Wording, parts: SettingsParts) -> None:
        super().__init__(wording, HEAD, DO_RECORD)
        self._today = parts.rates.clock.today()
        self.currency, self.value = CurrencyField(foreign_only=True), QLineEdit()
        self.day, self.source = DayField(self._today), QLineEdit()
        self.source.setMaxLength(100)
        note = Label("", "small", "text2", wraps=True)
        wording.put(note, "setText", MEANS)
        self.lay_out(
            row(
                self.named(CURRENCY, self.currency), (self.named(VALUE, self.value), 1),
                (self.named(DAY, self.day), 1), (self.named(SOURCE, self.source), 2), gap=10,
            ),
            note,
        )  # fmt: skip
        self.value.textChanged.connect(lambda _: self.judge())
        self.day.changed.connect(self.judge)
        self.act.clicked.connect(self._give)
        self.forget()

    def forget(self) -> None:
        """Clear what was typed; the currency stays, the next rate is often of the same."""
        self.value.clear()
        self.source.clear()
        self.day.put_day(self._today)

    @override
    def judge(self) -> None:
        why = NO_DAY if self.day.day is None else NO_VALUE if self._rate() is None else None
        self.act.forbid(self.wording.say(why) if why else "")

    def _rate(self) -> Decimal | None:
        try:
            return parse_number(self.value.text(), decimals=3)
        except UserError:
            return None

    def _give(self) -> None:
        rate, day = self._rate(), self.day.day
        self.wanted.emit(self.currency.currency, rate, day, self.source.text().strip())


def _currency(one: Rate) -> str:
    return one.rate.currency


class RatesPane(QWidget):
    """``said`` carries a tone and a title for the bar of the page; ``stored``: look again."""

    said = Signal(str, object)
    stored = Signal()

    def __init__(self, parts: SettingsParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self.model = RowModel[Rate](
            self._columns(), key=lambda one: one.number, language=wording.language
        )
        self.table = RowTable(self.model, density="two_lines").named(wording, RATES)
        self.table.saying(wording, NONE_YET)
        self.add = Button("", icon="plus")
        wording.put(self.add, "setText", RECORD)
        self.form = RateForm(wording, parts)
        buttons = row(self.add, STRETCH, margins=(14, 8, 14, 8))
        self.setLayout(column((self.table, 1), rule(), buttons, self.form, gap=0))
        self.add.clicked.connect(self._begin)
        self.form.left.connect(self.close_forms)
        self.form.wanted.connect(self._record)
        wording.when_switched(self._say_again)
        self._say_again()

    def show_rates(self, rates: tuple[Rate, ...]) -> None:
        """Show every rate, the latest day first."""
        self.model.show(rates)

    def close_forms(self) -> bool:
        """Put the form away, and what was typed in it; False when it was not open."""
        was_open = self.form.isVisible()
        self.form.hide()
        self.form.forget()
        return was_open

    def _begin(self) -> None:
        self.form.show()
        self.form.value.setFocus()

    def _record(self, currency: str, value: Decimal, day: object, source: str) -> None:
        rates = self._parts.rates
        self._runner.change(
            self, lambda: rates.record(currency, value, day=day, memo=source),  # type: ignore[arg-type]
            done=self._recorded, refused=lambda error: self.said.emit("attention", refusal(error)),
        )  # fmt: skip

    def _recorded(self, document: Text) -> None:
        self.close_forms()
        self.add.setFocus()
        facts = {**document.content["rate"], "number": document.number, "base": BASE_CURRENCY}
        zh, en = (literal(DONE.said(language, facts)) for language in ("zh", "en"))
        self.said.emit("ok", S(zh.zh, en.en))
        self.stored.emit()

    def _say_again(self) -> None:
        self.model.use_language(self._wording.language)
        may = bool(self._parts.roles & MAY_RECORD)
        self.add.forbid("" if may else self._wording.say(NOT_YOURS))

    def _columns(self) -> tuple[Column[Rate], ...]:
        return (
            Column("day", DAY, lambda one: one.rate.day, width=110, is_sortable=False),
            Column("currency", CURRENCY, _currency, width=80, is_sortable=False),
            Column("rate", VALUE, lambda one: plain(one.rate.value), width=190, is_sortable=False),
            Column("source", SOURCE, lambda one: one.memo, is_sortable=False),
            Column("entered", ENTERED, self._entered, width=190, is_sortable=False),
        )

    def _entered(self, one: Rate) -> Lines:
        by = self._parts.names.get(one.made_by, one.made_by)
        return Lines(by, f"{one.number} · {at_desk(one.made_at):%m-%d %H:%M}", "text2")
