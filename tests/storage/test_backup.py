import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import text

from erpdesk.storage import backup
from erpdesk.storage.audit import record_audit
from erpdesk.storage.backup import (
    BackupNotWrittenError,
    DamagedBackupError,
    Manifest,
    NewerBackupError,
    NoRoomError,
    NotABackupError,
)
from erpdesk.storage.database import CompanyExistsError
from erpdesk.storage.refusals import DiskFullError, NotACompanyError
from tests.storage.proof import company_at, opened, signed_in, tampering

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.fixture
def kept(path: Path, tmp_path: Path) -> Path:
    """Return a backup of the company."""
    return packed(path, tmp_path / "kept.erpbackup")


def packed(path: Path, target: Path) -> Path:
    data = target.with_suffix(".data")
    with opened(path) as database:
        said = backup.snapshot(database, data)
    manifest = Manifest(
        engine="sqlite", made_at=1, made_by="lintao", size=data.stat().st_size,
        sha256=backup.digest_of(data), **said,
    )  # fmt: skip
    backup.pack(data, manifest, target)
    data.unlink()
    return target


def rewritten(kept: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write a backup again with other members."""
    with zipfile.ZipFile(kept) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(kept, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return kept


def saying(**other: object) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the manifest."""

    def change(members: dict[str, bytes]) -> None:
        said = json.loads(members["manifest.json"]) | other
        members["manifest.json"] = json.dumps(said).encode()

    return change


def test_that_a_backup_holds_counts_heads_seal_version_and_hash(path: Path, kept: Path) -> None:
    manifest = backup.read_manifest(kept)
    with opened(path) as database, database.reading() as connection:
        steps = connection.execute(text("SELECT count(*) FROM step")).scalar_one()
        seal = connection.execute(text("SELECT hash FROM seal WHERE seq = 2")).scalar_one()
        heads = connection.execute(text("SELECT actor, seq FROM chain_head")).all()

    assert manifest.tables["step"] == steps
    assert manifest.seal == bytes(seal).hex()
    assert manifest.schema == "0001"
    assert [line.rsplit(" ", 1)[0] for line in manifest.heads.splitlines()] == sorted(
        f"{actor} {seq}" for actor, seq in heads
    )


def test_that_a_manifest_holds_no_secret_and_no_customer(path: Path, kept: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        said = archive.read("manifest.json").decode()
    with opened(path) as database, database.reading() as connection:
        keys = connection.execute(text("SELECT verifier, wrapped, salt FROM person_key")).all()
        names = connection.execute(text("SELECT name, tax_id, contact FROM customer")).all()
    secrets = [bytes(v).hex() if isinstance(v, bytes) else v for row in keys for v in row]
    canaries = [value for value in [*secrets, *(v for row in names for v in row)] if value]

    assert canaries
    assert not [value for value in canaries if str(value) in said]


def test_that_an_unpacked_backup_is_the_database_byte_for_byte(tmp_path: Path, kept: Path) -> None:
    manifest = backup.read_manifest(kept)
    backup.unpack(kept, manifest, tmp_path / "again")

    assert backup.digest_of(tmp_path / "again") == manifest.sha256
    assert (tmp_path / "again").stat().st_size == manifest.size


def test_that_a_snapshot_is_of_one_moment_while_others_write(path: Path, tmp_path: Path) -> None:
    with opened(path) as database:
        company = signed_in(database, "lintao")
        stop, written = threading.Event(), []

        def write() -> None:
            while not stop.is_set():
                company.run(lambda unit: record_audit(unit, "export", "x" * 9_000))
                written.append(1)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            copies = [tmp_path / f"copy{n}" for n in range(5)]
            counts = [backup.snapshot(database, copy)["tables"]["audit_event"] for copy in copies]
        finally:
            stop.set()
            writer.join()
    found = [ids_in(copy) for copy in copies]
    every = ids_in(path)

    assert written
    assert [len(ids) for ids in found] == counts == sorted(counts)
    assert all(every[: len(ids)] == ids for ids in found)


def ids_in(copy: Path) -> list[str]:
    """Return the events of a copy in the order of their chain; the copy must be whole."""
    raw = sqlite.connect(str(copy))
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    rows = raw.execute("SELECT id FROM audit_event ORDER BY made_by, actor_seq").fetchall()
    raw.close()
    return [name for (name,) in rows]


def test_that_a_damaged_company_is_not_kept(path: Path, tmp_path: Path) -> None:
    with tampering(path) as hand:
        hand.ask("PRAGMA writable_schema=ON")
        hand.do("UPDATE sqlite_master SET sql = replace(sql, 'WHERE open_minor <> 0', '')"
                " WHERE name = 'ix_open_item_due'")  # fmt: skip

    with opened(path) as database, pytest.raises(NotACompanyError):
        backup.snapshot(database, tmp_path / "copy")


# ---- what is refused


def test_that_another_programs_files_are_no_backup(tmp_path: Path) -> None:
    letters = tmp_path / "letters.zip"
    with zipfile.ZipFile(letters, "w") as archive:
        archive.writestr("letter.txt", "hello")
    (tmp_path / "text").write_text("hello")

    for name in ("letters.zip", "text", "missing"):
        with pytest.raises(NotABackupError):
            backup.read_manifest(tmp_path / name)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "company.db/../../evil", "extra.txt"])
