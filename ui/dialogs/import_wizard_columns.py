"""The second step of an import: each column with its first values, and what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from erpdesk.domain.importing.columns import Given
from erpdesk.services.importing.columns import ReadAs, Sheet
from ui.dialogs import import_wizard_words as w
from ui.dialogs.import_wizard_files import kind_needs
from ui.look import scaled
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.work.wording import Wording

CHOICE_PX = 230
HEADING_PX = 230


class FieldChoice(Combo):
    """Which field a column is; the wheel scrolls the list of columns, and changes nothing."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SheetColumns(QWidget):
    """The columns of one table; ``changed`` when one of them is something else now."""

    changed = Signal()

    def __init__(self, sheet: Sheet, words: Wording) -> None:
        super().__init__()
        self.sheet, self._words = sheet, words
        self.choices: list[FieldChoice] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 10)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for at, word in enumerate((w.HEADING, w.SAMPLES, w.FIELD)):
            grid.addWidget(Label(words.say(word), "label", "text2"), 0, at)
        for place in range(len(sheet.header)):
            self._add(grid, place)

    def places(self) -> dict[str, list[int]]:
        """Return the columns of each field that has some."""
        found: dict[str, list[int]] = {}
        for place, choice in enumerate(self.choices):
            if name := choice.currentData():
                found.setdefault(name, []).append(place)
        return found

    def lacking(self) -> str:
        """Return what is still missing, in words."""
        return kind_needs(self.sheet.kind, tuple(self.places()), self._words)

    def _add(self, grid: QGridLayout, place: int) -> None:
        say, sheet = self._words.say, self.sheet
        heading = sheet.header[place].strip() or say(w.NO_HEADING, n=place + 1)
        head, samples = ElidedLabel(heading, "strong"), ElidedLabel("", "body", "text2")
        head.setFixedWidth(scaled(HEADING_PX))
        samples.setText("   ·   ".join(sheet.samples[place]) or "—")
        choice = self._choice(place)
        choice.setAccessibleName(say(w.NAMED, heading=heading))
        if not sheet.is_choosable(place):
            choice.setEnabled(False)
            choice.setToolTip(say(w.NOT_CHOOSABLE))
            choice.setAccessibleDescription(say(w.NOT_CHOOSABLE))
            samples.setText(f"{samples.text()}   （{say(w.NOT_CHOOSABLE)}）")
        else:
            choice.setAccessibleDescription(samples.text())
        for at, part in enumerate((head, samples, choice)):
            grid.addWidget(part, place + 1, at)

    def _choice(self, place: int) -> FieldChoice:
        choice = FieldChoice()
        choice.setFixedWidth(scaled(CHOICE_PX))
        choice.setMinimumHeight(scaled(28))
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.addItem(self._words.say(w.NOT_USED), "")
        for field in self.sheet.kind.fields:
            choice.addItem(self._words.say(w.S(field.zh, field.en)), field.name)
        name = next((one for one, at in self.sheet.places.items() if place in at), "")
        choice.setCurrentIndex(max(0, choice.findData(name)))
        choice.currentIndexChanged.connect(partial(self._chosen, choice))
        self.choices.append(choice)
        return choice

    def _chosen(self, choice: FieldChoice, _index: int) -> None:
        """Let a field have one column: who had it before is not used any more."""
        name = choice.currentData()
        if name and not self.sheet.kind.titled(name).many:
            for other in self.choices:
                if other is not choice and other.currentData() == name:
                    other.setCurrentIndex(0)
        self.changed.emit()


class ColumnsStep(QWidget):
    """The columns of every table; ``forget_wanted`` to find them as if nothing had been said.

    ``other_wanted`` asks for another sheet or encoding: how each file is to be read (ReadAs).
    """

    changed = Signal()
    forget_wanted = Signal()
    other_wanted = Signal(object)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self.tables: list[SheetColumns] = []
        self.remembered, self.forget = Label("", "body"), Button("", height_px=26)
        words.put(self.remembered, "setText", w.REMEMBERED)
        words.put(self.forget, "setText", w.FORGET)
        self.forget.clicked.connect(self.forget_wanted)
        line = row(Icon("history", "info", 18), self.remembered, self.forget, STRETCH)
        self.bar = Panel(line, ground="info-bar", margins=(12, 5, 6, 5))
        self._box = column(gap=10)
        inner = Panel(self._box, STRETCH, ground="surface", margins=(0, 0, 0, 0))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(self.bar, (self.area, 1), gap=8))

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Ask about these tables; the focus goes to the first column without a meaning."""
        emptied(self._box)
        self.bar.setVisible(any(sheet.is_remembered for sheet in sheets))
        self.tables = [SheetColumns(sheet, self._words) for sheet in sheets]
        for table in self.tables:
            table.changed.connect(self.changed)
            name = ElidedLabel(table.sheet.path.name, "section")
            head = row(
                Icon("file-text", "text2", 16), (name, 1), *self._asked(table.sheet),
                margins=(14, 9, 14, 9),
            )  # fmt: skip
            self._box.addWidget(Panel(head, rule(), table, gap=0, margins=(1, 1, 1, 1)))
        self.changed.emit()

    def _asked(self, sheet: Sheet) -> Iterator[QWidget]:
        """Ask how a file is read, where it could be read otherwise."""
        now = sheet.read_as
        if len(sheet.names) > 1:
            yield self._choice(sheet, w.SHEET, now.sheet, [(one, one) for one in sheet.names])
        if not sheet.encoding_is_clear:
            yield self._choice(sheet, w.ENCODING, now.encoding, w.ENCODINGS)

    def _choice(
        self, sheet: Sheet, what: w.S, now: str, offered: Sequence[tuple[str, str]]
    ) -> QWidget:
        choice, field = FieldChoice(), "sheet" if what is w.SHEET else "encoding"
        choice.setMinimumHeight(scaled(28))
        self._words.put(choice, "setAccessibleName", what)
        for name, shown in offered:
            choice.addItem(shown, name)
        choice.setCurrentIndex(choice.findData(now))

        def ask(_index: int) -> None:
            other = replace(sheet.read_as, **{field: choice.currentData()})
            read = (table.sheet for table in self.tables)
            self.other_wanted.emit(tuple(other if one is sheet else _as_now(one) for one in read))

        choice.activated.connect(ask)
        made, label = QWidget(), Label("", "label", "text2")
        self._words.put(label, "setText", what)
        label.setBuddy(choice)
        made.setLayout(row(label, choice, gap=6))
        return made

    def begin(self) -> None:
        """Put the focus on the first column that is not used while something is missing."""
        choices = [one for table in self.tables for one in table.choices if one.isEnabled()]
        open_ones = [one for one in choices if not one.currentData()] if self.why_not() else []
        for choice in (*open_ones, *choices)[:1]:
            choice.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(choice)

    def given(self) -> tuple[Given, ...]:
        """Return what each column is, table by table."""
        return tuple(table.sheet.given(table.places()) for table in self.tables)

    def why_not(self) -> str:
        """Return which columns are still missing; empty when all that is needed is there."""
        lacking = filter(None, (table.lacking() for table in self.tables))
        names = w.COMMA[self._words.language].join(lacking)
        return self._words.say(w.STILL, names=names) if names else ""


def _as_now(sheet: Sheet) -> ReadAs:
    """Return how a table is read; what is found by itself is not said."""
    return replace(sheet.read_as, encoding="") if sheet.encoding_is_clear else sheet.read_as
