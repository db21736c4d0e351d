"""The fields of a plan: name and days, whom it counts, who counts, and all that still lacks."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erpdesk.domain.money import DECIMALS
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_board import Crew
from erpdesk.services.stocktake.campaign_scope import Preview
from ui.pages.campaigns import words as w
from ui.pages.campaigns.facts import short_said
from ui.pages.campaigns.people import PeopleAndRules
from ui.pages.campaigns.scope import ScopeBuilder
from ui.widgets.combo import Combo
from ui.widgets.day_field import DayField
from ui.widgets.entry_view import lead_to, scrolling
from ui.widgets.guards import GuardList, GuardWords, Lack
from ui.widgets.labelled import labelled
from ui.widgets.parts import STRETCH, Panel, column, row
from ui.work.wording import Wording


class PlanFields(QObject):
    """``left`` and ``right`` are its two sides; ``changed`` comes when somebody changes a field."""

    changed = Signal()

    def __init__(self, words: Wording, clock: Clock) -> None:
        super().__init__()
        self._words, self._clock = words, clock
        self._is_filling = False
        today = clock.today()
        self.name, self.currency = QLineEdit(), Combo()
        self.cut_off, self.due = DayField(today), DayField(today)
        self.scope, self.people = ScopeBuilder(words, today), PeopleAndRules(words)
        self.guards = GuardList()
        self._lay_out()
        for signal in (
            self.name.textChanged, self.cut_off.changed, self.due.changed, self.scope.changed,
            self.people.changed,
        ):  # fmt: skip
            signal.connect(lambda *_: self._tell())
        self.currency.currentTextChanged.connect(self.scope.use_currency)
        self.guards.jumped.connect(self.jump)
        words.when_switched(self._say_again)
        self._say_again()

    def _lay_out(self) -> None:
        named = partial(labelled, self._words)
        words = self._words
        words.put(self.name, "setPlaceholderText", w.NAME_HINT)
        self.name.setMaxLength(80)
        self.name.setMinimumHeight(30)
        self.currency.setMinimumHeight(30)
        self.currency.addItems(list(DECIMALS))
        head = Panel(
            row(
                (named(w.NAME_NEEDED, self.name), 4),
                (named(w.CUT_OFF, self.cut_off), 2),
                (named(w.DUE_FIELD, self.due), 2),
                (named(w.CURRENCY, self.currency), 1),
            ),
            margins=(12, 8, 12, 10),
        )  # fmt: skip
        self.left = QWidget()
        self.left.setLayout(column(head, (self.scope, 1), gap=10))
        guards = Panel(self.guards, margins=(14, 8, 14, 8))
        rules = Panel(self.people, STRETCH, ground="canvas", margins=(0, 0, 6, 0))
        self.right = QWidget()
        self.right.setLayout(column((scrolling(rules), 1), guards, gap=10))

    def plan(self) -> CampaignPlan | None:
        """Return what stands in the fields; None while one of them cannot be read."""
        cut_off, currency = self.cut_off.day, self.currency.currentText()
        if cut_off is None or self.wrong:
            return None
        people = self.people
        return CampaignPlan(
            name=self.name.text().strip(),
            cut_off=cut_off,
            currency=currency,
            blind=people.is_blind,
            tolerance=people.tolerance_in(currency),
            counters=people.chosen_counters,
            recounters=people.chosen_recounters,
            customers=self.scope.customers,
            filter=self.scope.filters,
            without=self.scope.without,
            due=self.due.day,
            required=people.chosen_fields,
            coverage_permille=people.least_permille,
            sample_permille=people.sample_permille,
        )

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the names of the fields in which something cannot be read."""
        days = (("cut_off", self.cut_off.day is None), ("due", self.due.is_wrong))
        found = [name for name, is_wrong in days if is_wrong]
        return (*found, *self.scope.wrong, *self.people.wrong)

    def put_plan(self, plan: CampaignPlan | None) -> None:
        """Show what a plan says; without one, begin anew."""
        self._is_filling = True
        shown = plan or CampaignPlan("", self._clock.today(), "CNY")
        self.name.setText(shown.name)
        self.currency.setCurrentText(shown.currency)
        self.cut_off.put_day(shown.cut_off)
        self.due.put_day(shown.due)
        self.scope.put_plan(shown)
        self.people.put_plan(shown)
        self._is_filling = False

    def show_crew(self, crew: tuple[Crew, ...]) -> None:
        """Show everybody who may count; who is chosen stays chosen."""
        self._is_filling = True
        self.people.show_crew(crew)
        self._is_filling = False

    def show_found(self, found: Preview | None) -> None:
        """Show whom the plan finds, and all that stands against freezing it."""
        self.scope.show_preview(found)
        say = self._words.say
        lacks = [Lack(name, say(w.WRONG[name]), "error") for name in self.wrong]
        if found is not None:
            said = (short_said(one, w.LACKS, self._words) for one in found.problems)
            lacks += [Lack(name, sentence) for name, sentence in said]
        elif self.scope.is_empty_list:
            lacks.append(Lack("scope", say(w.LACKS["EmptyScopeError"][1])))
        self.guards.show_lacks(lacks)

    @property
    def why_not_kept(self) -> str:
        """Return why the plan as written cannot be stored; empty when it can."""
        if self.wrong:
            return self._words.say(w.WRONG[self.wrong[0]])
        empty = w.LACKS["EmptyScopeError"][1]
        return self._words.say(empty) if self.scope.is_empty_list else ""

    def jump(self, name: str) -> None:
        """Go to the field that has to change."""
        own: dict[str, QWidget] = {"name": self.name, "cut_off": self.cut_off, "due": self.due}
        if name in own:
            lead_to(own[name])
        elif name in {"scope", "held", "balance", "since", "terms"}:
            lead_to(self.scope.field(name))
        else:
            lead_to(self.people.field(name))

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _say_again(self) -> None:
        say = self._words.say
        self.guards.use_words(GuardWords(say(w.MISSING, count="{count}"), say(w.READY_TO_FREEZE)))
