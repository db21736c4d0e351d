"""What the program holds in memory, signed in and after a long list, beside an empty window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench.children import EMPTY, PROGRAM, SCROLL, STAY, Child, a_child
from tests.bench.company import CREW, a_company_of_customers
from tests.bench.figures import Figure

PAGES_MAX: Final = 50
ROWS_A_PAGE: Final = 200


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield MiB signed in, with every page open, and after the first 10,000 rows of a list."""
    place = str(a_company_of_customers(cache, size))
    with a_child(EMPTY) as child:
        child.until("painted")
        empty = child.megabytes()
    pages = min(PAGES_MAX, size // ROWS_A_PAGE)
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


@contextmanager
def _signed_in(rest: str, place: str) -> Iterator[Child]:
    with a_child(PROGRAM + rest, (place, CREW.maker)) as child:
        child.until("painted")
        child.go_on()
        yield child
