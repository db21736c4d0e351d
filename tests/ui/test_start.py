"""What is loaded before the sign-in is on the screen, and before the first page: no more."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.bootstrap import callers
from erpdesk.services.entrance import entrants
from tests.fakes import FakeClock
from tests.ui import rooms
from ui.dialogs.sign_in import Caller, SignIn
from ui.haste import LATER, UNASKED
from ui.widgets.parts import Label
from ui.work.first_paint import FirstPaint
from ui.work.wording import Wording

LIGHT = {
    "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "pysqlite3",
    "typing_extensions", "erpdesk", "ui", "__feature__", "_distutils_hack", "resources",
}  # fmt: skip
"""Besides the standard library: Qt, the driver of company files, and what costs nothing."""

NOT_YET = {
    "asyncio", "decimal", "difflib", "email", "hashlib", "importlib.metadata", "logging.handlers",
    "secrets", "socket", "statistics", "uuid", "wave", "PySide6.QtPrintSupport",
    "erpdesk.bootstrap", "erpdesk.domain.changes", "erpdesk.domain.money",
    "erpdesk.domain.stocktake.counting", "erpdesk.keys", "erpdesk.words.refusals",
    "ui.main_window.scanners", "ui.main_window.window", "ui.models.cells", "ui.pages",
    "ui.work.wedge",
}  # fmt: skip
"""Before the sign-in is painted; each costs a millisecond or more."""

OF_THE_CORE = {"argon2", "cryptography", "cython_runtime", "serial", "sqlalchemy", "stdnum"}
"""What a password, opened books and the first page need besides."""

WHEN_ASKED = {
    f"erpdesk.services.{name}"
    for name in (
        "comparing", "exporting", "importing.customers", "importing.files", "printing",
        "stocktake.reporting", "stocktake.reviewing", "vouchers",
    )
}  # fmt: skip
"""Of the core, what the first page does without."""

CHILD = """
import json, sys
from ui.__main__ import main
from ui.haste import make_haste
make_haste()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import Program
from ui.dialogs.sign_in import SignIn
place = sys.argv[1]
def tell():
    made = (name for name, one in sys.modules.items() if "_waits" not in vars(one))
    print(json.dumps(sorted(made)), flush=True)
def painted(self, event):
    if not told:
        told.append(1)
        tell()
def entered(self, *given):
    enter(self, *given)
    look.setParent(self)
    look.timeout.connect(lambda: stands(self))
    look.start(1)
def stands(program):
    if program.runner.is_idle:
        look.stop()
        tell()
        QApplication.quit()
def begun(self, place):
    begin(self, place)
    self.painted.connect(lambda: self.sign_in(place, "counter", "pw of counter"))
told, look = [], QTimer()
begin, enter = Program.begin, Program.enter
SignIn.paintEvent, Program.begin, Program.enter = painted, begun, entered
main(["--company", place])
"""
"""The program as people start it: tells what is loaded at the sign-in and at the first page."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_people(made)
    return made


@pytest.fixture(scope="module")
def loaded(place: Path, tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """What a start has loaded when the sign-in is painted, and when the first page stands."""
    own = {
        f"XDG_{name}_HOME": str(tmp_path_factory.mktemp(name.lower()))
        for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(place)],
        capture_output=True, check=False, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, **own},
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 2, done.stderr
    return [set(json.loads(line)) for line in done.stdout.splitlines()]


def strangers(names: set[str]) -> set[str]:
    """Return the libraries among the modules: what is neither Python's own nor costs nothing."""
    tops = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - LIGHT
    return {name for name in tops if not name.startswith("_")}


@pytest.mark.journey
def test_that_nothing_heavy_is_loaded_before_the_sign_in_is_painted(
    loaded: list[set[str]],
) -> None:
    at_sign_in, _ = loaded

    assert "PySide6.QtWidgets" in at_sign_in
    assert strangers(at_sign_in) == set()
    assert at_sign_in & (NOT_YET | LATER.keys()) == set()


@pytest.mark.journey
def test_that_the_first_page_stands_on_the_core_and_on_no_other_page(
    loaded: list[set[str]],
) -> None:
    _, at_page = loaded
    homes = {name for name in at_page if name.startswith("ui.pages.home")}

    assert "sqlalchemy" in at_page
    assert "sqlalchemy.dialects.postgresql" not in at_page
    assert at_page & (WHEN_ASKED | LATER.keys() | UNASKED.keys()) == set()
    assert strangers(at_page) <= OF_THE_CORE
    assert {name for name in at_page if name.startswith("ui.pages.")} == homes
    assert not {name for name in at_page if name.startswith("ui.dialogs.import_wizard")}


@pytest.mark.journey
def test_that_no_source_is_read_to_see_whether_it_asks_for_features() -> None:
    code = "from ui.haste import make_haste; make_haste(); import ui.app, linecache, json;"

    done = subprocess.run(
        [sys.executable, "-c", f"{code}print(json.dumps(list(linecache.cache)))"],
        capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert json.loads(done.stdout) == []


@pytest.mark.journey
def test_that_what_was_left_out_is_there_when_it_is_asked_for() -> None:
    code = (
        "from ui.haste import make_haste; make_haste(); from PySide6.QtCore import QPoint;"
        "import asyncio; seen = asyncio.iscoroutine;"
        "print(seen(asyncio.sleep(0)), asyncio.run(asyncio.sleep(0, 'slept'))); QPoint().setX('a')"
    )

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True, check=False, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert done.stdout == "True slept\n"
    assert "TypeError: " in done.stderr
    assert "PySide6.QtCore.QPoint.setX(x: int, /)" in done.stderr


def test_that_the_door_names_the_same_people_as_the_opened_books(place: Path) -> None:
    found = entrants(str(place))

    opened = callers(str(place), clock=FakeClock())
    assert found is not None
    assert [(one.name, one.display, one.needs_password) for one in found] == [
        (one.person.name, one.person.display, one.needs_password) for one in opened
    ]


def test_that_the_door_leaves_what_is_odd_to_opening_the_books(place: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.erpdesk"
    odd.write_text("odd" * 1000)
    (tmp_path / "empty.erpdesk").touch()

    assert entrants(str(odd)) is None
    assert entrants(str(tmp_path / "empty.erpdesk")) is None
    assert entrants(str(tmp_path / "none.erpdesk")) is None
    assert not (tmp_path / "none.erpdesk").exists()


def test_that_a_server_names_nobody_at_the_door() -> None:
    assert entrants("postgresql://anybody@nowhere/firm") == ()


@pytest.mark.usefixtures("app")
def test_that_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    told: list[int] = []
    label = Label("出库", "body")
    qtbot.addWidget(label)
    FirstPaint(label).painted.connect(lambda: told.append(1))

    label.show()
    qtbot.waitUntil(lambda: bool(told))
    label.repaint()
    QApplication.processEvents()

    assert told == [1]


@pytest.mark.usefixtures("app")
def test_that_what_is_known_later_of_people_finds_them(qtbot: QtBot) -> None:
    dialog = SignIn(
        Wording("zh"), "firm", (Caller("w1", "陈静", needs_password=True),
                                Caller("w2", "王芳", needs_password=True)),
    )  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.people.setCurrentIndex(0)

    dialog.know((Caller("w2", "王芳", needs_password=True, keys=("wangfang",)),))

    assert dialog._found("wang") == 1
    assert dialog.person == "w1"
