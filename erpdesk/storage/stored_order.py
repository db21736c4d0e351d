"""What was stored before what: the clock of a file may be put back, so there its rows tell."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column

from erpdesk.storage import tables as t


def order_of_steps(connection: Connection) -> ColumnElement[Any]:
    """Return what grows from step to step: a file's rows, never deleted; the clock of a server."""
    is_file = connection.dialect.name == "sqlite"
    return literal_column("step.rowid") if is_file else t.step.c.made_at
