import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from erpdesk.bootstrap import open_desk
from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage import migrations
from erpdesk.storage import tables as t
from erpdesk.storage.audit import record_audit
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.guards import present_guards
from erpdesk.storage.migrations import NewerCompanyError, NotUpgradedError
from erpdesk.storage.migrations.first import DIALECTS, first_schema, kept_schema
from erpdesk.storage.refusals import NotACompanyError
from erpdesk.storage.versions import KNOWN, VERSION
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.storage.proof import company_at, found, opened, tampering
from tests.storage.proof_server import server_company, verified_at
from tests.storage.second_revision import SERVER_SECOND

Make = Callable[[Connection], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def differences(connection: Connection) -> list[object]:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        is_kept_beside = str(name).startswith((migrations.TABLE, "customer_search"))
        return not (kind == "table" and is_kept_beside)

    opts = {"include_object": ours, "compare_type": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=opts), t.metadata))


def made_by_revisions(connection: Connection) -> None:
    scripts = ScriptDirectory(str(migrations.REVISIONS))
    with Operations.context(MigrationContext.configure(connection)):
        for script in reversed(list(scripts.walk_revisions())):
            script.module.upgrade()


@pytest.mark.slow
def test_that_the_revisions_make_the_schema_of_today_in_a_file() -> None:
    engines = [create_engine("sqlite+pysqlite://", module=sqlite) for _ in range(2)]
    makes: tuple[Make, ...] = (made_by_revisions, t.metadata.create_all)
    schemas, orders = [], []
    for engine, make in zip(engines, makes, strict=True):
        with engine.begin() as connection:
            make(connection)
            assert differences(connection) == []
            rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master"))
            schemas.append({(r.type, r.name): " ".join((r.sql or "").split()) for r in rows})
            orders.append(_indexes_in_order(connection))
        engine.dispose()

    assert schemas[0] == schemas[1]
    assert orders[0] == orders[1]  # of two that would do, the one made last is read by


def _indexes_in_order(connection: Connection) -> dict[str, list[str]]:
    """Return the indexes of each table in the order in which they were made."""
    asked = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY rowid"
    found: dict[str, list[str]] = {}
    for table, name in connection.execute(text(asked)):
        found.setdefault(table, []).append(name)
    return found


def test_that_the_revisions_make_the_schema_of_today_on_a_server(
    other_postgres_server: Server,
) -> None:
    name = other_postgres_server.fresh_database()
    url = other_postgres_server.admin_url(name).replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, connect_args={"options": "-c search_path=erp"})
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA erp"))
        made_by_revisions(connection)
        found_there = differences(connection)
    engine.dispose()
    with psycopg.connect(other_postgres_server.admin_url(), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name}".encode())

    assert found_there == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_that_the_first_revision_is_written_down(dialect: str) -> None:
    hint = "while nothing is released: python -m erpdesk.storage.migrations.first"

    assert kept_schema(dialect).read_text("utf-8") == first_schema(dialect), hint


def test_that_the_newest_revision_is_the_one_this_program_writes() -> None:
    scripts = ScriptDirectory(str(migrations.REVISIONS))

    assert scripts.get_current_head() == VERSION == KNOWN[-1]
    assert {script.revision for script in scripts.walk_revisions()} == set(KNOWN)


# ---- upgrading


def upgraded(database: Database, revisions: Path, *, findings: int = 0) -> tuple[str, ...]:
    return migrations.upgrade(
        database,
        back_up=lambda: None,
        count_findings=lambda _: findings,
        revisions=revisions,
        target="0002",
    )


