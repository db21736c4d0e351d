"""Whose code was scanned: the whole code, never one that is like it."""

from collections.abc import Callable

from erpdesk.services.looking import Customer, Looking
from ui.pages import Page
from ui.work.runner import Runner


def ask_whose(
    page: Page, runner: Runner, looking: Looking, raw: bytes, found: Callable[[Customer], None]
) -> None:
    """Give the customer whose code was scanned; that it is nobody's, the window says."""
    code = raw.decode("utf-8", "replace").strip()

    def done(customer: Customer | None) -> None:
        if customer is None:
            page.unknown_code.emit(code)
        else:
            found(customer)

    runner.query(page, lambda: looking.whose(code), done=done)
