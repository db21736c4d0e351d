"""Each statement of the guards is needed: without it an act gets through, or a layer holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from erpdesk.storage.guards import guard_file, statements
from erpdesk.storage.tables import HEADS, LOGS, SETTINGS
from tests.storage.sqlite.attacker import refused_by
from tests.storage.sqlite.catalogue import ATTACKS
from tests.storage.sqlite.conftest import Targets

RAISE = re.compile(r"^  SELECT RAISE\(ABORT, '([^']+)'\).*?;\n", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"CREATE TRIGGER (\w+)")

COVERED = {
    # the engine's own UNIQUE and CHECK refuse the same rows
    "delivery_use_judge/G2 exists/1": "G2 constraint",
    "campaign_line_judge/G2 exists/1": "G2 constraint",
    "allocation_judge/G9 undone-already/1": "G2 constraint",
    "lock_judge/G2 exists/1": "G2 constraint",
    # a counter that is not where the ledger is refuses the next number itself
    "number_insert/G10 number/1": "G10 number",
    "number_update/G10 number/1": "G10 number",
    # the number of a document has to be the last of its counter
    "number_update/G10 number/4": "G10 number",
}
"""Statements that another layer covers: without them the same acts meet this code instead."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One refusal in a trigger: its place, its code, the trigger with it and without it."""

    trigger: str
    code: str
    n: int
    whole: str
    without: str

    @property
    def name(self) -> str:
        """Return what the statement is called in a report."""
        return f"{self.trigger}/{self.code}/{self.n}"


def _statements() -> Iterator[Statement]:
    for script in statements(guard_file()):
        trigger = NAME.search(script)
        seen: dict[str, int] = {}
        for refusal in RAISE.finditer(script) if trigger else ():
            code = refusal[1]
            seen[code] = seen.get(code, 0) + 1
            without = script[: refusal.start()] + "  SELECT 1;\n" + script[refusal.end() :]
            assert trigger is not None
            yield Statement(trigger[1], code, seen[code], script, without)


STATEMENTS = tuple(_statements())


def test_that_every_refusal_of_the_file_is_looked_at() -> None:
    assert len(STATEMENTS) == guard_file().count("RAISE(ABORT")


@pytest.mark.slow
@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.name)
def test_that_it_is_needed(statement: Statement, targets: Targets, copies: dict[bool, Any]) -> None:
    wanted, met = COVERED.get(statement.name, ""), set()
    _exchange(copies, statement.trigger, statement.without)
    try:
        for code in _codes_without(statement, targets, copies):
            met.add(code)
            if code == wanted:
                break
    finally:
        _exchange(copies, statement.trigger, statement.whole)
    assert met, "no attack expects this code"
    assert wanted in met, f"held by {met}"


GENERATED = tuple(
    [(f"{table.name}_no_update", f"update_{table.name}") for table in LOGS]
    + [(f"{table.name}_no_delete", f"delete_{table.name}") for table in (*LOGS, *HEADS)]
    + [("person_no_delete", "delete_person"), ("owner_mode_fixed_INSERT", "insert_owner_mode")]
    + [
        (f"{table.name}_fixed_{verb}", f"{verb.lower()}_{table.name}")
        for table in SETTINGS
        if table.name != "owner_mode"
        for verb in ("INSERT", "UPDATE", "DELETE")
    ]
)
"""Triggers made from a pattern, and the attack that each of them alone refuses."""


@pytest.mark.slow
@pytest.mark.parametrize(("trigger", "name"), GENERATED, ids=lambda part: part)
def test_that_a_generated_trigger_is_needed(
    trigger: str, name: str, targets: Targets, copies: dict[bool, Any]
) -> None:
    (attack,) = (one for one in ATTACKS if one.name == name)
    whole = present(copies[False], trigger)
    copies[False].execute(f"DROP TRIGGER {trigger}")
    try:
        assert refused_by(copies[False], targets.of(attack), attack) == ""
    finally:
        copies[False].execute(whole)


def present(connection: Any, trigger: str) -> str:
    """Return the source of a trigger."""
    source = "SELECT sql FROM sqlite_master WHERE name = ?"
    return str(connection.execute(source, (trigger,)).fetchone()[0])


def _exchange(copies: dict[bool, Any], trigger: str, script: str) -> None:
    for connection in copies.values():
        connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(script)


def _codes_without(
    statement: Statement, targets: Targets, copies: dict[bool, Any]
) -> Iterator[str]:
    for attack in ATTACKS:
        if attack.code == statement.code:
            yield refused_by(copies[attack.setting_up], targets.of(attack), attack)
