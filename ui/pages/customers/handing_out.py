"""Customers on their way out of the program: how many were read, and where they were written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from erpdesk.services.customers import CustomerLine
from erpdesk.words import Sentence
from ui.pages.customers.words import WRITTEN
from ui.work.runner import Report
from ui.work.wording import literal


def told(rows: Iterable[CustomerLine], report: Report) -> Iterator[CustomerLine]:
    """Yield rows, and tell how many were read."""
    for count, one in enumerate(rows):
        report(count)
        yield one


def written(path: Path, count: int) -> Sentence:
    """Return where how many customers were written."""
    name = literal(str(path))
    facts = {"count": f"{count:,}", "path": name.zh}
    return Sentence(WRITTEN.zh.format(**facts), WRITTEN.en.format(**facts))
