"""The statement of account 客户对账单: one frozen view in, the bytes of a PDF out."""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.accounts import Part
from erpdesk.domain.capitals import capitals
from erpdesk.domain.statement import Sort, Stated, ageing_strip
from erpdesk.papers import total_block
from erpdesk.papers.figures import coded, figure
from erpdesk.papers.flow import Block, draw_blocks, pages_of
from erpdesk.papers.fonts import Weight, must_draw
from erpdesk.papers.furniture import FOOT_RULE, Furniture, about, foot_left, print_mark
from erpdesk.papers.page import GROUND, HEIGHT, INNER, LEFT, RIGHT, Box, Sheet
from erpdesk.papers.statement_head import StatementHead
from erpdesk.papers.statement_notes import StatementNotes
from erpdesk.papers.statement_table import StatementTable
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.text import BODY, LABEL, Style, fit
from erpdesk.papers.total_block import TotalBlock
from erpdesk.papers.wording import said

_UNDER_HEAD: Final = 4 * mm
_CLEAR: Final = 3 * mm
_TOTAL_GAP: Final = 2.5 * mm
_STRIP: Final = 13 * mm
_STRIP_GAP: Final = 4 * mm
_HEADING: Final = Style(Weight.SEMIBOLD, 10.5)
_STRIP_SUM: Final = Style(Weight.SEMIBOLD, 9)


def statement(view: StatementView) -> bytes:
    """Return the statement as a PDF; the same view gives the same bytes.

    Raises:
        MissingCharacterError: the font cannot draw a character of the view.
        DoesNotFitError: a text is too long for its place.
    """
    return draw_statement(view)[0]


def draw_statement(view: StatementView) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`statement`."""
    must_draw(view.texts())
    sheet = Sheet(f"{view.words.titles[view.sort]} {view.number}", _LANGUAGES[view.language])
    furniture = _furniture(view)
    top = StatementHead(view, furniture).draw(sheet, furniture.head(sheet))
    lowest = FOOT_RULE + _CLEAR
    following = HEIGHT - furniture.running_height - _UNDER_HEAD
    pages = pages_of(list(_blocks(view)), first=top - lowest, following=following - lowest)
    for n, page in enumerate(pages, 1):
        if n > 1:
            sheet.turn()
            top = furniture.running_head(sheet) - _UNDER_HEAD
        draw_blocks(sheet, page, top)
        furniture.foot(sheet, page=n, pages=len(pages))
    return sheet.finish(), tuple(sheet.boxes)


_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}


def _furniture(view: StatementView) -> Furniture:
    words = view.words.paper
    mark = print_mark(words, copy=view.copy, draft=view.draft)
    return Furniture(
        company=view.party(view.company),
        about_company=about(view.company, words),
        code=view.code,
        title=view.words.titles[view.sort],
        number=view.number,
        parties=(view.party(view.customer), view.customer.name),
        marks=(words.draft,) if view.draft else (),
        foot_left=foot_left(words, view.number, view.content_hash, view.seal),
        foot_right=f"{said(words.printed, at=view.printed_at)}   {mark}",
        words=words,
    )


def _blocks(view: StatementView) -> Iterator[Block]:
    for part in view.parts:
        if len(view.parts) > 1:
            yield _heading(part.opening.currency)
        if view.sort is Sort.OPEN_ITEMS:
            yield _strip(view, part)
        *rows, last = StatementTable(view, part).blocks()
        yield from rows
        yield last._replace(keeps_next=True)
        yield _total(view, part)
    notes = StatementNotes(view)
    yield Block(notes.height, notes.draw)


def _heading(currency: str) -> Block:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.text(LEFT, top - 7 * mm, currency, _HEADING)

    return Block(9.5 * mm, draw, keeps_next=True)


def _strip(view: StatementView, part: Stated) -> Block:
    """Return what is open by how late it is, one cell after another (账龄)."""
    strip = ageing_strip(part.lines, view.as_of, part.opening.currency)
    amounts = [*strip.values(), part.total]
    width = INNER / len(amounts)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.fill((LEFT, top - _STRIP, INNER, _STRIP), GROUND)
        for n, (head, money) in enumerate(zip(view.words.buckets, amounts, strict=True), 1):
            right = LEFT + n * width - 2 * mm
            is_last = n == len(amounts)
            said_so = money.grouped() if money.minor or is_last else "—"
            style = _STRIP_SUM if is_last else BODY
            shown = fit(said_so, style, width - 2.5 * mm, where=f"ageing.{n}", floor=5)
            sheet.text(right, top - 5 * mm, head, LABEL, align="right")
            sheet.lines(right, top - 10.2 * mm, shown, align="right")
        sheet.mark("ageing", bottom=top - _STRIP, top=top, left=LEFT, right=RIGHT)

    return Block(_STRIP + _STRIP_GAP, draw, keeps_next=True)


def _total(view: StatementView, part: Stated) -> Block:
    block = _total_block(view, part)
    height = _TOTAL_GAP + total_block.HEIGHT
    return Block(height, lambda sheet, top: block.draw(sheet, top - _TOTAL_GAP))


def _total_block(view: StatementView, part: Stated) -> TotalBlock:
    words, total = view.words, part.total
    is_credit = total.minor < 0
    parts = (
        f"{words.sums[name]} {part.parts[name].grouped()}"
        for name in Part
        if part.parts[name].minor
    )
    english = view.language == "en"
    return TotalBlock(
        label=words.total_credit if is_credit else words.total[view.sort],
        in_words=f"{words.as_of} {view.as_of}" if english else capitals(total),
        of_which=f"{words.of_which}  {'   '.join(parts)}" if total.minor else "",
        figure=coded(total) if english else figure(total),
        before=words.credit if is_credit else "",
    )
