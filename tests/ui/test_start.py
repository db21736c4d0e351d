"""What is loaded before the sign-in is on the screen: people look at it while the rest comes."""

import json
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
from ui.widgets.parts import Label
from ui.work.first_paint import FirstPaint
from ui.work.wording import Wording

LIGHT = {
    "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "pysqlite3", "platformdirs",
    "typing_extensions", "erpdesk", "ui", "__feature__", "_distutils_hack", "resources",
}  # fmt: skip
"""Besides the standard library: Qt, the driver of company files, and what costs nothing."""

CHILD = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from erpdesk.settings import Settings
from ui.app import Program
from ui.dialogs.sign_in import SignIn
def painted(self, event):
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), flush=True)
    SignIn.paintEvent = plain
    QApplication.instance().quit()
plain = SignIn.paintEvent
SignIn.paintEvent = painted
application = QApplication([])
Program(application, Settings(), Path(sys.argv[2])).begin(sys.argv[1])
application.exec()
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_people(made)
    return made


@pytest.mark.journey
def test_that_nothing_heavy_is_loaded_before_the_sign_in_is_painted(
    place: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(place), str(tmp_path / "settings.toml")],
        capture_output=True, check=False, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert done.stdout, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[0]))
    assert "PySide6" in loaded
    assert loaded - set(sys.stdlib_module_names) - LIGHT - {"__main__"} == set()


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
