"""What a scan looks up takes as long among a million customers as among ten."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from erpdesk.domain.ids import DocumentId, EventId, PersonName
from erpdesk.domain.stocktake.counting import CountEvent, Source
from erpdesk.storage import counting_views as views
from erpdesk.storage import scans
from erpdesk.storage.database import open_database
from erpdesk.storage.scans import Ways
from tests.storage.postgres.firm import PASSWORD, Firm, an_id
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres

LookUp = Callable[[Connection, str, str], object]

LOOK_UPS: dict[str, LookUp] = {
    "a code": lambda connection, _, __: views.of_code(connection, "C1"),
    "the number of a label": lambda connection, _, __: views.of_number(connection, 1),
    "a line": lambda connection, campaign, _: views.of_line(connection, campaign, 1),
    "the scope": views.in_scope,
    "a scan": lambda connection, campaign, _: scans.ask(
        connection, _a_scan(campaign), Ways("C1", "C1", label=1, line=1, sheet=1)
    ),
}

GROWING = {"customer", "customer_code", "campaign_line", "count_event"}
"""Tables whose rows are as many as the customers."""


@pytest.fixture(scope="module")
def connection(firm: Firm) -> Iterator[Connection]:
    """What a counter has open, with no liking for small tables read from end to end."""
    place = str(firm.server.admin_url(firm.database))
    database = open_database(place, person="cody", password=PASSWORD.format("cody"))
    with database.reading() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        yield connection
    database.close()


@pytest.mark.parametrize("name", LOOK_UPS)
def test_that_a_scan_looks_up_by_index_what_grows_with_the_customers(
    connection: Connection, world: World, name: str
) -> None:
    campaign, one = world.docs["campaign"].id, world.customers[0]
    plans = _planned(connection, lambda: LOOK_UPS[name](connection, campaign, one))

    read = [node for plan in plans for node in _nodes(plan) if _grows(node)]

    assert read
    assert [node for node in read if "Index Cond" not in node] == []


def test_that_what_is_read_to_its_end_is_planned_for_its_end(connection: Connection) -> None:
    """Rows that come in pieces are planned as if a tenth were read: 1.5 s of work for 10,000."""
    asked = ("cursor_tuple_fraction", "jit")

    said = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in asked]

    assert said == ["1", "off"]


def test_that_a_scan_goes_by_index_while_nothing_is_counted_yet(firm: Firm) -> None:
    """Its plans are kept: one of an empty table would read all that is counted that day."""
    place = str(firm.server.admin_url(firm.database))
    database = open_database(place, person="cody", password=PASSWORD.format("cody"))
    guard = "SELECT proconfig FROM pg_proc WHERE proname = 'count_judge'"

    [[own]] = database.standing.rows("SHOW enable_seqscan", {})
    [[of_guard]] = database.standing.rows(guard, {})

    database.close()
    assert own == "off"
    assert "enable_seqscan=off" in of_guard


def _a_scan(campaign: str) -> CountEvent:
    return CountEvent(
        EventId(an_id()), DocumentId(campaign), None, b"C1", Source.SERIAL, PersonName("cody"),
        an_id(), 1, 0,
    )  # fmt: skip


def _planned(connection: Connection, ask: Callable[[], object]) -> list[dict[str, Any]]:
    """Return how the server goes about the statements that are asked."""
    said: list[tuple[str, Any]] = []

    def heard(*sent: Any) -> None:
        said.append(sent[2:4])

    event.listen(connection, "before_cursor_execute", heard)
    ask()
    event.remove(connection, "before_cursor_execute", heard)
    return [
        connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()[0]
        for statement, values in said
    ]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    node = plan.get("Plan", plan)
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _grows(node: dict[str, Any]) -> bool:
    return node.get("Relation Name") in GROWING
