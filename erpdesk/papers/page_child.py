"""Draws one page of a PDF in a process of its own, under limits, and prints its pixels.

Run as a program: ``page_child.py NUMBER LONGEST_PX``, the PDF on standard input. Printed is a line
``COUNT WIDTH HEIGHT STRIDE``, then the rows of pixels, three bytes red, green, blue each. It
imports nothing of this program, so that it starts quickly and knows nothing.
"""

import sys
from typing import Any, Final

MEMORY_MAX: Final = 1 << 30
SECONDS_MAX: Final = 10
PAGES_MAX: Final = 2_000
LONGEST_MAX: Final = 4_096
TOO_LARGE: Final = 3
BROKEN: Final = 4
LOCKED: Final = 5
NO_PAGE: Final = 6
_WRONG_PASSWORD: Final = 4
_POINTS_MIN: Final = 1.0


def limit_work() -> None:
    """Let this process have so much memory and time and no more, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drawn(pdf: bytes, number: int, longest_px: int) -> tuple[str, bytes] | int:
    """Return the head and the pixels of a page, its longer side so long; or why not."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == _WRONG_PASSWORD else BROKEN
    if len(document) > PAGES_MAX:
        return TOO_LARGE
    if not 1 <= number <= len(document):
        return NO_PAGE if len(document) else BROKEN
    document.init_forms()
    bitmap = _bitmap(document[number - 1], min(longest_px, LONGEST_MAX))
    head = f"{len(document)} {bitmap.width} {bitmap.height} {bitmap.stride}\n"
    return head, bytes(bitmap.buffer)


def _bitmap(page: Any, longest_px: int) -> Any:
    longer = max(*page.get_size(), _POINTS_MIN)
    return page.render(scale=longest_px / longer, rev_byteorder=True)


def main(number: int, longest_px: int) -> int:
    """Print the page; return why not as an exit code."""
    pdf = sys.stdin.buffer.read()
    limit_work()
    import pypdfium2

    try:
        made = drawn(pdf, number, longest_px)
    except MemoryError:
        return TOO_LARGE
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return BROKEN
    if isinstance(made, int):
        return made
    head, pixels = made
    sys.stdout.buffer.write(head.encode("ascii"))
    sys.stdout.buffer.write(pixels)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