def test_that_an_upgrade_backs_up_changes_tables_and_puts_the_guards_back(
    path: Path, revisions: Path
) -> None:
    done: list[str] = []

    def looked(connection: Connection) -> int:
        done.append("looked")
        assert connection.execute(text("SELECT shelf FROM document LIMIT 1")).scalar() == "A"
        assert "step_judge" in present_guards(connection)
        return 0

    with opened(path) as database:
        run = migrations.upgrade(
            database,
            back_up=lambda: done.append("kept"),
            count_findings=looked,
            revisions=revisions,
            target="0002",
        )
        with database.reading() as connection:
            version, guards = migrations.current(connection), present_guards(connection)
            made = connection.execute(
                text("SELECT sql FROM sqlite_master WHERE name = 'open_item'")
            ).scalar_one()
            keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()

    assert (run, version, done) == (("0002",), "0002", ["kept", "looked"])
    assert "STRICT" in made
    assert len(guards) > 100
    assert keys == 1
    assert found(path, Speed.DEEP) == set()


def test_that_nothing_is_done_where_nothing_waits(path: Path) -> None:
    with opened(path) as database:
        run = migrations.upgrade(
            database, back_up=lambda: pytest.fail("kept"), count_findings=lambda _: 1
        )

    assert run == ()


def schema_of(path: Path) -> tuple[str, bool, bool, int]:
    with opened(path) as database, database.reading() as connection:
        columns = {
            name: {column["name"] for column in inspect(connection).get_columns(name)}
            for name in ("document", "open_item")
        }
        return (
            migrations.current(connection),
            "shelf" in columns["document"],
            "remark" in columns["open_item"],
            len(present_guards(connection)),
        )


def test_that_books_that_do_not_prove_themselves_keep_their_version(
    path: Path, revisions: Path
) -> None:
    before = schema_of(path)
    with opened(path) as database, pytest.raises(NotUpgradedError):
        upgraded(database, revisions, findings=3)

    assert schema_of(path) == before
    assert found(path) == set()


