"""The settlement notice 结算通知书: one frozen view in, the bytes of a PDF out."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.capitals import capitals
from erpdesk.errors import UserError
from erpdesk.papers import total_block
from erpdesk.papers.address import Address
from erpdesk.papers.breaking import Room, Slice, break_rows
from erpdesk.papers.figures import coded, figure
from erpdesk.papers.fonts import must_draw
from erpdesk.papers.furniture import FOOT_RULE, Furniture, about, foot_left, print_mark
from erpdesk.papers.notice_table import NoticeTable
from erpdesk.papers.notice_view import Category, NoticeView
from erpdesk.papers.page import HEIGHT, Box, Sheet
from erpdesk.papers.payment import Payment
from erpdesk.papers.reply_slip import TOP as SLIP_TOP
from erpdesk.papers.reply_slip import ReplySlip
from erpdesk.papers.table import ROW, Row
from erpdesk.papers.total_block import TotalBlock
from erpdesk.papers.wording import said

_TOTAL_GAP: Final = 2.5 * mm
_PAYMENT_GAP: Final = 2 * mm
_CLEAR: Final = 3 * mm
_CLEAR_OF_SLIP: Final = 4.5 * mm
_UNDER_HEAD: Final = 4 * mm


class NothingToSettleError(UserError):
    """The notice has no rows: there is nothing to settle."""


def notice(view: NoticeView) -> bytes:
    """Return the notice as a PDF; the same view gives the same bytes.

    Raises:
        NothingToSettleError: the view has no rows.
        MissingCharacterError: the font cannot draw a character of the view.
        DoesNotFitError: a text is too long for its place.
        PaperFullError: there are more currencies than a page has room for.
    """
    return notices((view,))


def notices(views: Sequence[NoticeView]) -> bytes:
    """Return several notices in one file, each with its own page numbers; raises as :func:`notice`.

    They share the fonts, which is most of a small file.
    """
    return draw_notices(views)[0]


def draw_notices(views: Sequence[NoticeView]) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`notice`."""
    title = f"{views[0].words.title} {views[0].number}"
    sheet = Sheet(title, {"zh": "zh-CN", "en": "en"}[views[0].language])
    for n, view in enumerate(views):
        if n:
            sheet.turn()
        _checked(view).draw(sheet)
    return sheet.finish(), tuple(sheet.boxes)


def _checked(view: NoticeView) -> "_Drawing":
    if not view.rows:
        raise NothingToSettleError
    must_draw(view.texts())
    return _Drawing(view)


class _Drawing:
    """A notice that is ready to be drawn: everything measured but the upper part of page 1."""

    def __init__(self, view: NoticeView) -> None:
        self.view = view
        self.furniture = _furniture(view)
        self.table = NoticeTable(view)
        self.totals = tuple(_total(view, currency) for currency in view.currencies)
        self.payment = Payment(view)

    def draw(self, sheet: Sheet) -> None:
        top = self.furniture.head(sheet)
        top = Address(self.view, self.furniture).draw(sheet, top)
        pages = break_rows([row.height for row in self.table.rows], self._room(top))
        for n, page in enumerate(pages, 1):
            if n > 1:
                sheet.turn()
                top = self.furniture.running_head(sheet) - _UNDER_HEAD
            self._rows(sheet, page, top)
            if n == 1:
                ReplySlip(self.view).draw(sheet)
            self.furniture.foot(sheet, page=n, pages=len(pages))

    def _room(self, top: float) -> Room:
        closing = len(self.totals) * (_TOTAL_GAP + total_block.HEIGHT) + _PAYMENT_GAP
        following = HEIGHT - self.furniture.running_height - _UNDER_HEAD
        return Room(
            first=top - ROW - SLIP_TOP - _CLEAR_OF_SLIP,
            following=following - ROW - FOOT_RULE - _CLEAR,
            closing=closing + self.payment.height,
            carried=lambda count: ROW * self.table.carried_count(count),
        )

    def _rows(self, sheet: Sheet, page: Slice, top: float) -> None:
        table, words = self.table, self.view.words.paper
        y = table.table.draw_head(sheet, top)
        y = self._carried(sheet, table.carried(page.start, words.brought), y, name="brought")
        for row in table.rows[page.start : page.end]:
            y = table.table.draw_row(sheet, row, y)
        if not page.last:
            y = self._carried(sheet, table.carried(page.end, words.carried), y, name="carried")
        table.table.close(sheet, y)
        if page.last:
            self._closing(sheet, y)

    def _carried(self, sheet: Sheet, rows: tuple[Row, ...], y: float, *, name: str) -> float:
        for row in rows:
            y = self.table.table.draw_row(sheet, row, y, name=name)
        return y

    def _closing(self, sheet: Sheet, y: float) -> None:
        for total in self.totals:
            y = total.draw(sheet, y - _TOTAL_GAP)
        self.payment.draw(sheet, y - _PAYMENT_GAP)


def _total(view: NoticeView, currency: str) -> TotalBlock:
    words, total = view.words, view.total(currency)
    names = {
        Category.BILLED: words.billed,
        Category.UNBILLED: words.unbilled,
        Category.UNAPPLIED: words.unapplied_sum,
    }
    found = {row.category for row in view.rows if row.settle.currency == currency}
    parts = (
        f"{name} {view.total(currency, category).grouped()}"
        for category, name in names.items()
        if category in found
    )
    negative = total.minor < 0
    english = view.language == "en"
    return TotalBlock(
        label=words.total_refund if negative else words.total,
        in_words=f"{words.pay_by} {view.pay_by}" if english else capitals(total),
        of_which=f"{words.of_which}  {'   '.join(parts)}",
        figure=coded(total) if english else figure(total),
        before=words.refund if negative else "",
    )


def _furniture(view: NoticeView) -> Furniture:
    words, company = view.words.paper, view.company
    mark = print_mark(words, copy=view.copy, draft=view.draft)
    return Furniture(
        company=view.party(company),
        about_company=about(company, words),
        code=view.code,
        title=view.words.title,
        number=view.number,
        parties=(view.party(view.customer), view.customer.name),
        marks=tuple(_marks(view)),
        foot_left=foot_left(words, view.number, view.content_hash, view.seal),
        foot_right=f"{said(words.printed, at=view.printed_at)}   {mark}",
        words=words,
    )


def _marks(view: NoticeView) -> list[str]:
    words = view.words.paper
    marks = [words.draft] if view.draft else []
    if view.superseded_by:
        marks.append(said(words.superseded, number=view.superseded_by))
    return marks
