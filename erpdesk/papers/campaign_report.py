"""The report of a campaign 盘点报告: its figures, who differs and why, who answers for it."""

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.flow import Block, draw_blocks, pages_of, row_block, together
from erpdesk.papers.fonts import Weight, must_draw
from erpdesk.papers.furniture import FOOT_RULE, Furniture, about, foot_left, print_mark, title
from erpdesk.papers.page import FAINT, HEIGHT, INNER, LEFT, RIGHT, Align, Box, Sheet
from erpdesk.papers.pairs import Pair, Pairs
from erpdesk.papers.report_view import ReportTable, ReportView, Signer
from erpdesk.papers.table import CARRY, CELL, NEGATIVE, ROW, Cell, Column, Row, Table
from erpdesk.papers.text import BODY, LABEL, STRONG, Style, fit
from erpdesk.papers.wording import said

Tell = Callable[[int, int | None], None]
_NAME: Final = Style(Weight.SEMIBOLD, 11.5)
_HEADING: Final = Style(Weight.SEMIBOLD, 10.5)
_UNDER_HEAD: Final = 4 * mm
_CLEAR: Final = 3 * mm
_HALF: Final = INNER / 2
_NEGATIVE: Final = re.compile("(?:[A-Z]{3} )?\u2212[0-9,.]+")
_LINES: Final = 40
"""How many lines a cell may take: what people wrote is never cut."""

_SHAPES: Final[dict[str, tuple[tuple[float, Align], ...]]] = {
    "sums": ((20, "left"), (52, "right"), (52, "right"), (52, "right")),
    "causes": ((46, "left"), (50, "left"), (20, "right"), (20, "centre"), (40, "right")),
    "people": ((76, "left"), (32, "right"), (34, "right"), (34, "right")),
    "differences": (
        (9, "centre"), (39, "left"), (25, "right"), (25, "right"), (25, "right"), (25, "right"),
        (28, "left"),
    ),
    "not_reached": ((9, "centre"), (57, "left"), (22, "left"), (24, "left"), (64, "left")),
    "rulings": ((9, "centre"), (57, "left"), (22, "left"), (24, "left"), (64, "left")),
    "strays": ((48, "left"), (28, "centre"), (22, "left"), (24, "left"), (54, "left")),
}  # fmt: skip
"""The columns of each kind of table: width in millimetres, together the width of the page."""


def campaign_report(view: ReportView, tell: Tell | None = None) -> bytes:
    """Return the report as a PDF; the same view gives the same bytes.

    Whoever asks may be told how many pages are drawn, and of how many; what that raises ends it.

    Raises:
        MissingCharacterError: the font cannot draw a character of the view.
        DoesNotFitError: a text is too long for its place.
    """
    return draw_report(view, tell)[0]


