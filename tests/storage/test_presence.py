import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from erpdesk.errors import BusyError
from erpdesk.services.keeping.holding import Holding
from erpdesk.storage import presence
from erpdesk.storage.presence import BooksHeldError, BooksOpenError
from erpdesk.words import explain
from tests.commands.asking import ROOT
from tests.fakes import FakeClock
from tests.storage.books import Books, voucher_text

SINCE_US = 1_795_000_000_000_000
OTHER = """
import sys
from erpdesk.storage import presence
from erpdesk.storage.database import open_database

presence.take(sys.argv[1], "陈静", at_us=int(sys.argv[2]))
database = open_database(sys.argv[1])
with database.writing() if sys.argv[3] == "writes" else database.reading():
    print("here", flush=True)
    sys.stdin.readline()
presence.leave(sys.argv[1])
database.close()
"""


@pytest.fixture
def place(books: Books) -> str:
    return books.database_of("alice").place


@contextmanager
def other_window(place: str, *, writes: bool = True) -> Iterator[subprocess.Popen[str]]:
    """Have the books open in another program, and be written there, while the block runs."""
    does = "writes" if writes else "reads"
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, place, str(SINCE_US), does],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        try:
            yield process
        finally:
            process.kill()


def test_that_books_open_in_another_window_say_in_whose_and_since_when(place: str) -> None:
    with other_window(place), pytest.raises(BooksOpenError) as refused:
        Holding(FakeClock()).must_be_free(place)

    assert explain(refused.value).startswith("账套已经开在另一个窗口里：陈静，")
    assert refused.value.facts["since"] == "2026-11-18 19:06"
    assert "were not opened here; nothing was changed. Use that window" in explain(
        refused.value, "en"
    )


@pytest.mark.slow
def test_that_a_window_that_was_killed_keeps_nobody_out(place: str) -> None:
    with other_window(place) as other:
        other.kill()
        other.wait()
        assert presence.note_beside(place).exists()

        Holding(FakeClock()).take(place, "林涛")

    assert json.loads(presence.note_beside(place).read_text("utf-8"))[0] == "林涛"
    Holding(FakeClock()).leave(place)


@pytest.mark.slow
def test_that_a_window_that_closes_leaves_the_books_free_and_no_note(place: str) -> None:
    with other_window(place) as other:
        other.communicate("\n")
        assert other.returncode == 0

        assert presence.holder_elsewhere(place) is None

    assert not presence.note_beside(place).exists()


def test_that_one_program_may_change_who_is_here(place: str) -> None:
    holding = Holding(FakeClock())
    holding.take(place, "陈静")
    holding.must_be_free(place)

    holding.take(place, "林涛")
    holding.leave(place)

    assert json.loads(presence.note_beside(place).read_text("utf-8"))[0] == "林涛"
    holding.leave(place)
    assert not presence.note_beside(place).exists()


def test_that_a_note_half_written_keeps_nobody_out(place: str) -> None:
    presence.note_beside(place).write_text('["陈', "utf-8")

    Holding(FakeClock()).must_be_free(place)


def test_that_a_server_takes_as_many_windows_as_there_are_people() -> None:
    holding = Holding(FakeClock())

    holding.take("postgresql://desk/firm", "陈静")
    holding.must_be_free("postgresql://desk/firm")
    holding.leave("postgresql://desk/firm")


@pytest.mark.slow
def test_that_a_busy_file_says_in_whose_window_it_is_open(place: str, books: Books) -> None:
    with books.database_of("alice").engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")

    with other_window(place), pytest.raises(BooksHeldError) as told:
        books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 100))

    assert isinstance(told.value, BusyError)
    assert explain(told.value).startswith("账套开在 陈静 的窗口里（")
    assert "什么都没改。请稍后再试。" in explain(told.value)
    assert books.drafted("alice", "voucher", {"memo": "after"}).seen.seq == 1
