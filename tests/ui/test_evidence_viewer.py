"""The evidence viewer: what was opened counts, what changed is said, what could run stays shut."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.handing_out import hand_out
from erpdesk.services.looking import File, PageShown
from erpdesk.services.noticing import Asked
from tests.services.builders import Office
from tests.ui.settling import looking, silent_buttons, until_idle
from ui.pages.evidence_files import serve_files
from ui.widgets.evidence_viewer import PDF, EvidenceViewer, Proof
from ui.work.runner import Runner
from ui.work.wording import Wording


def a_file(
    data: bytes, media_type: str = "text/plain", *, name: str = "签收单.txt", intact: bool = True
) -> File:
    digest = hashlib.sha256(data).hexdigest()
    return File(digest, name, media_type, len(data), "maker", 1_764_000_000_000_000, data, intact)


def a_page(number: int, count: int) -> PageShown:
    return PageShown(number, count, 40, 30, 120, bytes(3600))


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
    viewer.copy_wanted.connect(
        lambda file, path: viewer.card.take_copy(file, hand_out(path, file.data))
    )
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


def test_that_a_piece_on_a_page_that_is_not_open_counts_when_the_page_is_opened(
    app: QApplication, qtbot: QtBot
) -> None:
    file = a_file(b"one")
    viewer = viewer_of(qtbot, file)
    viewer.hide()

    viewer.show_file(file)
    hidden = viewer.is_all_seen
    viewer.show()

    assert (hidden, viewer.is_all_seen) == (False, True)


def test_that_bytes_that_changed_do_not_count_and_are_said(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(b"one", intact=False)
    viewer = viewer_of(qtbot, file)

    viewer.show_file(file)

    assert not viewer.is_all_seen
    assert "文件已变" in viewer._state.text()


def test_that_a_pdf_counts_when_a_page_of_it_was_shown(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(b"%PDF-1.7", PDF, name="合同.pdf")
    viewer = viewer_of(qtbot, file)
    asked: list[tuple[str, int]] = []
    viewer.page_wanted.connect(lambda digest, n: asked.append((digest, n)))

    viewer.show_file(file)
    before = viewer.is_all_seen
    viewer.show_page(file.hash, a_page(1, 3))

    assert (before, viewer.is_all_seen) == (False, True)
    assert asked == [(file.hash, 1)]
    assert viewer._tools.page.accessibleName() == "第 1 页，共 3 页"


def test_that_page_keys_turn_and_ask_for_one_page_at_a_time(
    app: QApplication, qtbot: QtBot
) -> None:
    file = a_file(b"%PDF-1.7", PDF, name="合同.pdf")
    viewer = viewer_of(qtbot, file)
    asked: list[int] = []
    viewer.page_wanted.connect(lambda _, n: asked.append(n))
    viewer.show_file(file)
    viewer.show_page(file.hash, a_page(1, 5))

    for _ in range(3):
        qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    viewer.show_page(file.hash, a_page(2, 5))
    viewer.show_page(file.hash, a_page(4, 5))
    qtbot.keyClick(viewer, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    assert asked == [1, 2, 4, 5]
    assert viewer.view.number == 5
    assert not viewer._tools.after.isEnabled()


def test_that_turn_and_zoom_stay_from_page_to_page(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(b"%PDF-1.7", PDF, name="合同.pdf")
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)
    viewer.show_page(file.hash, a_page(1, 2))
    viewer._tools.turn.click()
    viewer._tools.larger.click()
    viewer._tools.after.click()

    viewer.show_page(file.hash, a_page(2, 2))

    canvas = viewer.view.widget()
    assert canvas is not None
    assert canvas.size().toTuple() == (38, 50)


def test_that_a_pdf_that_cannot_be_shown_is_opened_in_its_own_program(
    app: QApplication, qtbot: QtBot
) -> None:
    class Opened(QObject):
        urls: list[str]

        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            self.urls.append(url.fileName())

    opened, file = Opened(), a_file(b"%PDF-1.7", PDF, name="../合同.pdf")
    opened.urls = []
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)
    viewer.refuse(file.hash, "这份 PDF 有密码")
    before = (viewer.is_all_seen, viewer.card.said.text())
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]
    try:
        viewer.card.open.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")

    assert before == (False, "这份 PDF 有密码")
    assert opened.urls == [f"{file.hash[:16]}.pdf"]
    assert viewer.is_all_seen


def test_that_pages_are_drawn_beside_the_window(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.desk("maker").noticing.issue(office.customer(), Asked())
    look = looking(office, "maker")
    digest = look.notices().rows[0].papers[0].hash.hex()
    viewer = viewer_of(qtbot)
    serve_files(viewer, runner, look, viewer.words)

    viewer.show_proofs((Proof(digest, "order"),))
    qtbot.waitUntil(until_idle(runner))

    assert viewer.is_all_seen
    assert (viewer.view.number, viewer.view.count) == (1, 1)
    assert viewer.view.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_that_the_whole_screen_shows_it_and_gives_it_back(
    app: QApplication, qtbot: QtBot, key: Qt.Key
) -> None:
    one, two = a_file(b"one"), a_file(b"two")
    viewer = viewer_of(qtbot, one, two)
    viewer.show_file(one)
    qtbot.keyClick(viewer, Qt.Key.Key_F11)
    whole = viewer.whole
    assert whole is not None

    qtbot.keyClick(whole, Qt.Key.Key_Right)
    shown = (whole.isVisible(), viewer.room.window() is whole, viewer.current)
    qtbot.keyClick(whole, key)

    assert shown == (True, True, two.hash)
    assert viewer.whole is None
    assert viewer.room.isVisible()
    assert viewer.room.window() is viewer


@pytest.mark.parametrize("media_type", ["application/x-msdownload", "application/octet-stream"])
def test_that_what_could_run_is_saved_and_never_opened(
    app: QApplication, qtbot: QtBot, tmp_path: Path, media_type: str
) -> None:
    file = a_file(b"MZ", media_type, name="合同.exe")
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)

    offered = (viewer.card.open.isVisible(), viewer.card.save.isVisible())
    viewer.card.save_copy(str(tmp_path / "copy"))

    assert offered == (False, True)
    assert (tmp_path / "copy").read_bytes() == b"MZ"
    assert viewer.is_all_seen


@pytest.mark.usefixtures("full_disk")
def test_that_a_copy_on_a_full_disk_leaves_what_stood_there_and_counts_as_nothing_seen(
    app: QApplication, qtbot: QtBot, tmp_path: Path, runner: Runner, office: Office
) -> None:
    file = a_file(b"MZ", "application/octet-stream", name="合同.exe")
    viewer = viewer_of(qtbot, file)
    viewer.copy_wanted.disconnect()
    viewer.show_file(file)
    serve_files(viewer, runner, looking(office, "maker"), viewer.words)
    (tmp_path / "copy").write_bytes(b"before")

    viewer.card.save_copy(str(tmp_path / "copy"))
    qtbot.waitUntil(until_idle(runner))

    assert (tmp_path / "copy").read_bytes() == b"before"
    assert "磁盘满了" in viewer.card.said.text()
    assert not viewer.is_all_seen


def test_that_a_broken_picture_is_offered_to_its_own_program(
    app: QApplication, qtbot: QtBot
) -> None:
    file = a_file(b"no picture", "image/png", name="照片.png")
    viewer = viewer_of(qtbot, file)

    viewer.show_file(file)

    assert not viewer.is_all_seen
    assert viewer.card.open.isVisible()


def test_that_a_piece_is_called_by_its_whole_kind_in_either_language(
    app: QApplication, qtbot: QtBot
) -> None:
    viewer = viewer_of(qtbot, a_file(b"one"))

    chinese = viewer._buttons[0].text()
    viewer.words.use("en")

    assert (chinese, viewer._buttons[0].text()) == (
        "1 签收单", "1 signed delivery note",
    )  # fmt: skip


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
    assert viewer.card.said.text() == "没有附证据"
    assert silent_buttons(viewer) == []


def test_that_a_picture_can_be_zoomed_and_turned(app: QApplication, qtbot: QtBot) -> None:
    file = a_file(png(), "image/png", name="照片.png")
    viewer = viewer_of(qtbot, file)
    viewer.show_file(file)
    canvas = viewer.view.widget()
    assert canvas is not None
    sizes = [canvas.size().toTuple()]
    tools = viewer._tools
    for tool in (tools.larger, tools.turn, tools.fit):
        tool.click()
        sizes.append(canvas.size().toTuple())

    assert sizes == [(40, 30), (50, 38), (38, 50), (30, 40)]
