"""A company on a PostgreSQL server: database, roles, schema, guards, and logins for people.

Everything here is the administrator's: the program itself signs in as a person and appends rows.
"""

import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

from psycopg import Connection as Driver
from psycopg import sql
from sqlalchemy import Connection, Engine, NullPool, create_engine, exc, text
from sqlalchemy.engine import make_url

from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.database import DatabaseExistsError
from erpdesk.storage.migrations import stamp
from erpdesk.storage.postgres_grants import GROUPS, grant_all, protect_database, run_script
from erpdesk.storage.postgres_guards import drop_guards, install_guards, present_guards
from erpdesk.storage.refusals import translated
from erpdesk.storage.tables.base import tell_servers

__all__ = [
    "BadLoginNameError", "LoginExistsError", "NoSuchLoginError", "UnknownRoleError", "add_login",
    "change_login", "change_password", "close_login", "create_company", "drop_guards", "grant_all",
    "install_guards", "owning", "present_guards", "reopen_restored",
]  # fmt: skip

CONNECTIONS_EACH: Final = 12
NAME_BYTES_MAX: Final = 63
RESERVED_STARTS: Final = ("pg_", "erp_")

_SESSION: Final = {
    "lock_timeout": "3s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "30s",
    "temp_file_limit": "1GB",
    "search_path": "erp",
}
"""Against accidents: a person may undo all but the temporary files in a session of his own."""


class BadLoginNameError(UserError):
    """This cannot be a login name on the server."""


class LoginExistsError(UserError):
    """There is a login of this name on the server already."""


class NoSuchLoginError(UserError):
    """There is no login of this name on the server."""


class UnknownRoleError(UserError):
    """There is no such role."""


# ---- the company


def create_company(server_url: str, database: str) -> None:
    """Make a database with roles, tables, guards and grants; ``server_url`` is a superuser's.

    The group roles (``erp_owner``, ``erp_accountant`` …) belong to the whole cluster: several
    companies on one server share them. Who may connect is decided for each company by its logins.
    The first rows (``founding.found``) are the caller's, through ``owning``.

    Raises:
        DatabaseExistsError: there is a database of this name; it was not touched.
    """
    with _alone(server_url) as connection:
        run_script(connection, _ROLES)
        _create_database(connection, database)
    try:
        _fill(server_url, database)
    except BaseException:
        with _alone(server_url) as connection:
            _run(connection, "DROP DATABASE {} WITH (FORCE)", sql.Identifier(database))
        raise


_ROLES: Final = "DO $$ BEGIN {} END $$".format(
    " ".join(
        f"BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END;"
        for role in ("erp_owner", "erp_watch", *GROUPS)
    )
    + " GRANT pg_signal_backend, pg_read_all_stats TO erp_watch;"
)


def _create_database(connection: Connection, database: str) -> None:
    taken = text("SELECT 1 FROM pg_database WHERE datname = :name")
    if connection.execute(taken, {"name": database}).first():
        raise DatabaseExistsError(name=database)
    _run(
        connection,
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
        sql.Identifier(database),
    )


def _fill(server_url: str, database: str) -> None:
    with _begin(server_url, database) as connection:
        run_script(connection, "CREATE SCHEMA erp AUTHORIZATION erp_owner")
        run_script(
            connection,
            "ALTER DEFAULT PRIVILEGES FOR ROLE erp_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        )
        run_script(connection, "SET LOCAL ROLE erp_owner; SET LOCAL search_path = erp")
        tell_servers()
        t.metadata.create_all(connection)
        install_guards(connection)
        grant_all(connection)
        stamp(connection)
        run_script(connection, "RESET ROLE")
        protect_database(connection)


@contextlib.contextmanager
def owning(server_url: str, database: str) -> Iterator[Connection]:
    """Open one transaction as the owner of the schema: for first rows, people and migrations."""
    with _begin(server_url, database) as connection:
        run_script(connection, "SET LOCAL ROLE erp_owner; SET LOCAL search_path = erp")
        yield connection


# ---- logins


def add_login(
    server_url: str, database: str, name: str, roles: Sequence[str], password: str
) -> int:
    """Make a login for a person and return its oid, which ``person.login_oid`` has to carry.

    The password leaves this computer only as its scram verifier.

    Raises:
        BadLoginNameError: empty, longer than 63 bytes, not in NFC, or reserved.
        LoginExistsError: somebody is called so already.
    """
    _must_be_a_name(name)
    with _begin(server_url, database) as connection:
        if _oid(connection, name) is not None:
            raise LoginExistsError(name=name)
        _run(
            connection,
            f"CREATE ROLE {{}} LOGIN CONNECTION LIMIT {CONNECTIONS_EACH} PASSWORD {{}}",
            sql.Identifier(name),
            sql.Literal(_verifier(connection, name, password)),
        )
        for setting, value in _SESSION.items():
            _run(
                connection,
                "ALTER ROLE {} SET {} = {}",
                sql.Identifier(name),
                sql.Identifier(setting),
                sql.Literal(value),
            )
        return _admit(connection, name, roles)


def change_login(
    server_url: str, database: str, name: str, roles: Sequence[str], password: str | None = None
) -> int:
    """Give an existing login exactly these roles, entry to the company, maybe a new password.

    Groups are the cluster's: for somebody in several companies give the roles of all of them.

    Raises:
        NoSuchLoginError: nobody is called so.
    """
    with _begin(server_url, database) as connection:
        if _oid(connection, name) is None:
            raise NoSuchLoginError(name=name)
        if password is not None:
            change_password(connection, name, password)
        return _admit(connection, name, roles)


def change_password(connection: Connection, name: str, password: str) -> None:
    """Give a login another password, in the connection's transaction.

    A person may do this for herself in her own session; only its verifier leaves this computer.
    """
    verifier = sql.Literal(_verifier(connection, name, password))
    _run(connection, "ALTER ROLE {} PASSWORD {}", sql.Identifier(name), verifier)


def close_login(server_url: str, name: str) -> None:
    """Let somebody in no more, and end what he has open: for a laptop that was stolen.

    Raises:
        NoSuchLoginError: nobody is called so.
    """
    with _alone(server_url) as connection:
        if _oid(connection, name) is None:
            raise NoSuchLoginError(name=name)
        _run(connection, "ALTER ROLE {} NOLOGIN", sql.Identifier(name))
        connection.execute(_END_SESSIONS, {"name": name})


_END_SESSIONS: Final = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :name"
)


