"""A label and its value on a line, several under one another."""

from dataclasses import dataclass

from reportlab.lib.units import mm

from erpdesk.papers.page import Sheet
from erpdesk.papers.text import BODY, LABEL, Fitted, Style, fit


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, its value and how that looks."""

    label: str
    value: str
    style: Style = BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs under one another; values begin at ``indent`` and have ``room``, in points."""

    pairs: tuple[Pair, ...]
    indent: float
    room: float
    pitch: float = 5 * mm
    lines: int = 2

    @property
    def height(self) -> float:
        """Return the height from the first base line to the one that would follow."""
        return sum(self.pitch + self._fitted(pair).drop for pair in self.pairs)

    def draw(self, sheet: Sheet, x: float, y: float) -> float:
        """Draw with the first base line here; return the base line that would follow."""
        for pair in self.pairs:
            sheet.text(x, y, pair.label, LABEL)
            y = sheet.lines(x + self.indent, y, self._fitted(pair)) - self.pitch
        return y

    def _fitted(self, pair: Pair) -> Fitted:
        return fit(pair.value, pair.style, self.room, where=pair.label, lines=self.lines)
