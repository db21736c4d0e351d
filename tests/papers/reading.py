"""Reading a PDF back: its text, its pictures, its codes."""

from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page, lines as a reader sees them."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def picture(pdf: bytes, page: int = 0, *, dpi: int = 200) -> Image.Image:
    """Return a page as it is printed in grey."""
    rendered = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72)
    return Image.Image.convert(rendered.to_pil(), "L")


def codes(image: Image.Image) -> set[str]:
    """Return what a reader finds on a picture."""
    return {code.text for code in zxingcpp.read_barcodes(image)}


def text_boxes(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Return for each page where its runs of text stand: left, bottom, right, top in points."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text: Any = page.get_textpage()
        found.append([text.get_rect(n) for n in range(text.count_rects())])
    return found


def where_is(pdf: bytes, word: str, page: int = 0) -> tuple[float, float, float, float]:
    """Return where a word first stands on a page: left, bottom, right, top in points."""
    text: Any = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    start, count = text.search(word).get_next()
    boxes = [text.get_charbox(n) for n in range(start, start + count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