def reopen_restored(server_url: str, database: str) -> None:
    """Do the set-up step again after a restore: privileges of the database, logins of people.

    Until then nobody can write: oids of logins differ in another cluster.
    """
    with _begin(server_url, database) as connection:
        protect_database(connection)
        run_script(connection, _REGISTER)


_REGISTER: Final = """
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT p.name, l.oid FROM erp.person p
    JOIN pg_roles l ON l.rolname = p.name AND l.rolcanlogin LOOP
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), r.name);
    UPDATE erp.person SET login_oid = r.oid::bigint WHERE name = r.name;
  END LOOP;
END $$
"""


def _must_be_a_name(name: str) -> None:
    plain = name == unicodedata.normalize("NFC", name) and name.isprintable()
    if not (plain and name.strip() == name and 0 < len(name.encode()) <= NAME_BYTES_MAX):
        raise BadLoginNameError(name=name)
    if name.lower().startswith(RESERVED_STARTS):
        raise BadLoginNameError(name=name)


def _admit(connection: Connection, name: str, roles: Sequence[str]) -> int:
    wanted = {f"erp_{role}" for role in roles}
    if unknown := wanted.difference(GROUPS):
        raise UnknownRoleError(role=min(unknown))
    for group in GROUPS:
        order = "GRANT {} TO {}" if group in wanted else "REVOKE {} FROM {}"
        _run(connection, order, sql.Identifier(group), sql.Identifier(name))
    _run(
        connection,
        "GRANT CONNECT ON DATABASE {} TO {}",
        sql.Identifier(_driver(connection).info.dbname),
        sql.Identifier(name),
    )
    return _oid(connection, name) or 0


def _oid(connection: Connection, name: str) -> int | None:
    named = text("SELECT oid::bigint FROM pg_roles WHERE rolname = :name")
    return connection.execute(named, {"name": name}).scalar()


def _verifier(connection: Connection, name: str, password: str) -> str:
    pgconn = _driver(connection).pgconn
    return pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()


# ---- connections


def _engine(server_url: str, database: str | None) -> Engine:
    url = make_url(server_url).set(drivername="postgresql+psycopg")
    if database is not None:
        url = url.set(database=database)
    return create_engine(url, poolclass=NullPool)


@contextlib.contextmanager
def _begin(server_url: str, database: str) -> Iterator[Connection]:
    """Open one transaction in a database."""
    with _translating(), _engine(server_url, database).begin() as connection:
        yield connection


@contextlib.contextmanager
def _alone(server_url: str) -> Iterator[Connection]:
    """Open a connection where each statement is its own transaction, as databases need it."""
    engine = _engine(server_url, None).execution_options(isolation_level="AUTOCOMMIT")
    with _translating(), engine.connect() as connection:
        yield connection


def _run(connection: Connection, statement: str, *parts: sql.Composable) -> None:
    """Run a statement with names and literals quoted into it by the driver."""
    run_script(connection, sql.SQL(statement).format(*parts).as_string(_driver(connection)))


def _driver(connection: Connection) -> Driver[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, Driver)  # noqa: S101 - the engine was made for this driver
    return driver


@contextlib.contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as error:
        raise translated(error) from error
