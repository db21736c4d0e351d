"""Over the table: which campaign, its step, and its figures; differences never net."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.services.looking import Head
from erpdesk.services.stocktake.reviewing import Review
from erpdesk.words.counting import LINE_STATES
from ui.models.cells import Chip
from ui.pages.differences import words as w
from ui.pages.differences.facts import also, percent
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import ChipLabel, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.steps import StepBar
from ui.work.wording import Wording


class DifferencesHead:
    """``choice`` picks the campaign; ``strip`` holds the figures and ``submit``."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self.choice, self.cut_off = Combo(), Label("", "small", "text2")
        self.choice.setMinimumHeight(30)
        self.choice.setMinimumWidth(220)
        self.choice.setMaximumWidth(420)
        self.choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.locked = ChipLabel(Chip(words.say(w.LOCKED), "neutral", "lock"))
        self.steps = StepBar(words)
        self.values = {name: Label("—", "strip") for name in w.FIGURES}
        self.others = Label("", "small", "text2")
        self.why = ElidedLabel("", "small", "text2")
        self.why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.submit = Button("", "primary", height_px=32)
        words.put(self.choice, "setAccessibleName", w.CAMPAIGN)
        words.put(self.submit, "setText", w.SUBMIT)
        cells = QHBoxLayout()
        cells.setSpacing(10)
        for n, (name, value) in enumerate(self.values.items()):
            label = ElidedLabel("", "small", "text2")
            words.put(label, "setText", w.FIGURES[name])
            if n:
                cells.addWidget(rule(is_upright=True))
            cells.addLayout(column(label, value, gap=1))
        self.strip = Panel(
            row(cells, 10, self.others, 10, (self.why, 1), 10, self.submit, gap=0),
            margins=(14, 8, 14, 8),
        )
        self.spoken = ""

    def show_choices(
        self, campaigns: tuple[Head, ...], names: Mapping[str, str], chosen: str
    ) -> None:
        """Offer campaigns; the chosen one stays."""
        self.choice.blockSignals(True)  # noqa: FBT003 - Qt's
        self.choice.clear()
        for one in campaigns:
            self.choice.addItem(f"{one.number}  {names[one.id]}", one.id)
        self.choice.setCurrentIndex(self.choice.findData(chosen))
        self.choice.blockSignals(False)  # noqa: FBT003

    def show_review(self, review: Review) -> None:
        """Show where a campaign stands."""
        say, first = self._words.say, review.sums[0]
        self.cut_off.setText(say(w.CUT_OFF, day=review.plan.cut_off))
        self.locked.setVisible(review.state is not CampaignState.REVIEW)
        self.locked.show_chip(Chip(say(w.LOCKED), "neutral", "lock"))
        self._show_step(review.state)
        figures = {
            "frozen": f"{review.customers:,}",
            "coverage": percent(review.shares[0]),
            "accuracy": percent(review.shares[1]),
            "book": first.book.grouped(),
            "off": first.off.grouped(),
            "unexplained": first.unexplained.grouped(),
        }
        for name, said in figures.items():
            self.values[name].setText(said)
        self.values["unexplained"].set_ink("error" if first.unexplained.minor else "text")
        others = also(review, "unexplained")
        self.others.setText(say(w.ALSO, sums=others) if others else "")
        self.spoken = say(
            w.SPOKEN, frozen=figures["frozen"], unexplained=figures["unexplained"],
            left=review.undecided,
        )  # fmt: skip
        self.strip.setAccessibleName(self.spoken)

    def _show_step(self, state: CampaignState) -> None:
        names = [self._words.say(LINE_STATES[one]) for one in w.STEPS]
        if state is CampaignState.CLOSED:
            self.steps.show_step(len(w.STEPS), names=names)
            return
        place = w.STEPS.index(w.STEP_OF.get(state.value, state.value))
        names[place] = self._words.say(LINE_STATES[state.value])
        self.steps.show_step(place, names=names)
