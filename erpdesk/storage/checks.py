"""The rules of the books as questions to the database: each names what breaks one, or nothing.

A check is a function of a look at the books that yields findings as it meets them, so that memory
stays small however many there are. The SQL is the same for both engines.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exc, text

from erpdesk.errors import UserError
from erpdesk.storage.checks_sql import questions, spelled
from erpdesk.storage.database import Database

CHUNK = 2000
AT_ONCE = 100
"""So many rows are taken from the driver together: texts may be long."""

STEPS_BETWEEN_ASKING = 100_000
"""So many steps of SQLite's machine, about a millisecond, go by between two looks at the clock."""

_VERSION = "PRAGMA data_version"
"""A number that is another for a connection once another one has stored something."""

Verify = Callable[[bytes, bytes, bytes], bool]
"""Public key, message, signature: did the owner of the key sign exactly this?"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: by which check, what, and where.

    Where a sum is wrong, also by how much: minor units of a currency, more than it must be.
    """

    code: str
    what: str
    where: str
    off_minor: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """One consistent look at a company; ``verify`` checks signatures."""

    connection: Connection
    is_server: bool
    verify: Verify

    def rows(self, statement: str, **values: object) -> Iterator[Any]:
        """Stream the rows of a question, as the driver gives them; for short names see LABELS."""
        streaming = self.connection.execution_options(yield_per=CHUNK)
        with streaming.execute(text(spelled(statement)), values) as found:
            for some in found.partitions(AT_ONCE):
                yield from some

    def all(self, statement: str, **values: object) -> Sequence[Any]:
        """Return the rows of a question that has few."""
        return self.connection.execute(text(spelled(statement)), values).all()


Look = Callable[[Books], Iterator[Finding]]


class LookStoppedError(UserError):
    """The check was stopped as you asked; it changes nothing."""


@contextmanager
def looking(
    database: Database, verify: Verify, is_stopped: Callable[[], bool] = lambda: False
) -> Iterator[Books]:
    """Open a company to look at: nothing of it changes meanwhile.

    Raises:
        LookStoppedError: a long question to a file was left because ``is_stopped`` said so.
    """
    with database.standing_still() as connection, _left_when(connection, database, is_stopped):
        if database.is_server:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield Books(connection, database.is_server, verify)


@contextmanager
def beside(
    books: Books, database: Database, is_stopped: Callable[[], bool] = lambda: False
) -> Iterator[Books | None]:
    """Open a second look, for another thread, that sees what one just opened sees and nothing else.

    There is none at a server, nor where something was stored while the two were opened.
    """
    if database.is_server:
        yield None
        return
    with database.reading() as connection, _left_when(connection, database, is_stopped):
        second = Books(connection, database.is_server, books.verify)
        yield second if _see_the_same(books.connection, connection) else None


def _see_the_same(one: Connection, other: Connection) -> bool:
    """Let both see the file from now on; say whether nothing was stored meanwhile."""
    before = other.exec_driver_sql(_VERSION).scalar_one()
    one.exec_driver_sql(_VERSION)
    other.exec_driver_sql("ROLLBACK")
    other.exec_driver_sql("BEGIN")
    return bool(other.exec_driver_sql(_VERSION).scalar_one() == before)


@contextmanager
def _left_when(
    connection: Connection, database: Database, is_stopped: Callable[[], bool]
) -> Iterator[None]:
    """Let a file's questions end early; those to a server run to their end."""
    if database.is_server:
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: int(is_stopped()), STEPS_BETWEEN_ASKING)
    try:
        yield
    except exc.DBAPIError as error:
        if is_stopped():
            raise LookStoppedError from error
        raise
    finally:
        driver.set_progress_handler(None, 0)


def rules_of(code: str) -> Look:
    """Return the check that asks every question of a rule."""

    def ask(books: Books) -> Iterator[Finding]:
        for what, statement in questions()[code].items():
            for where, *off in books.rows(statement):
                yield Finding(code, what, str(where), *_off(off))

    return ask


def _off(found: Sequence[Any]) -> tuple[int | None, str | None]:
    """Return by how much a sum is wrong, where that was asked for and is known."""
    minor, currency = (*found, None, None)[:2]
    return (int(minor), str(currency)) if minor and currency else (None, None)


def period_totals(books: Books) -> Iterator[Finding]:
    """Yield totals of months that are not the sums of their lines (V4)."""
    for (where,) in books.rows(questions()["Q"]["period_totals"]):
        yield Finding("V4", "period_total", where)


def numbers(books: Books) -> Iterator[Finding]:
    """Yield gaps in document numbers: series count up to what was given last (V7)."""
    given: dict[tuple[str, str], list[int]] = {}
    for (number,) in books.rows("SELECT number FROM document WHERE number IS NOT NULL"):
        head, _, tail = number.rpartition("-")
        mark, _, month = head.partition("-")
        if not tail.isdecimal():
            yield Finding("V7", "strange_number", number)
            continue
        seen = given.setdefault((mark, month), [0, 0])
        seen[0], seen[1] = seen[0] + 1, max(seen[1], int(tail))
    last = {
        (series.removeprefix("doc:"), period.replace("-", "")): last
        for series, period, last in books.rows("SELECT series, period, last FROM number_series")
        if series.startswith("doc:")
    }
    for key in sorted(given.keys() | last.keys()):
        count, highest = given.get(key, [0, 0])
        if not count == highest == last.get(key, 0):
            yield Finding("V7", "document_gap", "-".join(filter(None, key)))


def self_reviews(books: Books) -> Iterator[Finding]:
    """Yield what owners approved of their own in owner mode: allowed, and shown."""
    found = books.rows(
        "SELECT [document], s.made_by FROM step s"
        " JOIN document d ON d.id = s.document_id WHERE s.self_review = 1"
    )
    for number, person in found:
        yield Finding("N", "self_review", f"{number} {person}")
