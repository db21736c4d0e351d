"""What is looked at before a paper goes out to a customer, gathered from the books."""

from datetime import date

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.notice_gates import Gate, NoticeFacts, gates
from erpdesk.services.following_up import disputes_of
from erpdesk.storage import firm, ledger, notice_facts
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import ItemRow


def gates_of(
    connection: Connection, customer: CustomerRow, kind: str, sorts: frozenset[str], today: date
) -> tuple[Gate, ...]:
    """Return what is to be looked at before this customer is sent a paper of a kind and sorts."""
    items = ledger.open_items_on(connection, customer.id, today)
    first = items[0].currency if items else BASE_CURRENCY
    currency = customer.record.get("currency") or first
    mine = [item for item in items if item.currency == currency]
    last = notice_facts.last_issued(connection, kind, sorts, customer.id)
    sender = firm.firm_of(connection)
    facts = NoticeFacts(
        today,
        currency,
        tuple(one.open_minor for one in mine if one.open_minor > 0),
        -sum(one.open_minor for one in mine if one.open_minor < 0),
        firm_known=bool(sender.get("name") and sender.get("bank_account")),
        last_money_on=notice_facts.last_money_on(connection),
        contact=customer.contact.get("person", ""),
        contact_on=notice_facts.contact_checked_on(connection, customer.id),
        last_number=last[0] if last else None,
        last_on=last[1] if last else None,
        missing=_missing(customer, items),
        disputed=_disputed(connection, customer, mine),
    )
    return gates(facts)


def _missing(customer: CustomerRow, items: tuple[ItemRow, ...]) -> tuple[str, ...]:
    """Return the characters of a customer, and of what is open, that cannot be printed."""
    from erpdesk.papers.fonts import missing_characters

    said = (customer.name, customer.contact.get("person"), customer.record.get("address"))
    return missing_characters("".join(filter(None, (*said, *(one.label for one in items)))))


def _disputed(
    connection: Connection, customer: CustomerRow, items: list[ItemRow]
) -> tuple[str, ...]:
    """Return the numbers of the items that the customer contests."""
    known = {one.item for one in disputes_of(connection, customer.id) if not one.ended}
    return tuple(item.label for item in items if item.id in known)
