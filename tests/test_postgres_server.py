import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import postgres_server as postgres
from tests.postgres_server import Server, ServerMissingError

pytestmark = pytest.mark.slow


def test_that_a_fresh_database_is_empty_and_its_own(postgres_server: Server) -> None:
    first, second = postgres_server.fresh_database(), postgres_server.fresh_database()

    with psycopg.connect(postgres_server.admin_url(first)) as connection:
        connection.execute("CREATE TABLE here (x int)")
    with psycopg.connect(postgres_server.admin_url(second)) as connection:
        found = connection.execute("SELECT to_regclass('here')").fetchone()

    assert found == (None,)


def test_that_a_password_is_really_asked_for(postgres_server: Server) -> None:
    wrong = postgres_server.url("postgres", user=postgres.SUPERUSER, password="wrong")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_that_a_login_of_any_letters_has_an_address(postgres_server: Server) -> None:
    with psycopg.connect(postgres_server.admin_url(), autocommit=True) as connection:
        connection.execute("""CREATE ROLE "李 a/b@c" LOGIN PASSWORD 'p@ss/ :?#口'""")
    url = postgres_server.url("postgres", user="李 a/b@c", password="p@ss/ :?#口")

    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT session_user").fetchone()

    assert found == ("李 a/b@c",)


def test_that_the_server_listens_on_no_network(postgres_server: Server) -> None:
    with psycopg.connect(postgres_server.admin_url()) as connection:
        found = connection.execute("SHOW listen_addresses").fetchone()

    assert found == ("",)


def test_that_nothing_is_left_after_the_server(postgres_server: Server) -> None:
    with postgres.running_server() as server:
        folder, process = server.folder, server.process
        assert folder.exists()

    assert not folder.exists()
    assert process.returncode == 0


@pytest.mark.parametrize("way", postgres.ways())
def test_that_each_way_of_starting_works_or_says_why(
    way: postgres.Way, monkeypatch: pytest.MonkeyPatch, postgres_server: Server
) -> None:
    monkeypatch.setattr(postgres, "ways", lambda: [way])
    try:
        with postgres.running_server() as server:
            psycopg.connect(server.admin_url()).close()
    except ServerMissingError as error:
        assert str(error)  # noqa: PT017 - either outcome is right, an unexplained one is not


def test_that_without_postgresql_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres, "DEBIAN_PROGRAMS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with (
        pytest.raises(ServerMissingError, match="apt-get install postgresql"),
        postgres.running_server(),
    ):
        pass


def test_that_the_server_ends_when_the_tests_are_killed(postgres_server: Server) -> None:
    story = (
        "import sys; from tests.postgres_server import running_server\n"
        "with running_server() as s:\n"
        " print(s.process.pid, s.folder, flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", story],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as tests:
        assert tests.stdout is not None
        pid, folder = tests.stdout.readline().split()
        watched = os.pidfd_open(int(pid))
        tests.send_signal(signal.SIGKILL)
        tests.wait()

    ended, _, _ = select.select([watched], [], [], 20)
    os.close(watched)
    shutil.rmtree(folder)
    assert ended
