"""What stands over the tables of a letter: whom it is for, its facts, days and currencies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.capitals import CURRENCY_NAMES
from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.text import LABEL, DoesNotFitError, Fitted, Style, fit
from erpdesk.papers.wording import Language, PaperWording, said

_NAME: Final = Style(Weight.SEMIBOLD, 11.5)
_LINES_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a letter is for: a label, the name, and lines under it by where they are from."""

    label: str
    name: str
    under: Mapping[str, str]
    few: int = 2

    def draw(self, sheet: Sheet, y: float, *, beside: float) -> float:
        """Draw it and return the last base line; ``beside`` is the width of what stands right."""
        indent = max(8 * mm, LABEL.width(self.label) + 3 * mm)
        room = INNER - indent - beside - 6 * mm
        sheet.text(LEFT, y, self.label, LABEL)
        fitted = _few_or_more(self.name, _NAME, room, "customer.name", few=self.few)
        y = sheet.lines(LEFT + indent, y, fitted) - 5 * mm
        for where, text in self.under.items():
            fitted = _few_or_more(text, LABEL, room, where, few=2)
            y = sheet.lines(LEFT + indent, y, fitted) - 4.6 * mm
        return y + 4.6 * mm


def draw_facts(
    sheet: Sheet, y: float, facts: Iterable[tuple[str, str, Style]], *, width: float
) -> float:
    """Draw labels and values at the right edge, one under another; return the last base line."""
    for label, value, style in facts:
        left = sheet.text(RIGHT - width, y, label, LABEL) + 2 * mm
        fitted = fit(value, style.at(8.5), RIGHT - left, where=label, lines=3)
        y = sheet.lines(RIGHT, y, fitted, align="right") - 4.7 * mm
    return y + 4.7 * mm


def currencies_said(currencies: tuple[str, ...], language: Language) -> str:
    """Return currencies: by name in Chinese, by code in English and when they are many."""
    if language == "en" or len(currencies) > 3:
        return ", ".join(currencies)
    if currencies == ("CNY",):
        return "人民币 元"
    return "、".join(CURRENCY_NAMES[currency] for currency in currencies)


def _few_or_more(text: str, style: Style, room: float, where: str, *, few: int) -> Fitted:
    """Fit a text into few lines, or into as many as the longest names and addresses need."""
    try:
        return fit(text, style, room, where=where, lines=few)
    except DoesNotFitError:
        return fit(text, style, room, where=where, lines=_LINES_MOST)


def day_in_words(day: date, words: PaperWording) -> str:
    """Return a day as a sentence of the paper says it."""
    return said(
        words.day,
        year=str(day.year),
        month=str(day.month),
        day=str(day.day),
        iso=day.isoformat(),
    )
