"""The upper part of a statement: title, whose account it is, its number and its days."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.furniture import Furniture, title
from erpdesk.papers.page import LEFT, Sheet
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.text import BODY, STRONG, Style
from erpdesk.papers.upper import Party, currencies_said, draw_facts
from erpdesk.papers.wording import said

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
        under = {"customer.tax_id": self._known_as()}
        name = view.party(view.customer)
        return Party(words.customer, name, under).draw(sheet, y, beside=_META_WIDTH)

    def _known_as(self) -> str:
        customer, words = self.view.customer, self.view.words
        tax = said(words.paper.tax_id, tax_id=customer.tax_id) if customer.tax_id else ""
        code = said(words.code, code=self.view.customer_code)
        return "   ".join(filter(None, (tax, code)))

    def _meta(self, sheet: Sheet, y: float) -> float:
        return draw_facts(sheet, y, self._facts(), width=_META_WIDTH)

    def _facts(self) -> Iterator[tuple[str, str, Style]]:
        view, words = self.view, self.view.words
        yield words.number, view.number, STRONG
        if view.first is None:
            yield words.as_of, view.as_of.isoformat(), BODY
        else:
            yield words.period, f"{view.first} – {view.as_of}", BODY
        yield words.currency, currencies_said(view.currencies, view.language), BODY