def test_that_an_upgrade_that_fails_half_way_leaves_no_trace(
    path: Path, revisions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema_of(path)
    monkeypatch.setenv("FAIL_AT", "3")
    with opened(path) as database, pytest.raises(Exception, match="no such thing"):
        upgraded(database, revisions)

    assert schema_of(path) == before
    assert found(path) == set()


UPGRADING = """
import os, signal, sys
from pathlib import Path
from erpdesk.storage import migrations
from erpdesk.storage.database import open_database

def look(connection):
    if os.environ["KILL_AT"] == "5":
        os.kill(os.getpid(), signal.SIGKILL)
    return 0

migrations.upgrade(open_database(sys.argv[1]), back_up=lambda: None, count_findings=look,
                   revisions=Path(sys.argv[2]), target="0002")
if os.environ["KILL_AT"] == "6":
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are the system's")
@pytest.mark.parametrize("at", range(1, 7))
def test_that_a_killed_upgrade_leaves_the_old_schema_or_the_new_one(
    path: Path, revisions: Path, at: int
) -> None:
    before = schema_of(path)
    asked = [sys.executable, "-c", UPGRADING, str(path), str(revisions)]
    done = subprocess.run(
        asked, env={**os.environ, "KILL_AT": str(at)}, capture_output=True, check=False
    )

    assert done.returncode == -9, done.stderr.decode()
    assert schema_of(path) == (before if at < 6 else ("0002", True, True, before[3]))
    assert found(path) == set()


def test_that_a_server_is_upgraded_by_its_administrator_and_people_work_on(
    other_postgres_server: Server, revisions: Path
) -> None:
    (revisions / "versions" / "second.py").write_text(SERVER_SECOND, "utf-8")
    with server_company(other_postgres_server, "old_books") as made:
        before = verified_at(made.admin)
        admin = open_database(made.admin)
        run = upgraded(admin, revisions)
        with pytest.raises(NotUpgradedError):
            migrations.upgrade(
                admin,
                back_up=lambda: None,
                count_findings=lambda _: 1,
                revisions=third(revisions),
                target="0003",
            )
        admin.close()
        bob = made.books.company("bob")
        bob.run(lambda unit: record_audit(unit, "export", "journal"))
        with bob.database.reading() as connection:
            version = migrations.current(connection)
            shelves = set(connection.execute(text("SELECT shelf FROM document")).scalars())
        after = verified_at(made.admin)

    assert (run, version, shelves) == (("0002",), "0002", {"A"})
    assert (before.findings, after.findings) == ((), ())


UPGRADING_A_SERVER = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from erpdesk.storage import migrations
from erpdesk.storage.database import open_database

database, at, sent = open_database(sys.argv[1]), int(sys.argv[3]), 0

def send(*_):
    global sent
    sent += 1
    if sent == at:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "before_cursor_execute", send)
event.listen(database.engine, "commit", send)
try:
    migrations.upgrade(database, back_up=lambda: None, count_findings=lambda _: not at,
                       revisions=Path(sys.argv[2]), target="0002")
except migrations.NotUpgradedError:
    print(sent)
else:
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""Dies before the n-th thing that it sends, the commit among them; before none of them with 0."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "points", [4, pytest.param(50, marks=[pytest.mark.nightly, pytest.mark.timeout(600)])]
)
def test_that_a_killed_upgrade_of_a_server_leaves_the_old_schema_or_the_new_one(
    other_postgres_server: Server, revisions: Path, points: int
) -> None:
    (revisions / "versions" / "second.py").write_text(SERVER_SECOND, "utf-8")
    left = list[tuple[str, bool]]()
    with server_company(other_postgres_server, "killed_books") as made:

        def upgraded_until(at: int) -> subprocess.CompletedProcess[bytes]:
            asked = [sys.executable, "-c", UPGRADING_A_SERVER, made.admin, str(revisions), str(at)]
            return subprocess.run(asked, capture_output=True, check=False)

        sent = int(upgraded_until(0).stdout) + 1
        for at in [*(sent - sent * n // points for n in reversed(range(points))), sent + 1]:
            done = upgraded_until(at)
            assert done.returncode == -9, done.stderr.decode()
            database = open_database(made.admin)
            with database.reading() as connection:
                names = {one["name"] for one in inspect(connection).get_columns("document")}
                left.append((migrations.current(connection), "shelf" in names))
            database.close()
        assert verified_at(made.admin).is_clean

    assert sent > points
    assert left == [*([("0001", False)] * points), ("0002", True)]


def third(revisions: Path) -> Path:
    body = SERVER_SECOND.replace('"0002"', '"0003"').replace('"0001"', '"0002"')
    (revisions / "versions" / "third.py").write_text(body.replace("shelf", "rack"), "utf-8")
    return revisions


# ---- newer books


def made_newer(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE schema_version SET version_num = '0099'")


def test_that_newer_books_stay_closed_byte_for_byte(path: Path) -> None:
    made_newer(path)
    before = path.read_bytes()

    with pytest.raises(NewerCompanyError) as refused:
        open_desk(str(path), person="lintao", password=lambda _: "erpdesk", clock=FakeClock())
    assert refused.value.facts == {"found": "0099", "known": VERSION}
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.name.startswith("books")] == [
        path.name
    ]


def test_that_newer_books_are_not_upgraded(path: Path, revisions: Path) -> None:
    made_newer(path)

    with opened(path) as database, pytest.raises(NewerCompanyError):
        upgraded(database, revisions)


def test_that_books_whose_mark_is_empty_stay_closed(path: Path) -> None:
    with tampering(path) as hand:
        hand.ask("DELETE FROM schema_version")

    with opened(path) as database, pytest.raises(NotACompanyError):
        migrations.must_be_current(database)


def test_that_books_without_a_mark_are_of_the_first_version(path: Path, revisions: Path) -> None:
    with tampering(path) as hand:
        hand.ask("DROP TABLE schema_version")
    with opened(path) as database:
        with database.reading() as connection:
            assert migrations.current(connection) == "0001"
        upgraded(database, revisions)

    assert schema_of(path)[0] == "0002"
