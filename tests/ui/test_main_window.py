"""The frame of the window: pages, keys, lights, languages; nothing typed is lost by a switch."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import UserError
from erpdesk.storage.refusals import NotSyncedError
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.clothes import as_in_use
from tests.ui.rooms import Here, code_of
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage
from ui.pages.home.page import HomePage
from ui.work.runner import Broken

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey]


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


@pytest.fixture
def person() -> str:
    return "maker"


@pytest.fixture
def window(here: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as it comes up: each page is made when it is first opened."""
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    here.settle(qtbot)
    yield made
    made.close()
    here.settle(qtbot)


@pytest.fixture
def whole(window: MainWindow, here: Here, qtbot: QtBot) -> None:
    """All pages of the window are made before the test begins."""
    window.make_rest()
    qtbot.waitUntil(lambda: window.is_whole)
    here.settle(qtbot)


def counting(window: MainWindow) -> CountingPage:
    page = window.page_named("counting")
    assert isinstance(page, CountingPage)
    return page


def key(window: MainWindow, qtbot: QtBot, keys: Qt.Key, *, alt: bool = False) -> None:
    held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window, keys, held)


def test_that_the_pages_are_reached_by_keys_and_back_again(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    assert isinstance(window.page, HomePage)

    key(window, qtbot, Qt.Key.Key_3, alt=True)
    here.settle(qtbot)
    assert isinstance(window.page, CountingPage)
    window.back()
    assert isinstance(window.page, HomePage)
    window.forward()
    assert isinstance(window.page, CountingPage)


class Windows(QObject):
    """Hears of every part that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_that_pages_are_made_one_by_one_and_no_part_of_them_comes_up_as_a_window(
    here: Here, qtbot: QtBot, qapp: QApplication
) -> None:
    windows, window = Windows(), MainWindow(here.room)
    qtbot.addWidget(window)
    qapp.installEventFilter(windows)
    try:
        window.show()
        assert not window.is_whole
        window.make_rest()
        qtbot.waitUntil(lambda: window.is_whole)
        here.settle(qtbot)
    finally:
        qapp.removeEventFilter(windows)

    assert windows.shown == ["MainWindow"]
    window.close()


def made_pages(window: MainWindow) -> int:
    return window.findChildren(QStackedWidget)[0].count()


def test_that_a_page_nobody_opened_is_made_when_its_part_of_a_menu_is(
    window: MainWindow,
) -> None:
    (inner,) = (
        one.menu() for one in window.menus.menus["settle"].actions() if one.text() == "审批箱"
    )
    assert isinstance(inner, QMenu)
    before = (made_pages(window), inner.actions())

    inner.aboutToShow.emit()
    inner.aboutToShow.emit()

    assert before == (1, [])
    assert made_pages(window) == 2
    assert inner.actions() == window.page_named("inbox").all_actions()


def test_that_the_one_field_finds_what_a_page_does_that_nobody_opened(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.finder.begin()
    window.finder.setText(">找设置")

    qtbot.waitUntil(lambda: window.finder.list.count() == 1 and "找设置" in found(window))
    here.settle(qtbot)
    assert window.is_whole


def test_that_whoever_goes_from_page_to_page_looks_for_nothing(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    for name in ("customers", "inbox", "home"):
        window.go(name)
        here.settle(qtbot)

    assert not window._idle.isActive()
    assert made_pages(window) == 3


def found(window: MainWindow) -> str:
    return window.finder.list.item(0).text()


@pytest.mark.usefixtures("whole")
def test_that_every_action_has_both_languages_a_menu_and_a_key_of_its_own(
    window: MainWindow, here: Here
) -> None:
    def words() -> list[str]:
        return [one.text() for one in window.menus.every()]

    chinese = words()
    here.room.wording.use("en")
    english = words()
    pages = [window.page_named(name).all_actions() for name in window.sidebar.buttons]
    of_pages = {id(one) for page in pages for one in page}
    frame = [one for one in window.menus.every() if id(one) not in of_pages]

    assert all(chinese)
    assert all(english)
    assert not [
        one
        for one in english
        if any("一" <= letter <= "鿿" for letter in one.replace("中文", "").replace("语言", ""))
    ]
    taken = {one.shortcut().toString() for one in frame} - {""}
    assert len(taken) == len([one for one in frame if not one.shortcut().isEmpty()])
    for page in pages:
        keys = [
            (one.shortcut().toString(), one.associatedObjects()[0])
            for one in page
            if not one.shortcut().isEmpty()
        ]
        assert len(keys) == len(set(keys))
        assert not {key for key, _ in keys} & taken
        assert not [key for key, _ in keys if len(key) == 1]


def test_that_every_part_that_can_have_the_focus_has_a_name(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.go("counting")
    window.take_scan(code_of(1).encode(), Source.WEDGE)
    here.settle(qtbot)
    for name in ("home", "counting"):
        window.go(name)
        here.settle(qtbot)
        parts = [
            one
            for one in window.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        nameless = [
            one for one in parts
            if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
            and "Scroll" not in type(one).__name__
        ]  # fmt: skip
        assert nameless == []


def test_that_a_scan_on_another_page_looks_the_customer_up_and_stores_nothing(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.take_scan(b"NO{B}DY\x1d1" + b"9" * 99, Source.WEDGE)
    here.settle(qtbot)
    assert window.page.notices.notices[-1].title == "没有这个码：NO{B}DY[GS]1" + "9" * 31
    assert here.heard.names == ["unexpected"]

    window.take_scan(code_of(1).encode(), Source.WEDGE)
    here.settle(qtbot)
    assert window.side.sheet.name.text() == "客户01有限公司"
    assert window.page.notices.notices == (), "the code that was nobody's is no more in question"


def test_that_a_refused_scan_is_heard_and_said(window: MainWindow, here: Here) -> None:
    window.refuse_scan()

    assert here.heard.names == ["refused"]
    assert "先关掉对话框" in window.page.notices.notices[-1].text


@pytest.mark.usefixtures("whole")
def test_that_the_field_finds_customers_pages_and_commands(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.finder.begin()
    window.finder.insert("客户03")
    qtbot.waitUntil(window.finder.popup.isVisible)
    assert "客户03有限公司" in window.finder.list.item(0).text()
    window.step_out()
    assert not window.finder.popup.isVisible()
    window.finder.setText("pdjh")
    qtbot.waitUntil(lambda: "盘点计划" in found(window))
    window.finder.setText(">盘点")
    qtbot.waitUntil(window.finder.popup.isVisible)
    qtbot.keyClick(window.finder, Qt.Key.Key_Return)
    here.settle(qtbot)
    assert isinstance(window.page, CountingPage)


@pytest.mark.usefixtures("whole")
def test_that_what_is_typed_survives_language_theme_and_text_size(
    window: MainWindow, here: Here, qtbot: QtBot, qapp: QApplication
) -> None:
    window.go("counting")
    window.take_scan(code_of(1).encode(), Source.WEDGE)
    here.settle(qtbot)
    amount = counting(window).card.stated.amount
    qtbot.keyClicks(amount, "12")
    amount.setCursorPosition(1)

    here.room.wording.use("en")
    as_in_use(qapp, "contrast", 130)

    assert (amount.text(), amount.cursorPosition()) == ("12", 1)
    assert window.menus.menus["file"].title() == "&File"


def test_that_f6_goes_round_the_panes_and_esc_out_one_step(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.go("counting")
    window.take_scan(code_of(1).encode(), Source.WEDGE)
    here.settle(qtbot)
    page = counting(window)
    seen = []
    for _ in range(3):
        window.next_pane(1)
        focused = QApplication.focusWidget()
        seen += [
            n
            for n, pane in enumerate(page.panes())
            if focused is not None and pane.isAncestorOf(focused)
        ]
    assert sorted(seen) == [0, 1, 2]

    page.card.stated.amount.setText("5")
    page.card.stated.look()
    window.step_out()
    assert page.card.stated.amount.text() == ""
    assert page.stack.currentWidget() is page.card
    window.step_out()
    assert page.stack.currentWidget() is page.plain


def test_that_the_sheet_of_keys_shows_this_pages_keys(window: MainWindow) -> None:
    window.go("counting")
    window.sheets.show_keys()
    assert window.sheets.keys.isVisible()

    window.step_out()

    assert not window.sheets.keys.isVisible()


def test_that_refusals_and_faults_are_said_in_the_page(window: MainWindow, here: Here) -> None:
    here.room.runner.refused.emit(UserError())
    here.room.runner.broke.emit(Broken("E-AB12-CD34", NotSyncedError()))

    said = [(one.title, "不知道" in one.text) for one in window.page.notices.notices]
    assert said == [("没有做", False), ("E-AB12-CD34", True)]
    assert "出错" in window.status.lights["database"].words


def test_that_the_scanner_light_tells_when_it_is_lost(window: MainWindow) -> None:
    window.show_scanner("lost")

    assert "断开" in window.status.lights["scanner"].words


def test_that_a_valid_card_is_stored_when_the_window_closes(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.go("counting")
    window.take_scan(code_of(1).encode(), Source.WEDGE)
    here.settle(qtbot)
    qtbot.keyClicks(counting(window).card.stated.amount, "9")

    window.close()
    here.settle(qtbot)

    made = here.desk.campaign("盘-0001")
    found = [one.stated for one in here.events(made.id) if one.stated]
    assert [one.minor for one in found] == [900]


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1280, 680), (1366, 768)])
def test_that_nothing_is_cut(
    language: str, size: tuple[int, int], window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    here.room.wording.use("en" if language == "en" else "zh")
    window.resize(*size)
    for _ in range(3):  # a text that grew moves its neighbours in turn
        QApplication.processEvents()
    cut = {"home": clipped(window)}
    window.go("counting")
    for code in ("", code_of(1), "NOBODY-1", code_of(1)):
        if code:
            window.take_scan(code.encode(), Source.WEDGE)
        here.settle(qtbot)
        QApplication.processEvents()
        cut[f"counting {code}"] = clipped(window)

    assert {name: found for name, found in cut.items() if found} == {}


@pytest.mark.usefixtures("whole")
def test_that_fields_take_text_and_boxes_have_names(window: MainWindow) -> None:
    for field in window.findChildren(QLineEdit):
        assert field.accessibleName() or isinstance(field.parentWidget(), QComboBox)


def test_that_a_page_a_role_may_not_see_is_not_there(
    template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with rooms.room_of(rooms.copied(template, tmp_path), "counter") as here:
        window = MainWindow(here.room)
        qtbot.addWidget(window)
        here.settle(qtbot)

        assert list(window.sidebar.buttons) == ["home", "counting", "doctor", "settings"]
        window.go("inbox")
        assert isinstance(window.page, HomePage)
        window.close()


@pytest.mark.usefixtures("whole")
def test_that_the_frame_is_whole_on_a_small_screen(window: MainWindow) -> None:
    window.resize(911, 490)  # 1366x768 at 150 %
    QApplication.processEvents()

    assert (window.width(), window.height(), clipped(window)) == (911, 490, [])
