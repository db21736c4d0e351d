"""What is looked at before a notice goes out."""

from dataclasses import replace
from datetime import date

import pytest

from erpdesk.domain.notice_gates import Looked, NoticeFacts, gates

GOOD = NoticeFacts(
    today=date(2026, 11, 25),
    currency="CNY",
    charges_minor=(100_00, 250_00),
    unapplied_minor=0,
    firm_known=True,
    last_money_on=date(2026, 11, 22),
    contact="王敏",
    contact_on=date(2026, 9, 26),
    last_number="通-202610-0004",
    last_on=date(2026, 10, 31),
    missing=(),
)


def failing(**facts: object) -> list[Looked]:
    return [gate.what for gate in gates(replace(GOOD, **facts)) if not gate.holds]  # type: ignore[arg-type]


def test_that_nothing_stands_against_a_sound_notice() -> None:
    assert failing() == []


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"charges_minor": ()}, Looked.OPEN),
        ({"firm_known": False}, Looked.FIRM),
        ({"last_money_on": None}, Looked.FRESH),
        ({"last_money_on": date(2026, 11, 21)}, Looked.FRESH),
        ({"unapplied_minor": 100_00}, Looked.UNAPPLIED),
        ({"disputed": ("应-1",)}, Looked.DISPUTED),
        ({"contact": ""}, Looked.CONTACT),
        ({"contact_on": None}, Looked.CONTACT),
        ({"contact_on": date(2026, 9, 25)}, Looked.CONTACT),
        ({"last_on": date(2026, 11, 1)}, Looked.REPEATED),
        ({"missing": ("𠮷",)}, Looked.FONT),
    ],
)
def test_that_each_gate_fails_alone(facts: dict[str, object], what: Looked) -> None:
    assert failing(**facts) == [what]


def test_that_cash_that_pays_no_item_whole_is_merely_deducted() -> None:
    assert failing(unapplied_minor=99_99) == []


def test_that_only_what_cannot_be_issued_blocks() -> None:
    blocking = {gate.what for gate in gates(GOOD) if gate.blocks}

    assert blocking == {Looked.OPEN, Looked.FIRM, Looked.FONT}


def test_that_a_gate_tells_its_facts() -> None:
    said = {gate.what: gate.facts for gate in gates(replace(GOOD, unapplied_minor=30_00))}

    assert said[Looked.FRESH] == {"day": date(2026, 11, 22), "most": 3}
    assert said[Looked.UNAPPLIED] == {"minor": 30_00, "currency": "CNY"}
    assert said[Looked.REPEATED] == {"number": "通-202610-0004", "day": date(2026, 10, 31)}
    assert said[Looked.CONTACT]["person"] == "王敏"
