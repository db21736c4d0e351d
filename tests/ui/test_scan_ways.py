"""Codes of the program's own papers lead where they belong, from wherever they are scanned."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.codes.own_code import (
    command_code,
    customer_code,
    line_code,
    notice_code,
    reply_code,
    sheet_code,
    statement_code,
    voucher_code,
)
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.noticing import Asked
from erpdesk.services.stating import StatementAsked
from tests.ui import rooms
from tests.ui.rooms import Here, code_of
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage
from ui.pages.inbox.page import InboxPage
from ui.pages.notices.page import NoticesPage
from ui.pages.vouchers.page import VouchersPage

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey]


@pytest.fixture(scope="module")
def one_room(campaign_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    place = rooms.copied(campaign_template, tmp_path_factory.mktemp("room"))
    with rooms.room_of(place, "maker") as found:
        yield found


@pytest.fixture
def window(one_room: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(one_room.room)
    qtbot.addWidget(made)
    made.show()
    one_room.settle(qtbot)
    one_room.heard.names.clear()
    yield made
    made.close()
    one_room.settle(qtbot)


class Scanner:
    """Scans in a window and waits until all is settled."""

    def __init__(self, window: MainWindow, here: Here, qtbot: QtBot) -> None:
        self.window, self.here, self._qtbot = window, here, qtbot

    def go(self, page: str) -> None:
        self.window.go(page)
        self.settle()

    def settle(self) -> None:
        self.here.settle(self._qtbot)

    def scan(self, code: str) -> None:
        self.window.take_scan(code.encode(), Source.WEDGE)
        self.here.settle(self._qtbot)
        self.here.settle(self._qtbot)

    @property
    def said(self) -> str:
        notice = self.window.page.notices.notices[-1]
        return f"{notice.title} {notice.text}"

    @property
    def counting(self) -> CountingPage:
        page = self.window.page
        assert isinstance(page, CountingPage)
        return page

    @property
    def stored(self) -> int:
        return len(self.here.events(self.here.desk.campaign("盘-0001").id))


@pytest.fixture
def scanner(window: MainWindow, one_room: Here, qtbot: QtBot) -> Scanner:
    return Scanner(window, one_room, qtbot)


@pytest.mark.parametrize("code", [customer_code(1), line_code(1, 1)])
def test_that_a_label_or_a_line_names_its_customer_on_another_page(
    scanner: Scanner, code: str
) -> None:
    before = scanner.stored

    scanner.scan(code)

    assert scanner.window.side.sheet.name.text() == "客户01有限公司"
    assert scanner.stored == before


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (sheet_code(1, 1), "盘点表"),
        (command_code(1), "命令码"),
        ("ED%T2-aZ09", "测试码"),
    ],
)
def test_that_a_code_without_ground_here_says_that_nothing_was_stored(
    scanner: Scanner, code: str, word: str
) -> None:
    scanner.scan(code)

    assert scanner.said.startswith("没有存")
    assert word in scanner.said
    assert scanner.here.heard.names == ["refused"]


def test_that_the_notice_of_an_unknown_code_leads_to_counting(scanner: Scanner) -> None:
    scanner.scan("NOBODY-1")
    scanner.window.page.notices.acted.emit("count")

    assert scanner.window.shown == "counting"


@pytest.mark.parametrize("kind", ["notice", "statement"])
def test_that_a_paper_opens_on_its_page(scanner: Scanner, kind: str) -> None:
    desk = scanner.here.desk
    customer = desk.customer(code_of(1))
    done = {
        "notice": lambda: desk.noticing.issue(customer, Asked(), fresh=True),
        "statement": lambda: desk.stating.issue(customer, StatementAsked(), fresh=True),
    }[kind]()
    _, month, digits = (done.document.number or "").split("-")
    code = notice_code if kind == "notice" else statement_code

    scanner.scan(code(month, int(digits)))

    page = scanner.window.page
    assert isinstance(page, NoticesPage)
    current = page.lists.issued_row
    assert current is not None
    assert current.head.number == done.document.number


def test_that_a_voucher_that_is_not_there_opens_nothing(scanner: Scanner) -> None:
    scanner.scan(voucher_code("202601", 9999))

    assert "没有存" in scanner.said
    assert scanner.window.shown == "home"


def test_that_a_command_on_the_counting_page_is_done_and_echoed(scanner: Scanner) -> None:
    scanner.go("counting")
    scanner.scan(code_of(1))
    before, aside = scanner.stored, set_aside(scanner)

    scanner.scan(command_code(2))

    assert scanner.counting.stack.currentWidget() is scanner.counting.plain
    assert set_aside(scanner) - aside == {code_of(1)}
    assert scanner.counting.bar.code.text() == command_code(2)
    assert scanner.stored == before


def set_aside(scanner: Scanner) -> set[str]:
    return {one.who.code for one in scanner.counting.lists.parked}


def test_that_a_command_typed_in_the_bar_is_done_and_enter_on_it_does_nothing_more(
    scanner: Scanner, qtbot: QtBot
) -> None:
    scanner.go("counting")
    before = scanner.stored

    for _ in range(2):
        scanner.counting.bar.entered.emit(command_code(7))
        scanner.here.settle(qtbot)

    assert scanner.stored == before
    assert scanner.here.heard.names == ["ok"]


def test_that_a_command_with_nothing_to_do_says_so(scanner: Scanner) -> None:
    scanner.go("counting")
    before = scanner.stored

    scanner.scan(command_code(1))

    assert scanner.here.heard.names == ["refused"]
    assert scanner.stored == before


def test_that_a_sheet_filters_what_is_not_counted_and_enter_shows_all_again(
    scanner: Scanner, qtbot: QtBot
) -> None:
    scanner.go("counting")
    before, every = scanner.stored, len(scanner.counting.side.rows("open"))

    scanner.scan(sheet_code(1, 2))
    alone = scanner.counting.side.rows("open")

    assert [one.title for one in alone[1:]] == [f"客户{n:02d}有限公司" for n in (9, 10, 11)]
    assert "第 2 张" in alone[0].title
    assert scanner.stored == before
    scanner.counting.acts.open_row("open", alone[0].key)
    scanner.here.settle(qtbot)
    assert len(scanner.counting.side.rows("open")) == every


def test_that_the_sheet_of_another_campaign_filters_nothing(scanner: Scanner) -> None:
    scanner.go("counting")
    every = len(scanner.counting.side.rows("open"))

    scanner.scan(sheet_code(2, 1))

    assert "别的盘点" in scanner.said
    assert len(scanner.counting.side.rows("open")) == every


def test_that_a_reply_slip_counts_its_customer_as_a_letter(scanner: Scanner) -> None:
    desk = scanner.here.desk
    number = desk.noticing.issue(desk.customer(code_of(3)), Asked(), fresh=True).document.number
    _, month, digits = (number or "").split("-")
    scanner.go("counting")

    scanner.scan(reply_code(month, int(digits)))

    who = scanner.counting.card.who
    assert who is not None
    assert who.code == code_of(3)
    assert scanner.counting.card.stated.way.currentData() == "回函"


def test_that_a_reply_slip_opens_its_notice_and_the_form_on_another_page(
    scanner: Scanner,
) -> None:
    desk = scanner.here.desk
    number = desk.noticing.issue(desk.customer(code_of(3)), Asked(), fresh=True).document.number
    _, month, digits = (number or "").split("-")

    scanner.scan(reply_code(month, int(digits)))

    page = scanner.window.page
    assert isinstance(page, NoticesPage)
    assert page.back.form.notice is not None
    assert page.back.form.notice.number == number
    assert not page.back.form.isHidden()


def test_that_a_line_counts_its_customer_on_the_counting_page(scanner: Scanner) -> None:
    scanner.go("counting")
    before = scanner.stored

    scanner.scan(line_code(1, 5))

    who = scanner.counting.card.who
    assert who is not None
    assert who.code == code_of(5)
    assert scanner.stored == before + 1


def test_that_pages_that_show_documents_open_them_by_number(scanner: Scanner) -> None:
    scanner.go("vouchers")
    page = scanner.window.page
    assert isinstance(page, VouchersPage)
    page.open_form(None)

    page.open_object("临-202601-0001")

    assert page.pages.currentWidget() is page.listed
    assert page.table.search.text() == "临-202601-0001"


def test_that_the_inbox_says_when_a_document_does_not_wait_there(scanner: Scanner) -> None:
    scanner.go("inbox")
    page = scanner.window.page
    assert isinstance(page, InboxPage)

    page.open_object("临-202601-0001")
    scanner.settle()

    assert page.notices.notices


def test_that_the_number_of_a_document_is_found_from_anywhere(scanner: Scanner) -> None:
    scanner.go("customers")

    scanner.window.search.typed("盘-0001")
    scanner.settle()
    scanner.settle()

    page = scanner.window.page
    assert isinstance(page, InboxPage)
    assert page.pane.heading.text().endswith("盘-0001")


def test_that_a_code_that_a_page_finds_nobodys_is_said_with_its_sound(
    window: MainWindow, one_room: Here
) -> None:
    window.page.unknown_code.emit("KH0001")

    assert window.page.notices.notices[-1].title == "没有这个码：KH0001"
    assert one_room.heard.names[-1] == "unexpected"
