"""A company of each module's own, copied from one in the middle of its work."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from erpdesk.storage.postgres_setup import reopen_restored
from tests.postgres_server import Server
from tests.storage.postgres.firm import Firm
from tests.storage.postgres.world import World, build_world


@pytest.fixture(scope="session")
def template(postgres_server: Server) -> tuple[Firm, World]:
    """Return the company that each module gets a copy of."""
    return build_world(postgres_server, "firm_template")


@pytest.fixture(scope="module")
def firm(template: tuple[Firm, World], request: pytest.FixtureRequest) -> Iterator[Firm]:
    """Return a company of this module's own."""
    yield from copied(template[0], f"firm_{request.module.__name__.rsplit('.', 1)[-1]}")


@pytest.fixture(scope="session")
def world(template: tuple[Firm, World]) -> World:
    """Return what stands in every copy."""
    return template[1]


def copied(model: Firm, database: str) -> Iterator[Firm]:
    """Copy a company into a database that is gone afterwards."""
    name, source = sql.Identifier(database), sql.Identifier(model.database)
    with psycopg.connect(model.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, source))
    reopen_restored(model.admin_url, database)
    with psycopg.connect(Firm(model.server, database).super_url()) as admin:
        admin.execute("UPDATE erp.person SET login_oid = 1 WHERE name = 'ghost'")
    firm = Firm(model.server, database)
    yield firm
    firm.close()
    with psycopg.connect(model.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
