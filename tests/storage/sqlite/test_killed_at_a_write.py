"""The process is killed at each of its writes and syncs in turn: all it acknowledged is there."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from erpdesk.services.keeping.verifying import Speed, Verifying
from erpdesk.storage import migrations
from erpdesk.storage import tables as t
from erpdesk.storage.database import Database, open_database
from tests.commands.asking import ROOT
from tests.fakes import FakeClock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked or killed there"),
]
FEW, SOME = 8, 24
FIFTY = pytest.param(50, marks=[pytest.mark.nightly, pytest.mark.timeout(1200)])
MANY = pytest.param(300, marks=[pytest.mark.nightly, pytest.mark.timeout(1200)])
KILLED, LIVED = 9, 0


def killed(
    work: str, place: Path, points: int, *more: object
) -> Iterator[tuple[Database, set[str]]]:
    """Kill the program at its writes, and open what each left, with what it had acknowledged."""
    asked = [sys.executable, "-m", "tests.storage.sqlite.dying", work, str(place), str(points)]
    done = subprocess.run(
        [*asked, *map(str, more)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    ends = {int(at): end for at, end in json.loads(done.stdout).items()}
    died = [at for at, end in ends.items() if end == KILLED]
    assert set(ends.values()) <= {KILLED, LIVED}
    assert len(died) >= min(points, SOME) - 2  # no two runs end at quite the same call
    for at in ends:
        left = place.with_name(f"{at}.erpdesk")
        said = set(left.with_suffix(".said").read_text("utf-8").split())
        with closing(open_database(str(left))) as database:
            with database.reading() as connection:
                found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            assert list(found) == ["ok"]
            yield database, said


def is_clean(database: Database) -> bool:
    return Verifying(database, FakeClock()).verify(Speed.RULES).is_clean


@pytest.mark.parametrize("points", [SOME, MANY])
def test_that_every_scan_acknowledged_before_the_kill_is_there_once(
    firm: Path, tmp_path: Path, points: int
) -> None:
    place = Path(shutil.copyfile(firm, tmp_path / "firm.erpdesk"))
    acknowledged = 0

    for database, said in killed("count", place, points):
        with database.reading() as connection:
            rows = connection.execute(select(t.count_event.c.id, t.count_event.c.raw)).all()
        assert said <= {row.id for row in rows}
        assert len(rows) - len(said) in {0, 1}
        assert len({bytes(row.raw) for row in rows}) == len(rows)
        acknowledged += len(said)

    assert acknowledged > points


@pytest.mark.parametrize("points", [FEW, MANY])
def test_that_books_hold_wherever_the_settling_was_killed(
    firm: Path, tmp_path: Path, points: int
) -> None:
    place = Path(shutil.copyfile(firm, tmp_path / "firm.erpdesk"))

    for database, said in killed("settle", place, points):
        with database.reading() as connection:
            stored = set(connection.execute(select(t.document.c.id)).scalars())
        assert said <= stored
        assert is_clean(database)


@pytest.mark.parametrize("points", [FEW, FIFTY])
def test_that_an_upgrade_killed_at_a_write_leaves_the_old_schema_or_the_new_one(
    firm: Path, tmp_path: Path, revisions: Path, points: int
) -> None:
    place = Path(shutil.copyfile(firm, tmp_path / "firm.erpdesk"))
    left = list[str]()

    for database, said in killed("upgrade", place, points, revisions):
        with database.reading() as connection:
            version = migrations.current(connection)
            table = connection.exec_driver_sql("PRAGMA table_info(document)").all()
            other = connection.exec_driver_sql("PRAGMA table_info(open_item)").all()
        names = {row[1] for row in (*table, *other)}
        assert {"shelf", "remark"} & names == ({"shelf", "remark"} if version == "0002" else set())
        assert version == "0002" or not said
        assert is_clean(database)
        left.append(version)

    assert "0001" in left
