"""A PostgreSQL server for these tests, a company in it, and its people with their own passwords."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from erpdesk.storage.postgres_setup import reopen_restored
from tests.storage.postgres.firm import Firm
from tests.storage.postgres.world import World, build_world

SUPER = "super-secret"


@dataclass(frozen=True, slots=True)
class Server:
    """A running cluster that listens on a socket in a folder of its own."""

    folder: Path

    def admin_url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres:{SUPER}@/{database}?host={self.folder}"


def _as_user(*command: str) -> list[str]:
    if os.geteuid() != 0:
        return list(command)
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", *command]


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    binaries = _binaries()
    if binaries is None:
        pytest.skip("there is no PostgreSQL server to start")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    (folder / "password").write_text(SUPER)
    run = _as_user(
        str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-E", "UTF8",
        "--locale=C", "--no-sync", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}",
    )  # fmt: skip
    subprocess.run(run, check=True, capture_output=True)
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        " -c max_connections=120 -c shared_buffers=64MB -c deadlock_timeout=200ms"
    )
    control = [
        str(binaries / "pg_ctl"),
        "-D",
        str(folder / "data"),
        "-l",
        str(folder / "log"),
        "-w",
    ]
    subprocess.run(_as_user(*control, "-o", options, "start"), check=True, capture_output=True)
    try:
        yield Server(folder)
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            stop = _as_user(*control, "-m", "immediate", "stop")
            subprocess.run(stop, check=True, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres_server: Server) -> tuple[Firm, World]:
    """Return the company that each module gets a copy of."""
    return build_world(postgres_server, "firm_template")


@pytest.fixture(scope="module")
def firm(template: tuple[Firm, World], request: pytest.FixtureRequest) -> Iterator[Firm]:
    """Return a company of this module's own, in the middle of its work."""
    yield from _copy(template[0], f"firm_{request.module.__name__.rsplit('.', 1)[-1]}")


@pytest.fixture(scope="session")
def world(template: tuple[Firm, World]) -> World:
    return template[1]


def _copy(model: Firm, database: str) -> Iterator[Firm]:
    with psycopg.connect(
        str(model.server.admin_url()).replace("+psycopg", ""), autocommit=True
    ) as admin:
        name = sql.Identifier(database)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        source = sql.Identifier(model.database)
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, source))
        reopen_restored(model.admin_url, database)
        firm = Firm(model.server, database)
        yield firm
        firm.close()
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
