"""The balance confirmation 往来款项询证函: one frozen view in, the bytes of a PDF out."""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.accounts import Part
from erpdesk.domain.confirmation import Confirmed, Method
from erpdesk.papers.confirmation_answer import TOP as ANSWER_TOP
from erpdesk.papers.confirmation_answer import AnswerPart
from erpdesk.papers.confirmation_view import ConfirmationView
from erpdesk.papers.fonts import must_draw
from erpdesk.papers.furniture import Furniture, about, foot_left, print_mark, title
from erpdesk.papers.page import INNER, LEFT, RIGHT, Box, Sheet
from erpdesk.papers.pairs import Pair, Pairs
from erpdesk.papers.payment import SEAL_LABEL
from erpdesk.papers.table import CELL, NEGATIVE, Cell, Column, Table
from erpdesk.papers.text import BODY, SMALL, STRONG, DoesNotFitError, Fitted, Style, fit
from erpdesk.papers.upper import Party, currencies_said, day_in_words, draw_facts
from erpdesk.papers.wording import said

_META_WIDTH: Final = 52 * mm
_AMOUNT: Final = 38 * mm
_SEAL: Final = 17 * mm
_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}


def confirmation(view: ConfirmationView) -> bytes:
    """Return the confirmation as a PDF of one page; the same view gives the same bytes.

    Raises:
        MissingCharacterError: the font cannot draw a character of the view.
        DoesNotFitError: a text is too long for its place.
    """
    return draw_confirmation(view)[0]


def draw_confirmation(view: ConfirmationView) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`confirmation`."""
    must_draw(view.texts())
    sheet = Sheet(f"{view.words.title} {view.number}", _LANGUAGES[view.language])
    furniture = _furniture(view)
    letter = _Letter(view, furniture)
    letter.draw(sheet, furniture.head(sheet))
    AnswerPart(view).draw(sheet)
    furniture.foot(sheet, page=1, pages=1)
    return sheet.finish(), tuple(sheet.boxes)


def _furniture(view: ConfirmationView) -> Furniture:
    words = view.words.paper
    mark = print_mark(words, copy=view.copy, draft=view.draft)
    return Furniture(
        company=view.party(view.company),
        about_company=about(view.company, words),
        code=view.code,
        title=view.words.title,
        number=view.number,
        parties=(view.party(view.customer), view.customer.name),
        marks=(words.draft,) if view.draft else (),
        foot_left=foot_left(words, view.number, view.content_hash, view.seal),
        foot_right=f"{said(words.printed, at=view.printed_at)}   {mark}",
        words=words,
    )


class _Letter:
    """The upper part: whom it is for, what is asked, the balances, who sends it."""

    def __init__(self, view: ConfirmationView, furniture: Furniture) -> None:
        self.view, self.words, self.furniture = view, view.words, furniture

    def draw(self, sheet: Sheet, top: float) -> None:
        y = top - 10.6 * mm
        title(sheet, y, self.words.title, self.words.subtitles[self.view.method])
        self.furniture.marked(sheet, LEFT, y + 1.4 * mm, stacked=True)
        y -= 14 * mm
        y = min(self._to(sheet, y), draw_facts(sheet, y, self._facts(), width=_META_WIDTH))
        y = sheet.lines(LEFT, y - 9 * mm, self._opening()) - 4 * mm
        sheet.mark("address", bottom=y, top=top)
        y = self._table(sheet, y)
        self._sender(sheet, y)

    def _to(self, sheet: Sheet, y: float) -> float:
        view, customer = self.view, self.view.customer
        who = "   ".join(filter(None, (customer.addressee, customer.address)))
        tax = said(self.words.paper.tax_id, tax_id=customer.tax_id) if customer.tax_id else ""
        under = {"customer.tax_id": tax, "customer.address": who}
        shown = {where: text for where, text in under.items() if text}
        return Party(self.words.to, view.party(customer), shown).draw(sheet, y, beside=_META_WIDTH)

    def _facts(self) -> Iterator[tuple[str, str, Style]]:
        view, words = self.view, self.words
        yield words.number, view.number, STRONG
        yield words.as_of, view.as_of.isoformat(), BODY
        yield words.currency, currencies_said(view.currencies, view.language), BODY
        yield words.reply_by, view.reply_by.isoformat(), STRONG

    def _opening(self) -> Fitted:
        view, paper = self.view, self.words.paper
        days = {
            "as_of": day_in_words(view.as_of, paper),
            "reply_by": day_in_words(view.reply_by, paper),
        }
        space = " " if view.language == "en" else ""
        text = said(self.words.opening[view.method], **days) + space + self.words.not_a_demand
        return fit(text, BODY, INNER, where="wording.opening", lines=6)

    def _table(self, sheet: Sheet, top: float) -> float:
        """Draw our balances, a row a currency; a blank letter holds none at all."""
        if self.view.method is Method.BLANK:
            return top
        first, *others = self.words.heads
        width = (INNER - 4 * _AMOUNT, *(_AMOUNT,) * 4)
        table = Table(
            (
                Column(first, width[0], "centre"),
                *(Column(head, _AMOUNT, "right") for head in others),
            )
        )
        y = table.draw_head(sheet, top)
        for one in self.view.balances:
            y = table.draw_row(sheet, table.row(_cells(one), where=one.currency), y)
        table.close(sheet, y)
        signs = fit(self.words.signs, SMALL, INNER - 2 * _SEAL, where="wording.signs", lines=2)
        sheet.lines(LEFT, y - 5 * mm, signs)
        return y

    def _sender(self, sheet: Sheet, top: float) -> None:
        view, words, seal = self.view, self.words, RIGHT - _SEAL - 1 * mm
        bottom = top - 2 * mm - 2 * _SEAL
        if bottom < ANSWER_TOP:
            raise DoesNotFitError(text=view.customer.name, where="customer.name")
        pairs = (
            Pair(words.made_by, view.made_by or "—"),
            Pair(words.issued_on, view.as_of.isoformat()),
        )
        made = Pairs(pairs=pairs, indent=16 * mm, room=40 * mm)
        made.draw(sheet, RIGHT - 2 * _SEAL - 62 * mm, bottom + 12 * mm)
        sheet.ring(seal, bottom + _SEAL, _SEAL)
        sheet.text(seal, bottom + _SEAL - 1 * mm, words.seal, SEAL_LABEL, align="centre")
        sheet.mark("sender", bottom=bottom, top=top)


def _cells(one: Confirmed) -> tuple[Cell, ...]:
    amounts = (one.parts[Part.BILLED], one.parts[Part.UNBILLED], one.parts[Part.UNAPPLIED])
    shown = (
        Cell(money.grouped(), NEGATIVE if money.minor < 0 else CELL)
        for money in (*amounts, one.total)
    )
    return (Cell(one.currency), *shown)
