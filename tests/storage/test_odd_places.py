"""What may lie where a company is opened or made: others' files, links, the log of one moved."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from erpdesk import keys
from erpdesk.services.companies import Companies, first_person
from erpdesk.services.keeping.backing_up import Restoring
from erpdesk.services.sampling import Sampling
from erpdesk.storage import backup, presence
from erpdesk.storage.backup import NotABackupError
from erpdesk.storage.ballast import ballast_of
from erpdesk.storage.database import APPLICATION_ID, CompanyExistsError, LeftLogError, open_database
from erpdesk.storage.refusals import NotACompanyError
from tests.fakes import FakeClock

Make = Callable[[Path], object]


def new(place: Path) -> None:
    Companies(FakeClock(), keys.CHEAP).make(str(place), (first_person("林涛", None),))


def sample(place: Path) -> None:
    Sampling(FakeClock()).make(str(place), seed=1)


def restored(place: Path) -> None:
    Restoring(FakeClock()).restore(place.with_name("of.erpbackup"), str(place))


MAKES = pytest.mark.parametrize("make", [new, sample, restored])


@pytest.mark.parametrize("has_rows", [True, False])
def test_that_the_file_of_another_program_is_refused_as_it_was(
    tmp_path: Path, *, has_rows: bool
) -> None:
    place = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(place)) as theirs:
        theirs.execute("CREATE TABLE place (name)") if has_rows else place.touch()
    before = place.read_bytes()

    with closing(open_database(str(place))) as database, pytest.raises(NotACompanyError):
        database.reading().__enter__()

    assert place.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["places.sqlite"]


def test_that_damage_that_the_driver_cannot_even_quote_is_said_as_damage(tmp_path: Path) -> None:
    place = tmp_path / "firm.erpdesk"
    with closing(open_database(str(place), create=True)) as made, made.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("CREATE TABLE firm (sound NOT NULL)")
    place.write_bytes(place.read_bytes().replace(b"sound", b"s\xffund"))

    with (
        closing(open_database(str(place))) as database,
        pytest.raises(NotACompanyError),
        database.writing() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO firm VALUES (NULL)")


@MAKES
@pytest.mark.parametrize("tail", ["-wal", "-journal"])
def test_that_no_company_is_made_where_the_log_of_another_lies(
    tmp_path: Path, make: Make, tail: str
) -> None:
    log = tmp_path / f"firm.erpdesk{tail}"
    log.write_bytes(b"what was stored last")

    with pytest.raises(LeftLogError) as refused:
        make(tmp_path / "firm.erpdesk")

    assert refused.value.facts["log"] == log.name
    assert [one.name for one in tmp_path.iterdir()] == [log.name]
    assert log.read_bytes() == b"what was stored last"


@MAKES
@pytest.mark.parametrize("to", ["nowhere.erpdesk", "firm.erpdesk"])
def test_that_no_company_is_made_at_a_link_wherever_it_leads(
    tmp_path: Path, make: Make, to: str
) -> None:
    link = tmp_path / "firm.erpdesk"
    link.symlink_to(to)

    with pytest.raises(CompanyExistsError):
        make(link)

    assert [one.name for one in tmp_path.iterdir()] == [link.name]


def test_that_books_opened_by_a_link_keep_beside_the_file_what_belongs_to_it(
    tmp_path: Path,
) -> None:
    far, link = tmp_path / "far", tmp_path / "firm.erpdesk"
    far.mkdir()
    new(far / "books.erpdesk")
    link.symlink_to(far / "books.erpdesk")

    with closing(open_database(str(link))) as database:
        beside = [presence.note_beside(str(link)), ballast_of(database.place)]

    assert [path.parent for path in beside] == [far, far]


def test_that_a_device_which_has_no_end_is_not_read_as_a_backup(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zipfile.ZipFile", pytest.fail)

    with pytest.raises(NotABackupError):
        backup.read_manifest(Path("/dev/zero"))
