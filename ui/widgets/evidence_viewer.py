"""Evidence beside the entry: pictures and texts as they are, of other files what is known.

It is given files and shows them; which were opened is counted here and nowhere else.
"""

from collections.abc import Mapping  # noqa: TC003 - kept in an annotation of a part
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from erpdesk.domain.evidence import KIND_OF
from erpdesk.services.looking import File
from erpdesk.words import Sentence
from ui.look import Ink, scaled
from ui.widgets.button import Button
from ui.widgets.painting import draw_ring
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Painted, Panel, column, row, rule
from ui.widgets.picture_view import PictureView, image_of
from ui.work.wording import Wording

S = Sentence
NONE = S("没有附证据", "No evidence is attached")
LOADING = S("正在取文件……", "The file is being read …")
SEEN = S("看过 {seen} / {all} 件", "{seen} of {all} looked at")
INTACT = S("文件哈希一致 {hash}", "The file has its hash {hash}")
CHANGED = S("文件已变，和哈希对不上：{hash}", "The file changed, its hash is another: {hash}")
FACTS = S("{kind} · {size} · {by} {at}", "{kind} · {size} · {by} {at}")
ELSEWHERE = S(
    "这类文件不在这里显示，用本机程序打开来看。", "This kind of file is opened in its own program."
)
UNSAFE = S(
    "这类文件不从这里打开：先存一份，查过再看。",
    "A file of this kind is not opened here: save a copy, check it, then look.",
)
SAVE = S("另存一份…", "Save a copy…")
OPEN = S("用本机程序打开", "Open in its program")
LARGER, SMALLER = S("放大", "Larger"), S("缩小", "Smaller")
TURN, FIT = S("旋转", "Turn"), S("适合窗口", "Fit")
NAME = S("证据，左右键换件", "Evidence; left and right choose")

SAFE_OUTSIDE: Final = {
    "application/pdf": ".pdf",
    "image/tiff": ".tif",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/ofd": ".ofd",
    "text/csv": ".csv",
}
"""What may be opened in the computer's own program: nothing that could run."""

