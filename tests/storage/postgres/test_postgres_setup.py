# ruff: noqa: E501 - SQL as it is sent
"""Making companies and logins on a server."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import exc

from erpdesk.storage.database import CompanyExistsError, open_database
from erpdesk.storage.postgres_setup import (
    BadLoginNameError,
    LoginExistsError,
    NoSuchLoginError,
    UnknownRoleError,
    add_login,
    change_login,
    change_password,
    close_login,
    create_company,
)
from tests.storage.postgres.firm import Firm

pytestmark = pytest.mark.postgres

NAMES = ["王 晓梅", 'Quo"te', "O'Brien", "UPPER", "a; DROP ROLE bob", "名" * 21, "%s %(x)s {}"]


def _url(firm: Firm, name: str, password: str) -> str:
    return firm._url(name, password)


@pytest.mark.parametrize("name", NAMES)
def test_that_a_login_may_be_called_as_people_are_called(firm: Firm, name: str) -> None:
    password = "密码 %s 'x' \\ \""
    oid = add_login(firm.admin_url, firm.database, name, ["accountant"], password)
    try:
        with psycopg.connect(_url(firm, name, password)) as connection:
            row = connection.execute(
                "SELECT session_user, (SELECT oid::bigint FROM pg_roles WHERE rolname = session_user),"
                " current_setting('search_path'), current_setting('lock_timeout'), current_setting('statement_timeout'),"
                " current_setting('idle_in_transaction_session_timeout'), current_setting('temp_file_limit')"
            ).fetchone()
            connection.execute("SELECT count(*) FROM step")
        assert row == (name, oid, "erp", "3s", "30s", "30s", "1GB")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(_url(firm, name, "another"))
        assert firm.one("SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", name) == 12
        with pytest.raises(LoginExistsError):
            add_login(firm.admin_url, firm.database, name, [], "x")
    finally:
        _forget(firm, name)


def _forget(firm: Firm, name: str) -> None:
    quoted = firm.one("SELECT quote_ident(%s)", name)
    firm.kept["postgres"].sql(f"DROP OWNED BY {quoted}")
    firm.kept["postgres"].sql(f"DROP ROLE {quoted}")


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 64, "名" * 22, "pg_me", "erp_owner", "ERP_x", "a\x00b", "e\u0301", "x\n", " x"],
)
def test_that_a_name_the_server_would_change_is_refused(firm: Firm, name: str) -> None:
    with pytest.raises(BadLoginNameError):
        add_login(firm.admin_url, firm.database, name, [], "x")


def test_that_roles_and_password_of_a_login_are_changed(firm: Firm) -> None:
    oid = add_login(firm.admin_url, firm.database, "momo", ["accountant"], "one")
    try:
        again = change_login(firm.admin_url, firm.database, "momo", ["counter", "auditor"], "two")
        groups = firm.rows(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'momo'::regrole ORDER BY 1"
        )
        with psycopg.connect(_url(firm, "momo", "two")):
            pass
        assert (again, groups) == (oid, [("erp_auditor",), ("erp_counter",)])
    finally:
        _forget(firm, "momo")


def test_that_nobody_is_changed_and_no_role_invented(firm: Firm) -> None:
    with pytest.raises(NoSuchLoginError):
        change_login(firm.admin_url, firm.database, "nobody here", [])
    with pytest.raises(UnknownRoleError):
        add_login(firm.admin_url, firm.database, "momo", ["owner"], "x")
    assert firm.rows("SELECT 1 FROM pg_roles WHERE rolname = 'momo'") == []


def test_that_people_change_their_own_password_and_no_other(firm: Firm) -> None:
    add_login(firm.admin_url, firm.database, "momo", ["auditor"], "one")
    place = firm.server.url(firm.database, user="momo", password="one")
    database = open_database(place)
    try:
        with database.reading() as connection, pytest.raises(exc.ProgrammingError):
            change_password(connection, "bob", "three")
        with database.writing() as connection:
            change_password(connection, "momo", "two 密码")
        with psycopg.connect(_url(firm, "momo", "two 密码")):
            pass
    finally:
        database.close()
        _forget(firm, "momo")


def test_that_a_closed_login_is_out_at_once(firm: Firm) -> None:
    add_login(firm.admin_url, firm.database, "momo", ["auditor"], "one")
    try:
        with psycopg.connect(_url(firm, "momo", "one")) as connection:
            close_login(firm.admin_url, "momo")
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            psycopg.connect(_url(firm, "momo", "one"))
        with pytest.raises(NoSuchLoginError):
            close_login(firm.admin_url, "nobody here")
    finally:
        _forget(firm, "momo")


def test_that_an_existing_database_is_not_touched(firm: Firm) -> None:
    with pytest.raises(CompanyExistsError):
        create_company(firm.admin_url, firm.database)
    assert firm.one("SELECT count(*) > 0 FROM erp.step")


def test_that_people_of_one_company_do_not_enter_another(firm: Firm, postgres_server: Any) -> None:
    create_company(firm.admin_url, "other 公司")
    try:
        other = Firm(postgres_server, "other 公司")
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(other.url("alice"))
        assert other.one("SHOW lc_collate") == "C"
    finally:
        other.close()
        with psycopg.connect(firm.admin_url, autocommit=True) as admin:
            admin.execute('DROP DATABASE "other 公司" WITH (FORCE)')


def test_that_a_company_that_could_not_be_finished_leaves_nothing(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("erpdesk.storage.postgres_guards.guard_file", lambda: "SELECT 1/0")
    with pytest.raises(Exception, match="division by zero"):
        create_company(firm.admin_url, "half")
    assert firm.rows("SELECT 1 FROM pg_database WHERE datname = 'half'") == []
