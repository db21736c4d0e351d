"""One person alone: nothing at once, something after a day, never with others there."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, update

from erpdesk.storage import tables as t
from erpdesk.storage.postgres_setup import add_login, owning
from tests.postgres_server import Server
from tests.storage.postgres.firm import (
    PASSWORD,
    Firm,
    a_customer,
    add_person,
    an_id,
    found_firm,
    now_us,
)

pytestmark = pytest.mark.postgres
ALL = {
    "accountant": (0, 0, 0), "supervisor": (10**12, 0, 10**13), "director": (10**12, 0, 10**13),
    "cashier": (0, 0, 0),
}  # fmt: skip
HOUR = 3_600_000_000


@pytest.fixture(params=[0, 24])
def alone(postgres_server: Server, request: pytest.FixtureRequest) -> Iterator[Firm]:
    """Return a company of one person, who may review himself after so many hours."""
    firm = found_firm(postgres_server, f"alone_{request.param}", {})
    with owning(firm.admin_url, firm.database) as connection:
        _one_person(firm, connection, delay_us=request.param * HOUR)
    yield firm
    firm.close()
    with psycopg.connect(firm.admin_url, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{firm.database}" WITH (FORCE)')
        admin.execute("DROP ROLE solo")


def _one_person(firm: Firm, connection: Any, *, delay_us: int) -> None:
    oid = add_login(firm.admin_url, firm.database, "solo", list(ALL), PASSWORD.format("solo"))
    add_person(connection, "solo", oid, {})
    begun = {"person": "solo", "valid_from": now_us() - HOUR, "valid_to": now_us() + HOUR}
    connection.execute(insert(t.owner_mode).values(begun))
    delay = update(t.policy).where(t.policy.c.key == "owner_delay_us")
    connection.execute(delay.values(value=delay_us))
    for role, (limit, loss, window) in ALL.items():
        connection.execute(
            insert(t.authority).values(
                id=an_id(), person="solo", role=role, limit_minor=limit, loss_limit_minor=loss,
                window_minor=window, valid_from=now_us() - HOUR // 2,
            )
        )  # fmt: skip


def test_that_the_maker_reviews_himself_only_after_the_delay(
    alone: Firm, request: pytest.FixtureRequest
) -> None:
    doc = alone.made("solo", "customer", a_customer("C1"), "submit")
    if alone.database == "alone_24":
        with pytest.raises(psycopg.Error, match=r"^G4 own-work"):
            alone.does("solo", doc, "approve")
    else:
        alone.does("solo", doc, "approve", "post")
        marked = alone.rows("SELECT verb, self_review FROM erp.step ORDER BY seq")
        assert marked == [("draft", 0), ("submit", 0), ("approve", 1), ("post", 0)]


def test_that_a_second_person_ends_it_at_once(alone: Firm) -> None:
    with owning(alone.admin_url, alone.database) as connection:
        add_person(connection, "second", 1, {"collector": (0, 0, 0)})
    doc = alone.made("solo", "customer", a_customer("C1"), "submit")
    with pytest.raises(psycopg.Error, match=r"^G4 own-work"):
        alone.does("solo", doc, "approve")
