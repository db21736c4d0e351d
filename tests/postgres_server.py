"""A PostgreSQL server of the tests' own: made in a folder, asked through a socket, gone after."""

import itertools
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
START_S = 60.0
SOCKET_PATH_MAX = 100
_CONFIG = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0777
password_encryption = 'scram-sha-256'
max_connections = 100
fsync = off
synchronous_commit = off
full_page_writes = off
timezone = 'UTC'
log_min_messages = warning
"""


class ServerMissingError(Exception):
    """There is no PostgreSQL here that could be started."""


@dataclass
class Server:
    """A running server; ``process`` ends with the session."""

    folder: Path
    password: str
    process: subprocess.Popen[bytes]
    begin: Callable[[], subprocess.Popen[bytes]]
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str, *, user: str, password: str) -> str:
        """Return the address of a database for one login."""
        parts = (user, password, database, str(self.folder))
        name, secret, base, where = (quote(part, safe="") for part in parts)
        return f"postgresql://{name}:{secret}@/{base}?host={where}"

    def admin_url(self, database: str = "postgres") -> str:
        """Return the address of a database for the superuser."""
        return self.url(database, user=SUPERUSER, password=self.password)

    def fresh_database(self, template: str = "template0") -> str:
        """Make a database, empty or as its template is, and return its name."""
        name = f"fresh_{next(self._numbers)}"
        parts = (sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.admin_url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*parts))
        return name

    def kill(self) -> None:
        """Kill every process of the server at once, as a computer does that stops."""
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait(20)

    def start_again(self) -> None:
        """Start the server on what its disk holds, and wait until it answers."""
        for _ in range(50):
            self.process = self.begin()
            with suppress(ServerMissingError):  # a process of the dead one may still be leaving
                _wait(self)
                return
            threading.Event().wait(0.1)
        _wait(self)

    def stop(self) -> None:
        """End the server at once: nothing of it is wanted any more."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)


@dataclass(frozen=True)
class Way:
    """How PostgreSQL's programs are started: it refuses to run as root."""

    prefix: tuple[str, ...] = ()
    owner: str | None = None

    def options(self) -> dict[str, Any]:
        return {"user": self.owner, "extra_groups": []} if self.owner else {}


DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
"""
"""What a server needs in use; most tests do without, since nobody cuts their power."""


@contextmanager
def running_server(settings: str = "") -> Iterator[Server]:
    """Run a server while the block runs; later settings win over the usual ones.

    Raises:
        ServerMissingError: there is no PostgreSQL here that could be started.
    """
    if sys.platform == "win32":
        message = "the tests start PostgreSQL on a Unix socket only"
        raise ServerMissingError(message)
    programs = newest_programs()
    folder = _short_folder()
    try:
        server = _started(programs, folder, settings)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> Path:
    """Make a folder in which a socket's whole path stays under the 107 bytes of the system."""
    longest = "/pg-12345678/.s.PGSQL.5432.lock"
    base = tempfile.gettempdir()
    fits = len(os.fsencode(base + longest)) < SOCKET_PATH_MAX
    return Path(tempfile.mkdtemp(prefix="pg-", dir=base if fits else "/tmp"))  # noqa: S108


def newest_programs() -> Path:
    """Return the folder of the newest PostgreSQL on this computer.

    Raises:
        ServerMissingError: there is none.
    """
    debian = sorted(
        (bin_ for bin_ in DEBIAN_PROGRAMS.glob("*/bin") if (bin_ / "initdb").exists()),
        key=lambda bin_: float(bin_.parent.name),
    )
    if debian:
        return debian[-1]
    found = shutil.which("initdb")
    if found is None:
        message = "no initdb here; on Debian or Ubuntu: apt-get install postgresql"
        raise ServerMissingError(message)
    return Path(found).resolve().parent


def ways() -> list[Way]:
    """Return the ways to try, the plainest first."""
    if os.geteuid() != 0:
        return [Way()]
    inside = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    return [Way(inside), Way(owner="nobody")]


def _started(programs: Path, folder: Path, settings: str) -> Server:
    password = secrets.token_urlsafe(18)
    said = []
    for number, way in enumerate(ways()):
        data = folder / f"data{number}"
        made = _made(way, programs, data, password)
        if made.returncode == 0:
            with (data / "postgresql.conf").open("a", encoding="utf-8") as config:
                config.write(_CONFIG.format(folder=folder) + settings)
            return _served(way, programs, data, password)
        said.append(made.stderr.decode(errors="replace").strip())
    raise ServerMissingError("; ".join(said))


def _made(
    way: Way, programs: Path, data: Path, password: str
) -> subprocess.CompletedProcess[bytes]:
    data.mkdir(mode=0o700)
    secret = data.parent / "password"
    secret.write_text(password, "ascii")
    if way.owner:
        for path in (data.parent, data, secret):
            shutil.chown(path, way.owner)
    asked = (
        "initdb", f"--pgdata={data}", f"--username={SUPERUSER}", f"--pwfile={secret}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
    )  # fmt: skip
    try:
        return _run(way, programs, asked)
    finally:
        secret.unlink()


def _run(way: Way, programs: Path, asked: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    command = [*way.prefix, str(programs / asked[0]), *asked[1:]]
    try:
        return subprocess.run(command, capture_output=True, check=False, **way.options())
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, b"", str(error).encode())


def _served(way: Way, programs: Path, data: Path, password: str) -> Server:
    folder = data.parent
    begin = partial(_begun, way, programs, data)
    server = Server(folder, password, begin(), begin)
    try:
        _wait(server)
    except BaseException:
        server.stop()
        raise
    return server


def _begun(way: Way, programs: Path, data: Path) -> subprocess.Popen[bytes]:
    with (data.parent / "log").open("ab") as log:
        return subprocess.Popen(
            [*way.prefix, *_dying_with_us(), str(programs / "postgres"), "-D", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **way.options(),
        )


def _dying_with_us() -> tuple[str, ...]:
    """Return what makes the server end even when the tests are killed."""
    return ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()


def _wait(server: Server) -> None:
    """Wait until the server answers."""
    waiting = threading.Event()
    for _ in range(int(START_S / 0.02)):
        try:
            psycopg.connect(server.admin_url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                raise ServerMissingError(
                    (server.folder / "log").read_text("utf-8", "replace")
                ) from None
            waiting.wait(0.02)
        else:
            return
    message = "PostgreSQL did not answer in time"
    raise ServerMissingError(message)
