"""Files and folders are asked for in one place, which knows where one was found last."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.work import asking_files
from ui.work.asking_files import Folders, file_to_read, files_to_read, place_to_write


class Dialog:
    """The system's dialog: where it began, and what somebody answers."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.answer = ""

    def getOpenFileNames(self, _: QWidget, __: str, where: str) -> tuple[list[str], str]:  # noqa: N802
        self.began.append(where)
        return [self.answer] if self.answer else [], ""

    def getOpenFileName(self, _: QWidget, __: str, where: str, ___: str) -> tuple[str, str]:  # noqa: N802
        self.began.append(where)
        return self.answer, ""

    def getSaveFileName(self, _: QWidget, __: str, where: str, ___: str) -> tuple[str, str]:  # noqa: N802
        return self.getOpenFileName(_, __, where, ___)


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Dialog:
    made = Dialog()
    monkeypatch.setattr(asking_files, "QFileDialog", made)
    monkeypatch.setattr(asking_files, "folders", Folders())
    monkeypatch.setattr(asking_files, "_documents", lambda: "/文档")
    return made


def test_that_each_purpose_begins_where_it_was_answered_last_and_others_among_the_documents(
    app: QApplication, qtbot: QtBot, dialog: Dialog
) -> None:
    asker = QWidget()
    qtbot.addWidget(asker)

    dialog.answer = "/扫描件/签收单.pdf"
    files_to_read(asker, "添加", "evidence")
    dialog.answer = ""
    files_to_read(asker, "添加", "evidence")
    place_to_write(asker, "存", "paper", "通知书.pdf")
    file_to_read(asker, "文件", "import", here="/账/客户.csv")

    assert dialog.began == ["/文档", "/扫描件", "/文档/通知书.pdf", "/账/客户.csv"]


def test_that_the_next_start_begins_in_the_same_folder(tmp_path: Path) -> None:
    before, after = Folders(), Folders()
    for one in (before, after):
        one.keep_in(tmp_path / "window.ini")

    before.note("backup", "/盘/备份/一.erpbackup")

    assert after.of("backup") == "/盘/备份"
