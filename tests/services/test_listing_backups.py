from pathlib import Path

import pytest

from erpdesk.services.listing_backups import ListingBackups
from erpdesk.storage.backup import DamagedBackupError
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened, signed_in

pytestmark = pytest.mark.slow


def test_that_a_backup_is_listed_with_its_size_and_that_it_was_tried_out(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")

        made = backups.back_up(backups.fresh_path(folder))

        [kept] = backups.kept(folder)
    assert (kept.path, kept.size) == (made.path, made.path.stat().st_size)
    assert kept.path.name.startswith("books-")
    assert (kept.made_by, kept.faults) == ("lintao", 0)
    assert kept.tried_at is not None


def test_that_one_made_elsewhere_counts_as_tried_out_only_after_a_try(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        company = signed_in(database, "lintao")
        made = ListingBackups(company, FakeClock(), tmp_path / "there.json").back_up(
            folder / "a.erpbackup"
        )
        here = ListingBackups(company, FakeClock(), tmp_path / "here.json")
        before = here.kept(folder)[0].tried_at

        tried = here.try_out(made.path)

        assert before is None
        assert tried.is_clean
        assert here.kept(folder)[0].tried_at is not None
        assert [one.name for one in folder.iterdir()] == ["a.erpbackup"]


def test_that_other_books_are_left_out_and_a_damaged_file_is_listed_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    for name in ("one", "two"):
        with opened(company_at(tmp_path / f"{name}.erpdesk")) as database:
            backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n")
            backups.back_up(folder / f"{name}.erpbackup")
    (folder / "half.erpbackup").write_bytes((folder / "two.erpbackup").read_bytes()[:900])

    with opened(tmp_path / "one.erpdesk") as database:
        listed = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n").kept(
            folder
        )

    assert {one.path.name for one in listed} == {"one.erpbackup", "half.erpbackup"}
    assert [type(one.trouble) for one in listed if one.trouble] == [DamagedBackupError]


def test_that_two_backups_of_one_second_have_two_names(tmp_path: Path) -> None:
    clock = FakeClock()
    clock.hold()
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), clock, tmp_path / "n.json")
        names = []
        for _ in range(3):
            place = backups.fresh_path(tmp_path)
            place.write_bytes(b"")
            names.append(place.stem)

    first = names[0]
    assert first.startswith("books-")
    assert names == [first, f"{first}-2", f"{first}-3"]


def test_that_a_backup_stands_even_where_it_cannot_be_noted_that_it_was_tried_out(
    tmp_path: Path, expect_log: list[str]
) -> None:
    expect_log.append("that a backup was tried out was not noted")
    notes = tmp_path / "a folder of that name"
    notes.mkdir()
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), notes)

        made = backups.back_up(tmp_path / "kept" / "a.erpbackup")

        [kept] = backups.kept(tmp_path / "kept")
    assert made.verified.is_clean
    assert (kept.trouble, kept.tried_at) == (None, None)
