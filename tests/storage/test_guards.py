import re

import pytest
from sqlalchemy import exc, text

from erpdesk.storage.guards import (
    drop_guards,
    guard_file,
    install_guards,
    present_guards,
    statements,
)
from erpdesk.storage.tables import HEADS, LOGS, SETTINGS, metadata
from erpdesk.words.guards import GUARDS
from tests.storage.books import Books

CODE = re.compile(r"'(G\d{1,2} [a-z-]+)'")


def test_that_a_trigger_is_one_statement() -> None:
    script = (
        "CREATE TABLE a (x);\n-- a note; with a semicolon\n"
        "CREATE TRIGGER b BEFORE INSERT ON a BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
    )
    first, second = statements(script)
    assert first.startswith("CREATE TABLE")
    assert second.rstrip().endswith("END;")


def test_that_the_whole_file_is_installed() -> None:
    assert "".join(statements(guard_file())).strip() == guard_file().strip()


def test_that_guards_taken_out_and_put_back_are_the_same(books: Books) -> None:
    with books.database_of("alice").writing() as connection:
        before = present_guards(connection)
        drop_guards(connection)
        assert present_guards(connection) == {}
        install_guards(connection)
        assert present_guards(connection) == before


def test_that_every_log_head_and_setting_has_its_triggers(books: Books) -> None:
    with books.database_of("alice").reading() as connection:
        names = set(present_guards(connection))
    wanted = {f"{table.name}_no_update" for table in LOGS}
    wanted |= {f"{table.name}_no_delete" for table in (*LOGS, *HEADS)}
    wanted |= {f"{t.name}_fixed_{v}" for t in SETTINGS for v in ("INSERT", "UPDATE", "DELETE")}
    assert wanted <= names


def test_that_every_table_is_looked_after(books: Books) -> None:
    """A table nobody listed would take any change."""
    listed = {table.name for table in (*LOGS, *HEADS, *SETTINGS)}
    query = text("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
    with books.database_of("alice").reading() as connection:
        guarded = set(connection.execute(query).scalars())
    assert set(metadata.tables) <= listed | guarded


def test_that_every_row_that_is_inserted_is_judged(books: Books) -> None:
    query = text(
        "SELECT DISTINCT tbl_name FROM sqlite_master"
        " WHERE type = 'trigger' AND sql LIKE '%BEFORE INSERT ON%'"
    )
    with books.database_of("alice").reading() as connection:
        judged = set(connection.execute(query).scalars())
    assert set(metadata.tables) <= judged


def test_that_guards_are_not_installed_twice(books: Books) -> None:
    with (
        pytest.raises(exc.OperationalError),
        books.database_of("alice").engine.begin() as connection,
    ):
        install_guards(connection)


def test_that_every_code_has_its_sentence() -> None:
    assert set(CODE.findall(guard_file())) <= set(GUARDS)
