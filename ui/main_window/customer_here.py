"""Which customer a page stands on, for the card at the side (F4)."""

from collections.abc import Callable

from erpdesk.bootstrap import Desk
from erpdesk.services.customers import Card
from ui.pages import Page
from ui.pages.counting.page import CountingPage
from ui.pages.inbox.page import InboxPage
from ui.pages.vouchers.form import VoucherForm
from ui.pages.vouchers.page import VouchersPage

Look = Callable[[], Card | None]


def card_here(page: Page, desk: Desk) -> Look | None:
    """Return how to look the card of the page's customer up; None where there is no customer."""
    if isinstance(page, CountingPage):
        return _counted(page, desk)
    named, document = _named(page), _document(page)
    if named:
        return lambda: desk.customers.card(named)
    return None if document is None else lambda: _of_document(desk, document)


def _counted(page: CountingPage, desk: Desk) -> Look | None:
    """Where no figure of the books is shown, the card has none either."""
    current, campaign = page.stack.currentWidget(), page.campaign
    who = next((one.who for one in (page.card, page.duplicate) if one is current), None)
    if who is None:
        return None
    withheld = campaign is not None and campaign.withheld
    return lambda: desk.customers.card(who.id, withheld=withheld)


def _named(page: Page) -> str | None:
    """Return the id of the page's customer where the page knows it."""
    match page:
        case VouchersPage() if page.pages.currentWidget() is page.form:
            form = page.form
            chosen = form.customer.customer if isinstance(form, VoucherForm) else None
            return chosen.id if chosen else None
        case _:
            return page.customer_here()


def _document(page: Page) -> str | None:
    """Return the id of the page's document where only the document knows the customer."""
    match page:
        case VouchersPage() if page.pages.currentWidget() is page.listed:
            line = page.table.table.current_row()
            return line.id if line else None
        case InboxPage():
            chosen = page.lists.current
            return chosen.id if chosen else None
        case _:
            return None


def _of_document(desk: Desk, document: str) -> Card | None:
    whose = desk.customers.of_document(document)
    return None if whose is None else desk.customers.card(whose)
