"""What every table is made with: names of constraints, STRICT, short words for columns."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, text
from sqlalchemy.schema import SchemaItem

from erpdesk.domain.money import LIMIT_MINOR

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *items: SchemaItem) -> Table:
    """Make a table that is STRICT in SQLite."""
    return Table(name, metadata, *items, sqlite_strict=True)


def needed(name: str, *args: Any, **options: Any) -> Column[Any]:
    """Make a column that is never NULL."""
    return Column(name, *args, nullable=False, **options)


def to(target: str, **options: Any) -> ForeignKey:
    """Make a foreign key."""
    return ForeignKey(target, **options)


def money_range(column: str) -> CheckConstraint:
    """Check that an amount is within what is stored."""
    return CheckConstraint(
        f"{column} BETWEEN -{LIMIT_MINOR} AND {LIMIT_MINOR}", name=f"{column}_range"
    )


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Make an index over some of the rows."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


def tell_servers() -> None:
    """Give indexes over some of the rows their condition on a server, before they are made there.

    To name it loads all that is known of servers: a file does without those 2 MiB.
    """
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        index.dialect_kwargs["postgresql_where"] = index.dialect_options["sqlite"]["where"]
