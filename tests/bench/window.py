"""A window without a screen for benchmarks: pages of a company, and when they were painted."""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from erpdesk.bootstrap import Desk
from erpdesk.services.ports import Clock
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage.unit_of_work import Company
from ui.look import apply, dress
from ui.main_window.registry import PAGES
from ui.main_window.room import Room
from ui.work.runner import Runner
from ui.work.sounds import Sounds
from ui.work.tidying import Tidying
from ui.work.wording import Wording

SIZE_PX: Final = (1366, 768)
GIVE_UP_S: Final = 300.0
_TICK_MS: Final = 1
_LOOK_MS: Final = 1
P = TypeVar("P", bound=QWidget)


def an_application() -> QApplication:
    """Return the application, dressed as the program dresses it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_say)
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    made = QApplication([])
    apply(made, "light")
    return made


def _say(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Say what Qt has to say, but for what the platform without a screen says of itself."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(message + "\n")


@contextmanager
def a_room(company: Company, clock: Clock) -> Iterator[Room]:
    """A room of the window on a company; its lanes end with the block.

    Garbage is collected as the program does it while somebody works.
    """
    an_application()
    signing_in, runner = SigningIn(company.database, clock), Runner()
    tidying = Tidying(quiet_s=lambda: 0.0)
    tidying.begin()
    people = {str(one.name): one for one in signing_in.everybody()}
    sounds = Sounds(lambda _: None)
    room = Room(
        Desk(company, clock, signing_in), runner, Wording("zh"), sounds, company.database.place,
        "bench", {name: one.display for name, one in people.items()},
        people[company.person].roles(at=clock.now_us()),
    )  # fmt: skip
    try:
        yield room
    finally:
        runner.stop()
        sounds.close()
        tidying.end()


def rested() -> None:
    """Leave what stands out of every collection, as the program does once nobody touches it."""
    gc.collect()
    gc.freeze()


def page_in(room: Room, name: str, kind: type[P]) -> P:
    """Return a page of the registry, shown."""
    page = next(one for one in PAGES if one.name == name).make(room)
    assert isinstance(page, kind)
    dress(page)
    page.resize(*SIZE_PX)
    page.show()
    return page


def until(is_done: Callable[[], bool]) -> None:
    """Let the window work until something is so; its thread sleeps while nothing happens.

    A thread that kept asking would take the lanes their share of Python, as no window does.
    """
    flags, ends = QEventLoop.ProcessEventsFlag, time.monotonic() + GIVE_UP_S
    look = QTimer()
    look.start(_LOOK_MS)
    while not is_done():
        QCoreApplication.processEvents(flags.AllEvents | flags.WaitForMoreEvents)
        assert time.monotonic() < ends, "the window never came to it"


def settle(room: Room) -> None:
    """Wait until nothing is asked, stored or on its way, and all is painted."""
    until(lambda: room.runner.is_idle)
    QCoreApplication.processEvents()


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


_DELAYS: Final = Path(f"/proc/self/task/{os.getpid()}/schedstat")
"""What the first thread has run, and what it has waited for a processor, in ns (Linux)."""
_delays: Final = os.open(_DELAYS, os.O_RDONLY) if _DELAYS.exists() else None


def _undisturbed_s() -> float:
    """Return a clock that stands while the window's thread could run and gets no processor."""
    delay_ns = int(os.pread(_delays, 64, 0).split()[1]) if _delays is not None else 0
    return time.perf_counter() - delay_ns / 1e9


@dataclass
class Pulse:
    """The longest time in which the window answered nobody, in ms, while the block runs.

    What its thread waited for a processor that the machine gave to others is not the window's.
    """

    longest_ms: float = 0.0
    _last: float = field(default_factory=_undisturbed_s)

    def beat(self) -> None:
        """Be answered."""
        now = _undisturbed_s()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


@contextmanager
def a_pulse() -> Iterator[Pulse]:
    """Ask the window every millisecond whether it answers."""
    pulse, timer = Pulse(), QTimer()
    timer.timeout.connect(pulse.beat)
    timer.start(_TICK_MS)
    try:
        yield pulse
    finally:
        pulse.beat()
        timer.stop()
