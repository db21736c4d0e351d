"""What committing does on the receipts page: rewrite, record, match or claim."""

from collections.abc import Callable
from functools import partial

from erpdesk.domain.changes import Outcome
from erpdesk.services.looking import Customer, Text
from erpdesk.services.receipts import Use
from ui.pages.receipts.facts import ReceiptsParts
from ui.widgets.matching import Matching
from ui.widgets.receipt_head import ReceiptHead

Change = Callable[[], Outcome[Text]]


def change_of(
    parts: ReceiptsParts,
    head: ReceiptHead,
    matching: Matching,
    customer: Customer | None,
    *,
    asks: bool,
) -> Change | None:
    """Return what is to be done with what is shown, or None while it is not said whose it is.

    ``asks`` somebody else about a rest that is above one's own limit.
    """
    pays, rests, receipts = matching.wanted, matching.given_up, parts.receipts
    money, back = head.received(), head.rewrites
    if money is not None and back is not None:
        return partial(parts.rewriting.rewrite, back, money, Use(pays, rests))
    if money is not None and head.is_new:
        return partial(receipts.record, money, pays=pays, gives_up=rests, submit=True)
    if customer is None:
        return None
    if (one := head.unidentified) is not None:
        return partial(
            receipts.claim, one.document, customer, pays=pays, gives_up=rests, submit=True
        )
    if (cash := head.cash) is not None:
        credit = cash.item_id
        return partial(
            receipts.allocate, customer, credit=credit, pays=pays, gives_up=rests, submit=asks
        )
    return None
