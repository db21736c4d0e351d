"""The same company on a PostgreSQL server: one that syncs, as those of firms do."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pysqlite3.dbapi2 as sqlite
from psycopg import sql

from erpdesk import keys
from erpdesk.services.companies import Companies, Joining
from erpdesk.services.ports import SystemClock
from erpdesk.services.sampling import FIRM
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage import tables as t
from erpdesk.storage.database import open_database
from erpdesk.storage.postgres_setup import drop_guards, grant_all, install_guards, owning
from erpdesk.storage.unit_of_work import Company
from tests.postgres_server import Server, running_server

PASSWORD: Final = "pw of {}"
DATABASE: Final = "bench"
_KEPT: Final = {t.person, t.person_key, t.sign_in, t.firm, *t.SETTINGS}
"""What the server has of its own."""

_WHOSE: Final = {t.chain_head: "actor", t.authority: "person"}
"""What is filled when somebody joins: the column that names them."""

_TRUE: Final = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def a_server() -> Iterator[Server]:
    """Run a server that syncs each commit."""
    with running_server() as server:
        with psycopg.connect(server.admin_url(), autocommit=True) as admin:
            for name in _TRUE:
                admin.execute(sql.SQL("ALTER SYSTEM SET {} = on").format(sql.Identifier(name)))
            admin.execute("SELECT pg_reload_conf()")
        yield server


def a_company_there(server: Server, people: tuple[Joining, ...]) -> None:
    """Make an empty company with these people."""
    place = server.admin_url(DATABASE)
    Companies(SystemClock(), keys.CHEAP).make(place, people, said=FIRM)


def copied(server: Server, place: Path, people: tuple[Joining, ...]) -> None:
    """Put the rows of a company's file on the server, guards out and back again."""
    a_company_there(server, people)
    with owning(server.admin_url(), DATABASE) as connection:
        drop_guards(connection)
    with (
        closing(sqlite.connect(str(place))) as source,
        psycopg.connect(server.admin_url(DATABASE)) as target,
    ):
        target.execute("SET session_replication_role = replica")
        for table in t.metadata.sorted_tables:
            if table not in _KEPT:
                _copy(source, target, table)
    with owning(server.admin_url(), DATABASE) as connection:
        install_guards(connection)
        grant_all(connection)
    with psycopg.connect(server.admin_url(DATABASE), autocommit=True) as target:
        target.execute("VACUUM ANALYZE")


def _copy(source: Any, target: Any, table: Any) -> None:
    names = [column.name for column in table.columns]
    into = sql.SQL("erp.{}").format(sql.Identifier(table.name))
    whose = _WHOSE.get(table)
    if whose is not None:  # those who are only there keep what they have there
        people = [one for (one,) in source.execute("SELECT name FROM person")]
        theirs = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)")
        target.execute(theirs.format(into, sql.Identifier(whose)), (people,))
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name}")  # noqa: S608 - our tables
    with target.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(into, columns)) as copy:
        for row in rows:
            copy.write_row(row)


def joining(name: str, *grants: Any) -> Joining:
    """Return somebody who joins, with a password of their own."""
    return Joining(name, name, grants, PASSWORD.format(name))


def there(server: Server, person: str) -> Company:
    """Sign in at the server."""
    secret = PASSWORD.format(person)
    database = open_database(server.admin_url(DATABASE), person=person, password=secret)
    return SigningIn(database, SystemClock()).sign_in(person, secret)
