"""The status light of the books: passed and when, or what fails and since when."""

from erpdesk.services.ports import Clock
from erpdesk.words.findings import CHECKS
from ui.main_window import said
from ui.main_window.lights import Light
from ui.widgets.document_facts import moment_said
from ui.work.books_watch import BooksWatch


def show_books(light: Light, watch: BooksWatch, clock: Clock) -> None:
    """Show how the books stand; what fails stays said while they are checked again."""
    stands, today = watch.stands, clock.today()
    if watch.trouble is not None:
        light.show_state("error", said.BOOKS_UNREAD)
    elif stands.failing:
        first = stands.failing[0]
        words = said.BOOKS_ILL if len(stands.failing) == 1 else said.BOOKS_ILL_MORE
        light.show_state(
            "error", words, check=CHECKS[first.code], n=len(stands.failing),
            at=moment_said(first.since_at, today),
        )  # fmt: skip
    elif watch.is_checking:
        light.show_state("neutral", said.BOOKS_BUSY)
    elif stands.runs:
        light.show_state("ok", said.BOOKS_WELL, at=moment_said(stands.runs[0].at, today))
    else:
        light.show_state("neutral", said.NOT_CHECKED)
