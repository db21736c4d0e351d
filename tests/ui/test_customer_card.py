"""The customer card beside a page: F4 for the current row, and what is kept back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.services.noticing import Asked
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.rooms import BOOK, Here, code_of, texts
from tests.ui.settling import open_office, silent_buttons
from ui.main_window import Room
from ui.main_window.customer_side import CustomerSide
from ui.main_window.registry import PAGES
from ui.pages import Page
from ui.pages.counting.page import CountingPage

pytestmark = pytest.mark.usefixtures("app")


class Frame(QWidget):
    """As much of the window as the card moves: one page of it at a time."""

    def __init__(self, room: Room, name: str) -> None:
        super().__init__()
        self.room, self.went = room, [name]
        self.pages = {one.name: one for one in PAGES if one.may_see & room.roles}
        self.page: Page = self.pages[name].make(room)
        self.page.setParent(self)

    def page_named(self, name: str) -> Page:
        assert name == self.went[-1]
        return self.page

    def has_page(self, name: str) -> bool:
        return name in self.pages

    def go(self, name: str) -> None:
        self.went.append(name)
        self.page = self.pages[name].make(self.room)
        self.page.setParent(self)


@dataclass
class Shown:
    """A page in a frame, and the card beside it."""

    frame: Frame
    side: CustomerSide
    here: Here
    qtbot: QtBot

    def f4(self) -> str:
        """Press F4 and return everything that the card says."""
        self.side.toggle()
        self.here.settle(self.qtbot)
        return texts(self.side.sheet) if self.side.sheet.isVisible() else ""

    def close(self) -> None:
        self.frame.close()


Open = Callable[[str, str], Shown]


def shown(here: Here, qtbot: QtBot, name: str) -> Shown:
    frame = Frame(here.room, name)
    qtbot.addWidget(frame)
    side = CustomerSide(frame)
    side.sheet.setParent(frame)
    frame.resize(1366, 768)
    frame.page.resize(1202, 680)
    side.place(QRect(0, 36, 1366, 700))
    frame.show()
    frame.activateWindow()
    frame.page.entered()
    here.settle(qtbot)
    here.settle(qtbot)
    return Shown(frame, side, here, qtbot)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A firm at work, made once for all tests."""
    with open_office(tmp_path_factory, tmp_path_factory.mktemp("firm")) as office:
        office.posted("SH1", "1,130.00")
        office.received("500.00", "K1")
        office.submitted("SH2", "2,260.00", "K2")
        office.desk("maker").noticing.issue(office.customer(), Asked())
    return Path(office.place)


@pytest.fixture
def open_page(firm: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    kept = []

    def open_one(name: str, person: str) -> Shown:
        room = rooms.room_of(rooms.copied(firm, tmp_path), person)
        made = shown(room.__enter__(), qtbot, name)
        kept.append((room, made))
        return made

    yield open_one
    for room, made in kept:
        made.close()
        room.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("name", "person", "customer"),
    [
        ("customers", "maker", "青禾包装"),
        ("vouchers", "maker", "海河五金"),
        ("receipts", "maker", "青禾包装"),
        ("inbox", "chief", "海河五金"),
        ("notices", "maker", "青禾包装"),
    ],
)
def test_that_f4_shows_the_customer_of_the_current_row(
    open_page: Open, name: str, person: str, customer: str
) -> None:
    page = open_page(name, person)

    said = page.f4()

    assert page.side.sheet.name.text() == customer
    assert "余额" in said


def test_that_the_card_says_where_we_stand_and_what_is_next(open_page: Open) -> None:
    page = open_page("customers", "maker")

    said = page.f4()

    assert {"1,130.00", "500.00", "630.00"} <= set(said.split("\n"))
    assert page.side.sheet.todo.text() == "有未核销收款 500.00，先核销"
    assert page.side.sheet.items_head.text() == "未清项 2"
    assert silent_buttons(page.side.sheet) == []


def test_that_f4_again_or_esc_puts_the_card_away_and_the_focus_back(
    open_page: Open, qtbot: QtBot
) -> None:
    page = open_page("customers", "maker")
    before = QApplication.focusWidget()
    page.f4()
    page.f4()
    is_away, after = not page.side.sheet.isVisible(), QApplication.focusWidget()
    page.f4()
    qtbot.keyClick(page.side.sheet.items, Qt.Key.Key_Escape)

    assert is_away
    assert not page.side.sheet.isVisible()
    assert before is after is QApplication.focusWidget()


def test_that_enter_in_the_card_opens_the_page_of_the_customer(
    open_page: Open, qtbot: QtBot
) -> None:
    page = open_page("receipts", "maker")
    page.f4()

    qtbot.keyClick(page.side.sheet.items, Qt.Key.Key_Return)
    page.here.settle(qtbot)

    assert page.frame.went == ["receipts", "customers"]
    card = page.side.sheet.card
    assert card is not None
    assert page.frame.page.customer_here() == card.id


def test_that_a_page_without_a_customer_says_so(open_page: Open) -> None:
    page = open_page("home", "maker")

    assert page.f4() == ""
    assert page.frame.page.notices.notices[-1].title == "这里没有选中的客户"


def test_that_nothing_of_the_card_is_squeezed_on_a_low_screen(open_page: Open) -> None:
    page = open_page("customers", "maker")

    page.side.place(QRect(0, 0, 910, 410))
    said = page.f4()

    assert "青禾包装" in said
    assert clipped(page.side.sheet) == []


def test_that_the_card_speaks_both_languages(open_page: Open) -> None:
    page = open_page("customers", "maker")
    page.f4()

    page.frame.room.wording.use("en")

    assert page.side.sheet.page.text() == "Open the page"
    assert "Apply cash" in page.side.sheet.todo.text()


@pytest.fixture(scope="module")
def blind_firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("blind") / "firm.erpdesk"
    rooms.make_company(place)
    rooms.campaign(place, blind=True)
    return place


@pytest.mark.parametrize("person", ["counter", "maker"])
def test_that_the_card_of_a_blind_count_has_no_figure(
    blind_firm: Path, tmp_path: Path, qtbot: QtBot, person: str
) -> None:
    with rooms.room_of(rooms.copied(blind_firm, tmp_path), person) as here:
        page = shown(here, qtbot, "counting")
        assert isinstance(page.frame.page, CountingPage)
        rooms.scan(page.frame.page, code_of(1))
        here.settle(qtbot)

        said = page.f4()

        assert "客户01有限公司" in said
        assert "盲盘" in said
        assert BOOK not in said.replace(",", "")
        assert page.side.sheet.model.rows == ()
        assert not page.side.sheet.bar.isVisible()
        page.close()


def test_that_a_scanned_customer_shows_a_counter_no_figure(
    blind_firm: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with rooms.room_of(rooms.copied(blind_firm, tmp_path), "counter") as here:
        page = shown(here, qtbot, "home")

        page.side.show_customer(here.desk.scanned_customer(code_of(1)).id)
        here.settle(qtbot)

        said = texts(page.side.sheet)
        assert page.side.sheet.isVisible()
        assert "你的角色不看账面" in said
        assert BOOK not in said.replace(",", "")
        assert not page.side.sheet.page.isVisible()
        page.close()