def test_that_a_backup_with_other_names_in_it_is_refused(kept: Path, name: str) -> None:
    rewritten(kept, lambda members: members.update({name: b"x"}))

    with pytest.raises(NotABackupError):
        backup.read_manifest(kept)


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"program":"other"}']
)
def test_that_a_backup_without_a_manifest_of_ours_is_refused(kept: Path, manifest: bytes) -> None:
    rewritten(kept, lambda members: members.update({"manifest.json": manifest}))

    with pytest.raises(NotABackupError):
        backup.read_manifest(kept)


@pytest.mark.parametrize("other", [{"size": "7"}, {"heads": None}, {"engine": "postgresql"}])
def test_that_a_manifest_that_says_nonsense_is_refused(
    kept: Path, other: dict[str, object]
) -> None:
    rewritten(kept, saying(**other))

    with pytest.raises(NotABackupError):
        backup.read_manifest(kept)


@pytest.mark.parametrize("other", [{"schema": "0002"}, {"format": 2}])
def test_that_a_backup_of_a_newer_program_is_refused(kept: Path, other: dict[str, object]) -> None:
    rewritten(kept, saying(**other))

    with pytest.raises(NewerBackupError):
        backup.read_manifest(kept)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.999])
def test_that_half_a_backup_is_refused(kept: Path, part: float) -> None:
    data = kept.read_bytes()
    kept.write_bytes(data[: int(len(data) * part)])

    with pytest.raises(DamagedBackupError):
        backup.read_manifest(kept)


def test_that_a_changed_byte_is_found_or_changes_nothing(tmp_path: Path, kept: Path) -> None:
    manifest, data, again = backup.read_manifest(kept), kept.read_bytes(), tmp_path / "again"
    backup.unpack(kept, manifest, again)
    whole, found = again.read_bytes(), 0
    for at in range(2_000, len(data) - 400, len(data) // 40):
        broken = bytearray(data)
        broken[at] ^= 0x10
        kept.write_bytes(broken)
        try:
            backup.unpack(kept, manifest, again)
        except DamagedBackupError:
            found += 1
        else:  # a bit that the packing does not use
            assert again.read_bytes() == whole

    assert found > 30


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"company.db": members["company.db"] + b"x"}),
        lambda members: members.update({"company.db": members["company.db"][:-1]}),
        lambda members: members.update({"company.db": members["company.db"][:-1] + b"x"}),
    ],
)
def test_that_data_of_another_length_or_hash_is_refused(
    tmp_path: Path, kept: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    rewritten(kept, change)

    with pytest.raises(DamagedBackupError):
        backup.unpack(kept, backup.read_manifest(kept), tmp_path / "again")


# ---- places


def given_up(place: Path) -> None:
    with backup.fresh_beside(place, ".data") as fresh:
        Path(f"{fresh}-wal").write_text("x")
        raise OSError(5, "broken")


def test_that_nothing_is_left_when_a_fresh_file_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(BackupNotWrittenError):
        given_up(tmp_path / "x")

    assert list(tmp_path.iterdir()) == []


def test_that_copies_a_killed_program_left_go_after_a_day_and_those_being_written_stay(
    tmp_path: Path,
) -> None:
    left, new = tmp_path / ".erpdesk-killed.data", tmp_path / ".erpdesk-other.data"
    for path in (left, new):
        path.write_bytes(b"books")
    yesterday = new.stat().st_mtime - 25 * 3600
    os.utime(left, (yesterday, yesterday))

    with backup.fresh_beside(tmp_path / "x", ".data"):
        found = (left.exists(), new.exists())

    assert found == (False, True)


def test_that_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(BackupNotWrittenError),
        backup.fresh_beside(tmp_path / "no" / "x", ".data"),
    ):
        pytest.fail("there is no folder")


