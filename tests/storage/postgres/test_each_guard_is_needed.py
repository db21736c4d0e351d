"""Take out one refusal at a time: an act that it alone refuses has to get through."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from erpdesk.storage.postgres_guards import guard_file
from tests.storage.postgres import test_attacks_on_claims as claims
from tests.storage.postgres import test_attacks_on_counts as counts
from tests.storage.postgres import test_attacks_on_rights as rights
from tests.storage.postgres import test_attacks_on_steps as steps
from tests.storage.postgres import test_attacks_on_texts as texts
from tests.storage.postgres import test_attacks_on_the_ledger as ledger
from tests.storage.postgres.attack import Attack, Scene, attempt, said
from tests.storage.postgres.firm import Firm
from tests.storage.postgres.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
THROUGH = "through"

ATTACKS = [
    *steps.APPROVALS, *steps.ORDER, *steps.REASONS, *steps.MISSING, *texts.FORMS, *texts.NUMBERS,
    *texts.FIELDS, *texts.SHAPES, *texts.ENTRIES, *ledger.ITEMS, *ledger.LISTS, *claims.CLAIMS,
    *counts.COUNTS, *rights.PLAIN_LOGS,
]  # fmt: skip

_CALL = re.compile(r"PERFORM erp\.refuse\('(G[^']+)'\)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal of the file, the function it stands in, and that function without it."""

    name: str
    code: str
    whole: str
    weakened: str


def _refusals() -> Iterator[Refusal]:
    for block in re.split(r"(?=^CREATE )", guard_file(), flags=re.MULTILINE):
        if not block.startswith("CREATE FUNCTION"):
            continue
        function = block.split("(")[0].rsplit(".", 1)[1]
        whole = block.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
        for n, call in enumerate(_CALL.finditer(whole), 1):
            weakened = whole[: call.start()] + "NULL" + whole[call.end() :]
            yield Refusal(f"{function} {n} {call[1]}", call[1], whole, weakened)


REFUSALS = list(_refusals())

SECOND_LAYER = {
    "be_me 2 G1 not-you": "the login's oid belongs to one name",
    "actor 1 G11 chain": "NOT NULL of the chain's columns",
    "number_judge 1 G10 number": "only next_number writes numbers",
    "open_item_judge 1 G9 over-allocated": "the table's check",
    "person_key_judge 1 G1 not-you": "row security",
    "authority_judge 2 G3 clock": "after set-up nobody gets this far",
    "content_judge 1 G5 not-canonical": "the table's check of its length",
    "content_judge 3 G2 exists": "the key",
    "content_judge 4 G5 not-canonical": "what is no object has no keys to look at",
    "step_judge 1 G2 exists": "the key",
    "step_judge 3 G3 kind": "the text names its kind",
    "step_judge 4 G3 not-allowed": "NOT NULL of the next state",
    "step_judge 10 G5 evidence-missing": "the hash of no bytes",
    "step_judge 12 G5 list-differs": "unfolding counts again",
    "step_judge 13 G5 list-differs": "unfolding counts again",
    "step_judge 15 G5 not-decided": "only deciding verbs lead to approved",
    "number_document 1 G10 number": "ten thousand campaigns",
    "unfold_authority 1 G7 half-authority": "an INSERT of PostgreSQL arrives whole",
    "unfold_customer 1 G5 code-taken": "the code is unique",
    "unfold_customer 3 G5 customer-differs": "an UPDATE of PostgreSQL arrives whole",
    "unfold_customers 1 G5 code-taken": "a code without its customer",
    "unfold_deliveries 4 G5 list-differs": "counted before anybody decides",
    "unfold_ledger 5 G6 unknown-account": "the foreign key",
    "unfold_ledger 14 G9 not-a-match": "items and ledger, and the check of open amounts",
    "unfold_ledger 15 G9 undone-already": "an allocation is undone by one row",
    "unfold_ledger 18 G5 other-customer": "lines belong to the header's customer, items and ledger",
    "unfold_ledger 19 G5 list-differs": "counted before anybody decides",
    "unfold_ledger 20 G6 half-an-entry": "an INSERT of PostgreSQL arrives whole",
    "count_judge 1 G2 exists": "the keys",
    "decision_judge 1 G2 exists": "the key",
    "variance_judge 1 G2 exists": "the key",
    "evidence_judge 1 G2 exists": "the key",
    "evidence_blob_judge 2 G2 exists": "the key",
    "paper_judge 1 G2 exists": "the key",
    "audit_judge 1 G2 exists": "the key",
    "lock_judge 1 G2 exists": "the key",
}
"""Refusals behind which something else stands, and what; they say it in a better sentence."""


@contextlib.contextmanager
def _without(firm: Firm, refusal: Refusal) -> Iterator[None]:
    with firm.superuser() as owner:
        owner.sql("SET ROLE erp_owner")
        owner.sql(refusal.weakened)
        owner.connection.commit()
        try:
            yield
        finally:
            owner.sql("SET ROLE erp_owner")
            owner.sql(refusal.whole)
            owner.connection.commit()


def _outcome(firm: Firm, world: World, attack: Attack) -> str:
    try:
        doc = attack.before(firm, world) if attack.before else world.docs["waiting"]
        with firm.hand(attack.person) as hand:
            hand.keeps = False
            attempt(Scene(firm, world, hand, doc), attack)
    except psycopg.Error as refused:
        return said(refused)
    return THROUGH


def _slip(firm: Firm, statement: str) -> str:
    with firm.superuser() as admin:
        try:
            admin.sql(statement)
            admin.sql("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as refused:
            return said(refused)
    return THROUGH


def _outcomes(firm: Firm, world: World, code: str) -> Iterator[tuple[str, str]]:
    """Try every act that this code refuses, one after another."""
    for attack in ATTACKS:
        if attack.refusal == code:
            yield attack.name, _outcome(firm, world, attack)
    for statement, refused in rights.SLIPS:
        if refused == code:
            yield statement, _slip(firm, statement)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: r.name.replace(" ", "-"))
def test_that_the_guard_is_needed(firm: Firm, world: World, refusal: Refusal) -> None:
    outcomes = {}
    with _without(firm, refusal):
        for act, outcome in _outcomes(firm, world, refusal.code):
            outcomes[act] = outcome
            if outcome == THROUGH:
                break
    assert (THROUGH in outcomes.values()) == (refusal.name not in SECOND_LAYER), outcomes


def test_that_the_file_is_read_as_it_was_written() -> None:
    assert len(REFUSALS) == len(_CALL.findall(guard_file()))
    assert len({refusal.name for refusal in REFUSALS}) == len(REFUSALS)
