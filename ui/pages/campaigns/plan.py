"""The plan of a campaign: written, parked, and its list frozen once its effects were seen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Outcome
from erpdesk.domain.stocktake.campaign import CampaignPlan, CampaignState
from erpdesk.domain.stocktake.campaign_acts import why_not_step
from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import StaleError, UserError
from erpdesk.services.looking import Customer, Text
from erpdesk.services.stocktake.campaign_board import Crew
from erpdesk.services.stocktake.campaign_scope import Preview
from erpdesk.services.stocktake.campaign_status import plan_of
from erpdesk.words import explain, standing
from erpdesk.words.counting import LINE_STATES
from ui.pages import Page
from ui.pages.campaigns import words as w
from ui.pages.campaigns.facts import CampaignsParts, right_px
from ui.pages.campaigns.fields import PlanFields
from ui.pages.campaigns.freeze import FreezeSheet, freeze_groups
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.document_facts import moment_said, sentence_for
from ui.widgets.effects import EffectGroup
from ui.widgets.parts import ElidedLabel
from ui.widgets.reversal_sheet import ReversalSheet
from ui.widgets.steps import StepBar
from ui.widgets.work_strip import WorkStrip
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording

WAIT_MS: Final = 150


class PlanPage(Page):
    """``left`` comes when somebody goes back, ``frozen`` (document) when counting begins."""

    left = Signal()
    frozen = Signal(object)

    def __init__(self, parts: CampaignsParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.PLAN)
        self._parts, self._runner = parts, runner
        self._kept: Text | None = None
        self._found: Preview | None = None
        self._is_dirty = self._is_busy = False
        self._asked = 0
        self._looking = OneLook(runner, self, is_stopping=True)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._make_parts()
        self._lay_out()
        self._connect()

    def begin(self, document: Text | None) -> None:
        """Write a new plan, or go on with a parked one; what is half written stays."""
        is_half = document is None and self._kept is None and self._is_dirty
        if not is_half:
            self._fill(document)
        self._close_sheet()
        self._runner.query(self, self._parts.crew, done=self._show_crew)
        self._look()
        self.fields.name.setFocus()

    @override
    def step_out(self) -> bool:
        if self._sheet is None:
            return False
        self._close_sheet()
        return True

    @override
    def panes(self) -> tuple[QWidget, ...]:
        fields = self.fields
        return (fields.name, fields.scope.table, fields.people.blind, self.freeze)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        """Put the customer of a scanned code into the list, where a list is made."""
        if self.fields.scope.mode != "list" or cut:
            return False
        self._resolve((raw.decode("utf-8", "replace").strip(),))
        return True

    @override
    def leave(self) -> None:
        if self._is_dirty and self.park.isEnabled():
            self._park()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.beside.setFixedWidth(right_px())

    def _make_parts(self) -> None:
        words = self.wording
        self.steps = StepBar(words)
        self.fields = PlanFields(words, self._parts.clock)
        self.freezing, self.cancelling = FreezeSheet(words), ReversalSheet(words)
        self.strip = WorkStrip(self._runner, words, self._not_frozen)
        self.why = ElidedLabel("", "small", "text2")
        self.void = Button("", "danger", height_px=32)
        self.back = Button("", key="Esc", height_px=32)
        self.park = Button("", key="Ctrl+S", height_px=32)
        self.freeze = Button("", "primary", key="Ctrl+Enter", height_px=32)
        for button, verb in (
            (self.void, w.CANCEL_VERB), (self.back, w.BACK), (self.park, w.PARK),
            (self.freeze, w.FREEZE),
        ):  # fmt: skip
            words.put(button, "setText", verb)

    def _lay_out(self) -> None:
        self.beside = QStackedWidget()
        for part in (self.fields.right, self.freezing, self.cancelling):
            self.beside.addWidget(part)
        self.beside.setFixedWidth(right_px())
        body = Columns((self.fields.left, 1), (self.beside, 0))
        self.build(
            self.steps,
            (body, 1),
            self.strip,
            foot=((self.why, 1), self.void, self.back, self.park, self.freeze),
        )

    def _connect(self) -> None:
        self.fields.changed.connect(self._changed)
        self.fields.scope.codes_asked.connect(self._resolve)
        self.fields.scope.search_asked.connect(self._wait.start)
        self._wait.timeout.connect(self._look)
        for button, what, key, act in (
            (self.park, w.PARK, "Ctrl+S", self._park),
            (self.freeze, w.FREEZE, "", self._ask_freeze),
            (self.void, w.CANCEL_VERB, "", self._ask_cancel),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click)
        self.action(w.FREEZE_TITLE, "Ctrl+Return", self._commit)
        self.back.clicked.connect(self.left)
        self.freezing.asked.connect(self._freeze)
        self.cancelling.asked.connect(self._cancel)
        for sheet in (self.freezing, self.cancelling):
            sheet.closed.connect(self._close_sheet)
        self.wording.when_switched(self._speak)
        self._speak()

    def _fill(self, document: Text | None) -> None:
        self._kept, self._is_dirty = document, False
        self.fields.put_plan(plan_of(document) if document else None)
        self.solved()

    def _show_crew(self, crew: tuple[Crew, ...]) -> None:
        self.fields.show_crew(crew)
        self._look()

    def _changed(self) -> None:
        """What was found is of an older plan from now on; a list that is shown is taken away."""
        self._is_dirty, self._found = True, None
        self._wait.start()
        self.mended()
        if self._sheet is self.freezing:
            self._close_sheet()
        self._judge()

    def _look(self) -> None:
        """Ask whom the plan finds, as the fields stand now."""
        self._wait.stop()
        self._asked += 1
        plan, asked = self.fields.plan(), self._asked
        if plan is None or self.fields.scope.is_empty_list:
            self._show_found(asked, None)
            return
        self._preview(plan, partial(self._show_found, asked))

    def _preview(self, plan: CampaignPlan, done: Callable[[Preview], None]) -> None:
        preview, words = self._parts.campaigns.preview, self.fields.scope.searched
        self._looking.ask_long(
            lambda report: preview(plan, words=words, tell=report),
            done=done, refused=self._refused, progress=self.strip.tell,
        )  # fmt: skip

    def _show_found(self, asked: int, found: Preview | None) -> None:
        self.strip.setVisible(self.strip.is_working)
        if asked == self._asked:
            self._found = found
            self.fields.show_found(found)
            self._judge()

    def _judge(self) -> None:
        say = self.wording.say
        busy = say(w.BUSY) if self._is_busy else ""
        general = self._against("edit" if self._kept else "draft") or busy
        general = general or self.fields.why_not_kept
        self.park.forbid(general)
        missing = len(self.fields.guards.lines)
        lacking = say(w.MISSING, count=missing) if missing else ""
        waits = "" if self._found is not None else say(w.NOT_YET)
        self.freeze.forbid(general or lacking or waits)
        self.freezing.submit.forbid(self.freeze.why_not)
        self.freeze.setVisible(self._sheet is None)
        unkept = "" if self._kept else say(w.NOT_KEPT)
        self.void.forbid(unkept or self._against("cancel") or busy)
        self.why.setText(self.freeze.why_not or say(w.READY_TO_FREEZE))

    def _against(self, verb: str) -> str:
        state = CampaignState(self._kept.state) if self._kept else None
        refusal = why_not_step(verb, state, roles=self._parts.roles)
        return standing(refusal, self.wording.language) if refusal else ""

    def _resolve(self, codes: tuple[str, ...]) -> None:
        find = self._parts.customers_called
        self._runner.query(self, lambda: find(codes), done=self._add)

    def _add(self, found: tuple[Sequence[Customer], Sequence[str]]) -> None:
        self.fields.scope.add_customers(*found)

    @property
    def _sheet(self) -> FreezeSheet | ReversalSheet | None:
        """Return the sheet that asks something now."""
        part = self.beside.currentWidget()
        return part if isinstance(part, FreezeSheet | ReversalSheet) else None

    def _close_sheet(self) -> None:
        self.beside.setCurrentIndex(0)
        self._judge()

    def _commit(self) -> None:
        """Do what the sheet asks; without one, show first what freezing makes."""
        if self._sheet is None:
            self.press(self.freeze, self.fields.guards)
        else:
            self._sheet.submit.click()

    def _park(self) -> None:
        self._store(then=self._parked)

    def _store(self, *, then: Callable[[Text], None]) -> None:
        plan = self.fields.plan()
        if plan is None or self._is_busy:
            return
        self._is_busy = True
        self._judge()
        kept, service = self._kept, self._parts.campaigns

        def work() -> Outcome[Text]:
            return service.plan(plan) if kept is None else service.edit(kept, plan)

        self._runner.change(self, work, done=partial(self._stored, then), refused=self._refused)

    def _stored(self, then: Callable[[Text], None], document: Text) -> None:
        self._kept, self._is_dirty, self._is_busy = document, False, False
        self._judge()
        then(document)

    def _parked(self, _: Text) -> None:
        self.notify("ok", w.PARKED)

    def _ask_freeze(self) -> None:
        if self._found is not None and self.freeze.isEnabled():
            self.beside.setCurrentWidget(self.freezing)
            self._judge()
            found = self._found
            self.freezing.begin(self._groups(found), at=self._now(), count=found.chosen)

    def _groups(self, found: Preview) -> tuple[EffectGroup, ...]:
        names = [self._parts.name_of(one) for one in self.fields.people.chosen_counters]
        day = self.fields.cut_off.day
        return freeze_groups(found, self.wording, people=names, cut_off=day)

    def _now(self) -> str:
        clock = self._parts.clock
        return moment_said(clock.now_us(), clock.today())

    def _freeze(self) -> None:
        """Store what is typed, then freeze exactly the list that was shown."""
        shown = self._found
        if shown is None or not self.freezing.submit.isEnabled():
            return
        if self._kept is not None and not self._is_dirty:
            self._freeze_kept(shown, self._kept)
        else:
            self._store(then=partial(self._freeze_kept, shown))

    def _freeze_kept(self, shown: Preview, document: Text) -> None:
        self._is_busy = True
        self._judge()
        freeze = self._parts.campaigns.freeze
        self.strip.step(lambda tell: freeze(document, shown=shown, tell=tell), self._froze)

    def _froze(self, document: Text) -> None:
        self._is_busy = False
        self._close_sheet()
        self._fill(None)
        self.frozen.emit(document)

    def _not_frozen(self, error: UserError) -> None:
        self._is_busy = False
        self._judge()
        plan = self.fields.plan()
        if not isinstance(error, StaleError) or plan is None:
            self.freezing.complain(explain(error, self.wording.language))
            return
        self._preview(plan, self._show_moved)

    def _show_moved(self, found: Preview) -> None:
        self._asked += 1
        self._show_found(self._asked, found)
        count = found.chosen
        self.freezing.show_moved(self._groups(found), at=self._now(), count=count)

    def _ask_cancel(self) -> None:
        name = self.fields.name.text().strip()
        say = self.wording.say
        self.beside.setCurrentWidget(self.cancelling)
        self._judge()
        self.cancelling.begin(
            say(w.CANCEL_TITLE, name=name), say(w.CANCEL_ACT), customer="", amount=""
        )

    def _cancel(self, reason: str) -> None:
        if self._kept is None or self._is_busy:
            return
        self._is_busy = True
        work = partial(self._parts.campaigns.cancel, self._kept, reason)
        self._runner.change(self, work, done=self._cancelled, refused=self._refused)

    def _cancelled(self, _: Text) -> None:
        self._is_busy = False
        self._fill(None)
        self._close_sheet()
        self.left.emit()

    def _refused(self, error: UserError) -> None:
        self.strip.setVisible(self.strip.is_working)
        self._is_busy = False
        self._judge()
        if self._sheet is not None:
            self._sheet.complain(explain(error, self.wording.language))
            return
        self.notify("attention", sentence_for(error))

    def _speak(self) -> None:
        say = self.wording.say
        names = [say(LINE_STATES[one]) for one in w.STEPS]
        self.steps.show_step(0, names=names)
        self.fields.show_found(self._found)
        self._judge()
