"""Evidence is added here by file, paste or drop; what is there is shown beside it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from typing_extensions import override

from erpdesk.domain.evidence import KINDS
from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.widgets.parts import ElidedLabel, Label, Panel, column, row, rule
from ui.work.asking_files import files_to_read
from ui.work.wording import Wording

S = Sentence
TITLE = S("证据", "Evidence")
KIND = S("证据种类", "Kind of evidence")
ADD, PASTE, REMOVE = S("添加", "Add"), S("粘贴", "Paste"), S("移除", "Remove")
HINT = S("也可以把文件拖到这里", "Files may be dropped here too")
NOTHING = S("没有可移除的证据", "There is no evidence to remove")
PASTED: Final = "粘贴.png"
KIND_LEAST: Final = 16
"""So many letters of a kind are seen where there is little room."""


class EvidenceTaker(Panel):
    """``given`` (name, bytes or None, path, kind) is what somebody added, ``removed`` a hash."""

    given = Signal(str, object, str, str)
    removed = Signal(str)

    def __init__(self, words: Wording, *, kind: str = "acceptance") -> None:
        self._words = words
        self.viewer = EvidenceViewer(words)
        self.kind = Combo()
        self.kind.setMinimumHeight(28)
        self.kind.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(KIND_LEAST)
        words.put(self.kind, "setAccessibleName", KIND)
        self.add = Button("", icon="paperclip", key="Ctrl+U", height_px=28)
        self.paste = Button("", icon="copy", height_px=28)
        self.add.yields = self.paste.yields = True  # the kind is read whole
        self.remove = Button("", "plain", icon="x", height_px=28)
        title, hint = Label("", "section"), ElidedLabel("", "small", "text3")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part, sentence in (
            (title, TITLE), (hint, HINT), (self.add, ADD), (self.paste, PASTE),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        words.put(self.remove, "setAccessibleName", REMOVE)
        head = column(
            row(title, (hint, 1)), row((self.kind, 1), self.add, self.paste, self.remove),
            gap=6, margins=(14, 8, 14, 8),
        )  # fmt: skip
        super().__init__(head, rule(), (self.viewer, 1), gap=0, margins=(1, 1, 1, 1))
        self.setAcceptDrops(True)
        self.add.clicked.connect(self.ask_for_files)
        self.paste.clicked.connect(lambda: self.take(QGuiApplication.clipboard().mimeData()))
        self.remove.clicked.connect(lambda: self.removed.emit(self.viewer.current))
        words.when_switched(self._fill)
        self._fill()
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.judge()

    def judge(self) -> None:
        """Let a piece be removed when there is one."""
        self.remove.forbid("" if self.viewer.current else self._words.say(NOTHING))

    def ask_for_files(self) -> None:
        """Ask the system for files."""
        self._take_paths(files_to_read(self, self._words.say(ADD), "evidence"))

    def take(self, data: QMimeData) -> None:
        """Take files or a picture from the clipboard or from a drop."""
        if data.hasUrls():
            self._take_paths([url.toLocalFile() for url in data.urls() if url.isLocalFile()])
        elif data.hasImage():
            self._take_image(QImage(data.imageData()))

    def _take_image(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        self.given.emit(PASTED, bytes(buffer.data().data()), "", self.kind.currentData())

    def _take_paths(self, paths: list[str]) -> None:
        for path in paths:
            self.given.emit(Path(path).name, None, path, self.kind.currentData())

    def _fill(self) -> None:
        chosen = self.kind.currentData()
        self.kind.clear()
        for kind in KINDS:
            self.kind.addItem(self._words.say(S(kind.name_zh, kind.name_en)), kind.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.take(event.mimeData())
        event.acceptProposedAction()
