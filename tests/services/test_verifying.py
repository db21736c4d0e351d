from pathlib import Path

import pytest

from erpdesk.errors import StorageError
from erpdesk.services.keeping.verifying import ORDER, SHOWN_MAX, Speed, Verifying
from erpdesk.storage.seals import make_seal
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.storage.proof import company_at, opened, tampering, verified
from tests.storage.proof_server import server_company, verified_at

pytestmark = pytest.mark.slow


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


def test_that_many_findings_are_counted_and_the_first_are_kept(path: Path) -> None:
    with tampering(path) as hand:
        steps = hand.do("UPDATE step SET risk = risk + 1")
    said = verified(path, Speed.CHAIN)

    assert (said.count, len(said.findings)) == (steps, SHOWN_MAX)


def test_that_a_file_that_is_no_company_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("hello " * 1000)

    with pytest.raises(StorageError):
        verified(tmp_path / "letter")


ON_SERVER = {
    "V1": ("journal_line", "UPDATE journal_line SET amount_minor = 1 WHERE line_no = 1"),
    "V3": ("open_item", "UPDATE open_item SET version = 7"),
    "V4": ("period_total", "UPDATE period_total SET number = number + 1"),
    "V5": ("journal_entry", "UPDATE journal_entry SET posted_at = 1"),
    "V7": ("number_series", "UPDATE number_series SET last = 9"),
    "V11": ("step", "UPDATE step SET reason = 'another reason' WHERE seq = 2"),
    "V12": ("step", "UPDATE step SET signature = NULL WHERE verb = 'approve'"),
    "C": ("content", "UPDATE content SET body = body || ' '"),
    "P": ("journal_line", "UPDATE journal_line SET text = 'another'"),
    "M": ("customer", "UPDATE customer SET name = 'another'"),
    "H": ("document", "UPDATE document SET seq = 9"),
    "U right_differs": ("authority", "UPDATE authority SET limit_minor = 1 WHERE person = 'bob'"),
    "U firm_differs": ("firm", "INSERT INTO firm VALUES ('bank_account', '6222')"),
    "G setting_changed": ("policy", "UPDATE policy SET value = value + 1"),
    "G": ("step", "DROP TRIGGER b_judge ON step"),
}  # fmt: skip
"""What somebody who controls the server can do, by the check that shows it."""


def test_that_a_server_proves_itself_and_shows_what_its_administrator_changed(
    other_postgres_server: Server,
) -> None:
    with server_company(other_postgres_server, "proven_books") as made:
        made.books.company("bob").run(make_seal)
        clean = [verified_at(made.admin, speed) for speed in Speed]
        by_person = Verifying(made.books.database_of("bob"), FakeClock()).verify()
        before = {}
        for code, (table, change) in ON_SERVER.items():
            made.tamper(table, change)
            seen = verified_at(made.admin).findings
            before[code] = {one.code for one in seen} | {f"{one.code} {one.what}" for one in seen}

    assert [said.findings for said in [*clean, by_person]] == [(), (), (), ()]
    assert [code for code, codes in before.items() if code not in codes] == []
    assert "V11" not in before["V7"]
