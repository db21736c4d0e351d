# ruff: noqa: E501 - SQL as it is sent
"""What the server's own catalogue says about rights, functions and triggers."""

import pytest
from sqlalchemy import NullPool, create_engine, text

from erpdesk.storage import tables as t
from erpdesk.storage.database import DatabaseExistsError
from erpdesk.storage.postgres_grants import GROUPS, grant_all
from erpdesk.storage.postgres_guards import (
    drop_guards,
    guard_file,
    install_guards,
    present_guards,
)
from erpdesk.storage.postgres_setup import create_company, owning
from erpdesk.words import explain
from tests.storage.postgres.firm import Firm, fingerprint

pytestmark = pytest.mark.postgres


def test_that_a_database_that_is_there_is_named_and_not_touched(firm: Firm) -> None:
    with pytest.raises(DatabaseExistsError) as refused:
        create_company(firm.admin_url, firm.database)

    assert f"已有数据库「{firm.database}」" in explain(refused.value)


def test_that_public_may_execute_nothing(firm: Firm) -> None:
    assert (
        firm.rows(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'erp'::regnamespace"
            " AND (proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0))"
        )
        == []
    )


def test_that_people_may_execute_only_free_stuck(firm: Firm) -> None:
    for group in GROUPS:
        allowed = firm.rows(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'erp'::regnamespace"
            " AND has_function_privilege(%s, oid, 'EXECUTE')", group,
        )  # fmt: skip
        assert allowed == [("free_stuck",)]


def test_that_every_definers_function_pins_its_search_path(firm: Firm) -> None:
    assert (
        firm.rows(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'erp'::regnamespace AND prosecdef"
            " AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)"
        )
        == []
    )


def test_that_every_trigger_calls_a_definers_function(firm: Firm) -> None:
    assert (
        firm.rows(
            "SELECT DISTINCT p.proname FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid"
            " WHERE NOT g.tgisinternal AND NOT p.prosecdef"
        )
        == []
    )


def test_that_nobody_may_change_delete_or_empty_anything(firm: Firm) -> None:
    rights = ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    for group in (*GROUPS, "erp_watch", "public"):
        held = firm.rows(
            "SELECT c.relname, r FROM pg_class c CROSS JOIN unnest(%s::text[]) r"
            " WHERE c.relnamespace = 'erp'::regnamespace AND c.relkind IN ('r', 'v', 'S')"
            " AND CASE WHEN c.relkind <> 'S' THEN has_table_privilege(%s, c.oid, r) END",
            list(rights), group,
        )  # fmt: skip
        assert held == []


def test_that_the_owner_cannot_sign_in_and_owns_all(firm: Firm) -> None:
    assert firm.rows(
        "SELECT rolcanlogin, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'erp_owner'"
    ) == [(False, False, False)]
    owners = firm.rows(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'erp'::regnamespace"
        " AND relkind IN ('r', 'v') UNION SELECT DISTINCT proowner::regrole::text FROM pg_proc"
        " WHERE pronamespace = 'erp'::regnamespace AND proname <> 'free_stuck'"
    )
    assert owners == [("erp_owner",)]
    assert (
        firm.rows("SELECT member::regrole FROM pg_auth_members WHERE roleid = 'erp_owner'::regrole")
        == []
    )


def test_that_every_trigger_fires_always(firm: Firm) -> None:
    assert (
        firm.rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'") == []
    )


@pytest.mark.parametrize("table", [x.name for x in (*t.LOGS, *t.HEADS)])
def test_that_every_log_and_head_is_kept(firm: Firm, table: str) -> None:
    kinds = firm.rows(
        "SELECT bool_or(tgtype & 8 = 8 AND tgtype & 1 = 1), bool_or(tgtype & 16 = 16), bool_or(tgtype & 32 = 32)"
        " FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ('erp.' || %s)::regclass AND tgtype & 2 = 2",
        table,
    )
    assert kinds == [(True, True, True)]


def test_that_public_gets_nothing_from_the_database_or_its_schemas(firm: Firm) -> None:
    for right in ("CONNECT", "TEMP", "CREATE"):
        assert not firm.one(
            "SELECT has_database_privilege('erp_accountant', current_database(), %s)", right
        )
    assert not firm.one("SELECT has_schema_privilege('erp_accountant', 'public', 'USAGE')")
    assert not firm.one("SELECT has_schema_privilege('erp_accountant', 'erp', 'CREATE')")


def test_that_backslashes_stand_only_where_no_session_can_change_their_meaning() -> None:
    for number, line in enumerate(guard_file().splitlines(), 1):
        quoted = line.split("--", maxsplit=1)[0].split("'")[1::2]
        before = line.split("'")[0::2]
        wrong = [
            q
            for q, head in zip(quoted, before, strict=False)
            if "\\" in q and not head.endswith("E")
        ]
        assert not wrong, number


def test_that_a_migration_puts_the_same_guards_back(firm: Firm) -> None:
    engine = create_engine(firm.place, poolclass=NullPool)
    with engine.connect() as connection:
        then = present_guards(connection)
    data = fingerprint(firm)
    with owning(firm.admin_url, firm.database) as connection:
        drop_guards(connection)
        left = connection.execute(
            text("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        ).scalar()
        assert left == 0
        install_guards(connection)
        grant_all(connection)
    with engine.connect() as connection:
        assert present_guards(connection) == then
    assert fingerprint(firm) == data
