"""Pages of a PDF as pictures, for the screen and the printer: the bytes decide, nothing else.

A PDF may come from anybody. It is drawn by a child under limits, which knows nothing and runs no
script; what breaks or swells there breaks the child alone.
"""

import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from erpdesk.errors import UserError
from erpdesk.papers import page_child as child

SCREEN_PX: Final = 2_200
"""The longer side of a page on the screen: an A4 page at some 190 dots an inch."""
PRINT_PX: Final = 3_508
"""The longer side of a page on paper: an A4 page at 300 dots an inch."""
_WAIT_SECONDS: Final = 30


class PdfBrokenError(UserError):
    """The PDF is damaged or is none: its pages cannot be shown."""


class PdfLockedError(UserError):
    """The PDF asks for a password: its pages cannot be shown."""


class PdfTooLargeError(UserError):
    """The PDF takes too much memory, time or pages to be shown here."""


class NoSuchPageError(UserError):
    """The PDF has not so many pages."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as pixels: three bytes red, green, blue each, ``stride`` bytes a row.

    ``number`` counts from 1 to ``count``.
    """

    number: int
    count: int
    width: int
    height: int
    stride: int
    rgb: bytes


def page_picture(pdf: bytes, number: int, *, longest_px: int = SCREEN_PX) -> PagePicture:
    """Return a page, its longer side so many pixels, at most 4,096.

    Raises:
        PdfBrokenError, PdfLockedError, PdfTooLargeError, NoSuchPageError: it cannot be shown.
    """
    program = [sys.executable, "-I", child.__file__, str(number), str(longest_px)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, arguments as a list
            program, input=pdf, capture_output=True, timeout=_WAIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise PdfTooLargeError(number=number) from slow
    if done.returncode:
        raise _refusal(done.returncode, number)
    head, _, rgb = done.stdout.partition(b"\n")
    count, width, height, stride = map(int, head.split())
    return PagePicture(number, count, width, height, stride, rgb)


def _refusal(code: int, number: int) -> UserError:
    if code == child.TOO_LARGE or code < 0:  # ended by the system at its limits
        return PdfTooLargeError(number=number)
    if code == child.LOCKED:
        return PdfLockedError()
    return NoSuchPageError(number=number) if code == child.NO_PAGE else PdfBrokenError()
