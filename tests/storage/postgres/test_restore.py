"""A dump put back with its guards, and one who holds others up set aside."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from erpdesk.storage.postgres_guards import present_guards
from erpdesk.storage.postgres_setup import owning, reopen_restored
from tests.postgres_server import newest_programs
from tests.storage.postgres.firm import Doc, Firm, Hand, a_voucher, fingerprint
from tests.storage.postgres.world import World

pytestmark = pytest.mark.postgres


def _run(firm: Firm, program: str, *asked: str) -> None:
    whose = conninfo.conninfo_to_dict(firm.admin_url)
    given = {
        "PGPASSWORD": str(whose["password"]),
        "PGHOST": str(whose["host"]),
        "PGUSER": "postgres",
    }
    subprocess.run(
        [str(newest_programs() / program), *asked],
        check=True,
        capture_output=True,
        env={**os.environ, **given},
    )


def test_that_a_restored_company_is_the_same_and_closed_until_it_is_set_up_again(
    firm: Firm, world: World, tmp_path: Path
) -> None:
    dump = str(tmp_path / "company.dump")
    then = fingerprint(firm)
    _run(firm, "pg_dump", "-Fc", "-f", dump, firm.database)
    with psycopg.connect(firm.admin_url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE restored TEMPLATE template0")
    try:
        _run(firm, "pg_restore", "--single-transaction", "--exit-on-error", "-d", "restored", dump)
        copy = Firm(firm.server, "restored")
        assert fingerprint(copy) == then
        _is_guarded_as(firm, copy)
        assert copy.one("SELECT has_database_privilege('erp_accountant', 'restored', 'TEMP')")
        reopen_restored(firm.admin_url, "restored")
        assert not copy.one("SELECT has_database_privilege('erp_accountant', 'restored', 'TEMP')")
        copy.posted("alice", "ben", "voucher", a_voucher(world.customers[0]))
        copy.close()
    finally:
        with psycopg.connect(firm.admin_url, autocommit=True) as admin:
            admin.execute("DROP DATABASE restored WITH (FORCE)")


def _is_guarded_as(firm: Firm, copy: Firm) -> None:
    with owning(firm.admin_url, firm.database) as one, owning(copy.admin_url, "restored") as other:
        assert present_guards(one) == present_guards(other)


@pytest.mark.slow
def test_that_anybody_frees_the_others_from_a_session_that_sleeps(firm: Firm, world: World) -> None:
    doc = world.docs["waiting"]
    with firm.hand("bob") as sleeper, firm.hand("ben") as waiter, firm.hand("cole") as helper:
        sleeper.step(doc, "approve")
        helper.connection.autocommit = True
        with pytest.raises(psycopg.errors.LockNotAvailable):
            waiter.step(doc, "approve")
        waiter.connection.rollback()
        waiter.sql("SET lock_timeout = '25s'")
        waiter.connection.commit()
        freed = _freed_while_waiting(helper, waiter, doc)
    assert freed == 1
    assert (
        firm.one("SELECT made_by FROM erp.step WHERE document_id = %s AND seq = 3", doc.id) == "ben"
    )


def _freed_while_waiting(helper: Hand, waiter: Hand, doc: Doc) -> int:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(waiter.does, doc, "approve")
        freed = 0
        while not freed and not waiting.done():
            freed = helper.one("SELECT erp.free_stuck('0 s') FROM pg_sleep(0.5)")
        waiting.result()
    return freed
