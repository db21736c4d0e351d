"""The guards present are those of this version, name by name and letter by letter."""

import re
from collections.abc import Iterator
from functools import cache

from sqlalchemy import create_engine

from erpdesk.storage import guards, postgres_guards
from erpdesk.storage import tables as t
from erpdesk.storage.checks import Books, Finding


def guards_present(books: Books) -> Iterator[Finding]:
    """Yield guards that are missing, changed, switched off or not ours."""
    if books.is_server:
        yield from _on_server(books)
        return
    present, wanted = guards.present_guards(books.connection), _wanted()
    for name in sorted(wanted.keys() | present.keys()):
        if name not in present:
            yield Finding("G", "guard_missing", name)
        elif name not in wanted:
            yield Finding("G", "guard_strange", name)
        elif present[name] != wanted[name]:
            yield Finding("G", "guard_changed", name)


@cache
def _wanted() -> dict[str, str]:
    """Return the guards of a file that was just made."""
    import pysqlite3.dbapi2 as sqlite

    engine = create_engine("sqlite+pysqlite://", module=sqlite)
    with engine.begin() as connection:
        t.metadata.create_all(connection)
        guards.install_guards(connection)
        present = guards.present_guards(connection)
    engine.dispose()
    return present


_FUNCTION = re.compile(r"CREATE FUNCTION erp\.(\w+)\(.*?AS \$\$(.*?)\$\$", re.DOTALL)
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) .*? ON erp\.(\w+) ")
_VIEW = re.compile(r"CREATE VIEW erp\.(\w+)")


def _on_server(books: Books) -> Iterator[Finding]:
    """Compare the bodies of functions, and that every trigger is there and always on.

    The server keeps views in its own spelling: of them only the names are compared.
    """
    present, script = postgres_guards.present_guards(books.connection), postgres_guards.guard_file()
    for name, body in _FUNCTION.findall(script):
        yield from _judged(name, present.get(f"function {name}"), body, " owner erp_owner")
    for name in _VIEW.findall(script):
        yield from _judged(name, present.get(f"view {name}"), "", "")
    triggers = [f"{table}.{trigger}" for trigger, table in _TRIGGER.findall(script)]
    for name in (*triggers, *_table_triggers()):
        yield from _judged(name, present.get(f"trigger {name}"), "", " enabled A")


def _judged(name: str, source: str | None, body: str, end: str) -> Iterator[Finding]:
    if source is None:
        yield Finding("G", "guard_missing", name)
    elif body not in source or not source.endswith(end):
        yield Finding("G", "guard_changed", name)


def _table_triggers() -> Iterator[str]:
    for table in (*t.LOGS, *t.HEADS):
        yield f"{table.name}.a_log"
    for table in t.HEADS:
        yield f"{table.name}.a_head"
    for table in t.SETTINGS:
        yield f"{table.name}.a_settings"
    for table in (*t.LOGS, *t.HEADS, *t.SETTINGS, t.person):
        yield f"{table.name}.a_whole"
