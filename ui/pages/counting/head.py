"""The head of the counting page: which campaign, open or blind, and who counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.models.cells import Chip
from ui.pages.counting import words as w
from ui.pages.counting.facts import CampaignView
from ui.widgets.button import Button
from ui.widgets.parts import ChipLabel, ElidedLabel, Icon, Label, row
from ui.work.wording import Wording


class CountingHead(QWidget):
    """``chosen`` carries the id of the campaign somebody wants to count."""

    chosen = Signal(str)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._campaign: CampaignView | None = None
        self._name = ChipLabel(Chip("—", "info", "clipboard-list"))
        self._day, self._blind = Label("", "small", "text2"), ChipLabel(Chip("—", "neutral", "eye"))
        self._change = Button("", "plain", icon="chevron-down", height_px=26)
        wording.put(self._change, "setAccessibleName", w.CHOOSE)
        wording.put(self._change, "setToolTip", w.CHOOSE)
        self._menu = QMenu(self)
        self._change.setMenu(self._menu)
        self.setLayout(row(self._name, self._change, self._day, self._blind, gap=8))
        wording.when_switched(self._speak)
        self.show_campaign(None, ())

    def show_campaign(self, campaign: CampaignView | None, others: Sequence[CampaignView]) -> None:
        """Show the campaign that is counted, and those one could count instead."""
        self._campaign = campaign
        self._menu.clear()
        for one in others:
            act = self._menu.addAction(f"{one.name}  {one.number}")
            act.triggered.connect(lambda _, name=one.id: self.chosen.emit(name))
        self._change.setVisible(len(others) > 1)
        self._speak()

    def _speak(self) -> None:
        campaign, say = self._campaign, self._wording.say
        for part in (self._name, self._day, self._blind):
            part.setVisible(campaign is not None)
        if campaign is None:
            return
        self._name.show_chip(Chip(campaign.name, "info", "clipboard-list"))
        self._day.setText(say(w.CUT_OFF, day=campaign.cut_off))
        word, icon = (w.BLIND_COUNT, "eye-off") if campaign.withheld else (w.OPEN_COUNT, "eye")
        self._blind.show_chip(Chip(say(word), "neutral", icon))


def counter_part(wording: Wording, name: str) -> QWidget:
    """Return who counts, for the right of the head."""
    said, part = ElidedLabel("", "small"), QWidget()
    wording.put(said, "setText", w.BY, name=name)
    part.setLayout(row(Icon("user-round", "text2", 13), said, gap=5))
    return part
