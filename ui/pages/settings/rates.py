"""Exchange rates: those that were written down, and one more."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Outcome
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
from ui.pages.settings.facts import SettingsParts
from ui.pages.settings.forms import Form
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
REVALUE, REVALUE_HEAD = S("期末调汇…", "Revalue…"), S("期末调汇", "Revalue at a month's end")
TAKE_BACK = S("冲回", "Take back")
LAST_DAY, DO_REVALUE = S("月末", "Last day"), S("提交，等人审批", "Submit")
REVALUE_MEANS = S(
    "外币应收按这天的汇率调到本位币，差额进 6061；预收不调。"
    "每个客户一张；过账后在这里冲回，记在下月 1 日。",
    "Foreign receivables are brought to their worth on this day, against 6061; advances are not."
    " One document a customer; once posted it is taken back here, on the first of the next month.",
)
WAITING = S("已提交 {count} 张，等人审批：{numbers}", "{count} submitted: {numbers}")
NO_ACCOUNTANT = S("期末调汇要会计", "An accountant revalues")
Made = Outcome[tuple[Text, ...]]
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


class RevalueForm(Form):
    """``wanted`` carries the last day of the month whose foreign receivables are revalued."""

    wanted, back_wanted = Signal(object), Signal(object)

    def __init__(self, wording: Wording, parts: SettingsParts) -> None:
        super().__init__(wording, REVALUE_HEAD, DO_REVALUE)
        self.back = Button("", icon="undo-2")
        wording.put(self.back, "setText", TAKE_BACK)
        today = parts.rates.clock.today()
        self._last, self.day = today.replace(day=1) - timedelta(days=1), DayField(today)
        note = Label("", "small", "text2", wraps=True)
        wording.put(note, "setText", REVALUE_MEANS)
        self.lay_out(row(self.named(LAST_DAY, self.day), (note, 1), self.back, gap=14))
        self.day.changed.connect(self.judge)
        self.act.clicked.connect(lambda: self.wanted.emit(self.day.day))
        self.back.clicked.connect(lambda: self.back_wanted.emit(self.day.day))
        self.forget()

    def forget(self) -> None:
        """Offer the month that is over."""
        self.day.put_day(self._last)

    @override
    def judge(self) -> None:
        for button in (self.act, self.back):
            button.forbid("" if self.day.day else self.wording.say(NO_DAY))


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
        self.add, self.revalue = Button("", icon="plus"), Button("", icon="scale")
        wording.put(self.add, "setText", RECORD)
        wording.put(self.revalue, "setText", REVALUE)
        self.form, self.month = RateForm(wording, parts), RevalueForm(wording, parts)
        buttons = row(self.add, self.revalue, STRETCH, margins=(14, 8, 14, 8))
        self.setLayout(column((self.table, 1), rule(), buttons, self.form, self.month, gap=0))
        self.add.clicked.connect(lambda: self._begin(self.form, self.form.value))
        self.revalue.clicked.connect(lambda: self._begin(self.month, self.month.day))
        for form in (self.form, self.month):
            form.left.connect(self.close_forms)
        self.form.wanted.connect(self._record)
        self.month.wanted.connect(partial(self._change_month, parts.revaluing.revalue))
        self.month.back_wanted.connect(partial(self._change_month, parts.revaluing.take_back))
        wording.when_switched(self._say_again)
        self._say_again()

    def show_rates(self, rates: tuple[Rate, ...]) -> None:
        """Show every rate, the latest day first."""
        self.model.show(rates)

    def close_forms(self) -> bool:
        """Put the forms away, and what was typed in them; False when none was open."""
        was_open = self.form.isVisible() or self.month.isVisible()
        for form in (self.form, self.month):
            form.hide()
            form.forget()
        return was_open

    def _begin(self, form: Form, first: QWidget) -> None:
        self.close_forms()
        form.show()
        first.setFocus()

    def _record(self, currency: str, value: Decimal, day: date, source: str) -> None:
        rates = self._parts.rates
        self._runner.change(
            self, lambda: rates.record(currency, value, day=day, memo=source),
            done=self._recorded, refused=self._refused,
        )  # fmt: skip

    def _change_month(self, work: Callable[[date], Made], day: date) -> None:
        self._runner.change(self, partial(work, day), done=self._revalued, refused=self._refused)

    def _revalued(self, made: tuple[Text, ...]) -> None:
        self.close_forms()
        self.revalue.setFocus()
        facts = {"count": len(made), "numbers": "、".join(one.number or "" for one in made[:3])}
        self._say_done(WAITING, facts)

    def _refused(self, error: UserError) -> None:
        self.said.emit("attention", refusal(error))

    def _say_done(self, said: Sentence, facts: Mapping[str, object]) -> None:
        zh, en = (literal(said.said(language, facts)) for language in ("zh", "en"))
        self.said.emit("ok", S(zh.zh, en.en))
        self.stored.emit()

    def _recorded(self, document: Text) -> None:
        self.close_forms()
        self.add.setFocus()
        facts = {**document.content["rate"], "number": document.number, "base": BASE_CURRENCY}
        self._say_done(DONE, facts)

    def _say_again(self) -> None:
        self.model.use_language(self._wording.language)
        may = bool(self._parts.roles & MAY_RECORD)
        self.add.forbid("" if may else self._wording.say(NOT_YOURS))
        keeps = Role.ACCOUNTANT in self._parts.roles
        self.revalue.forbid("" if keeps else self._wording.say(NO_ACCOUNTANT))

    def _columns(self) -> tuple[Column[Rate], ...]:
        return (
            Column("day", DAY, lambda one: one.rate.day, width=110, is_sortable=False),
            Column("currency", CURRENCY, _currency, width=80, is_sortable=False),
            Column("rate", VALUE, lambda one: plain(one.rate.value), width=168, is_sortable=False),
            Column("source", SOURCE, lambda one: one.memo, is_sortable=False),
            Column("entered", ENTERED, self._entered, width=160, is_sortable=False),
        )

    def _entered(self, one: Rate) -> Lines:
        by = self._parts.names.get(one.made_by, one.made_by)
        return Lines(f"{by} {at_desk(one.made_at):%m-%d %H:%M}", one.number, "text2")
