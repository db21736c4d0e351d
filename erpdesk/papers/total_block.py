"""The total block: what is to be settled, in figures and in words, and what it consists of."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import GROUND, INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.text import INK, LABEL, SMALL, Fitted, Style, fit

HEIGHT: Final = 17 * mm

_IN_WORDS: Final = Style(Weight.SEMIBOLD, 12)
_LEAST_IN_WORDS: Final = 10.5
_FIGURE: Final = Style(Weight.SEMIBOLD, 15)
_SIGN: Final = Style(Weight.MEDIUM, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalBlock:
    """One currency's total; ``before`` is a word in front of the figure, such as 应退."""

    label: str
    in_words: str
    of_which: str
    figure: str
    before: str = ""

    def draw(self, sheet: Sheet, top: float) -> float:
        """Draw the block under ``top`` and return its lower edge."""
        bottom = top - HEIGHT
        sheet.fill((LEFT, bottom, INNER, HEIGHT), GROUND)
        sheet.fill((LEFT, bottom, 1.1 * mm, HEIGHT), INK)
        start = self._figure_start()
        words = self._in_words(start - LEFT - 11 * mm)
        two = len(words.lines) > 1
        label_y = top - (5.2 if two else 6.2) * mm
        label = sheet.text(LEFT + 5 * mm, label_y, self.label, LABEL)
        parts = fit(self.of_which, SMALL, RIGHT - label - 10 * mm, where="composition")
        sheet.lines(RIGHT - 4 * mm, top - 6.2 * mm, parts, align="right")
        sheet.lines(LEFT + 5 * mm, bottom + (2.9 if two else 4.2) * mm + words.drop, words)
        if self.before:
            sheet.text(start, bottom + 3.8 * mm, self.before, _SIGN)
        sheet.text(RIGHT - 4 * mm, bottom + 3.8 * mm, self.figure, _FIGURE, align="right")
        sheet.mark("total", bottom=bottom, top=top)
        return bottom

    def _figure_start(self) -> float:
        before = _SIGN.width(self.before) + 2 * mm if self.before else 0.0
        return RIGHT - 4 * mm - _FIGURE.width(self.figure) - before

    def _in_words(self, room: float) -> Fitted:
        one_line = _IN_WORDS.at(_LEAST_IN_WORDS).width(self.in_words) <= room
        style = _IN_WORDS if one_line else _IN_WORDS.at(9.5)
        return fit(self.in_words, style, room, where="total", lines=1 if one_line else 2)
