"""The upper part of a notice: title, to whom, what number and which days, the opening sentence."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.furniture import Furniture, title
from erpdesk.papers.notice_view import Category, NoticeView
from erpdesk.papers.page import INNER, LEFT, Sheet
from erpdesk.papers.text import BODY, STRONG, Fitted, fit
from erpdesk.papers.upper import Party, currencies_said, day_in_words, draw_facts
from erpdesk.papers.wording import said

_META_WIDTH: Final = 46 * mm
_BLOCK_LEAST: Final = 14.1 * mm


@dataclass(frozen=True, slots=True)
class Address:
    """The part of page 1 between its head and the table."""

    view: NoticeView
    furniture: Furniture

    def draw(self, sheet: Sheet, top: float) -> float:
        """Draw under ``top``, the end of the head, and return where the table may begin."""
        y = top - 10.6 * mm
        self._title(sheet, y)
        start = y = y - 14 * mm
        low = min(self._to(sheet, y), self._meta(sheet, y), start - _BLOCK_LEAST)
        end = self._opening(sheet, low - 8.5 * mm)
        sheet.mark("address", bottom=end, top=top)
        return end

    def _title(self, sheet: Sheet, y: float) -> None:
        title(sheet, y, self.view.words.title, self.view.words.subtitle)
        self.furniture.marked(sheet, LEFT, y + 1.4 * mm, stacked=True)

    def _to(self, sheet: Sheet, y: float) -> float:
        view, words = self.view, self.view.words
        under = {
            "customer.tax_id": said(words.paper.tax_id, tax_id=view.customer.tax_id),
            "customer.address": self._where(),
        }
        most = 2 if view.language == "zh" else 3
        name = view.party(view.customer)
        return Party(words.to, name, under, most).draw(sheet, y, beside=_META_WIDTH)

    def _where(self) -> str:
        customer = self.view.customer
        who = said(self.view.words.addressee, addressee=customer.addressee)
        return "   ".join(
            part for part in (who if customer.addressee else "", customer.address) if part
        )

    def _meta(self, sheet: Sheet, y: float) -> float:
        view, words = self.view, self.view.words
        facts = (
            (words.number, view.number, STRONG),
            (words.as_of, view.as_of.isoformat(), BODY),
            (words.currency, currencies_said(view.currencies, view.language), BODY),
            (words.pay_by, view.pay_by.isoformat(), STRONG),
        )
        return draw_facts(sheet, y, facts, width=_META_WIDTH)

    def _opening(self, sheet: Sheet, y: float) -> float:
        """Draw the sentence over the table and return where the table begins."""
        return sheet.lines(LEFT, y, self._sentence()) - 5 * mm

    def _sentence(self) -> Fitted:
        words, view = self.view.words, self.view
        parts = [said(words.opening, as_of=day_in_words(view.as_of, words.paper))]
        if any(row.category is Category.UNBILLED for row in view.rows):
            parts.append(words.unbilled_means)
        if view.disputed:
            parts.append(said(words.disputed, count=str(view.disputed)))
        space = " " if view.language == "en" else ""
        return fit(space.join(parts), BODY, INNER, where="wording.opening", lines=4)
