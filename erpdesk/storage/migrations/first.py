"""The first revision in SQL: while nothing is released, it is the schema of today.

``python -m erpdesk.storage.migrations.first`` writes it again after a change of ``tables``. With
the first release it stays as it is, and every later change is a revision of its own.
"""

from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from erpdesk.storage import tables as t
from erpdesk.storage.tables.base import tell_servers
from erpdesk.storage.tables.customers import CUSTOMER_SEARCH

DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(),
    "postgresql": postgresql.dialect(),  # type: ignore[no-untyped-call]
}
FOLDER = Path(__file__).parent / "versions"


def first_schema(dialect: str) -> str:
    """Return the statements that make every table and index of today, for one engine."""
    tell_servers()
    orders: list[CreateTable | CreateIndex] = []
    for table in t.metadata.sorted_tables:
        orders.append(CreateTable(table))
        orders += [CreateIndex(index) for index in sorted(table.indexes, key=lambda i: str(i.name))]
    written = [str(order.compile(dialect=DIALECTS[dialect])).strip() for order in orders]
    written += [CUSTOMER_SEARCH] if dialect == "sqlite" else []
    return "\n".join(
        "\n".join(line.rstrip() for line in text.splitlines()) + ";\n" for text in written
    )


def kept_schema(dialect: str) -> Path:
    """Return where the first revision of an engine is kept."""
    return FOLDER / f"0001_{dialect}.sql"


if __name__ == "__main__":
    for name in DIALECTS:
        kept_schema(name).write_text(first_schema(name), "utf-8")
