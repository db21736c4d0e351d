"""Bank lines the books know, by what tells them from every other."""

import json
from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from erpdesk.storage import tables as t

GONE = ("voided", "rejected")
"""The states in which a receipt is as if its line had never come."""


def known_lines(connection: Connection) -> dict[str, int]:
    """Return what came in by each line of a statement that became a receipt, in minor units."""
    return dict(_lines(connection))


def doubled(connection: Connection, keys: Collection[str]) -> int:
    """Return how many of these lines stand in the books as more than one receipt."""
    times = Counter(key for key, _ in _lines(connection))
    return sum(times[key] > 1 for key in keys)


def _lines(connection: Connection) -> Iterator[tuple[str, int]]:
    document = t.document.c
    rows = connection.execute(
        select(t.content.c.body)
        .join(t.document, document.content_hash == t.content.c.hash)
        .where(document.kind == "receipt", document.state.not_in(GONE))
        .where(t.content.c.body.contains('"bank":{', autoescape=True))
    )
    for row in rows:
        text = json.loads(row.body)
        yield text["bank"]["key"], int(text["lines"][0]["amount"])


def holder_of(connection: Connection, key: str, *, but: str) -> str | None:
    """Return the number of another receipt by which a line is in the books, None for none."""
    document = t.document.c
    rows = connection.execute(
        select(document.number, t.content.c.body)
        .join(t.content, document.content_hash == t.content.c.hash)
        .where(document.kind == "receipt", document.state.not_in(GONE), document.id != but)
        .where(t.content.c.body.contains(f'"key":{json.dumps(key)}', autoescape=True))
    )
    return next((r.number for r in rows if json.loads(r.body)["bank"]["key"] == key), None)


def payers(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the ids behind every name and every bank account of customers."""
    customer, found = t.customer.c, dict[str, tuple[str, ...]]()
    for row in connection.execute(select(customer.id, customer.name, customer.record)):
        account = json.loads(row.record).get("bank_account", "")
        for name in dict.fromkeys(filter(None, (row.name, _digits(account)))):
            found[name] = (*found.get(name, ()), row.id)
    return found


def payer_of(known: dict[str, tuple[str, ...]], name: str, account: str) -> tuple[str, ...]:
    """Return whose account it is, else who is called so."""
    return known.get(_digits(account), ()) or known.get(name.strip(), ())


def _digits(account: str) -> str:
    return "".join(letter for letter in account if letter.isalnum())
