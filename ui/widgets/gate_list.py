"""What was looked at before something goes out: each with what was found, in two lines."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.look import TONE_ICONS, Tone
from ui.widgets.parts import Icon, Label, emptied

GAP_PX: Final = 8


@dataclass(frozen=True, slots=True)
class GateSaid:
    """One gate in words: its tone, what it says, and the facts it rests on."""

    tone: Tone
    title: str
    fact: str = ""

    @property
    def sentence(self) -> str:
        """Return both as one, as a screen reader says it."""
        return f"{self.title}，{self.fact}" if self.fact else self.title


class GateList(QWidget):
    """Shows gates one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self.gates: tuple[GateSaid, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_gates(self, gates: tuple[GateSaid, ...]) -> None:
        """Show these gates."""
        if gates == self.gates:
            return
        self.gates = gates
        emptied(self._grid)
        for n, gate in enumerate(gates):
            self._add(3 * n, gate)
        self.setAccessibleName("；".join(gate.sentence for gate in gates))

    def _add(self, n: int, gate: GateSaid) -> None:
        icon = Icon(TONE_ICONS[gate.tone], gate.tone, 16)
        self._grid.addWidget(icon, n, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(Label(gate.title, wraps=True), n, 1)
        if gate.fact:
            self._grid.addWidget(Label(gate.fact, "small", "text2", wraps=True), n + 1, 1)
        self._grid.setRowMinimumHeight(n + 2, GAP_PX)
