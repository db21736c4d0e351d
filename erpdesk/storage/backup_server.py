"""Backups of a PostgreSQL company by the server's own programs, and back into a new database.

Programs are called with lists of arguments; a password goes to the child's environment alone.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from erpdesk.errors import UserError
from erpdesk.storage import backup, postgres_setup
from erpdesk.storage.checks import looking
from erpdesk.storage.database import Database, open_database

DEBIAN: Final = Path("/usr/lib/postgresql")
SAID_MAX: Final = 300


class ProgramMissingError(UserError):
    """A program of PostgreSQL is not on this computer."""


class ServerProgramError(UserError):
    """A program of PostgreSQL failed; nothing was kept."""


def program(name: str) -> str:
    """Return where a program of PostgreSQL lies: the newest one, or the one in the path.

    Raises:
        ProgramMissingError: nowhere.
    """
    debian = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda found: _version(found.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise ProgramMissingError(program=name)
    return found


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdecimal())


def dump(database: Database, target: Path, *, admin: str | None) -> dict[str, Any]:
    """Write a dump of the whole database; return the facts of the books.

    Raises:
        ProgramMissingError, ServerProgramError: there is no dump.
    """
    url = make_url(admin) if admin else database.engine.url
    reader = open_database(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        with looking(reader, lambda *_: True) as books:
            moment = books.connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            said = backup.facts(books.connection)
            _run(
                "pg_dump",
                url,
                "--format=custom",
                f"--snapshot={moment}",
                f"--file={target}",
                _named(url),
            )
    finally:
        reader.close()
    backup.sync(target)
    return said


@contextlib.contextmanager
def restored(place: str, dump: Path) -> Iterator[None]:
    """Restore a dump into a database that is not there yet; it is gone again when the block fails.

    Raises:
        CompanyExistsError: there is a database of this name.
    """
    url = make_url(place).set(drivername="postgresql")
    name, server = url.database or "erpdesk", _server(url)
    postgres_setup.create_company(server, name)
    try:
        with postgres_setup.owning(server, name) as connection:
            connection.exec_driver_sql("RESET ROLE")
            connection.exec_driver_sql("DROP SCHEMA erp CASCADE")
        _run("pg_restore", url, "--exit-on-error", "--single-transaction", _named(url), str(dump))
        postgres_setup.reopen_restored(server, name)
        yield
    except BaseException:
        _drop(server, name)
        raise


@contextlib.contextmanager
def scratch(place: str, dump: Path) -> Iterator[str]:
    """Restore a dump beside the company it is of; give its address, and drop it afterwards."""
    url = make_url(place).set(drivername="postgresql")
    name = f"{url.database}_scratch_{secrets.token_hex(4)}"
    beside = url.set(database=name).render_as_string(hide_password=False)
    with restored(beside, dump):
        try:
            yield beside
        finally:
            _drop(_server(url), name)


def _run(name: str, url: URL, *arguments: str) -> None:
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(  # noqa: S603 - a list, of our own making
        [program(name), "--no-password", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise ServerProgramError(program=name, why=said[:SAID_MAX])


def _named(url: URL) -> str:
    """Return the argument that names a database, without its password."""
    named = url.set(drivername="postgresql", password=None)
    return f"--dbname={named.render_as_string(hide_password=False)}"


def _server(url: URL) -> str:
    return url.set(database="postgres").render_as_string(hide_password=False)


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
