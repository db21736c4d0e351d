"""What tells which payment pays what: the names of charges, the text of cash."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from erpdesk.storage import tables as t
from erpdesk.storage.document_texts import texts
from erpdesk.storage.ledger import ItemRow


def names(connection: Connection, items: Iterable[ItemRow]) -> dict[str, tuple[str, ...]]:
    """Return the names under which a payer may know each charge.

    Its number; the contract, the invoice and the deliveries of its document; the notices that
    asked for it.
    """
    charges = [item for item in items if item.open_minor > 0]
    said = texts(connection, (item.document_id for item in charges))
    numbers = _delivery_numbers(connection, said.values())
    noticed = _noticed(connection, {item.customer_id for item in charges})
    return {
        item.id: (
            item.label,
            *_said(said.get(item.document_id, {}), numbers),
            *noticed.get((item.customer_id, item.label), ()),
        )
        for item in charges
    }


def _said(text: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterable[str]:
    invoice, contract = text.get("invoice", {}).get("number"), text.get("contract")
    yield from (name for name in (contract, invoice) if name)
    yield from (numbers[row["id"]] for row in text.get("deliveries", ()) if row["id"] in numbers)


def _delivery_numbers(connection: Connection, said: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    wanted = {row["id"] for text in said for row in text.get("deliveries", ())}
    delivery = t.delivery.c
    rows = connection.execute(select(delivery.id, delivery.number).where(delivery.id.in_(wanted)))
    return {row.id: row.number for row in rows}


def _noticed(
    connection: Connection, customer_ids: Iterable[str]
) -> dict[tuple[str, str], list[str]]:
    """Return the numbers of the notices that list an item, by customer and number of the item."""
    document = t.document.c
    rows = connection.execute(
        select(document.number, document.customer_id, t.content.c.body)
        .join(t.content, t.content.c.hash == document.content_hash)
        .where(document.kind == "notice", document.customer_id.in_(set(customer_ids)))
        .where(document.number.is_not(None), document.state != "cancelled")
        .order_by(document.made_at)
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for listed in json.loads(row.body)["notice"].get("rows", ()):
            found.setdefault((row.customer_id, listed["document"]), []).append(row.number)
    return found
