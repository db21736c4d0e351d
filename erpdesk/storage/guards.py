"""The guards of SQLite: one file of triggers and views, put in and taken out whole."""

from collections.abc import Iterator
from importlib.resources import files

from pysqlite3.dbapi2 import complete_statement
from sqlalchemy import Connection, text

from erpdesk.storage.tables import HEADS, LOGS, SETTINGS

_LOG = "CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, 'G2 log'); END"
_KEEP = "CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, 'G2 log'); END"
_FIXED = (
    "CREATE TRIGGER {t}_fixed_{verb} BEFORE {verb} ON {t} WHEN EXISTS (SELECT 1 FROM step)"
    " BEGIN SELECT RAISE(ABORT, 'G7 settings'); END"
)


def guard_file() -> str:
    """Return the file of guards as it ships."""
    return files("erpdesk.storage").joinpath("guards_sqlite.sql").read_text("utf-8")


def statements(script: str) -> Iterator[str]:
    """Cut a script into statements; a trigger is one statement."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if complete_statement(pending):
            yield pending
            pending = ""


def install_guards(connection: Connection, script: str | None = None) -> None:
    """Create every view and trigger; inside the transaction of the connection."""
    for statement in statements(guard_file() if script is None else script):
        connection.exec_driver_sql(statement)
    for table in LOGS:
        connection.exec_driver_sql(_LOG.format(t=table.name))
    for table in (*LOGS, *HEADS):
        connection.exec_driver_sql(_KEEP.format(t=table.name))
    for table in SETTINGS:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.exec_driver_sql(_FIXED.format(t=table.name, verb=verb))
    connection.exec_driver_sql(_KEEP.format(t="person"))


def drop_guards(connection: Connection) -> None:
    """Take every trigger and view out, for a migration that puts them back."""
    found = connection.execute(
        text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY type")
    )  # a view takes its triggers with it
    for kind, name in found.all():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')


def present_guards(connection: Connection) -> dict[str, str]:
    """Return the source of every trigger and view there is, by name."""
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    )
    return {row.name: row.sql for row in found}
