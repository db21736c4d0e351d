"""Which open items explain unapplied cash: looked up, weighed by the domain, taken by nobody."""

from collections import Counter
from collections.abc import Iterable

from erpdesk.domain.matching import Claim, Payment, Suggestion, spelled, suggest
from erpdesk.storage import document_texts, ledger, matching_facts
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import ItemRow


def suggestions(
    connection: Connection,
    customer_ids: Iterable[str],
    *,
    tolerance_minor: int,
    beside: Iterable[Payment] = (),
) -> dict[str, Suggestion]:
    """Return a suggestion for each cash of these customers, by item, and for what is beside it."""
    items = ledger.open_items_of(connection, customer_ids)
    cash = [item for item in items if item.open_minor < 0]
    named = matching_facts.names(connection, items)
    claims = (_claim(item, named[item.id]) for item in items if item.id in named)
    said = document_texts.texts(connection, (item.document_id for item in cash))
    payments = [_payment(item, said[item.document_id].get("memo", "")) for item in cash]
    found = suggest([*payments, *beside], claims, tolerances=_tolerances(items, tolerance_minor))
    return {one.payment: one for one in found}


def _tolerances(items: Iterable[ItemRow], tolerance_minor: int) -> dict[str, int]:
    """Return what is as little in each currency, at what the charges stand at in the books."""
    opened, based = Counter[str](), Counter[str]()
    for item in items:
        if item.base_minor and item.open_minor > 0:
            opened[item.currency] += item.open_minor
            based[item.currency] += item.base_minor
    return {name: tolerance_minor * opened[name] // worth for name, worth in based.items()}


def _claim(item: ItemRow, names: Iterable[str]) -> Claim:
    known = tuple(dict.fromkeys(map(spelled, names)))
    return Claim(item.id, item.customer_id, item.currency, item.open_minor, known)


def _payment(item: ItemRow, memo: str) -> Payment:
    return Payment(item.id, item.customer_id, item.currency, -item.open_minor, spelled(memo))
