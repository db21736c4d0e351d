"""One question about many texts, or ids: they go to the database as one value."""

import json
from collections.abc import Iterable

from sqlalchemy import ARRAY, ColumnElement, Connection, any_, func, literal, select


def among(
    connection: Connection, column: ColumnElement[str], texts: Iterable[str]
) -> ColumnElement[bool]:
    """Return that a column is one of these texts."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(texts), ARRAY(column.type)))
    each = func.json_each(json.dumps(list(texts))).table_valued("value")
    return column.in_(select(each.c.value))
