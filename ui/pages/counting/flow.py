"""From a scan to a stored count: stored first, then shown; none is lost on the way."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.stocktake.counting import CountEvent, Heard, Source, bounces
from erpdesk.errors import ErpdeskError, StorageError, UnknownOutcomeError, UserError
from erpdesk.services.stocktake.counting import Counted, Counting, HasId
from ui.work.runner import Runner

AGAIN_MS: Final = 3000
"""How long to wait after a disk or server failed, before it is tried again by itself."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many scans there were and how many are stored; the rest is pending."""

    scans: int = 0
    stored: int = 0

    @property
    def pending(self) -> int:
        """Return how many scans still wait to be stored."""
        return self.scans - self.stored


@dataclass(frozen=True, slots=True)
class Unstored:
    """What could not be written just now; it is kept and tried again under the same id."""

    error: ErpdeskError


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan as it came, and the id under which it is stored once, however often it is tried."""

    event: str
    campaign: str
    raw: bytes
    source: Source
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """What a customer stated or had verified, and the id under which it is stored once."""

    event: str
    campaign: str
    said: CountEvent


Kept: TypeAlias = Scanned | Stated
Write = Callable[[], Outcome[Counted | CountEvent]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    raw: bytes
    write: Write
    kept: Kept

    @property
    def is_scan(self) -> bool:
        return isinstance(self.kept, Scanned)


class CountingFlow(QObject):
    """Hands scans and statements to the change lane in their order and tells what became of them.

    ``judged`` (Counted), ``recorded`` (CountEvent), ``refused`` (UserError, bytes), ``delayed``
    (ErpdeskError) and ``tallied`` (Tally). What is stored by itself later is told by ``late``
    (Counted), and ``caught_up`` when nothing waits for another try.
    """

    judged = Signal(object)
    late = Signal(object)
    caught_up = Signal()
    recorded = Signal(object)
    refused = Signal(object, object)
    delayed = Signal(object)
    tallied = Signal(object)

    def __init__(self, counting: Counting, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counting, self._runner = counting, runner
        self._waiting: dict[str, _Waiting] = {}
        self._stuck: set[str] = set()
        self._late: set[str] = set()
        self._is_behind = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.try_again)
        self._heard: Heard | None = None
        self._on_their_way = 0
        self.tally = Tally()
        runner.broke.connect(self._forget)

    @property
    def is_waiting(self) -> bool:
        """Say whether something is on its way to the books, or could not be stored yet."""
        return bool(self._waiting)

    @property
    def is_stuck(self) -> bool:
        """Say whether something could not be stored and waits for another try."""
        return bool(self._stuck)

    @property
    def is_on_its_way(self) -> bool:
        """Say whether something is on its way that no try failed to store yet."""
        return self.is_waiting and not self._is_behind

    @property
    def is_busy(self) -> bool:
        """Say whether answers to further scans are to come: a card shown now would not stay."""
        return self._on_their_way > 0

    def scan(self, campaign: HasId, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        """Store a scan; False for the mere echo of the one before."""
        if source is not Source.TYPED and self._is_echo(raw):
            return False
        event_id = self._counting.company.new_id()
        self.hand_in(campaign, Scanned(event_id, campaign.id, raw, source, cut))
        return True

    def record(self, campaign: HasId, statement: CountEvent) -> None:
        """Store what a customer states and what was verified."""
        event_id = self._counting.company.new_id()
        self.hand_in(campaign, Stated(event_id, campaign.id, statement))

    def hand_in(self, campaign: HasId, kept: Kept) -> None:
        """Store a scan or a statement under its id; one that is stored already stays the one."""
        if isinstance(kept, Scanned):
            self._hand_in_scan(campaign, kept)
            return
        counting, said = self._counting, kept.said

        def write() -> Outcome[Counted | CountEvent]:
            return _widened(counting.record_statement(campaign, said, event_id=kept.event))

        self._send(kept.event, _Waiting(said.raw, write, kept))

    def take_up(self, campaign: HasId, left: Iterable[Kept]) -> None:
        """Store what an earlier run could not; it is ``unstored`` until it is."""
        for one in left:
            self._is_behind = True
            self.hand_in(campaign, one)

    def _hand_in_scan(self, campaign: HasId, scan: Scanned) -> None:
        counting = self._counting

        def write() -> Outcome[Counted | CountEvent]:
            stored = counting.record_scan(
                campaign, scan.raw, source=scan.source, cut=scan.cut, event_id=scan.event
            )
            return self._looked_up(campaign, stored)

        self._count(scans=1)
        self._send(scan.event, _Waiting(scan.raw, write, scan))

    @property
    def unstored(self) -> tuple[Kept, ...]:
        """Return the scans and statements that wait for another try, the oldest first."""
        return tuple(one.kept for one in self._waiting.values()) if self._is_behind else ()

    def _looked_up(self, campaign: HasId, done: Outcome[Counted]) -> Outcome[Counted | CountEvent]:
        """Return a stored scan with its customer's card; of a burst only the last is shown."""
        counted = done.value
        if counted.customer is None or self._on_their_way > 1:
            return _widened(done)
        with contextlib.suppress(StorageError):  # it is stored; the card fills itself later
            card = self._counting.card(campaign, counted.customer.id)
            counted = replace(counted, card=card)
        return Outcome(counted, done.changes)

    def retry(self) -> None:
        """Try again what could not be stored; what was stored after all is stored once."""
        for event_id, waiting in list(self._waiting.items()):
            self._send(event_id, waiting)

    def try_again(self) -> None:
        """Try the oldest that could not be stored, without a word; the rest follows it."""
        oldest = next((one for one in self._waiting if one in self._stuck), None)
        if oldest is not None:
            self._late.add(oldest)
            self._send(oldest, self._waiting[oldest])

    def _is_echo(self, raw: bytes) -> bool:
        now = Heard(raw, self._counting.clock.now_us())
        before, self._heard = self._heard, now
        return bounces(now, before=before)

    def _send(self, event_id: str, waiting: _Waiting) -> None:
        self._waiting[event_id] = waiting
        self._stuck.discard(event_id)
        self._on_their_way += waiting.is_scan
        write = waiting.write
        self._runner.change(
            self,
            lambda: _kept(write),
            done=lambda value: self._answer(event_id, value),
            refused=lambda error: self._refuse(event_id, error),
        )

    def _answer(self, event_id: str, value: Counted | CountEvent | Unstored) -> None:
        self._arrived(event_id)
        is_late = event_id in self._late
        self._late.discard(event_id)
        if isinstance(value, Unstored):
            self._hold(event_id, None if is_late else value.error)
            return
        if self._waiting.pop(event_id, None) is None:
            return
        if isinstance(value, Counted):
            self._count(stored=1)
            (self.late if is_late else self.judged).emit(value)
        else:
            self.recorded.emit(value)
        self._go_on()

    def _hold(self, event_id: str, error: ErpdeskError | None) -> None:
        """Keep what could not be stored; that it still cannot is not said again."""
        self._stuck.add(event_id)
        self._is_behind = True
        self._again.start()
        if error is not None:
            self.delayed.emit(error)

    def _go_on(self) -> None:
        """Something was answered: so may be what waits for another try."""
        if self._stuck:
            self.try_again()
        elif self._is_behind and not self._waiting:
            self._is_behind = False
            self.caught_up.emit()

    def _refuse(self, event_id: str, error: UserError) -> None:
        self._arrived(event_id)
        self._late.discard(event_id)
        waiting = self._waiting.pop(event_id, None)
        if waiting is None:
            return
        if waiting.is_scan:
            self._count(scans=-1)
        self.refused.emit(error, waiting.raw)
        self._go_on()

    def _arrived(self, event_id: str) -> None:
        waiting = self._waiting.get(event_id)
        if waiting is not None and waiting.is_scan:
            self._on_their_way = max(0, self._on_their_way - 1)

    def _forget(self) -> None:
        """Wait for no answer any more: one of them will never come."""
        self._on_their_way = 0

    def _count(self, *, scans: int = 0, stored: int = 0) -> None:
        self.tally = Tally(self.tally.scans + scans, self.tally.stored + stored)
        self.tallied.emit(self.tally)


def _widened(outcome: Outcome[Counted] | Outcome[CountEvent]) -> Outcome[Counted | CountEvent]:
    return Outcome(outcome.value, outcome.changes)


def _kept(write: Write) -> Outcome[Counted | CountEvent | Unstored]:
    """Write, on the change lane; a disk or server that fails keeps the event for another try."""
    try:
        outcome = write()
    except (StorageError, UnknownOutcomeError) as error:
        return Outcome(Unstored(error), Changes())
    return Outcome(outcome.value, outcome.changes)
