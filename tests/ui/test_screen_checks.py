"""What holds for every page there is: nothing cut, all named, all explained, nothing lost."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.clothes import as_in_use
from tests.ui.foreign_words import chinese_words
from tests.ui.rooms import Here
from tests.ui.settling import silent_controls
from tests.ui.table_clipping import cut_in_tables
from ui.main_window import MainWindow
from ui.main_window.menus import plain
from ui.widgets.row_table import RowTable

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.slow]
SMALL, USUAL, LARGE, LARGEST = (1280, 680), (1366, 768), (1920, 1080), (2560, 1440)
OTHERS = ("chief", "cashier", "counter", "auditor")
Shown = tuple[str, tuple[int, int], int]
"""In which language, in which size, with texts of how many percent."""
CHINESE, ENGLISH = ("zh", SMALL, 100), ("en", SMALL, 100)
Found = dict[str, list[str]]
"""What is wrong, by page; a page where nothing is has no place there."""
usual = pytest.mark.parametrize(
    ("person", "shown"), [("maker", CHINESE), *((who, ENGLISH) for who in ("maker", *OTHERS))]
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_company(place)
    rooms.campaign(place)
    return place


@pytest.fixture
def person() -> str:
    """Who looks; a test says whom else."""
    return "maker"


@pytest.fixture
def window(here: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    with whole_window(here, qtbot) as made:
        yield made


@contextmanager
def whole_window(here: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open the whole window in a room, with all its pages made."""
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.make_rest()
    qtbot.waitUntil(lambda: made.is_whole)
    here.settle(qtbot)
    yield made
    made.close()
    here.settle(qtbot)


def over_pages(
    window: MainWindow, here: Here, qtbot: QtBot, look: Callable[[], list[str]]
) -> Found:
    """Return what was found on each page where something was."""
    found = {}
    for name in window.sidebar.buttons:
        window.go(name)
        here.settle(qtbot)
        for _ in range(3):  # a text that grew moves its neighbours in turn
            QApplication.processEvents()
        found[name] = look()
    return {name: said for name, said in found.items() if said}


@pytest.fixture(scope="module")
def walks() -> dict[tuple[str, Shown], dict[str, Found]]:
    """What was found on each walk: windows and pages are made once for all rules."""
    return {}


@pytest.fixture
def walked(
    person: str, shown: Shown, walks: dict[tuple[str, Shown], dict[str, Found]], place: Path,
    qtbot: QtBot, qapp: QApplication,
) -> dict[str, Found]:  # fmt: skip
    """What was found, by rule, when a person walked over all pages."""
    if (person, shown) not in walks:
        as_in_use(qapp, "light", shown[2])
        with (
            rooms.room_of(place, person) as here,
            whole_window(here, qtbot) as window,
        ):
            walks[person, shown] = walk(window, here, qtbot, shown)
    return walks[person, shown]


def walk(window: MainWindow, here: Here, qtbot: QtBot, shown: Shown) -> dict[str, Found]:
    """Look at every page as every rule does."""
    language, size, _ = shown
    here.room.wording.use("en" if language == "en" else "zh")
    window.resize(*size)
    data = (here.room.firm, *here.room.names.values(), "客户", "有限公司", "杭州", "号", "年末盘点")
    rules: dict[str, Callable[[], list[str]]] = {
        "whole": lambda: cut(window),
        "named": lambda: [*nameless(window), *silent_controls(window)],
        "focused": lambda: elsewhere(window),
        "spoken": lambda: dumb(window),
        "english": lambda: chinese_words(window, data=data),
    }
    for button in window.sidebar.buttons.values():
        button.setFocus()
    found: dict[str, Found] = {rule: {} for rule in rules}
    found["known"] = unknown(window)

    def look() -> list[str]:
        for rule, see in rules.items():
            if said := see():
                found[rule][type(window.page).__name__] = said
        return ["looked at"]

    assert list(over_pages(window, here, qtbot, look)) == list(window.sidebar.buttons)
    return found


def cut(window: MainWindow) -> list[str]:
    return [*clipped(window), *cut_in_tables(window)]


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(part, QScrollArea)
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
    ]


def elsewhere(window: MainWindow) -> list[str]:
    focused = QApplication.focusWidget()
    is_in = focused is not None and window.page.isAncestorOf(focused)
    return [] if is_in else [str(focused)]


def dumb(window: MainWindow) -> list[str]:
    return [
        table.accessibleName()
        for table in window.page.findChildren(RowTable)
        for model in (table.rows_model,)
        if table.isVisible()
        and model.rows
        and model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        != model.row_sentence(model.rows[0])
    ]


