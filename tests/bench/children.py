"""Programs of their own for benchmarks: how long until one says something, and what it takes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

GIVE_UP_S: Final = 60.0

EMPTY: Final = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""
"""An empty window, which says when it is painted."""

DRESSED: Final = "import gc; gc.disable()\n" + EMPTY.replace(
    "window = Window()",
    """
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from erpdesk.paths import resource
for weight in ("Regular", "Medium", "SemiBold"):
    QFontDatabase.addApplicationFont(str(resource(f"fonts/NotoSansSC-{weight}.ttf")))
window = Window()""",
)
"""The same with the fonts of the screen and Qt's names, and without garbage: no part of ours."""

LOADED: Final = "from ui.haste import make_haste; make_haste()\n" + DRESSED.replace(
    "window = Window()",
    """
import pysqlite3.dbapi2
import sqlalchemy
engine = sqlalchemy.create_engine("sqlite+pysqlite://", module=pysqlite3.dbapi2)
engine.connect().execute(sqlalchemy.select(1)).all()
window = Window()""",
)
"""The same with the libraries that a signed in program cannot do without, and no page of ours."""

PROGRAM: Final = """
import sys
from ui.__main__ import main
from ui.haste import make_haste
make_haste()
from PySide6.QtCore import QTimer
from ui.app import Program
from ui.dialogs.sign_in import SignIn
place, person = sys.argv[1:]
def painted(self, event):
    print("painted", flush=True)
    SignIn.paintEvent = plain
    QTimer.singleShot(0, lambda: poll.start(1))
plain, begin = SignIn.paintEvent, Program.begin
SignIn.paintEvent = painted
def begun(self, place):
    global program, poll
    program, poll = self, QTimer(self)
    poll.timeout.connect(look)
    begin(self, place)
Program.begin = begun
asked, shown = [], []
def look():
    window = program.window
    if program.dialog is not None and window is None and not asked:
        if program.runner.is_idle and "ui.main_window.window" in sys.modules:
            sys.stdin.readline()
            print("asked", flush=True)
            asked.append(1)
            program.sign_in(place, person, None)
    if window is not None and not shown and program.runner.is_idle:
        window.repaint()
        print("usable", flush=True)
        shown.append(1)
        poll.stop()
        QTimer.singleShot(0, then)
"""
"""The program as people start it: says when the sign-in is painted. With the rest loaded it takes
a line, signs in, and says when its page stands."""

STAY: Final = """
def then():
    window, wait, opened = program.window, QTimer(program), []
    def look_on():
        if not program.runner.is_idle or window.room.watch.verified is None:
            return
        if not opened:
            print("settled", flush=True)
            sys.stdin.readline()
        if len(opened) == len(window.sidebar.buttons):
            wait.stop()
            print("open", flush=True)
            return
        opened.append(list(window.sidebar.buttons)[len(opened)])
        window.go(opened[-1])
    wait.timeout.connect(look_on)
    wait.start(10)
main(["--company", place])
"""
"""Says when the books are checked and nothing is done any more; then it takes a line, opens every
page, and says when it has."""

SCROLL: Final = """
def then():
    program.window.go("customers")
    page = program.window.page
    wait, read = QTimer(program), []
    def on():
        if not program.runner.is_idle:
            return
        if len(read) == PAGES:
            wait.stop()
            print("scrolled", flush=True)
            return
        read.append(1)
        model = page.table.table.model()
        row = min(ROWS * len(read), model.rowCount()) - 1
        page.table.table.scrollTo(model.index(row, 0))
    wait.timeout.connect(on)
    wait.start(5)
main(["--company", place])
"""


@dataclass(frozen=True, slots=True)
class Child:
    """A program that runs, and when it was started."""

    process: subprocess.Popen[str]
    begun: float

    def until(self, said: str) -> float:
        """Wait until it says this; return the seconds since it was started."""
        out = _pipe(self.process.stdout)
        for line in out:
            if line.startswith(said):
                return time.perf_counter() - self.begun
        message = f"it ended before it said {said}"
        raise AssertionError(message)

    def go_on(self) -> float:
        """Let it go on; return the seconds since it was started."""
        pipe = _pipe(self.process.stdin)
        pipe.write("\n")
        pipe.flush()
        return time.perf_counter() - self.begun

    def megabytes(self) -> float:
        """Return how much memory it holds now (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        kilobytes = next(line.split()[1] for line in status.splitlines() if "VmRSS" in line)
        return int(kilobytes) / 1024


@contextmanager
def a_child(code: str, arguments: Sequence[str] = ()) -> Iterator[Child]:
    """Run a program in a folder of its own, with settings of its own, while the block runs."""
    with TemporaryDirectory(prefix="erpdesk-child-") as folder:
        settings = Path(folder, "CONFIG", "erpdesk", "settings.toml")
        settings.parent.mkdir(parents=True)
        settings.write_text('theme = "light"\n', "utf-8")  # every start but the first has one
        own = {
            f"XDG_{name}_HOME": str(Path(folder) / name)
            for name in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=folder, text=True, bufsize=1,
            env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": _HERE},
        )  # fmt: skip
        patience = threading.Timer(GIVE_UP_S, process.kill)
        patience.start()
        try:
            yield Child(process, time.perf_counter())
        finally:
            patience.cancel()
            process.kill()
            process.communicate()


_HERE: Final = str(Path(__file__).parents[2])


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
