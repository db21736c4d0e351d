"""Settings that somebody changed past the program are found, row by row."""

from datetime import date
from pathlib import Path

import pytest

from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage.founding import first_rows
from tests.storage.proof import company_at, found, tampering, verified

CHANGED = {
    "setting_changed policy two_person_minor": "UPDATE policy SET value = 9 * value"
    " WHERE key = 'two_person_minor'",
    "setting_changed transition_rule voucher submitted approve supervisor": "UPDATE transition_rule"
    " SET four_eyes = 0 WHERE kind = 'voucher' AND verb = 'approve' AND role = 'supervisor'",
    "setting_strange transition_rule voucher submitted approve accountant": "INSERT INTO"
    " transition_rule SELECT kind, from_state, verb, 'accountant', to_state, 0, 0, 0, decides"
    " FROM transition_rule WHERE kind = 'voucher' AND from_state = 'submitted'"
    " AND verb = 'approve' AND role = 'supervisor'",
    "setting_missing transition_rule voucher draft submit accountant": "DELETE FROM transition_rule"
    " WHERE kind = 'voucher' AND from_state = 'draft' AND verb = 'submit' AND role = 'accountant'",
    "setting_changed document_kind authority": "UPDATE document_kind SET number_verb = 'post'"
    " WHERE kind = 'authority'",
    "setting_strange kind_section authority lines": "INSERT INTO kind_section"
    " VALUES ('authority', 'lines')",
    "setting_changed account 2241": "UPDATE account SET name = '营业外收入' WHERE code = '2241'",
    "setting_changed currency CNY": "UPDATE currency SET decimals = 3 WHERE code = 'CNY'",
}
"""What is found, and how somebody who holds the file brought it about."""

MONTHS = {
    "setting_changed": "UPDATE period SET last_day = date(last_day, '-1 day')"
    " WHERE period = (SELECT max(period) FROM journal_entry)",
    "setting_missing": "DELETE FROM period WHERE period = (SELECT max(period) FROM period)",
    "setting_strange": "INSERT INTO period VALUES ('9999-01', '9999-01-01', '9999-01-31')",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.mark.parametrize("what", CHANGED)
def test_that_a_changed_setting_is_found_and_named(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(CHANGED[what])
    findings = verified(path, Speed.RULES).findings

    assert what in {f"{one.what} {one.where}" for one in findings if one.code == "G"}


@pytest.mark.parametrize("what", MONTHS)
def test_that_a_changed_month_is_found(path: Path, what: str) -> None:
    with tampering(path) as hand:
        hand.do(MONTHS[what])
    findings = verified(path, Speed.RULES).findings

    assert what in {one.what for one in findings if one.where.startswith("period ")}


@pytest.mark.parametrize(
    "change", ["DELETE FROM period", "UPDATE period SET first_day = 'soon ' || period"]
)
def test_that_months_that_begin_nowhere_are_a_finding_and_no_crash(path: Path, change: str) -> None:
    with tampering(path) as hand:
        hand.do(change)

    assert "G setting_changed" in found(path, Speed.RULES)


def test_that_every_table_of_settings_is_tried() -> None:
    tried = {what.split()[1] for what in CHANGED}

    assert tried | {"period"} == {table.name for table in first_rows(date(2025, 1, 1))}
