"""What one engine refuses the other refuses in the same words, and both hash a list alike."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from erpdesk.storage.checks_lists import hashed
from erpdesk.storage.checks_texts import Listed
from erpdesk.storage.postgres_guards import guard_file
from tests.storage.postgres.firm import Firm, a_campaign, a_delivery, a_list, an_id
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres

_CODE = re.compile(r"'(G\d+ [a-z-]+)'")

ONLY_SQLITE = {
    "G2 sign-in-order",  # people sign in to the server
    "G3 head",  # an UPDATE of PostgreSQL arrives whole
    "G7 risk",  # filled, not judged
    "G9 not-a-use",  # only triggers write, as the next ones
    "G2 not-approved-allocation",
    "G2 not-approved-customer",
    "G2 not-approved-delivery",
    "G2 not-approved-entry",
    "G2 not-approved-item",
    "G2 not-approved-line",
}
ONLY_POSTGRES = {"G0 isolation", "G5 hash"}


def test_that_both_engines_refuse_in_the_same_words() -> None:
    sqlite = set(_CODE.findall(files("erpdesk.storage").joinpath("guards_sqlite.sql").read_text()))
    postgres = set(_CODE.findall(guard_file()))
    assert sqlite - postgres - {"G2 log", "G7 settings"} == ONLY_SQLITE
    assert postgres - sqlite - {"G2 log", "G7 settings"} == ONLY_POSTGRES


@pytest.fixture
def owner(firm: Firm) -> Iterator[Connection]:
    """Return the program's own connection, with a superuser behind it."""
    engine = create_engine(firm.place, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET search_path = erp"))
        yield connection


AWKWARD = 'a\\b\nc"d\u4e34'


def _rows(what: str, world: World) -> list[tuple[str, list[dict[str, Any]]]]:
    customer = world.customers[0]
    line = {"account": "1002", "side": -1, "amount_minor": -5, "currency": "CNY", "base_minor": 0}
    item = {"id": an_id(), "customer_id": customer, "account": "2203", "currency": "CNY"}
    due = a_delivery(customer, "x")["day"]
    tables: dict[str, list[tuple[str, list[dict[str, Any]]]]] = {
        "customers": [
            (
                "list_customer",
                [
                    {"id": an_id(), "record": AWKWARD, "contact": ""},
                    {"id": an_id(), "record": "-", "contact": "="},
                ],
            ),
        ],
        "deliveries": [
            ("list_delivery", [a_delivery(customer, AWKWARD), a_delivery(customer, "")])
        ],
        "items": [
            ("list_line", [line, {**line, "item_id": an_id(), "text": AWKWARD}]),
            ("list_item", [{**item, "amount_minor": 5, "due_date": due, "label": AWKWARD}]),
        ],
        "scope": [("list_scope", [{"customer_id": customer, "currency": "CNY", "counter": None}])],
    }
    return tables[what]


@pytest.mark.parametrize("what", ["customers", "deliveries", "items", "scope"])
def test_that_server_and_program_hash_a_list_alike(
    firm: Firm, world: World, owner: Connection, what: str
) -> None:
    tables = _rows(what, world)
    hand = firm.own("bob")
    named = a_list(hand, what, *tables)
    hand.connection.commit()
    counts = [len(rows) for _, rows in tables]
    first, more = (counts[1], counts[0]) if what == "items" else (counts[0], counts[-1])
    judged = owner.execute(
        text("SELECT erp.list_hash(:what, :id, :rows, :more)"),
        {"what": what, "id": named["id"], "rows": first, "more": more},
    ).scalar_one()
    rows = {name: len(rows) for name, rows in tables}
    there = Listed(named["id"], what, named["hash"], rows)
    assert bytes(judged).hex() == named["hash"] == hashed(owner, there)[0].hex()


def test_that_rows_added_to_an_approved_list_change_nothing(firm: Firm, world: World) -> None:
    hand = firm.own("bob")
    doc = hand.draft("campaign", a_campaign(hand, [(world.customers[7], None)]))
    late = {"customer_id": world.customers[0], "currency": "CNY", "counter": None}
    hand.insert("list_scope", list_id=doc.content["list"]["id"], n=2, **late)
    hand.does(doc, "ready")
    frozen = firm.rows("SELECT customer_id FROM erp.campaign_line WHERE campaign_id = %s", doc.id)
    assert [str(customer) for (customer,) in frozen] == [world.customers[7]]
