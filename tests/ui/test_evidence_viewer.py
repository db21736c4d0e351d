"""The evidence viewer: what was opened counts, what changed is said, what could run stays shut."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.looking import File
from tests.ui.settling import silent_buttons
from ui.widgets.evidence_viewer import EvidenceViewer, Proof
from ui.work.wording import Wording


def a_file(
    data: bytes, media_type: str = "text/plain", *, name: str = "签收单.txt", intact: bool = True
) -> File:
    digest = hashlib.sha256(data).hexdigest()
    return File(digest, name, media_type, len(data), "maker", 1_764_000_000_000_000, data, intact)


def png() -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def viewer_of(qtbot: QtBot, *files: File) -> EvidenceViewer:
    viewer = EvidenceViewer(Wording("zh"))
    qtbot.addWidget(viewer)
    viewer.names = {"maker": "陈静"}
    viewer.resize(400, 400)
    viewer.show()
    viewer.show_proofs(tuple(Proof(one.hash, "acceptance") for one in files))
    return viewer


def test_that_a_piece_counts_when_it_was_shown(app: QApplication, qtbot: QtBot) -> None:
    one, two = a_file(b"one"), a_file(png(), "image/png", name="照片.png")
    viewer = viewer_of(qtbot, one, two)
    asked: list[str] = []
    viewer.wanted.connect(asked.append)

    viewer.show_file(one)
    counts = [viewer._count_label.text()]
    viewer.choose(two.hash)
    viewer.show_file(two)
    counts.append(viewer._count_label.text())

    assert counts == ["看过 1 / 2 件", "看过 2 / 2 件"]
    assert asked == [two.hash]
    assert viewer.is_all_seen


def test_that_bytes_that_changed_do_not_count_and_are_said(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(b"one", intact=False)
    viewer = viewer_of(qtbot, file)

    viewer.show_file(file)

    assert not viewer.is_all_seen
    assert "文件已变" in viewer._state.text()


def test_that_a_pdf_is_opened_in_its_own_program(app: QApplication, qtbot: QtBot) -> None:
    class Opened(QObject):
        urls: list[str]

        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            self.urls.append(url.fileName())

    opened, file = Opened(), a_file(b"%PDF-1.7", "application/pdf", name="../合同.pdf")
    opened.urls = []
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)
    before = viewer.is_all_seen
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]
    try:
        viewer._open.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")

    assert before is False
    assert opened.urls == [f"{file.hash[:16]}.pdf"]
    assert viewer.is_all_seen


@pytest.mark.parametrize("media_type", ["application/x-msdownload", "application/octet-stream"])
def test_that_what_could_run_is_saved_and_never_opened(
    app: QApplication, qtbot: QtBot, tmp_path: Path, media_type: str
) -> None:
    file = a_file(b"MZ", media_type, name="合同.exe")
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)

    offered = (viewer._open.isVisible(), viewer._save.isVisible())
    viewer.save_copy(str(tmp_path / "copy"))

    assert offered == (False, True)
    assert (tmp_path / "copy").read_bytes() == b"MZ"
    assert viewer.is_all_seen


def test_that_a_broken_picture_is_offered_to_its_own_program(
    app: QApplication, qtbot: QtBot
) -> None:
    file = a_file(b"no picture", "image/png", name="照片.png")
    viewer = viewer_of(qtbot, file)

    viewer.show_file(file)

    assert not viewer.is_all_seen
    assert viewer._open.isVisible()


def test_that_left_and_right_choose(app: QApplication, qtbot: QtBot) -> None:
    one, two = a_file(b"one"), a_file(b"two")
    viewer = viewer_of(qtbot, one, two)

    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    right = viewer.current
    qtbot.keyClick(viewer, Qt.Key.Key_Right)

    assert (right, viewer.current) == (two.hash, one.hash)


def test_that_without_evidence_it_says_so(app: QApplication, qtbot: QtBot) -> None:
    viewer = viewer_of(qtbot)

    assert viewer.is_all_seen
    assert viewer._card_text.text() == "没有附证据"
    assert silent_buttons(viewer) == []


def test_that_a_picture_can_be_zoomed_and_turned(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(png(), "image/png", name="照片.png")
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)
    canvas = viewer._picture.widget()
    assert canvas is not None
    sizes = [canvas.size().toTuple()]
    for tool in viewer._tools[1:]:
        tool.click()
        sizes.append(canvas.size().toTuple())

    assert sizes == [(40, 30), (50, 38), (38, 50), (30, 40)]
