"""What a paper is asked to say: which one, in which language, of which days."""

from datetime import date, timedelta
from functools import partial
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.confirmation import Method
from erpdesk.domain.statement import Sort
from erpdesk.services.confirming import REPLY_WITHIN_DAYS, ConfirmationAsked
from erpdesk.services.noticing import PAY_WITHIN_DAYS, Asked
from erpdesk.services.stating import OBJECT_WITHIN_DAYS, StatementAsked
from erpdesk.words import Sentence
from ui.pages.notices.facts import PaperName
from ui.widgets.combo import Combo
from ui.widgets.day_field import DayField
from ui.widgets.labelled import labelled
from ui.widgets.parts import column, row
from ui.work.wording import Wording

S = Sentence
PAPER, LANGUAGE, AS_OF = S("出哪一种", "Paper"), S("语言", "Language"), S("截止日", "As of")
PAY_BY, OBJECT_BY = S("请于此日前付", "Pay by"), S("请于此日前提出", "Object by")
FIRST, REPLY_BY = S("从哪天起", "From"), S("请于此日前回函", "Reply by")
NOTICE: Final = "notice"
PAPERS: Final = (
    (NOTICE, S("结算通知书", "Settlement notice")),
    (Sort.OPEN_ITEMS.value, S("对账单（未清项）", "Open items")),
    (Sort.ACTIVITY.value, S("对账单（发生额）", "Activity")),
    (Method.POSITIVE.value, S("询证函（积极式）", "Confirm: positive")),
    (Method.BLANK.value, S("询证函（空白式）", "Confirm: blank")),
    (Method.NEGATIVE.value, S("询证函（消极式）", "Confirm: negative")),
)
LANGUAGES: Final = (
    ("", S("按客户", "the customer's")), ("zh", S("中文", "Chinese")), ("en", S("英文", "English")),
)  # fmt: skip
_LANGUAGE: Final[dict[str, Literal["zh", "en"]]] = {"zh": "zh", "en": "en"}


class PaperAsked(NamedTuple):
    """The paper that is asked for, and what it is to say."""

    paper: PaperName
    said: Asked | StatementAsked | ConfirmationAsked


class AskedForm(QWidget):
    """``changed`` comes with every change of what is asked for."""

    changed = Signal()

    def __init__(self, words: Wording, today: date) -> None:
        super().__init__()
        self._words = words
        self.paper, self.language = Combo(), Combo()
        self.as_of = _day(today)
        self.pay_by = _day(today, today + timedelta(days=PAY_WITHIN_DAYS))
        self.object_by = _day(today, today + timedelta(days=OBJECT_WITHIN_DAYS))
        self.reply_by = _day(today, today + timedelta(days=REPLY_WITHIN_DAYS))
        self.first = _day(today, today.replace(day=1))
        named = partial(labelled, words)
        self._second = {
            NOTICE: named(PAY_BY, self.pay_by),
            Sort.OPEN_ITEMS.value: named(OBJECT_BY, self.object_by),
            Sort.ACTIVITY.value: named(FIRST, self.first),
        }
        replied = named(REPLY_BY, self.reply_by)
        self._second |= dict.fromkeys((one.value for one in Method), replied)
        for combo in (self.paper, self.language):
            combo.setMinimumHeight(30)
        self.setLayout(
            column(
                row((named(PAPER, self.paper), 3), (named(LANGUAGE, self.language), 2)),
                row(
                    (named(AS_OF, self.as_of), 1),
                    *((one, 1) for one in dict.fromkeys(self._second.values())),
                ),
                margins=(14, 8, 14, 10),
            )
        )
        words.when_switched(self._switch)
        self._switch()
        for combo in (self.paper, self.language):
            combo.currentIndexChanged.connect(self._chosen)
        for field in self._days:
            field.changed.connect(self.changed)

    @property
    def _days(self) -> tuple[DayField, ...]:
        return self.as_of, self.pay_by, self.object_by, self.first, self.reply_by

    @property
    def is_wrong(self) -> bool:
        """Say whether a day that is shown is none."""
        return any(field.is_wrong for field in self._days if not field.isHidden())

    @property
    def asked(self) -> PaperAsked:
        """Return what is asked for."""
        name, as_of = self.paper.currentData(), self.as_of.day
        language = _LANGUAGE.get(self.language.currentData())
        if name == NOTICE:
            return PaperAsked(NOTICE, Asked(as_of, self.pay_by.day, language))
        if name in set(Method):
            said = ConfirmationAsked(Method(name), as_of, self.reply_by.day, language)
            return PaperAsked("confirmation", said)
        return PaperAsked("statement", self._statement(Sort(name), as_of, language))

    def _statement(
        self, sort: Sort, as_of: date | None, language: Literal["zh", "en"] | None
    ) -> StatementAsked:
        if sort is Sort.ACTIVITY:
            return StatementAsked(sort, self.first.day, as_of, language=language)
        return StatementAsked(sort, None, as_of, self.object_by.day, language)

    def _chosen(self) -> None:
        self._show_second()
        self.changed.emit()

    def _show_second(self) -> None:
        chosen = self._second[self.paper.currentData()]
        for field in dict.fromkeys(self._second.values()):
            field.setVisible(field is chosen)

    def _switch(self) -> None:
        for combo, choices in ((self.paper, PAPERS), (self.language, LANGUAGES)):
            chosen = combo.currentIndex()
            with QSignalBlocker(combo):
                combo.clear()
                for name, word in choices:
                    combo.addItem(self._words.say(word), name)
                combo.setCurrentIndex(max(0, chosen))
        self._show_second()


def _day(today: date, shown: date | None = None) -> DayField:
    """Return a field for a day that stands in it, in grey, while nothing is typed."""
    field = DayField(today)
    field.setPlaceholderText((shown or today).isoformat())
    return field
