"""The upper part of a statement: title, whose account it is, its number and its days."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.address import currencies_said, few_or_more
from erpdesk.papers.fonts import Weight
from erpdesk.papers.furniture import Furniture, title
from erpdesk.papers.page import INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.text import BODY, LABEL, STRONG, Style, fit
from erpdesk.papers.wording import said

_NAME: Final = Style(Weight.SEMIBOLD, 11.5)
_META_WIDTH: Final = 58 * mm
_GAP: Final = 7 * mm


@dataclass(frozen=True, slots=True)
class StatementHead:
    """The part of page 1 between its head and the tables."""

    view: StatementView
    furniture: Furniture

    def draw(self, sheet: Sheet, top: float) -> float:
        """Draw under ``top``, the end of the head, and return where the tables may begin."""
        y, words, sort = top - 10.6 * mm, self.view.words, self.view.sort
        title(sheet, y, words.titles[sort], words.subtitles[sort])
        self.furniture.marked(sheet, LEFT, y + 1.4 * mm, stacked=True)
        y -= 14 * mm
        end = min(self._customer(sheet, y), self._meta(sheet, y)) - _GAP
        sheet.mark("head of statement", bottom=end, top=top)
        return end

    def _customer(self, sheet: Sheet, y: float) -> float:
        view, words = self.view, self.view.words
        indent = max(10 * mm, LABEL.width(words.customer) + 3 * mm)
        room = INNER - indent - _META_WIDTH - 6 * mm
        sheet.text(LEFT, y, words.customer, LABEL)
        name = few_or_more(view.party(view.customer), _NAME, room, "customer.name", few=2)
        y = sheet.lines(LEFT + indent, y, name) - 5 * mm
        under = few_or_more(self._known_as(), LABEL, room, "customer.tax_id", few=2)
        return sheet.lines(LEFT + indent, y, under)

    def _known_as(self) -> str:
        customer, words = self.view.customer, self.view.words
        tax = said(words.paper.tax_id, tax_id=customer.tax_id) if customer.tax_id else ""
        code = said(words.code, code=self.view.customer_code)
        return "   ".join(filter(None, (tax, code)))

    def _meta(self, sheet: Sheet, y: float) -> float:
        for label, value, style in self._facts():
            left = sheet.text(RIGHT - _META_WIDTH, y, label, LABEL) + 2 * mm
            fitted = fit(value, style.at(8.5), RIGHT - left, where=label, lines=3)
            y = sheet.lines(RIGHT, y, fitted, align="right") - 4.7 * mm
        return y + 4.7 * mm

    def _facts(self) -> Iterator[tuple[str, str, Style]]:
        view, words = self.view, self.view.words
        yield words.number, view.number, STRONG
        if view.first is None:
            yield words.as_of, view.as_of.isoformat(), BODY
        else:
            yield words.period, f"{view.first} – {view.as_of}", BODY
        yield words.currency, currencies_said(view.currencies, view.language), BODY
