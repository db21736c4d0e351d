import threading
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from ui.work.scanner_link import ScannerLink


class Light(Enum):
    READY = "ready"
    CLOSED = "closed"


class ThreadScanner:
    """Reads one code and one part in a thread, as a device does."""

    def __init__(
        self,
        *,
        on_code: Callable[[bytes], None],
        on_part: Callable[[bytes], None],
        on_light: Callable[[Enum], None],
    ) -> None:
        self._tell = (on_code, on_part, on_light)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        on_code, on_part, on_light = self._tell
        on_light(Light.READY)
        on_code(b"K004175\x1d\xff")
        on_part(b"K00")
        self._closing.wait(10)
        on_light(Light.CLOSED)


def test_that_what_a_scanner_reads_arrives_whole_on_the_windows_thread(qtbot: QtBot) -> None:
    heard: list[object] = []
    threads: list[QThread] = []

    def hear(what: object) -> None:
        heard.append(what)
        threads.append(QThread.currentThread())

    link = ScannerLink(ThreadScanner)
    for signal in (link.code_read, link.part_read, link.light):
        signal.connect(hear)
    link.start()
    qtbot.waitUntil(lambda: len(heard) == 3)
    link.close()
    qtbot.waitUntil(lambda: len(heard) == 4)

    assert heard == ["ready", b"K004175\x1d\xff", b"K00", "closed"]
    assert set(threads) == {link.thread()}
