"""Money from nobody known: claimed twice, for more, or taken without a word."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.storage.postgres.attack import Attack, approve_and_post, names, prove_denied
from tests.storage.postgres.claims import a_claim, an_unknown_receipt
from tests.storage.postgres.firm import (
    Doc,
    Firm,
    a_line,
    a_receipt,
    a_reversal,
    an_allocation,
    an_entry,
    an_id,
    item_of,
)
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres
Prepare = Callable[[Firm, World], Doc]
Change = Callable[[dict[str, Any]], object]

LEFT = """
SELECT sum(l.side * l.amount_minor) FROM erp.journal_line l
JOIN erp.journal_entry e ON e.id = l.entry_id
WHERE l.account = '2241' AND (e.id = %s OR e.identifies = %s
  OR e.reverses IN (SELECT x.id FROM erp.journal_entry x WHERE x.identifies = %s))
"""


def _received(firm: Firm) -> Doc:
    return firm.posted("kate", "ben", "receipt", an_unknown_receipt())


def _claimed(firm: Firm, world: World, of: Doc) -> Doc:
    return firm.posted("kate", "ben", "receipt", a_claim(world.customers[7], of))


def _red(of: Doc) -> dict[str, Any]:
    """Return the reversal of a receipt from nobody known, or of its claim."""
    if "items" in of.content:
        return a_reversal(of)
    red = [{**x, "amount": -x["amount"], "base": -x["base"]} for x in of.content["lines"]]
    head = an_entry(reverses=of.content["entry"]["id"])
    return {"entry": head, "lines": red, "reason": "付款人认错了"}


def _reversed(firm: Firm, of: Doc) -> Doc:
    return firm.posted("alice", "ben", "reversal", _red(of))


def _asked(firm: Firm, content: dict[str, Any]) -> Doc:
    return firm.made("kate", "receipt", content, "submit")


def _again(firm: Firm, world: World) -> Doc:
    money = _received(firm)
    _claimed(firm, world, money)
    return _asked(firm, a_claim(world.customers[6], money))


def _after_its_reversal(firm: Firm, world: World) -> Doc:
    money = _received(firm)
    _reversed(firm, money)
    return _asked(firm, a_claim(world.customers[7], money))


def _origin_under_its_claim(firm: Firm, world: World) -> Doc:
    money = _received(firm)
    _claimed(firm, world, money)
    return firm.made("alice", "reversal", _red(money), "submit")


def _of(amount: int) -> Prepare:
    return lambda firm, world: _asked(firm, a_claim(world.customers[7], _received(firm), amount))


def _of_a_claim(firm: Firm, world: World) -> Doc:
    claim = _claimed(firm, world, _received(firm))
    return _asked(firm, a_claim(world.customers[7], claim))


def _of_a_reversed_claim(firm: Firm, world: World) -> Doc:
    red = _reversed(firm, _claimed(firm, world, _received(firm)))
    return _asked(firm, a_claim(world.customers[7], red))


def _changed(change: Change) -> Prepare:
    def prepare(firm: Firm, world: World) -> Doc:
        content = a_claim(world.customers[7], _received(firm))
        change(content)
        return _asked(firm, content)

    return prepare


def _a_reversal_too(firm: Firm, world: World) -> Doc:
    other = firm.posted("kate", "ben", "receipt", a_receipt(world.customers[7]))
    content = a_claim(world.customers[7], _received(firm))
    content["entry"]["reverses"] = other.content["entry"]["id"]
    return _asked(firm, content)


def _in_red(firm: Firm, world: World) -> Doc:
    """Take the money out in red, under the cover of an undone allocation."""
    _received(firm)
    charge, money = world.docs["charge"], world.docs["money"]
    version = "SELECT version FROM erp.open_item WHERE id = %s"
    content = an_allocation(
        charge, money, -5_00,
        versions=(firm.one(version, item_of(charge)), firm.one(version, item_of(money))),
        undoes=world.docs["matched"].content["allocations"][0]["id"],
    )  # fmt: skip
    content["lines"] += [a_line(3, "2241", -1, -50_00), a_line(4, "1002", -1, 50_00)]
    return _asked(firm, content)


CLAIMS = [
    Attack(name, "ben", approve_and_post, refusal, before)
    for name, refusal, before in (
        ("claimed twice", "G9 over-claimed", _again),
        ("claimed after its reversal", "G9 over-claimed", _after_its_reversal),
        ("reversed under its claim", "G9 over-claimed", _origin_under_its_claim),
        ("claimed for more", "G9 over-claimed", _of(50_01)),
        ("claimed for less", "G9 over-claimed", _of(49_99)),
        ("a claim claimed", "G9 nothing-to-claim", _of_a_claim),
        ("a reversed claim claimed", "G9 nothing-to-claim", _of_a_reversed_claim),
        ("nothing claimed", "G9 nothing-to-claim",
         _changed(lambda c: c["entry"].update(identifies=an_id()))),
        ("taken without naming it", "G9 not-a-claim",
         _changed(lambda c: c["entry"].pop("identifies"))),
        ("a claim that takes nothing", "G9 not-a-claim",
         _changed(lambda c: c["lines"][0].update(account="1002"))),
        ("a claim that is a reversal too", "G9 not-a-claim", _a_reversal_too),
        ("taken in red", "G9 not-a-claim", _in_red),
    )
]  # fmt: skip

CLAIMS += [
    Attack("an accountant records a receipt", "alice", lambda s: s.hand.made(
        "receipt", a_receipt(s.world.customers[7])), "G3 only-claims"),
    Attack("an accountant hands a receipt on", "alice", lambda s: s.hand.step(s.doc, "submit"),
           "G3 only-claims", lambda f, w: f.made("kate", "receipt", a_receipt(w.customers[7]))),
]  # fmt: skip


@pytest.mark.parametrize("attack", CLAIMS, ids=names)
def test_that_money_from_nobody_known_is_claimed_whole_and_once(
    firm: Firm, world: World, attack: Attack
) -> None:
    prove_denied(firm, world, attack)


def test_that_an_accountant_claims(firm: Firm, world: World) -> None:
    claim = a_claim(world.customers[7], _received(firm))

    done = firm.posted("alice", "ben", "receipt", claim)

    assert firm.one("SELECT state FROM erp.document WHERE id = %s", done.id) == "posted"


def test_that_a_reversed_claim_leaves_the_money_to_another(firm: Firm, world: World) -> None:
    money = _received(firm)
    _reversed(firm, _claimed(firm, world, money))
    _claimed(firm, world, money)

    assert firm.one(LEFT, *[money.content["entry"]["id"]] * 3) == 0
