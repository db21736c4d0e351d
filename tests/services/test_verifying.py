from pathlib import Path

import pytest

from erpdesk.errors import StorageError
from erpdesk.services.verifying import ORDER, Speed, Verifying
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened, tampering, verified


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def test_that_each_speed_looks_at_more_than_the_one_before(path: Path) -> None:
    codes = [{check.code for check in verified(path, speed).checks} for speed in Speed]

    assert codes[0] < codes[1] < codes[2] == set(ORDER)
    assert {f"V{n}" for n in range(1, 11)} <= codes[0]


def test_that_checks_come_in_the_order_of_the_invariants_and_say_how_long_they_took(
    path: Path,
) -> None:
    checks = verified(path).checks

    assert [check.code for check in checks] == list(ORDER)
    assert sum(check.took_us for check in checks) > 0


def test_that_progress_is_said_check_by_check(path: Path) -> None:
    said: list[str] = []
    with opened(path) as database:
        Verifying(database, FakeClock(), said.append).verify(Speed.CHAIN)

    assert said == [code for code in ORDER if code in set(said)]
    assert {"V1", "V11", "S"} <= set(said)


def test_that_a_finding_makes_it_unclean_and_is_counted_under_its_check(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    said = verified(path, Speed.RULES)

    assert not said.is_clean
    assert {check.code: check.count for check in said.checks if check.count} == {"V7": 1}
    assert [(one.code, one.what) for one in said.findings] == [("V7", "series_differs")]


def test_that_a_file_that_is_no_company_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("hello " * 1000)

    with pytest.raises(StorageError):
        verified(tmp_path / "letter")


def test_that_a_broken_file_is_said_and_nothing_else_is_asked_of_it(path: Path) -> None:
    with tampering(path) as hand:
        hand.ask("PRAGMA writable_schema=ON")
        hand.do("UPDATE sqlite_master SET sql = replace(sql, 'WHERE open_minor <> 0', '')"
                " WHERE name = 'ix_open_item_due'")  # fmt: skip
    said = verified(path)

    assert [check.code for check in said.checks] == ["B"]
    assert {one.what for one in said.findings} == {"file_broken"}
