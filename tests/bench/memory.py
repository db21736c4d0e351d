"""What the program holds in memory, signed in and after a long list, beside an empty window.

An empty window with fonts, Qt's names and the libraries of the database shows what is not ours:
it is nearly all that the bar of a signed in program allows.

MiB over an empty window of 49: to the painted sign-in 19 (8 more of Qt's code, 5 Python and what Qt
keeps, 3 of the fonts, 2 SQLite), then what signing in stands on 24 (SQLAlchemy 11, services, rules
and tables 10, the system's cryptography 3), the window and its first page 28 (Python's and Qt's
parts and their style, three connections of SQLite with their guards, 2 each, 5 more of the fonts),
checking the books 5. A module of ours takes 70 KiB, of which each data class 15: what waits until
it is asked for (``erpdesk.late``) takes nothing. A font is mapped, not read: of the three files'
18 MiB the pages count whose letters were drawn, with fifteen beside each. A million customers
scrolled add 20: 8 are their numbers, 8 the page with all its parts, 4 pages of the file. A widget
costs 11 KiB more as soon as there is a style sheet, whatever it says: half of what all pages take.
None of it can be given back: after a full collection and a trimmed heap 3 are less, and a
connection that is closed leaves its room empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench.children import EMPTY, LOADED, PROGRAM, SCROLL, STAY, Child, a_child
from tests.bench.company import CREW, a_company_of_customers
from tests.bench.figures import Figure

PAGES_MAX: Final = 50
ROWS_A_PAGE: Final = 200


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield MiB with nothing of ours, signed in, with every page open, and in a long list."""
    place = str(a_company_of_customers(cache, size))
    empty, loaded = _window_mib(EMPTY), _window_mib(LOADED)
    pages = min(PAGES_MAX, size // ROWS_A_PAGE)
    yield Figure("memory, libraries alone", loaded, empty, "MiB", 1.6, size=size)
    with _signed_in(STAY, place) as child:
        child.until("settled")
        yield Figure("memory, signed in", child.megabytes(), empty, "MiB", 1.6, size=size)
        child.go_on()
        child.until("open")
        yield Figure("memory, every page open", child.megabytes(), empty, "MiB", 1.6, size=size)
    scroll = SCROLL.replace("PAGES", str(pages)).replace("ROWS", str(ROWS_A_PAGE))
    with _signed_in(scroll, place) as child:
        child.until("scrolled")
        yield Figure("memory, customers scrolled", child.megabytes(), empty, "MiB", 2.0, size=size)


def _window_mib(code: str) -> float:
    with a_child(code) as child:
        child.until("painted")
        return child.megabytes()


@contextmanager
def _signed_in(rest: str, place: str) -> Iterator[Child]:
    with a_child(PROGRAM + rest, (place, CREW.maker)) as child:
        child.until("painted")
        child.go_on()
        yield child
