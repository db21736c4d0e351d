"""Books that are changed as a whole are changed by one program, with nobody else in them."""

from contextlib import closing

import pysqlite3.dbapi2 as sqlite

from erpdesk.errors import StorageError, UserError
from erpdesk.storage.database import Database

_WAIT_S = 1
_OTHERS = """
SELECT DISTINCT usename FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
AND pid <> pg_backend_pid() ORDER BY usename
"""


class BooksInUseError(UserError):
    """Another program has the books open; they were not changed."""


class NotAdministratorError(UserError):
    """This takes the address of the server's administrator."""


def must_be_alone(database: Database) -> None:
    """Look whether another program has the books open; connections to a file are given back.

    Raises:
        BooksInUseError: one has; its facts say who, where that is known.
        NotAdministratorError: a server, and this login does not own its tables.
    """
    if database.is_server:
        _alone_on_server(database)
    else:
        database.close()  # one of our own is no other program
        _alone_with_file(database.place)


def _alone_with_file(place: str) -> None:
    """Take the file out of its log, which SQLite does for its only user; opening puts it back."""
    with closing(sqlite.connect(place, timeout=_WAIT_S, isolation_level=None)) as raw:
        try:
            raw.execute("PRAGMA journal_mode=DELETE")
        except sqlite.DatabaseError as fault:
            if "locked" in str(fault):
                raise BooksInUseError from fault
            raise StorageError(detail=str(fault)) from fault


def _alone_on_server(database: Database) -> None:
    with database.reading() as connection:
        owns = "SELECT pg_has_role('erp_owner', 'MEMBER')"
        if not connection.exec_driver_sql(owns).scalar_one():
            raise NotAdministratorError
        others = connection.exec_driver_sql(_OTHERS).scalars().all()
    if others:
        raise BooksInUseError(who=tuple(others))
