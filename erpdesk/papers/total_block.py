"""The total block: what is to be settled, in figures and in words, and what it consists of."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import GROUND, INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.text import INK, LABEL, SMALL, Style, fit

HEIGHT: Final = 17 * mm

_IN_WORDS: Final = Style(Weight.SEMIBOLD, 12)
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
        label = sheet.text(LEFT + 5 * mm, top - 6.2 * mm, self.label, LABEL)
        room = RIGHT - 4 * mm - label - 6 * mm
        parts = fit(self.of_which, SMALL, room, where="composition")
        words = fit(
            self.in_words, _IN_WORDS, start - LEFT - 11 * mm, where="total", lines=2, floor=8
        )
        sheet.lines(LEFT + 5 * mm, bottom + 4.2 * mm + words.drop * 0.6, words)
        sheet.lines(RIGHT - 4 * mm, top - 6.2 * mm, parts, align="right")
        if self.before:
            sheet.text(start, bottom + 3.8 * mm, self.before, _SIGN)
        sheet.text(RIGHT - 4 * mm, bottom + 3.8 * mm, self.figure, _FIGURE, align="right")
        sheet.mark("total", bottom=bottom, top=top)
        return bottom

    def _figure_start(self) -> float:
        before = _SIGN.width(self.before) + 2 * mm if self.before else 0.0
        return RIGHT - 4 * mm - _FIGURE.width(self.figure) - before
