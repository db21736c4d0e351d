"""Customers by any three characters: the index of a company file, and what may be asked of it.

Imports do not wait for it: ``fill`` brings it up behind them, and who is not in it yet is looked at
one by one. A server keeps an index of its own.
"""

import sys
from collections.abc import Sequence
from functools import partial
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Text,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)

from erpdesk.storage import tables as t

LETTERS_MIN: Final = 3
"""An index of trigrams knows nothing shorter."""

FILL_ROWS: Final = 1000
"""So many are put into the index in a transaction of 30 ms: a scan waits no longer."""

_search = table("customer_search", column("rowid"))
_kept = table("customer_search_docsize", column("id"))
_term = table("customer_term", column("term", Text))
_TERMS: Final = text("""CREATE VIRTUAL TABLE IF NOT EXISTS temp.customer_term
USING fts5vocab('main', 'customer_search', 'row')""")
_FILL: Final = text("""
INSERT INTO customer_search (rowid, words, phone) SELECT n, words, phone FROM customer_to_find
WHERE n > (SELECT coalesce(max(id), 0) FROM customer_search_docsize) ORDER BY n LIMIT :most
""")


def lags(connection: Connection) -> bool:
    """Say whether there are customers whom the index of a file does not know yet."""
    if connection.dialect.name == "postgresql":
        return False
    return bool(connection.scalar(select(func.max(t.customer.c.n) > _last())))


def fill(connection: Connection) -> None:
    """Put the next customers of a file into the index."""
    connection.execute(_FILL, {"most": FILL_ROWS})


def found(
    connection: Connection,
    words: Sequence[str],
    digits: str,
    looked_at: Sequence[ColumnElement[bool]],
) -> ColumnElement[bool]:
    """Return that a customer has one of these words, or a telephone with these digits.

    ``looked_at`` asks the same of a customer who is not in the index.
    """
    by_looking = or_(*looked_at)
    if connection.dialect.name == "postgresql":
        return by_looking
    if any(len(one) < LETTERS_MIN for one in words):
        return false() if is_nobodys(connection, words) else by_looking
    asked = [f'words : "{_quoted(one)}"' for one in words]
    asked += [f'phone : "{digits}"'] if digits else []
    matched = literal_column("customer_search").op("MATCH")(" OR ".join(asked))
    number = t.customer.c.n
    indexed = select(_search.c.rowid).where(matched)
    return number.in_(indexed.union_all(select(number).where(number > _last(), by_looking)))


def is_nobodys(connection: Connection, words: Sequence[str]) -> bool:
    """Say whether no customer of a file has one of these words, however short.

    What has a word has three letters that begin as it does. A server is not asked, nor while the
    index does not know everybody.
    """
    if connection.dialect.name == "postgresql" or lags(connection):
        return False
    connection.execute(_TERMS)
    return not any(map(partial(_is_begun, connection), words))


def _is_begun(connection: Connection, word: str) -> bool:
    first = word[:LETTERS_MIN]
    last = f"{first}{chr(sys.maxunicode)}"
    found = select(_term.c.term).where(_term.c.term.between(first, last)).limit(1)
    return connection.execute(found).first() is not None


def _last() -> ScalarSelect[int]:
    """Return the number of the last customer in the index."""
    return select(func.coalesce(func.max(_kept.c.id), 0)).scalar_subquery()


def _quoted(word: str) -> str:
    return word.replace('"', '""')
