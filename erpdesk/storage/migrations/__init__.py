"""Old companies become new ones: revisions run between guards out and guards in, or not at all.

``tables`` is the only schema of a new company; a revision brings an old one to it. Rows of logs
are never rewritten. Guards are replaced whole, so that a table can be rebuilt under them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, exc, inspect, text

from erpdesk.errors import UserError
from erpdesk.storage import guards
from erpdesk.storage import tables as t
from erpdesk.storage import versions as program
from erpdesk.storage.database import Database
from erpdesk.storage.refusals import NotACompanyError, translated

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

REVISIONS: Final = Path(__file__).parent
TABLE: Final = "schema_version"


class NewerCompanyError(UserError):
    """The books are of a newer program; they were not opened."""


class NotUpgradedError(UserError):
    """The upgraded books did not prove themselves; they keep their version."""


def stamp(connection: Connection, version: str | None = None) -> None:
    """Mark a new company as being of a version, by default of today's."""
    connection.execute(
        text("CREATE TABLE schema_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(
        text("INSERT INTO schema_version (version_num) VALUES (:version)"),
        {"version": version or program.VERSION},
    )
    if connection.dialect.name == "postgresql":
        from erpdesk.storage.postgres_grants import EVERYBODY, members, run_script

        run_script(connection, f"GRANT SELECT ON schema_version TO {members(EVERYBODY)}")


def current(connection: Connection) -> str:
    """Return a company's version; one without a mark is of the first.

    Raises:
        NotACompanyError: its mark is empty: somebody took it out.
    """
    if not inspect(connection).has_table(TABLE):
        return program.KNOWN[0]
    found = connection.execute(text("SELECT version_num FROM schema_version")).scalars().all()
    if len(found) != 1:
        raise NotACompanyError
    return str(found[0])


def must_be_current(database: Database) -> None:
    """Look at the version of a company before anything is written to it.

    Raises:
        NewerCompanyError: it is none that this program knows.
        OlderCompanyError: it has to be upgraded first.
    """
    found = _known(database)
    if found != program.VERSION:
        raise program.OlderCompanyError(found=found, known=program.VERSION)


def is_older(database: Database) -> bool:
    """Say whether a company has to be upgraded; it is only read.

    Raises:
        NewerCompanyError: it is none that this program knows.
    """
    return _known(database) != program.VERSION


def _known(database: Database) -> str:
    with database.reading() as connection:
        found = current(connection)
    if found not in program.KNOWN:
        raise NewerCompanyError(found=found, known=program.VERSION)
    return found


def upgrade(
    database: Database,
    *,
    back_up: Callable[[], None],
    count_findings: Callable[[Connection], int],
    revisions: Path | None = None,
    target: str | None = None,
) -> tuple[str, ...]:
    """Bring a company to a version, whole or not at all; return the revisions that were run.

    ``target`` is by default the version of this program. All is one transaction; a server is
    upgraded from its administrator's address. ``back_up`` is called before it when there is
    anything to do, ``count_findings`` at its end, with the new guards in place.

    Raises:
        NewerCompanyError: the company is of a newer program.
        NotUpgradedError: something was found; nothing was changed.
    """
    scripts, target = _scripts(revisions or REVISIONS), target or program.VERSION
    with database.reading() as connection:
        waiting = _waiting(scripts, current(connection), target)
    if not waiting:
        return ()
    back_up()
    with _changing(database) as connection:
        waiting = _waiting(scripts, current(connection), target)
        _run(connection, scripts, waiting, is_server=database.is_server)
        if count := count_findings(connection):
            raise NotUpgradedError(count=count)
    return waiting


def bring_up(database: Database) -> None:
    """Upgrade a copy of books, which nobody uses yet, where it is of an older program."""
    if is_older(database):
        upgrade(database, back_up=lambda: None, count_findings=lambda _: 0)


def _waiting(scripts: "ScriptDirectory", found: str, target: str) -> tuple[str, ...]:
    known = [script.revision for script in scripts.walk_revisions("base", target)][::-1]
    if found not in known:
        raise NewerCompanyError(found=found, known=target)
    return tuple(known[known.index(found) + 1 :])


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """Open one transaction in which tables may be rebuilt: references are checked at its end."""
    with database.engine.connect() as connection:
        try:
            if not database.is_server:
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("SET LOCAL ROLE erp_owner")
            yield connection
            database.store(connection)
        except exc.DBAPIError as error:
            raise translated(error) from error
        finally:
            connection.rollback()
            if not database.is_server:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _run(
    connection: Connection, scripts: "ScriptDirectory", waiting: tuple[str, ...], *, is_server: bool
) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    if not inspect(connection).has_table(TABLE):
        stamp(connection, program.KNOWN[0])
    _drop_guards(connection, is_server=is_server)
    context = MigrationContext.configure(connection, opts={"target_metadata": t.metadata})
    with Operations.context(context):
        for revision in waiting:
            script = scripts.get_revision(revision)
            script.module.upgrade()
            connection.execute(
                text("UPDATE schema_version SET version_num = :version"), {"version": revision}
            )
    _install_guards(connection, is_server=is_server)


def _drop_guards(connection: Connection, *, is_server: bool) -> None:
    if not is_server:
        guards.drop_guards(connection)
        return
    from erpdesk.storage import postgres_guards

    connection.exec_driver_sql("LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE")
    postgres_guards.drop_guards(connection)


def _install_guards(connection: Connection, *, is_server: bool) -> None:
    if not is_server:
        guards.install_guards(connection)
        return
    from erpdesk.storage import postgres_grants, postgres_guards

    postgres_guards.install_guards(connection)
    postgres_grants.grant_all(connection)


def _scripts(revisions: Path) -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(revisions))