CENTER: Final = Qt.AlignmentFlag.AlignHCenter
_TEXT_MOST: Final = 200_000
_ZONE: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as a text names it: the hash of its bytes (hex) and its kind."""

    hash: str
    kind: str


class EvidenceViewer(Painted):
    """One file at a time; ``wanted`` asks for a file's bytes, ``opened`` says that it was seen."""

    wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self.words = words
        self.names: Mapping[str, str] = {}
        self._proofs: tuple[Proof, ...] = ()
        self._files: dict[str, File] = {}
        self._seen: set[str] = set()
        self._current = ""
        self._folder = QTemporaryDir()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words.put(self, "setAccessibleName", NAME)
        self._build()
        words.switched.connect(self._say_again)
        self._show_none()

    @property
    def seen(self) -> frozenset[str]:
        """Return the hashes of what was opened."""
        return frozenset(self._seen)

    @property
    def is_all_seen(self) -> bool:
        """Say whether every piece was opened, and had its hash."""
        return {one.hash for one in self._proofs} <= self._seen

    @property
    def current(self) -> str:
        """Return the hash of what is shown; empty without evidence."""
        return self._current

    def show_proofs(self, proofs: tuple[Proof, ...]) -> None:
        """Show what a document rests on; what was opened before stays counted."""
        known = {one.hash for one in proofs}
        self._proofs = tuple(dict.fromkeys(proofs))
        self._seen &= known
        self._fill_strip()
        if not proofs:
            self._show_none()
            return
        self.choose(self._current if self._current in known else proofs[0].hash)

    def count_seen(self, hashes: frozenset[str]) -> None:
        """Count what the same person opened of these files a moment ago, elsewhere."""
        self._seen |= hashes & {one.hash for one in self._proofs}
        self._count()

    def choose(self, digest: str) -> None:
        """Show this piece; its bytes are asked for when they are not here yet."""
        self._current = digest
        for button in self._buttons:
            button.setChecked(button.property("hash") == digest)
        if digest in self._files:
            self._show(self._files[digest])
            return
        self._pages.setCurrentWidget(self._card)
        self._say_card(LOADING, can_open=None)
        self._title.setText("")
        self._facts.setText("")
        self.wanted.emit(digest)

    def choose_first_unseen(self) -> None:
        """Show what was not opened yet."""
        for one in self._proofs:
            if one.hash not in self._seen:
                self.choose(one.hash)
                return

    def show_file(self, file: File) -> None:
        """Take the bytes that were asked for."""
        self._files[file.hash] = file
        if file.hash == self._current:
            self._show(file)

    def refuse(self, digest: str, sentence: str) -> None:
        """Say why a file cannot be shown."""
        if digest == self._current:
            self._pages.setCurrentWidget(self._card)
            self._card_text.setText(sentence)
            self._open.hide()
            self._save.hide()

    def open_outside(self) -> None:
        """Open what is shown in the computer's own program, from a copy that is dropped later."""
        file = self._files[self._current]
        path = Path(self._folder.filePath(file.hash[:16] + SAFE_OUTSIDE[file.media_type]))
        path.write_bytes(file.data)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self._mark_seen(file)

    def save_copy(self, path: str) -> None:
        """Write what is shown to a file that somebody chose."""
        file = self._files[self._current]
        Path(path).write_bytes(file.data)
        self._mark_seen(file)

    def _ask_where(self) -> None:
        name = self._files[self._current].name
        path, _ = QFileDialog.getSaveFileName(self, self.words.say(SAVE), name)
        if path:
            self.save_copy(path)

    def _build(self) -> None:
        self._choosers = row(gap=4, margins=(10, 6, 10, 6))
        self._strip = Panel(self._choosers, ground="surface", margins=(0, 0, 0, 0))
        self._buttons: list[Button] = []
        strip = self._strip_room = QScrollArea()
        strip.setWidget(self._strip)
        strip.setWidgetResizable(True)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        strip.setFixedHeight(scaled(44))
        self._picture = PictureView()
        self._title = ElidedLabel("", "strong")
        self._facts = ElidedLabel("", "small", "text2")
        self._tools = self._made_tools()
        head = row((column(self._title, self._facts, gap=0), 1), *self._tools, gap=4)
        head.setContentsMargins(14, 4, 10, 6)
        self._pages = self._made_pages()
        self._state_icon = Icon("shield-check", "ok", 16)
        self._state = ElidedLabel("", "small", "text2")
        self._count_label = Label("", "label", "ok")
        foot = row(self._state_icon, (self._state, 1), self._count_label, margins=(14, 8, 14, 8))
        whole = column(
            strip, rule(), head, (self._pages, 1), rule(), foot, gap=0, margins=(2, 2, 2, 2)
        )
        self.setLayout(whole)

    def _made_tools(self) -> tuple[Button, ...]:
        made = []
        for icon, sentence, act in (
            ("minus", SMALLER, lambda: self._picture.zoom(0.8)),
            ("plus", LARGER, lambda: self._picture.zoom(1.25)),
            ("refresh-cw", TURN, self._picture.turn),
            ("maximize", FIT, self._picture.fit),
        ):
            button = Button("", "plain", icon=icon, height_px=28)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.words.put(button, "setAccessibleName", sentence)
            self.words.put(button, "setToolTip", sentence)
            button.clicked.connect(act)
            made.append(button)
        return tuple(made)

    def _made_pages(self) -> QStackedWidget:
        pages = QStackedWidget()
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._card_text = Label(
            "", "body", "text2", wraps=True, align=Qt.AlignmentFlag.AlignHCenter
        )
        self._open = Button("", icon="eye")
        self._open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.put(self._open, "setText", OPEN)
        self._open.clicked.connect(self.open_outside)
        self._save = Button("", icon="download")
        self.words.put(self._save, "setText", SAVE)
        self._save.clicked.connect(self._ask_where)
        self._card = QWidget()
        self._card.setLayout(
            column(
                STRETCH,
                row(STRETCH, Icon("file-text", "text3", 40), STRETCH),
                self._card_text,
                row(STRETCH, self._open, self._save, STRETCH),
                STRETCH,
                gap=6,
                margins=(20, 4, 20, 4),
            )
        )
        for page in (self._picture, self._text, self._card):
            pages.addWidget(page)
        return pages

    def _fill_strip(self) -> None:
        layout = self._choosers
        while (item := layout.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        self._buttons = [self._chooser(n, one) for n, one in enumerate(self._proofs, 1)]
        for button in self._buttons:
            layout.addWidget(button)
        layout.addItem(row(STRETCH))
        self._count()

    def _chooser(self, n: int, proof: Proof) -> Button:
        button = Button(f"{n} {self._kind(proof.kind)}", icon="paperclip", height_px=28)
        button.setCheckable(True)
        button.setProperty("hash", proof.hash)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.choose(proof.hash))
        return button

    def _kind(self, code: str) -> str:
        kind = KIND_OF.get(code)
        return self.words.say(S(kind.name_zh, kind.name_en)) if kind else code

    def _show_none(self) -> None:
        self._current = ""
        self._pages.setCurrentWidget(self._card)
        self._say_card(NONE, can_open=None)
        self._title.setText("")
        self._facts.setText("")
        self._state.setText("")
        self._state_icon.hide()
        self._show_tools(is_picture=False)
        self._count()

    def _say_card(self, sentence: Sentence, *, can_open: bool | None) -> None:
        self.words.put(self._card_text, "setText", sentence)
        self._open.setVisible(can_open is True)
        self._save.setVisible(can_open is False)

    def _show_tools(self, *, is_picture: bool) -> None:
        for tool in self._tools:
            tool.setVisible(is_picture)

    def _show(self, file: File) -> None:
        self._say_facts(file)
        image = image_of(file.data) if file.media_type.startswith("image/") else QImage()
        is_text = file.media_type.startswith("text/") and file.media_type not in SAFE_OUTSIDE
        self._show_tools(is_picture=not image.isNull())
        if not image.isNull():
            self._picture.show_image(image)
            self._pages.setCurrentWidget(self._picture)
        elif is_text:
            self._text.setPlainText(file.data[:_TEXT_MOST].decode("utf-8", "replace"))
            self._pages.setCurrentWidget(self._text)
        else:
            can_open = file.media_type in SAFE_OUTSIDE
            self._pages.setCurrentWidget(self._card)
            self._say_card(ELSEWHERE if can_open else UNSAFE, can_open=can_open)
        if not image.isNull() or is_text:
            self._mark_seen(file)

    def _mark_seen(self, file: File) -> None:
        if file.is_intact and file.hash not in self._seen:
            self._seen.add(file.hash)
            self._count()
            self.opened.emit(file.hash)

    def _say_facts(self, file: File) -> None:
        proof = next((one for one in self._proofs if one.hash == file.hash), None)
        self._title.setText(file.name)
        self._facts.setText(
            self.words.say(
                FACTS,
                kind=self._kind(proof.kind) if proof else file.media_type,
                size=_size(file.size),
                by=self.names.get(file.made_by, file.made_by),
                at=_moment(file.made_at),
            )
        )
        tone: Ink = "ok" if file.is_intact else "error"
        said = INTACT if file.is_intact else CHANGED
        self._state_icon.show()
        self._state_icon.show_icon("shield-check" if file.is_intact else "octagon-x", tone)
        self._state.set_ink("text2" if file.is_intact else "error")
        self._state.setText(self.words.say(said, hash=f"{file.hash[:4]}…{file.hash[-4:]}"))

    def _count(self) -> None:
        seen = len({one.hash for one in self._proofs} & self._seen)
        every = len({one.hash for one in self._proofs})
        self.words.put(self._count_label, "setText", SEEN, seen=seen, all=every)
        self._count_label.set_ink("ok" if seen == every else "attention")
        self._count_label.setVisible(every > 0)
        self._strip_room.setVisible(every > 0)

    def _say_again(self) -> None:
        self._fill_strip()
        if self._current:
            self.choose(self._current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        hashes = [one.hash for one in self._proofs]
        if step is None or self._current not in hashes:
            super().keyPressEvent(event)
            return
        self.choose(hashes[(hashes.index(self._current) + step) % len(hashes)])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(painter, QRectF(self.rect()))
            painter.end()


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def _moment(at_us: int) -> str:
    at = datetime.fromtimestamp(at_us // 1_000_000, UTC) + _ZONE
    return at.strftime("%m-%d %H:%M")
