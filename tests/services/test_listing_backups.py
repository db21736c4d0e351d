from dataclasses import replace
from pathlib import Path

import pytest

from erpdesk import keys
from erpdesk.domain.backups import FRESH_US
from erpdesk.domain.ids import PersonName
from erpdesk.errors import UserError
from erpdesk.services.companies import Companies, first_person
from erpdesk.services.keeping.backing_up import Step
from erpdesk.services.keeping.listing_backups import (
    SUFFIX,
    BackupFolderGoneError,
    Backups,
    Kept,
    ListingBackups,
)
from erpdesk.storage.backup import BackupNotWrittenError, DamagedBackupError
from erpdesk.storage.unit_of_work import Company
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened, signed_in

pytestmark = pytest.mark.slow


def test_that_a_backup_is_listed_with_its_size_and_that_it_was_tried_out(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")

        made = backups.back_up(backups.fresh_path(folder))

        [kept] = backups.look(folder).kept
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
        before = here.look(folder).kept[0].tried_at

        tried = here.try_out(made.path)

        assert before is None
        assert tried.is_clean
        assert here.look(folder).kept[0].tried_at is not None
        assert [one.name for one in folder.iterdir()] == ["a.erpbackup"]


def test_that_other_books_are_left_out_and_a_damaged_file_is_listed_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    for name in ("one", "two"):
        with opened(company_at(tmp_path / f"{name}.erpdesk")) as database:
            backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n")
            backups.back_up(folder / f"{name}.erpbackup")
    (folder / "half.erpbackup").write_bytes((folder / "two.erpbackup").read_bytes()[:900])

    with opened(tmp_path / "one.erpdesk") as database:
        listed = (
            ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n")
            .look(folder)
            .kept
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

        [kept] = backups.look(tmp_path / "kept").kept
    assert made.verified.is_clean
    assert (kept.trouble, kept.tried_at) == (None, None)


def test_that_the_last_good_one_is_the_newest_that_was_tried_out_without_a_fault() -> None:
    spoilt, ill, untried = kept(9, trouble=DamagedBackupError()), kept(8, 1), kept(7, None)
    good, older = kept(6), kept(5)

    assert Backups((spoilt, ill, untried, good, older)).last_good is good
    assert Backups((spoilt, ill, untried)).last_good is None


def test_that_only_backups_that_the_program_makes_are_ever_too_old() -> None:
    for is_ours in (True, False):
        assert Backups((), has_posted=True, is_ours=is_ours).is_too_old(FRESH_US) is is_ours
    assert not Backups((kept(1),), has_posted=True).is_too_old(FRESH_US)
    assert Backups((kept(1),), has_posted=True).is_too_old(FRESH_US + 2)


def test_that_one_of_a_clock_that_ran_a_year_ahead_keeps_nobody_from_a_backup() -> None:
    year = 365 * FRESH_US
    ahead, before = kept(year), kept(1)

    for others, is_too_old in (((), True), ((before,), False)):
        stands = Backups((ahead, *others), has_posted=True)

        assert stands.is_too_old(FRESH_US) is is_too_old
        assert stands.is_due(None, FRESH_US) is True
    assert Backups((kept(FRESH_US),), has_posted=True).is_due(None, FRESH_US - 1) is False


def test_that_books_say_whether_there_is_anything_to_be_lost(tmp_path: Path) -> None:
    bare = Companies(FakeClock(), keys.CHEAP)
    bare.make(str(tmp_path / "bare"), (first_person("林涛", "secret"),))
    company_at(tmp_path / "used")

    stands = [look_of(tmp_path / name) for name in ("bare", "used")]

    assert [one.has_posted for one in stands] == [False, True]
    assert [one.is_ours for one in stands] == [True, True]


def test_that_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")
        with pytest.raises(BackupNotWrittenError):
            backups.back_up(tmp_path / "a file" / "kept" / "a.erpbackup")


def test_that_a_disk_that_was_taken_out_gets_no_folder_of_its_name_on_another(
    tmp_path: Path,
) -> None:
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")

        with pytest.raises(BackupFolderGoneError):
            backups.back_up_alone(tmp_path / "stick" / "backups")

    assert not (tmp_path / "stick").exists()


def look_of(path: Path) -> Backups:
    with opened(path) as database:
        company = Company(database, PersonName("lintao"), FakeClock())
        return ListingBackups(company, FakeClock(), path.with_name("n")).look(path.parent)


def kept(at: int, faults: int | None = 0, trouble: UserError | None = None) -> Kept:
    tried_at = None if faults is None else at
    return Kept(Path(f"{at}"), 1, at, tried_at=tried_at, faults=faults, trouble=trouble)


DAY_US = 86_400_000_000


def test_that_only_automatic_ones_are_outlived_and_never_the_last_good_one() -> None:
    names = ("b-20260101-090000.erpbackup", "b-20260101-090000.auto.erpbackup", "x.auto.erpbackup")
    old = [replace(kept(n), path=Path(name)) for n, name in enumerate(names)][::-1]
    newer = [replace(kept(n * DAY_US), path=Path(f"b-20260102-0000{n:02d}.auto.erpbackup"))
             for n in range(1, 30)]  # fmt: skip
    ill = [replace(one, faults=1) for one in newer]
    spoilt = replace(old[1], trouble=DamagedBackupError())

    assert old[1] in Backups((*reversed(newer), *old)).outlived
    assert not set(old) - {old[1]} & set(Backups((*reversed(newer), *old)).outlived)
    assert Backups((*reversed(ill), *old)).outlived == ()
    untried = [replace(one, tried_at=None, faults=None) for one in newer]
    assert old[1] not in Backups((*reversed(untried), old[1])).outlived
    assert spoilt not in Backups((*reversed(newer), spoilt)).outlived


def test_that_one_is_due_by_itself_of_ours_alone() -> None:
    yesterday = Backups((kept(0),), has_posted=True)

    assert yesterday.is_due(None, DAY_US)
    assert not yesterday.is_due(DAY_US, DAY_US)
    assert not replace(yesterday, is_ours=False).is_due(None, DAY_US)


def test_that_a_backup_by_itself_is_named_so_tried_out_and_takes_the_outlived_away(
    tmp_path: Path,
) -> None:
    folder, clock, steps = tmp_path / "kept", FakeClock(), list[Step]()
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), clock, tmp_path / "n.json")
        by_hand = backups.back_up(backups.fresh_path(folder)).path
        first = backups.back_up_alone(folder, steps.append)
        second = backups.back_up_alone(folder)
        stands = backups.look(folder)

    assert [one for one in stands.kept if not one.is_automatic] == [
        one for one in stands.kept if one.path == by_hand
    ]
    assert not first.path.exists()
    assert [one.path for one in stands.kept if one.is_automatic] == [second.path]
    assert stands.last_good is not None
    assert stands.last_good.path == second.path
    assert list(dict.fromkeys(steps)) == list(Step)


def test_that_one_that_cannot_be_removed_stays_and_the_new_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: list[str]
) -> None:
    expect_log.append("a backup that nobody needs any more was not removed")
    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")
        backups.back_up_alone(tmp_path / "kept")
        real = Path.unlink

        def held(path: Path, *, missing_ok: bool = False) -> None:
            if path.suffix == SUFFIX:
                raise PermissionError(13, "held by another program")
            real(path, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "unlink", held)
        made = backups.back_up_alone(tmp_path / "kept")

    assert made.path.is_file()


@pytest.mark.parametrize("step", list(Step))
def test_that_a_backup_that_is_stopped_leaves_nothing(tmp_path: Path, step: Step) -> None:
    def stop(now: Step) -> None:
        if now is step:
            raise StoppedError

    with opened(company_at(tmp_path / "books.erpdesk")) as database:
        backups = ListingBackups(signed_in(database, "lintao"), FakeClock(), tmp_path / "n.json")
        with pytest.raises(StoppedError):
            backups.back_up_alone(tmp_path / "kept", stop)

        assert list((tmp_path / "kept").iterdir()) == []
        assert backups.back_up_alone(tmp_path / "kept").verified.is_clean


class StoppedError(UserError):
    """Somebody stopped it."""
