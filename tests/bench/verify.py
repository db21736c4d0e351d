"""Verifying books of a million ledger lines beside one sum over the lines.

The deep one is done by two threads. What is SQL alone takes two fifths of the processor's time,
nearly all of it beside the texts: two fifths of that are what SQLite checks of the file itself, a
sixth what names other rows. On the other thread two thirds are postings against their texts, a
quarter the chains. Of a posting half is reading its text strictly (JSON taken apart, put together
again and compared), a quarter the rows it must have and the comparison, a fifth fetching them; of a
step in a chain half is fetching it, half its record and hash: work of C libraries a row. A cache of
64 MiB, rows as the driver gives them without SQLAlchemy, and judging a text's form without writing
it again each gained less than a twentieth. In sums of the processor, at 1,000,000 lines: 324 the
texts, 244 beside them. One thread alone would take both; so does a machine whose other processors
are busy, where nothing is gained and the bar is missed.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2 as sqlite

from erpdesk.services.keeping.verifying import Speed, Verifying
from erpdesk.services.ports import SystemClock
from tests.bench.company import a_company_with_ledger, closing_database
from tests.bench.figures import Figure, part, seconds, times_ms

BARS: Final = {Speed.RULES: 100.0, Speed.CHAIN: 350.0, Speed.DEEP: 350.0}
"""How many sums each speed may take; each looks at what the one before it looks at."""

CUSTOMERS: Final = 10_000


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield how long each speed takes, and of what the longest checks are."""
    place = a_company_with_ledger(cache, size, customers=min(CUSTOMERS, size))
    limit = _sum_ms(place)
    for speed, bar in BARS.items():
        with closing_database(place) as database:
            verifying = Verifying(database, SystemClock())
            taken = seconds(lambda: _must_be_clean(verifying, speed))  # noqa: B023 - called at once
        yield Figure(f"verify {speed}", taken * 1000, limit, "ms", bar, size=size)


def _must_be_clean(verifying: Verifying, speed: Speed) -> None:
    found = verifying.verify(speed)
    assert found.is_clean, found.findings


def _sum_ms(place: Path) -> float:
    with closing(sqlite.connect(str(place))) as raw:

        def add() -> object:
            return raw.execute("SELECT sum(side * base_minor) FROM journal_line").fetchone()

        add()
        return part(times_ms(add, 5), 0.5)
