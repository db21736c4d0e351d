"""From a warm start to the painted sign-in, and from there to a usable page.

An empty window with our fonts and Qt's names shows what no start of ours can be under.

Of 155 ms of processor up to the painted sign-in, 104 are those of an empty window, less the 26 that
``make_haste`` spares of PySide's own helpers, compiled at each start. Qt's names take 24, of which
``Qt`` with its 1,200 constants 14; our modules 18, a third of it data classes being made; the
standard library and what we import of others 11 (arguments, settings, threads, dates, the driver);
the application, its fonts and its theme 14, of which the system's list of fonts 5 and the marks of
the style sheet, written anew, 1.5; the dialog 12, where nothing stands out: its style 2, its sizes
with the first letters of each font 3. What is loaded is asked for before the first paint. What a
screen reader sees of drop-down lists costs 4, and has to be told before they are shown.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.children import DRESSED, EMPTY, PROGRAM, STAY, a_child
from tests.bench.company import CREW, a_company_of_customers
from tests.bench.figures import Figure, part

RUNS: Final = 7
TINY: Final = 1000
"""Below this a benchmark is only tried out: once is enough."""
BAR: Final = 1.5


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield each, in ms, beside the start of an empty window; the middle of several runs."""
    place = str(a_company_of_customers(cache, size))
    empty, dressed, starts, pages = [], [], [], []
    for _ in range(RUNS if size >= TINY else 1):
        empty.append(_window_s(EMPTY))
        dressed.append(_window_s(DRESSED))
        start, page = _program_s(place)
        starts.append(start)
        pages.append(page)
    limit = _middle_ms(empty)
    yield Figure("start, fonts and names alone", _middle_ms(dressed), limit, "ms", BAR, size=size)
    yield Figure("start to sign-in painted", _middle_ms(starts), limit, "ms", BAR, size=size)
    yield Figure("sign-in to usable page", _middle_ms(pages), limit, "ms", BAR, size=size)


def _window_s(code: str) -> float:
    with a_child(code) as child:
        return child.until("painted")


def _program_s(place: str) -> tuple[float, float]:
    with a_child(PROGRAM + STAY, (place, CREW.maker)) as child:
        start = child.until("painted")
        child.go_on()
        asked = child.until("asked")
        return start, child.until("usable") - asked


def _middle_ms(taken: list[float]) -> float:
    return part(sorted(taken), 0.5) * 1000