def unknown(window: MainWindow) -> Found:
    known = {plain(one.text()) for one in window.menus.every()} - {""}
    pages = {name: window.page_named(name).all_actions() for name in window.sidebar.buttons}
    words = {name: {plain(one.text()) for one in actions} for name, actions in pages.items()}
    return {name: sorted(said - known) for name, said in words.items() if said - known}


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        *(("maker", one) for one in (CHINESE, ENGLISH, ("zh", USUAL, 130), ("en", LARGE, 150))),
        *((who, ENGLISH) for who in OTHERS),
        *(
            pytest.param(*one, marks=pytest.mark.nightly)
            for one in (
                ("maker", ("en", USUAL, 115)),
                ("maker", ("en", USUAL, 130)),
                ("chief", ("en", LARGE, 150)),
                ("maker", ("zh", LARGEST, 200)),
            )
        ),
    ],
)
def test_that_nothing_is_cut_on_any_page(walked: dict[str, Found]) -> None:
    assert walked["whole"] == {}


@usual
def test_that_whatever_has_the_focus_is_named_and_whatever_is_off_says_why_on_every_page(
    walked: dict[str, Found],
) -> None:
    assert walked["named"] == {}


@usual
def test_that_the_focus_comes_in_with_every_page(walked: dict[str, Found]) -> None:
    assert walked["focused"] == {}


@usual
def test_that_every_action_of_every_page_is_found_by_its_word(walked: dict[str, Found]) -> None:
    assert walked["known"] == {}


@usual
def test_that_the_first_cell_of_every_table_speaks_its_row(walked: dict[str, Found]) -> None:
    assert walked["spoken"] == {}


@pytest.mark.parametrize(("person", "shown"), [("maker", ENGLISH)])
def test_that_no_page_in_english_has_a_chinese_word(walked: dict[str, Found]) -> None:
    assert walked["english"] == {}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("scale", ["1.5", pytest.param("2", marks=pytest.mark.nightly)])
def test_that_nothing_is_cut_on_any_page_where_the_screen_is_scaled(scale: str) -> None:
    looks = Path(__file__).with_name("scaled_screen.py")
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(looks)]

    ended = subprocess.run(
        asked, env={**os.environ, "QT_SCALE_FACTOR": scale}, capture_output=True, check=False
    )  # fmt: skip

    assert (ended.returncode, b"1 passed" in ended.stdout) == (0, True), ended.stdout.decode()


FIRST = "314159.26"
"""What the first counter wrote down: found nowhere while somebody else counts again."""


@pytest.fixture
def recount(template: Path, tmp_path: Path) -> Path:
    """A company whose customers were all counted by one person and are now counted again."""
    place = rooms.copied(template, tmp_path)
    counter, chief = rooms.desk_of(place, "counter"), rooms.desk_of(place, "chief")
    [head] = chief.campaigns.every()
    for n in range(1, rooms.CUSTOMERS):
        rooms.state(counter, chief.document(head.id), rooms.code_of(n), FIRST)
    chief.campaigns.recount(chief.document(head.id), "超容差，再盘一次")
    for desk in (counter, chief):
        desk.close()
    return place


@pytest.mark.parametrize("person", ["second", "maker", "counter"])
def test_that_in_a_recount_neither_books_nor_first_count_are_told_who_counts(
    person: str, recount: Path, qtbot: QtBot
) -> None:
    with rooms.room_of(recount, person) as here, whole_window(here, qtbot) as window:
        window.go("counting")
        here.settle(qtbot)
        window.take_scan(rooms.code_of(1).encode(), Source.WEDGE)
        here.settle(qtbot)
        counting = told(window.page)
        reads_books = person == "maker"  # who keeps the books reads them on the other pages
        found = {} if reads_books else over_pages(window, here, qtbot, lambda: told(window))
        is_there = "客户01有限公司" in rooms.texts(window.page_named("counting"))

    assert (counting, found, is_there) == ([], {}, True)


def told(part: QWidget) -> list[str]:
    """Return what a part says of the books and of the first count, however it says it."""
    said = rooms.texts(part).replace(",", "")
    return [figure for figure in (FIRST, "271828", "27182819") if figure in said]


def test_that_switches_keep_what_is_typed_and_selected_on_every_page(
    window: MainWindow, here: Here, qtbot: QtBot, qapp: QApplication
) -> None:
    typed: dict[QLineEdit, str] = {}

    def write() -> list[str]:
        typed.update({one: write_into(one) for one in window.page.findChildren(QLineEdit)
                      if one.isVisible() and one.isEnabled() and not one.isReadOnly()})  # fmt: skip
        return []

    over_pages(window, here, qtbot, write)
    here.settle(qtbot)
    chosen = {one: one.current_row() for one in window.findChildren(RowTable)}
    here.room.wording.use("en")
    as_in_use(qapp, "dark", 130)
    here.settle(qtbot)

    assert over_pages(window, here, qtbot, lambda: cut(window)) == {}
    assert len(typed) > 5
    assert [one.accessibleName() for one, text in typed.items() if one.text() != text] == []
    assert {one.cursorPosition() for one in typed} == {1}
    assert [one.accessibleName() for one, row in chosen.items() if one.current_row() != row] == []


def write_into(field: QLineEdit) -> str:
    field.setText("12")
    field.setCursorPosition(1)
    return field.text()