def draw_report(view: ReportView, tell: Tell | None = None) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`campaign_report`."""
    must_draw(view.texts())
    sheet = Sheet(f"{view.words.title} {view.number}", {"zh": "zh-CN", "en": "en"}[view.language])
    furniture = _furniture(view)
    top = _upper(view, sheet, furniture, furniture.head(sheet))
    lowest = FOOT_RULE + _CLEAR
    following = HEIGHT - furniture.running_height - _UNDER_HEAD
    pages = pages_of(list(_blocks(view)), first=top - lowest, following=following - lowest)
    for n, page in enumerate(pages, 1):
        if n > 1:
            sheet.turn()
            top = furniture.running_head(sheet) - _UNDER_HEAD
        draw_blocks(sheet, page, top)
        furniture.foot(sheet, page=n, pages=len(pages))
        if tell is not None:
            tell(n, len(pages))
    return sheet.finish(), tuple(sheet.boxes)


def _furniture(view: ReportView) -> Furniture:
    words, paper = view.words, view.words.paper
    mark = print_mark(paper, copy=view.copy, draft=view.draft)
    return Furniture(
        company=view.sender,
        about_company=about(view.company, paper),
        code=view.code,
        title=words.title,
        number=view.number,
        parties=(view.name,),
        marks=(words.draft,) if view.draft else (),
        foot_left=foot_left(paper, view.number, view.content_hash, view.seal),
        foot_right=f"{said(paper.printed, at=view.printed_at)}   {mark}",
        words=paper,
    )


def _upper(view: ReportView, sheet: Sheet, furniture: Furniture, top: float) -> float:
    """Draw title, name and figures of the first page; return where the tables may begin."""
    y = top - 10.6 * mm
    title(sheet, y, view.words.title, view.words.subtitle)
    furniture.marked(sheet, LEFT, y + 1.4 * mm, stacked=True)
    name = fit(f"{view.number}   {view.name}", _NAME, INNER, where="name", lines=2, floor=9)
    y = sheet.lines(LEFT, y - 14 * mm, name) - 8 * mm
    half = (len(view.facts) + 1) // 2
    ends = (
        _facts(view, view.facts[:half]).draw(sheet, LEFT, y),
        _facts(view, view.facts[half:]).draw(sheet, LEFT + _HALF, y),
    )
    end = min(ends) + 2 * mm
    sheet.mark("facts", bottom=end, top=top)
    return end


def _facts(view: ReportView, facts: tuple[tuple[str, str], ...]) -> Pairs:
    labels = view.words.facts
    pairs = tuple(Pair(labels[name], value, STRONG) for name, value in facts)
    return Pairs(pairs=pairs, indent=34 * mm, room=_HALF - 36 * mm, lines=3)


def _blocks(view: ReportView) -> Iterator[Block]:
    for table in view.tables:
        if table.rows:
            yield from _table(view, table)
    yield _signatures(view)


def _table(view: ReportView, found: ReportTable) -> Iterator[Block]:
    heading, *heads = view.words.tables[found.kind]
    columns = zip(heads, _SHAPES[found.kind], strict=True)
    table = Table(tuple(Column(h, width * mm, align, _LINES) for h, (width, align) in columns))
    yield Block(10 * mm, lambda sheet, top: _heading(sheet, top, heading), keeps_next=True)
    head = Block(ROW, table.draw_head, keeps_next=True)
    yield head
    carried = [_carried(view, table, sums, head) for sums in found.sums]
    for n, (cells, sums) in enumerate(zip_longest(found.rows, carried), 1):
        row = row_block(table, table.row(_cells(cells), where=f"{found.kind}.{n}"), head)
        yield row._replace(carried=sums)
    for cells in found.totals:
        yield row_block(table, _sums(table, cells, cells[1]), head)


def _carried(
    view: ReportView, table: Table, sums: tuple[tuple[str, ...], ...], head: Block
) -> tuple[Block, Block]:
    """Return the sums so far as they end a page and as they begin the next."""
    paper = view.words.paper
    ending, beginning = (
        [row_block(table, _sums(table, cells, word), head) for cells in sums]
        for word in (paper.carried, paper.brought)
    )
    return together(ending, head), together(beginning, head)


def _sums(table: Table, cells: tuple[str, ...], word: str) -> Row:
    told = (cells[0], word, *cells[2:])
    return table.row([Cell(text, CARRY) for text in told], where="sums", ground=True)


def _heading(sheet: Sheet, top: float, heading: str) -> None:
    sheet.text(LEFT, top - 7.4 * mm, heading, _HEADING)


def _cells(texts: tuple[str, ...]) -> list[Cell]:
    return [Cell(text, NEGATIVE if _NEGATIVE.fullmatch(text) else CELL) for text in texts]


def _signatures(view: ReportView) -> Block:
    """Return the last block: who did what by the record, and room to sign."""
    pitch = 11 * mm
    height = 12 * mm + pitch * len(view.signers)

    def draw(sheet: Sheet, top: float) -> None:
        _heading(sheet, top, view.words.signatures)
        for n, signer in enumerate(view.signers, 1):
            _sign(sheet, view, signer, top - 7 * mm - n * pitch)
        sheet.mark("signatures", bottom=top - height, top=top)

    return Block(height, draw)


def _sign(sheet: Sheet, view: ReportView, signer: Signer, y: float) -> None:
    sheet.text(LEFT, y, view.words.signers[signer.part], LABEL)
    name = fit(signer.name, STRONG, 66 * mm, where=signer.part, lines=2, floor=7.5)
    sheet.lines(LEFT + 18 * mm, y + name.drop, name)
    sheet.text(LEFT + 88 * mm, y, signer.at, BODY)
    start = sheet.text(LEFT + 122 * mm, y, view.words.sign, LABEL) + 2 * mm
    sheet.rule(y - 0.8 * mm, 0.5, left=start, right=RIGHT, ink=FAINT)
