"""The upper part of a notice: title, to whom, what number and which days, the opening sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.capitals import CURRENCY_NAMES
from erpdesk.papers.fonts import Weight
from erpdesk.papers.furniture import Furniture, title
from erpdesk.papers.notice_view import Category, NoticeView
from erpdesk.papers.page import INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.text import BODY, LABEL, STRONG, DoesNotFitError, Fitted, Style, fit
from erpdesk.papers.wording import Language, PaperWording, said

_NAME: Final = Style(Weight.SEMIBOLD, 11.5)
_META_WIDTH: Final = 46 * mm
_BLOCK_LEAST: Final = 14.1 * mm
_LINES_MOST: Final = 6


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
        words, customer = self.view.words, self.view.customer
        indent = max(8 * mm, LABEL.width(words.to) + 3 * mm)
        room = INNER - indent - _META_WIDTH - 6 * mm
        sheet.text(LEFT, y, words.to, LABEL)
        most = 2 if self.view.language == "zh" else 3
        name = few_or_more(self.view.party(customer), _NAME, room, "customer.name", few=most)
        y = sheet.lines(LEFT + indent, y, name) - 5 * mm
        for where, text in (
            ("customer.tax_id", said(words.paper.tax_id, tax_id=customer.tax_id)),
            ("customer.address", self._where()),
        ):
            fitted = few_or_more(text, LABEL, room, where, few=2)
            y = sheet.lines(LEFT + indent, y, fitted) - 4.6 * mm
        return y + 4.6 * mm

    def _where(self) -> str:
        customer = self.view.customer
        who = said(self.view.words.addressee, addressee=customer.addressee)
        return "   ".join(
            part for part in (who if customer.addressee else "", customer.address) if part
        )

    def _meta(self, sheet: Sheet, y: float) -> float:
        view, words = self.view, self.view.words
        for label, value, style in (
            (words.number, view.number, STRONG),
            (words.as_of, self.view.as_of.isoformat(), BODY),
            (words.currency, currencies_said(view.currencies, view.language), BODY),
            (words.pay_by, self.view.pay_by.isoformat(), STRONG),
        ):
            left = sheet.text(RIGHT - _META_WIDTH, y, label, LABEL) + 2 * mm
            fitted = fit(value, style.at(8.5), RIGHT - left, where=label, lines=3)
            y = sheet.lines(RIGHT, y, fitted, align="right") - 4.7 * mm
        return y + 4.7 * mm

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


def currencies_said(currencies: tuple[str, ...], language: Language) -> str:
    """Return currencies: by name in Chinese, by code in English and when they are many."""
    if language == "en" or len(currencies) > 3:
        return ", ".join(currencies)
    if currencies == ("CNY",):
        return "人民币 元"
    return "、".join(CURRENCY_NAMES[currency] for currency in currencies)


def few_or_more(text: str, style: Style, room: float, where: str, *, few: int) -> Fitted:
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
