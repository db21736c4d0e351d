"""One transaction of one person: everything in it is stored together or not at all."""

import contextlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Column, Connection, bindparam, exc, insert, select

from erpdesk.domain.content import ZERO_HASH
from erpdesk.domain.ids import PersonName, new_id, new_ids
from erpdesk.errors import BusyError, UnknownOutcomeError
from erpdesk.storage import disk, lost_line, presence
from erpdesk.storage import tables as t
from erpdesk.storage.database import Database
from erpdesk.storage.lost_line import Try
from erpdesk.storage.refusals import lost_race, only_read, translated

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

    ``failing`` tells which checks of the books failed when they were asked last, ``wrote`` what
    the first of its rows is found by.
    """

    connection: Connection
    person: PersonName
    clock: Clock
    is_server: bool
    signer: Signer | None = None
    failing: Failing = frozenset
    wrote: tuple[Column[Any], object] | None = None

    def writes(self, column: Column[Any], value: object) -> None:
        """Say by what a row of this transaction is found again: nothing else has this value."""
        self.wrote = self.wrote or (column, value)

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

    def run(self, work: Callable[[Unit], T], *, once: bool = False) -> T:
        """Do the work in one transaction; lost races inside the engine are tried again.

        A line to a server that is lost is opened again to ask what became of the transaction; what
        is not stored is done once more, unless it can be done only ``once``: a file is read up.

        Raises:
            RefusedError: a guard stands against it.
            StaleError: somebody was first.
            BusyError: somebody else is writing.
            CannotConnectError: the line was lost, and it is not stored.
            UnknownOutcomeError: nobody answers: it is stored whole, or not at all.
        """
        tries: list[Try] = []
        try:
            return self._tried(lambda: self._once(work, tries))
        except UnknownOutcomeError as lost:
            if not tries:  # a file has nobody to ask
                raise
            if tries[-1].is_stored(self.database):
                return cast("T", tries[-1].value)
            if once:
                raise only_read(lost) from lost
            return self._tried(lambda: self._once(work, tries))

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

    def _once(self, work: Callable[[Unit], T], tries: list[Try]) -> T:
        with self.database.engine.connect() as connection:
            unit = Unit(
                connection, self.person, self.clock, self.database.is_server, self.signer,
                self.failing,
            )  # fmt: skip
            if unit.is_server:
                return self._stored(work, unit, tries)
            self.database.begin_writing(connection)
            self._be_here(connection)
            value = work(unit)
            self.database.store(connection)
            return value

    def _stored(self, work: Callable[[Unit], T], unit: Unit, tries: list[Try]) -> T:
        """Do work at a server, and keep what tells of it should the line be lost."""
        now = Try(lost_line.session_of(unit.connection))
        tries.append(now)
        now.value = value = work(unit)
        now.row, now.is_sent = unit.wrote, True
        self.database.store(unit.connection)
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
