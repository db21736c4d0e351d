"""The upper part of a running campaign: its step, chips, and the figures of now."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from erpdesk.services.stocktake.campaign_board import Board
from erpdesk.words.counting import LINE_STATES
from ui.models.cells import Chip
from ui.pages.campaigns import words as w
from ui.pages.campaigns.facts import CHIPS, chip_of, days_late, scope_said
from ui.widgets.charts import Part, SegmentBar
from ui.widgets.parts import STRETCH, ChipLabel, ElidedLabel, Label, Panel, column, row
from ui.widgets.steps import SideState, StepBar
from ui.work.wording import Wording


class RunHead:
    """``steps`` is its bar; ``chip`` and ``facts`` stand by the title; ``strip`` has figures."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self.steps = StepBar(words)
        self.chip, self.facts = ChipLabel(Chip("")), ElidedLabel("", "small", "text2")
        self.values = {name: Label("—", "strip") for name in w.FIGURES}
        self.bar = SegmentBar("")
        words.put(self.bar, "setAccessibleName", w.COVERAGE)
        self.spoken = ""
        cells = QHBoxLayout()
        cells.setSpacing(26)
        for name, value in self.values.items():
            label = Label("", "small", "text2")
            words.put(label, "setText", w.FIGURES[name])
            cells.addLayout(column(label, value, gap=1))
        self.strip = Panel(row(cells, STRETCH, gap=0), self.bar, gap=6, margins=(14, 8, 14, 10))

    def show_board(self, board: Board, today: date) -> None:
        """Show where it stands."""
        self._show_step(board)
        self._show_facts(board, today)
        self._show_figures(board)

    def _show_step(self, board: Board) -> None:
        say, state = self._words.say, board.status.shown_state
        names = [say(LINE_STATES[one]) for one in w.STEPS]
        self.chip.show_chip(chip_of(state, self._words))
        if state == "closed":
            self.steps.show_step(len(w.STEPS), names=names)
        elif state in {"cancelled", "expired"}:
            tone = CHIPS[state][0]
            side = SideState(say(LINE_STATES[state]), tone)
            self.steps.show_step(1, names=names, side=side)
        else:
            place = w.STEPS.index(w.STEP_OF.get(state, state))
            names[place] = say(LINE_STATES[state])
            self.steps.show_step(place, names=names)

    def _show_facts(self, board: Board, today: date) -> None:
        say, plan = self._words.say, board.status.plan
        number = board.status.document.number or ""
        scope = scope_said(plan, self._words, frozen=board.customers)
        said = [number, scope, say(w.FACT_CUT_OFF, day=plan.cut_off)]
        if plan.due:
            said.append(say(w.FACT_DUE, day=plan.due))
        late = days_late(plan.due, board.status.shown_state, today)
        if late:
            said.append(say(w.LATE, days=late))
        said.append(say(w.BLIND if plan.blind else w.OPEN_COUNT))
        self.facts.setText(" · ".join(said))
        self.facts.set_ink("attention" if late else "text2")

    def _show_figures(self, board: Board) -> None:
        say, status = self._words.say, board.status
        share, counted = status.coverage, board.counted
        permille = int(share * 1000) if share is not None else 0
        percent = "—" if share is None else f"{permille / 10:.1f}%"
        differ = say(w.BLIND) if board.withheld else f"{board.differences:,}"
        figures = {
            "coverage": percent,
            "counted": say(w.COUNTED_OF, n=f"{counted:,}", all=f"{board.customers:,}"),
            "open": f"{board.uncounted.count:,}",
            "unexpected": f"{len(status.unexpected):,}",
            "conflicts": f"{len(board.conflicts):,}",
            "differ": differ,
            "scans": f"{status.scans:,} = {status.scans:,}",
        }
        for name, said in figures.items():
            self.values[name].setText(said)
        self.values["differ"].setToolTip(say(w.WITHHELD) if board.withheld else "")
        left = board.uncounted.count
        decided = board.customers - counted - left
        self.bar.show_parts(
            [
                Part(say(w.COUNTED), f"{counted:,}", counted, "ok"),
                Part(say(w.DECIDED), f"{decided:,}", decided, "billed"),
                Part(say(w.FIGURES["open"]), f"{left:,}", left, "rest"),
            ]
        )
        blocks = say(w.BLOCKED, count=len(board.blocks)) if board.blocks else say(w.UNBLOCKED)
        self.spoken = say(w.SPOKEN, share=percent, blocks=blocks)
        self.strip.setAccessibleName(self.spoken)
