"""What the program holds in memory, signed in and after a long list, beside an empty window."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.children import EMPTY, PROGRAM, SCROLL, STAY, a_child
from tests.bench.company import CREW, a_company_of_customers
from tests.bench.figures import Figure

PAGES_MAX: Final = 50
ROWS_A_PAGE: Final = 200


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield MiB when every page is made, and after scrolling through the first 10,000 rows."""
    place = str(a_company_of_customers(cache, size))
    with a_child(EMPTY) as child:
        child.until("painted")
        empty = child.megabytes()
    signed_in = _after("whole", STAY, place)
    pages = min(PAGES_MAX, size // ROWS_A_PAGE)
    scrolled = _after("scrolled", SCROLL.replace("PAGES", str(pages)), place)
    yield Figure("memory, signed in", signed_in, empty, "MiB", 1.6, size=size)
    yield Figure("memory, customers scrolled", scrolled, empty, "MiB", 2.0, size=size)


def _after(said: str, rest: str, place: str) -> float:
    with a_child(PROGRAM + rest, (place, CREW.maker)) as child:
        child.until("painted")
        child.go_on()
        child.until(said)
        return child.megabytes()
