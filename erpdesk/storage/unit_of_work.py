"""One transaction of one person: everything in it is stored together or not at all."""

import contextlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, bindparam, exc, insert, select

from erpdesk.domain.content import ZERO_HASH
from erpdesk.domain.ids import PersonName, new_id, new_ids
from erpdesk.errors import BusyError, StaleError, StorageError, UnknownOutcomeError
from erpdesk.storage import disk, presence
from erpdesk.storage import tables as t
from erpdesk.storage.database import Database
from erpdesk.storage.refusals import lost_race, translated

T = TypeVar("T")
_LAST_HERE = select(t.sign_in.c.seq, t.sign_in.c.person).order_by(t.sign_in.c.seq.desc()).limit(1)
_HEAD_OF = select(t.chain_head.c.seq, t.chain_head.c.hash).where(
    t.chain_head.c.actor == bindparam("person")
)
"""Asked for every row that is stored, and so made once."""

TRIES = 6
ASKED_EVERY_INSTRUCTIONS = 200_000
"""How often a long statement of a file may be stopped: some hundredths of a second."""


class Clock(Protocol):
    """The one source of time."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        ...


Signer = Callable[[bytes], bytes]
Failing = Callable[[], AbstractSet[str]]


@dataclass(slots=True)
class Unit:
    """An open transaction, whose it is, and what its rows are stamped with.

    ``failing`` tells which checks of the books failed when they were asked last.
    """

    connection: Connection
    person: PersonName
    clock: Clock
    is_server: bool
    signer: Signer | None = None
    failing: Failing = frozenset

    def new_id(self) -> str:
        """Return a new id for now."""
        return new_id(at_us=self.clock.now_us())

    def new_ids(self, count: int) -> list[str]:
        """Return so many new ids for now."""
        return new_ids(count, at_us=self.clock.now_us())

    def take_time(self) -> None:
        """Let this transaction run as long as a long list needs; servers limit it otherwise."""
        if self.is_server:
            self.connection.exec_driver_sql("SET LOCAL statement_timeout = 0")

    @contextlib.contextmanager
    def asked(self, ask: Callable[[], object]) -> Iterator[None]:
        """Let long statements be stopped by what ``ask`` raises.

        In a file it is asked in their midst, on a server only when they are over.
        """
        raised: list[Exception] = []
        driver: Any = None if self.is_server else self.connection.connection.driver_connection

        def check() -> int:
            try:
                ask()
            except Exception as error:  # noqa: BLE001 - raised again below
                raised.append(error)
            return len(raised)

        if driver is not None:
            driver.set_progress_handler(check, ASKED_EVERY_INSTRUCTIONS)
        try:
            yield
        except exc.DBAPIError:
            if raised:
                raise raised[0] from None
            raise
        finally:
            if driver is not None:
                driver.set_progress_handler(None, 0)
        ask()

    def chain(self) -> tuple[int, bytes]:
        """Return the number and hash that the person's next event is chained to."""
        head = self.connection.execute(_HEAD_OF, {"person": self.person}).one_or_none()
        return (head.seq + 1, bytes(head.hash)) if head else (1, ZERO_HASH)


@dataclass(slots=True)
class Company:
    """A company opened by one person; ``signer`` signs what they approve.

    ``failing`` tells which checks of the books failed when they were asked last; ``unsure`` names
    by its kind the first step of what was being written when the line to a server was lost.
    """

    database: Database
    person: PersonName
    clock: Clock
    signer: Signer | None = None
    pause: Callable[[float], None] = field(default=lambda _: None)
    failing: Failing = field(default=frozenset)
    unsure: dict[str, str] = field(default_factory=dict)

    def new_id(self) -> str:
        """Return a new id for now, made before the first try."""
        return new_id(at_us=self.clock.now_us())

    def run_named(self, work: Callable[[Unit], T]) -> T:
        """Do work that finds by its ids what of it is stored; a lost line is opened to ask again.

        Raises:
            UnknownOutcomeError: nobody answers: it is stored whole, or not at all.
            ErpdeskError: as in :meth:`run`.
        """
        try:
            return self.run(work)
        except UnknownOutcomeError as lost:
            try:
                return self._asked_again(work)
            except StorageError:
                raise lost from None

    def _asked_again(self, work: Callable[[Unit], T]) -> T:
        try:
            return self.run(work)
        except StaleError:  # what was sent before the line was lost was being stored just then
            return self.run(work)

    def run(self, work: Callable[[Unit], T]) -> T:
        """Do the work in one transaction; lost races inside the engine are tried again.

        Raises:
            RefusedError: a guard stands against it.
            StaleError: somebody was first.
            BusyError: somebody else is writing.
        """
        return self._tried(lambda: self._once(work))

    def run_alone(self, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Do one statement of a server that is a transaction of its own; return its rows.

        Raises:
            RefusedError, StaleError, BusyError: as in :meth:`run`.
        """
        return self._tried(lambda: self.database.standing.rows(statement, values))

    def _tried(self, act: Callable[[], T]) -> T:
        for attempt in range(TRIES):
            try:
                return act()
            except exc.DBAPIError as error:
                if disk.makes_room(self.database, error):
                    continue
                if not lost_race(error):
                    raise presence.named(translated(error), self.database.place) from error
                self.pause(random.random() * 0.02 * 2**attempt)  # noqa: S311 - only a delay
        raise BusyError

    def _once(self, work: Callable[[Unit], T]) -> T:
        with self.database.engine.connect() as connection:
            if not self.database.is_server:
                self.database.begin_writing(connection)
                self._be_here(connection)
            unit = Unit(
                connection, self.person, self.clock, self.database.is_server, self.signer,
                self.failing,
            )  # fmt: skip
            value = work(unit)
            self.database.store(connection)
            return value

    def _be_here(self, connection: Connection) -> None:
        """Say in the file who writes next, when somebody else wrote last."""
        last = connection.execute(_LAST_HERE).one_or_none()
        if last is None or last.person != self.person:
            record_sign_in(connection, self.person, at_us=self.clock.now_us(), method="again")


def record_sign_in(connection: Connection, person: str, *, at_us: int, method: str) -> None:
    """Append who is here now (SQLite)."""
    seq = (connection.execute(_LAST_HERE).scalar() or 0) + 1
    connection.execute(insert(t.sign_in).values(seq=seq, person=person, at=at_us, method=method))


def fields(row: dict[str, object], names: Sequence[str]) -> list[object]:
    """Return the values of a row in the order in which they are hashed."""
    return [row[name] for name in names]
