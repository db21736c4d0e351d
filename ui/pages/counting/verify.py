"""The verify list: each field as the books have it, found the same or corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.domain.stocktake.counting import Verified
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import Chip, Toned, Value
from ui.models.row_model import Column, RowModel
from ui.pages.counting import words as w
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

Result = Literal["open", "same", "corrected"]
ROOM_FOR_KEYS_PX = 370


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what the books have, and what was found instead of it."""

    field: str
    value: str
    result: Result = "open"
    proposal: str = ""
    is_required: bool = False

    @property
    def shown(self) -> str:
        """Return the value, and beside it the proposal where there is one."""
        return f"{self.value or '—'} → {self.proposal}" if self.proposal else self.value or "—"


class VerifyList(Panel):
    """Space marks a field as the same, F2 corrects it, F7 marks all; ``edited`` when one did."""

    edited = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._model = RowModel[FieldRow](
            (
                Column("field", w.VERIFY_HEAD, self._field, width=112, is_sortable=False),
                Column("value", w.FILE_HEAD, lambda one: one.shown, is_sortable=False),
                Column("result", w.RESULT_HEAD, self._result, "chip", 88, is_sortable=False),
            ),
            key=lambda one: one.field,
            sentence=self._sentence,
            language=wording.language,
        )
        self.table = RowTable(self._model).named(wording, w.VERIFY_HEAD)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        wording.put(self.table, "setAccessibleName", w.VERIFY_HEAD)
        self.table.setMinimumHeight(30 + 3 * 32)
        self.correction = Correction()
        self.correction.setMinimumHeight(28)
        wording.put(self.correction, "setAccessibleName", w.CORRECT)
        self._asks, self._count = Label("", "small", "text2"), ElidedLabel("", "small", "text2")
        self.all_same = Button("", key="F7", height_px=28)
        self.same = Button("", "quiet", height_px=26)
        self.correct = Button("", "quiet", key="F2", height_px=26)
        wording.put(self.all_same, "setText", w.ALL_SAME)
        wording.put(self.same, "setText", w.SAME)
        wording.put(self.same, "set_key", w.SAME_KEY)
        wording.put(self.correct, "setText", w.CORRECT)
        self._editor = QWidget()
        self._editor.setLayout(column(self._asks, self.correction, gap=2, margins=(10, 6, 10, 4)))
        self._editor.hide()
        foot = row(
            self.all_same, self.same, self.correct, STRETCH, self._count,
            gap=6, margins=(10, 6, 10, 6),
        )  # fmt: skip
        super().__init__((self.table, 1), self._editor, rule(), foot, gap=0, margins=(1, 1, 1, 1))
        self._connect()

    def _connect(self) -> None:
        self.table.ticked.connect(lambda _: self.mark_same())
        self.all_same.clicked.connect(self.mark_all)
        self.same.clicked.connect(self.mark_same)
        self.correct.clicked.connect(self.begin_correction)
        self.correction.returnPressed.connect(self._keep_correction)
        self.correction.left.connect(self.end_correction)
        self._wording.when_switched(self._speak)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= scaled(ROOM_FOR_KEYS_PX)
        for part, key in ((self.all_same, "F7"), (self.correct, "F2")):
            part.set_key(key if has_room else "")
        space = w.SAME_KEY if has_room else Sentence("", "")
        self._wording.put(self.same, "set_key", space)

    def show_fields(
        self, fields: Iterable[tuple[str, str]], required: tuple[str, ...] = ()
    ) -> None:
        """Show the fields of a customer, none of them verified yet."""
        self._editor.hide()
        self._model.show(
            [FieldRow(key, value, is_required=key in required) for key, value in fields]
        )
        self.table.verticalScrollBar().setValue(0)
        if self._model.rows:
            self.table.go_to(0)
        self._tell()

    def fill(self, fields: Iterable[tuple[str, str]]) -> None:
        """Show values that came later; what was verified meanwhile stays."""
        found = {one.field: one for one in self._model.rows}
        self._model.show(
            [replace(found.get(key, FieldRow(key, "")), value=value) for key, value in fields]
        )
        if self.table.current_row() is None and self._model.rows:
            self.table.go_to(0)
        self._tell()

    @property
    def verified(self) -> tuple[Verified, ...]:
        """Return what was verified, with the proposals."""
        return tuple(
            Verified(one.field, one.proposal or None)
            for one in self._model.rows
            if one.result != "open"
        )

    def take_up(self, verified: tuple[Verified, ...]) -> None:
        """Put back what was verified before."""
        found = {one.field: one for one in verified}
        known = {one.field: one for one in self._model.rows}
        for name in found:
            known.setdefault(name, FieldRow(name, ""))
        self._put([_taken_up(one, found.get(one.field)) for one in known.values()])

    @property
    def is_correcting(self) -> bool:
        """Say whether a correction is being typed."""
        return self._editor.isVisible()

    def mark_all(self) -> None:
        """Mark every field that is open as the same."""
        self._put([_same(one) if one.result == "open" else one for one in self._model.rows])

    def mark_same(self) -> None:
        """Mark the current field as the same, or as open again; go on to the next."""
        now = self.table.current_row()
        if now is None:
            return
        opened = replace(now, result="open", proposal="")
        after = opened if now.result == "same" else _same(now)
        self._put([after if one.field == now.field else one for one in self._model.rows])
        place = self._model.place_of(now.field)
        if place is not None and place + 1 < len(self._model.rows) and after.result == "same":
            self.table.go_to(place + 1)

    def begin_correction(self) -> None:
        """Ask what the current field should be."""
        now = self.table.current_row()
        if now is None:
            return
        self._wording.put(self._asks, "setText", w.CORRECT_TO, field=w.FIELDS[now.field])
        self._wording.put(
            self.correction, "setAccessibleName", w.CORRECT_TO, field=w.FIELDS[now.field]
        )
        self.correction.setText(now.proposal or now.value)
        self.correction.selectAll()
        self._editor.show()
        self.correction.setFocus()

    def _keep_correction(self) -> None:
        now, said = self.table.current_row(), self.correction.text().strip()
        if now is not None and said:
            after = (
                _same(now) if said == now.value else replace(now, result="corrected", proposal=said)
            )
            self._put([after if one.field == now.field else one for one in self._model.rows])
        self.end_correction()

    def end_correction(self) -> None:
        """Leave the correction; what stood there stays."""
        self._editor.hide()
        self.table.setFocus()

    def _put(self, rows: list[FieldRow]) -> None:
        self._model.show(rows)
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        done = sum(one.result != "open" for one in self._model.rows)
        self._wording.put(self._count, "setText", w.VERIFIED, done=done, all=len(self._model.rows))

    def _speak(self) -> None:
        self._model.use_language(self._wording.language)
        self.table.viewport().update()

    def _field(self, one: FieldRow) -> Value:
        star = " *" if one.is_required else ""
        return Toned(self._wording.say(w.FIELDS.get(one.field, Sentence("", ""))) + star, "text2")

    def _result(self, one: FieldRow) -> Value:
        return _CHIPS[one.result](self._wording)

    def _sentence(self, one: FieldRow) -> str:
        say = self._wording.say
        return f"{say(w.FIELDS[one.field])}，{one.shown}，{_CHIPS[one.result](self._wording).word}"


class Correction(QLineEdit):
    """The field of a correction; Esc leaves it (``left``)."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


_CHIPS: Final = {
    "open": lambda wording: Chip(wording.say(w.OPEN), "neutral", "minus"),
    "same": lambda wording: Chip(wording.say(w.SAME), "ok", "check"),
    "corrected": lambda wording: Chip(wording.say(w.CORRECTED), "attention", "pencil"),
}


def _same(one: FieldRow) -> FieldRow:
    return replace(one, result="same", proposal="")


def _taken_up(one: FieldRow, verified: Verified | None) -> FieldRow:
    if verified is None:
        return one
    result: Result = "corrected" if verified.value else "same"
    return replace(one, result=result, proposal=verified.value or "")
