"""Lists are answered by an index, however many documents and items there are."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from erpdesk.storage import customer_history, decided, inbox, ledger
from tests.storage.books import Books

LISTS: dict[str, Callable[[Connection], object]] = {
    "what waits": inbox.waiting,
    "those of a kind": partial(inbox.documents, kind="campaign"),
    "those of a kind in some states": partial(inbox.documents, kind="notice", states=("ready",)),
    "those of a customer": partial(inbox.documents, kind="reply", customer_id="x"),
}


@pytest.mark.parametrize("name", LISTS)
def test_that_a_list_of_documents_is_read_by_an_index(books: Books, name: str) -> None:
    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, LISTS[name])

    assert [step for step in plan if step.startswith("SEARCH document USING INDEX")]


def test_that_the_last_decisions_are_read_in_their_order_by_an_index(books: Books) -> None:
    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, partial(decided.decided, person="alice", most=9))

    assert plan[0].startswith("SEARCH step USING INDEX ix_step_decided")
    assert not [step for step in plan if "ORDER BY" in step]


def test_that_the_last_papers_of_a_customer_are_found_without_reading_the_others(
    books: Books,
) -> None:
    ask = partial(customer_history.papers, customer_id="x", kinds=("voucher",), most=9)
    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, ask)

    assert [one for one in plan if one.startswith("SEARCH document USING COVERING INDEX")]


def test_that_what_is_open_of_a_customer_is_found_without_reading_what_is_settled(
    books: Books,
) -> None:
    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, partial(ledger.open_items, customer_id="x"))

    assert plan[0].startswith("SEARCH open_item USING INDEX ix_open_item_open ")


def test_that_who_worked_on_a_document_is_found_by_the_document_and_not_by_all_somebody_did(
    books: Books,
) -> None:
    """The guard of every decision asks it, and a supervisor approves for years."""

    def ask(connection: Connection) -> None:
        asked = "SELECT 1 FROM worked_on WHERE document_id = ? AND person = ? LIMIT 1"
        connection.exec_driver_sql(asked, ("x", "bob"))

    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, ask)

    assert not [one for one in plan if "(made_by=?" in one]


def test_that_what_was_open_on_a_day_is_found_without_what_is_settled_and_links_of_years(
    books: Books,
) -> None:
    ask = partial(ledger.open_items_on, customer_id="x", day=date(2026, 11, 30))
    with books.database_of("alice").reading() as connection:
        plan = _planned(connection, ask)

    ways = [one for one in plan if "open_item " in one or "allocation" in one]
    assert [one.split(" (")[0].split("INDEX ")[-1] for one in ways] == [
        "ix_allocation_step_id", "ix_open_item_open",
    ]  # fmt: skip


def _planned(connection: Connection, ask: Callable[[Connection], object]) -> list[str]:
    """Return how the file goes about what is asked."""
    said: list[tuple[str, Any]] = []

    def heard(*sent: Any) -> None:
        said.append(sent[2:4])

    event.listen(connection, "before_cursor_execute", heard)
    ask(connection)
    event.remove(connection, "before_cursor_execute", heard)
    plans = (connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", with_) for one, with_ in said)
    return [str(row[3]) for plan in plans for row in plan]
