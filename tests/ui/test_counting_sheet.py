"""The count sheet from the counting page: drawn beside the window and handed to be printed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from tests.ui import rooms
from tests.ui.rooms import counting_page

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("has_program", [True, False])
def test_that_the_sheet_is_handed_to_be_printed_or_it_is_said_where_it_is(
    template: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    has_program: bool,  # noqa: FBT001
) -> None:
    shown: list[bytes] = []

    def show(url: QUrl) -> bool:
        shown.append(Path(url.toLocalFile()).read_bytes())
        return has_program

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    place = rooms.copied(template, tmp_path)
    rooms.campaign(place)
    with rooms.room_of(place) as here:
        page = counting_page(here, qtbot)
        page.sheet.click()
        here.settle(qtbot)

        assert [pdf[:5] for pdf in shown] == [b"%PDF-"]
        assert ["盘-0001.pdf" in one.text for one in page.notices.notices] == (
            [] if has_program else [True]
        )


@pytest.mark.usefixtures("full_disk")
def test_that_a_sheet_for_which_there_is_no_room_is_said(
    template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place = rooms.copied(template, tmp_path)
    rooms.campaign(place)
    with rooms.room_of(place) as here:
        page = counting_page(here, qtbot)
        page.sheet.click()
        here.settle(qtbot)

        assert "磁盘满了" in page.notices.notices[-1].text


def test_that_without_a_campaign_there_is_no_sheet_and_the_button_says_why(
    template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with rooms.room_of(rooms.copied(template, tmp_path)) as here:
        page = counting_page(here, qtbot)

        assert not page.sheet.isEnabled()
        assert "没有进行中的盘点" in page.sheet.why_not


@pytest.mark.parametrize(("person", "leads"), [("chief", ["campaigns"]), ("counter", [])])
def test_that_without_a_campaign_who_may_begin_one_is_led_to_where_it_is_begun(
    person: str, leads: list[str], template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with rooms.room_of(rooms.copied(template, tmp_path), person) as here:
        page = counting_page(here, qtbot)
        here.settle(qtbot)
        wanted: list[str] = []
        page.wants.connect(wanted.append)

        for row in page.plain.list.rows_model.rows:
            page.plain.list.opened.emit(row)

        assert wanted == leads
        assert page.bar.code.hasFocus()
