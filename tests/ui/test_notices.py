"""Notices: the bytes that were kept, and a copy that says it is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.counting import Source
from erpdesk.domain.people import Role
from tests.services.builders import Office
from tests.ui.settling import looking, open_office, silent_buttons, until_idle
from ui.pages.notices import NoticesPage, NoticesParts
from ui.work.runner import Runner
from ui.work.wording import Wording


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path_factory, tmp_path) as opened:
        opened.posted("SH1", "1,130.00")
        yield opened


def page_of(
    qtbot: QtBot, runner: Runner, office: Office, role: Role = Role.ACCOUNTANT
) -> NoticesPage:
    parts = NoticesParts(
        office.desk("maker").noticing, looking(office, "maker"), office.clock, frozenset({role})
    )
    page = NoticesPage(parts, runner, Wording("zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    qtbot.waitUntil(until_idle(runner))
    return page


def press(qtbot: QtBot, runner: Runner, button: object) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(until_idle(runner))


def test_that_the_same_again_is_a_copy_and_says_so(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)

    press(qtbot, runner, page.issue)
    press(qtbot, runner, page.issue)

    assert len(page.issued_model.rows) == 1
    assert [fact.text for fact in page.prints.facts] == ["原件", "副本 1：同一内容再次打印"]
    assert "副本 1" in page.notices.notices[-1].title


def test_that_what_is_saved_is_what_was_kept(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)

    page.save_to(tmp_path / "通知书.pdf")
    qtbot.waitUntil(until_idle(runner))

    kept = page.issued_model.rows[0].papers[-1].hash.hex()
    assert (tmp_path / "通知书.pdf").read_bytes() == looking(office, "maker").file(kept).data


def test_that_opening_hands_the_kept_bytes_to_the_computer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    class Opened(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.read: list[bytes] = []

        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            self.read.append(Path(url.toLocalFile()).read_bytes())

    opened = Opened()
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]
    try:
        press(qtbot, runner, page.open)
    finally:
        QDesktopServices.unsetUrlHandler("file")

    assert [data[:5] for data in opened.read] == [b"%PDF-"]


def test_that_a_further_copy_asks_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)
    press(qtbot, runner, page.issue)
    before = page.again.isEnabled()

    page.reason.setText("客户说没有收到")
    press(qtbot, runner, page.again)

    assert before is False
    assert page.prints.facts[-1].text == "副本 1：客户说没有收到"


def test_that_a_scan_chooses_the_customer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH2", "500.00", "K2")
    page = page_of(qtbot, runner, office)

    page.scan(b"K2", Source.WEDGE)
    qtbot.waitUntil(until_idle(runner))

    current = page.owing.current_row()
    assert current is not None
    assert current.customer.code == "K2"


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AUDITOR])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, role: Role
) -> None:
    page = page_of(qtbot, runner, office, role)

    assert silent_buttons(page) == []
    assert page.issue.isEnabled() is (role is Role.ACCOUNTANT)
