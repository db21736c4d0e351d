"""Which customer is meant: whose code was scanned, whole, or who is looked up by what is typed."""

from collections.abc import Callable
from functools import partial

from erpdesk.services.looking import Customer, Looking
from ui.pages import Page
from ui.widgets.customer_field import CustomerField
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


def find_into(
    field: CustomerField, page: Page, runner: Runner, looking: Looking, words: str
) -> None:
    """Look customers up by what is typed into a field, and show them there."""
    done = partial(field.show_found, words)
    runner.query(page, lambda: looking.customers(words, most=12), done=done)
