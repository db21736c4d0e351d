"""Whose company it is: what stands at the head of its papers."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from erpdesk.storage import tables as t


def firm_of(connection: Connection) -> dict[str, str]:
    """Return what is known of the firm, by key."""
    return {row.key: row.value for row in connection.execute(select(t.firm))}


def say_firm(connection: Connection, said: Mapping[str, str]) -> None:
    """Set what is known of the firm; only while the company is being set up.

    What is empty is not known any more.
    """
    for key, value in said.items():
        connection.execute(delete(t.firm).where(t.firm.c.key == key))
        if value:
            connection.execute(insert(t.firm).values(key=key, value=value))
