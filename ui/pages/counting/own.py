"""A counter's own records: the last one taken back with Ctrl+Z, and the sum of the shift."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.services.stocktake.counting_looks import ShiftSum
from ui.pages.counting import words as w
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.lists import Mine
from ui.work.wording import literal, refusal


class UndoGate(QObject):
    """Lets Ctrl+Z pass a field in which nothing was typed, so that the page's own undo hears it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_undo = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        )
        if is_undo and isinstance(watched, QLineEdit) and not watched.isUndoAvailable():
            event.ignore()
            return True
        return False


class CountingOwn:
    """Acts on the page that is given; nothing here waits for an answer."""

    def __init__(self, desk: CountingDesk) -> None:
        self._desk = desk
        self._gate = UndoGate(desk)
        for field in (desk.card.stated.amount, desk.card.stated.who, desk.bar.code):
            field.installEventFilter(self._gate)

    def take_back(self) -> None:
        """Take back the record of the row that has the focus, else the newest of this shift."""
        desk, campaign = self._desk, self._desk.campaign
        table = desk.side.current
        row = table.current_row() if table.hasFocus() else None
        mine = desk.lists.mine_of(row.key if row is not None else "")
        if campaign is None or mine is None:
            desk.notify("attention", w.NOT_TAKEN_BACK, w.NOTHING_OF_MINE)
            return
        counting, name = desk.parts.counting, desk.parts.counting.company.new_id()
        desk.runner.change(
            desk,
            lambda: counting.take_back(campaign, mine.event, event_id=name),
            done=lambda _: self._taken_back(mine),
            refused=lambda error: desk.notify("attention", w.NOT_TAKEN_BACK, refusal(error)),
        )

    def _taken_back(self, mine: Mine) -> None:
        desk = self._desk
        desk.lists.taken_back(mine.event)
        said = w.TAKEN_BACK if mine.is_scan else w.TAKEN_BACK_STATED
        desk.notify("ok", literal(desk.wording.say(said, name=mine.who.name)))
        on_card = desk.stack.currentWidget() is desk.card and desk.card.who is not None
        if mine.is_scan and on_card and desk.card.who == mine.who and not desk.card.is_touched:
            desk.show_ready()

    def hand_over(self) -> None:
        """Sum the shift up from what is stored, and show it to be signed."""
        desk, campaign = self._desk, self._desk.campaign
        if campaign is None:
            return
        desk.store_typed()
        counting = desk.parts.counting
        desk.runner.change(
            desk,  # after what is being stored, so that it is in the sum
            lambda: Outcome(counting.shift(campaign), Changes()),
            done=self._show_sum,
            refused=lambda error: desk.notify("attention", w.NO_SHIFT, refusal(error)),
        )

    def _show_sum(self, found: ShiftSum) -> None:
        desk = self._desk
        desk.card.forget()
        desk.shift.show_sum(
            found, pending=desk.flow.tally.pending, parked=len(desk.lists.parked),
            name=desk.parts.name_of(desk.parts.person),
        )  # fmt: skip
        desk.stack.setCurrentWidget(desk.shift)
        if desk.isVisible():
            desk.shift.back.setFocus()