def test_that_a_finished_file_never_replaces_another(tmp_path: Path) -> None:
    fresh, stands = tmp_path / "fresh", tmp_path / "stands"
    fresh.write_text("new")
    stands.write_text("old")

    with pytest.raises(CompanyExistsError):
        backup.put_where_nothing_is(fresh, stands)
    assert stands.read_text() == "old"


def test_that_a_file_system_without_links_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    fresh, place = tmp_path / "fresh", tmp_path / "place"
    fresh.write_text("new")
    backup.put_where_nothing_is(fresh, place)
    fresh.write_text("newer")

    with pytest.raises(CompanyExistsError):
        backup.put_where_nothing_is(fresh, place)
    assert place.read_text() == "new"


def test_that_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    backup.must_have_room(tmp_path, 1)
    with pytest.raises(NoRoomError):
        backup.must_have_room(tmp_path, 1 << 60)


FULL = """
import resource, sys
from pathlib import Path
from erpdesk.bootstrap import open_desk
from erpdesk.errors import ErpdeskError
from erpdesk.services.ports import SystemClock
from erpdesk.words import explain

desk = open_desk(sys.argv[1], person="lintao", password=lambda _: "erpdesk", clock=SystemClock())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    desk.backing_up.back_up(Path(sys.argv[2]))
except ErpdeskError as error:
    print(type(error).__name__, explain(error, "en"))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are the system's")
@pytest.mark.parametrize("limit_bytes", [100_000, 300_000, 700_000])
def test_that_a_full_disk_leaves_the_old_backup_and_says_so(
    path: Path, kept: Path, limit_bytes: int
) -> None:
    before, files = kept.read_bytes(), beside(kept)
    asked = [sys.executable, "-c", FULL, str(path), str(kept), str(limit_bytes)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert done.stdout.startswith("DiskFullError The disk is full"), done.stderr
    assert kept.read_bytes() == before
    assert beside(kept) == files


def beside(kept: Path) -> list[Path]:
    """List the files of the folder, but for those that the open books have themselves."""
    own = {".erpdesk-wal", ".erpdesk-shm"}
    return sorted(p for p in kept.parent.iterdir() if p.is_file() and p.suffix not in own)


def test_that_a_full_disk_is_told_from_other_faults(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError), backup.fresh_beside(tmp_path / "x", ".data"):
        raise sqlite.OperationalError("database or disk is full")
    with pytest.raises(BackupNotWrittenError), backup.fresh_beside(tmp_path / "x", ".data"):
        raise sqlite.DatabaseError("malformed")


def test_that_a_copy_is_told_of_piece_by_piece_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES", 16)
    pieces = list[int]()

    def stop() -> None:
        raise KeyError("stopped")

    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backup.snapshot(database, tmp_path / "copy", lambda: pieces.append(1))
        with pytest.raises(KeyError, match="stopped"):
            backup.snapshot(database, tmp_path / "half", stop)

    assert len(pieces) >= (tmp_path / "copy").stat().st_size // (16 * 4096) > 1
