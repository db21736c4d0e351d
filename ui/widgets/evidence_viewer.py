"""Evidence beside the entry: pictures, pages and texts as they are, of other files what is known.

It is given files and shows them; what was on the screen is counted here and nowhere else.
"""

from collections.abc import Mapping  # noqa: TC003 - kept in an annotation of a part
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.evidence import KIND_OF
from erpdesk.domain.moments import at_desk
from erpdesk.services.looking import File, PageShown
from erpdesk.words import Sentence
from ui.look import Ink, scaled
from ui.widgets.button import Button
from ui.widgets.file_card import SAFE_OUTSIDE, FileCard
from ui.widgets.full_screen import Enlargeable
from ui.widgets.page_tools import PageTools
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.widgets.picture_view import PagesView, image_of
from ui.work.wording import Wording

S = Sentence
NONE = S("没有附证据", "No evidence is attached")
LOADING = S("正在取文件……", "The file is being read …")
SEEN = S("看过 {seen} / {all} 件", "{seen} of {all} looked at")
INTACT = S("文件哈希一致 {hash}", "The file has its hash {hash}")
CHANGED = S("文件已变，和哈希对不上：{hash}", "The file changed, its hash is another: {hash}")
FACTS = S("{kind} · {size} · {by} {at}", "{kind} · {size} · {by} {at}")
NAME = S("证据，左右键换件，翻页键翻页", "Evidence; left and right choose, page keys turn")

PDF: Final = "application/pdf"
CENTER: Final = Qt.AlignmentFlag.AlignHCenter
_TEXT_MOST: Final = 200_000


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as a text names it: the hash of its bytes (hex) and its kind."""

    hash: str
    kind: str


class EvidenceViewer(Enlargeable):
    """One file at a time; ``opened`` says that it was seen.

    ``wanted`` (hash) asks for a file's bytes, ``page_wanted`` (hash, number) for a page of a PDF,
    ``copy_wanted`` (File, Path) for a copy written there.
    """

    wanted = Signal(str)
    page_wanted = Signal(str, int)
    copy_wanted = Signal(object, object)
    opened = Signal(str)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self.words = words
        self.names: Mapping[str, str] = {}
        self._proofs: tuple[Proof, ...] = ()
        self._files: dict[str, File] = {}
        self._seen: set[str] = set()
        self._current = ""
        self._on_screen: File | None = None
        words.put(self, "setAccessibleName", NAME)
        self._build()
        words.when_switched(self._say_again)
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
        self._tools.setVisible(bool(proofs))
        if not proofs:
            self._show_none()
            return
        self.choose(self._current if self._current in known else proofs[0].hash)

    def count_seen(self, hashes: frozenset[str]) -> None:
        """Count what the same person opened of these files a moment ago, elsewhere."""
        self._seen |= hashes & {one.hash for one in self._proofs}
        self._count()

    def ask_again(self) -> None:
        """Ask once more for what is to be shown and is not here: somebody answers only now."""
        if self._current and self._current not in self._files:
            self.wanted.emit(self._current)

    def choose(self, digest: str) -> None:
        """Show this piece; its bytes are asked for when they are not here yet."""
        self._current, self._on_screen = digest, None
        for button in self._buttons:
            button.setChecked(button.property("hash") == digest)
            if button.isChecked():
                self._strip_room.ensureWidgetVisible(button, 0, 0)
        if digest in self._files:
            self._show(self._files[digest])
            return
        self._say_card(LOADING)
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

    def show_page(self, digest: str, page: PageShown) -> None:
        """Take the page that was asked for; a PDF counts as opened when a page of it is shown."""
        is_shown = self.view.take_page(digest, page)
        if is_shown and digest == self._current:
            self._show_picture(has_picture=True)
            self._came_on_screen(self._files[digest])

    def refuse(self, digest: str, sentence: str) -> None:
        """Say why a file, or its page, cannot be shown."""
        if digest == self._current:
            self._on_screen = None
            self.view.give_up()
            self._pages.setCurrentWidget(self.card)
            self._tools.show_for(has_picture=False)
            self.card.refuse(sentence, self._files.get(digest))

    def _build(self) -> None:
        self._choosers = row(gap=6, margins=(11, 6, 11, 6))
        self._strip = Panel(self._choosers, ground="surface", margins=(0, 0, 0, 0))
        self._buttons: list[Button] = []
        strip = self._strip_room = QScrollArea()
        strip.setWidget(self._strip)
        strip.setWidgetResizable(True)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        strip.setFixedHeight(scaled(44))
        self.view, self.card = PagesView(), FileCard(self.words)
        self.view.wanted.connect(self.page_wanted)
        self.card.copy_wanted.connect(self.copy_wanted)
        self.card.handed_out.connect(self._mark_seen)
        self._title = ElidedLabel("", "strong")
        self._facts = ElidedLabel("", "small", "text2")
        self._tools = PageTools(self.words, self.view, self.full_screen)
        head = column(self._title, self._facts, self._tools, gap=0, margins=(11, 4, 11, 4))
        self._pages = self._made_pages()
        self._state_icon = Icon("shield-check", "ok", 16)
        self._state = ElidedLabel("", "small", "text2")
        self._count_label = Label("", "label", "ok")
        foot = row(self._state_icon, (self._state, 1), self._count_label, margins=(11, 8, 11, 8))
        self._above, self._below = QWidget(), QWidget()
        self._above.setLayout(column(strip, rule(), head, gap=0))
        self._below.setLayout(column(rule(), foot, gap=0))
        self.room.setLayout(column(self._above, (self._pages, 1), self._below, gap=0))
        self.setLayout(self.home)

    def _made_pages(self) -> QStackedWidget:
        pages = QStackedWidget()
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setProperty("bare", "true")
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for page in (self.view, self._text, self.card):
            pages.addWidget(page)
        return pages

    def _fill_strip(self) -> None:
        emptied(self._choosers)
        self._buttons = [self._chooser(n, one) for n, one in enumerate(self._proofs, 1)]
        for button in self._buttons:
            self._choosers.addWidget(button)
        self._choosers.addItem(row(STRETCH))
        self._count()

    def _chooser(self, n: int, proof: Proof) -> Button:
        kind = self._kind(proof.kind)
        button = Button(f"{n} {kind}", icon="paperclip", height_px=28, name=f"{n} {kind}")
        button.setCheckable(True)
        button.setProperty("hash", proof.hash)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.choose(proof.hash))
        return button

    def _kind(self, code: str) -> str:
        kind = KIND_OF.get(code)
        return self.words.say(S(kind.name_zh, kind.name_en)) if kind else code

    def _show_none(self) -> None:
        self._current, self._on_screen = "", None
        self._say_card(NONE)
        self._title.setText("")
        self._facts.setText("")
        self._state.setText("")
        self._state_icon.hide()
        self._count()

    def _say_card(self, sentence: Sentence) -> None:
        self._pages.setCurrentWidget(self.card)
        self._tools.show_for(has_picture=False)
        self.card.say(sentence)

    def _show_picture(self, *, has_picture: bool) -> None:
        self._pages.setCurrentWidget(self.view if has_picture else self._text)
        self._tools.show_for(has_picture=has_picture)

    def _show(self, file: File) -> None:
        self._say_facts(file)
        if file.media_type == PDF:
            self._show_pdf(file)
            return
        image = image_of(file.data) if file.media_type.startswith("image/") else QImage()
        is_text = file.media_type.startswith("text/") and file.media_type not in SAFE_OUTSIDE
        if image.isNull() and not is_text:
            self._pages.setCurrentWidget(self.card)
            self._tools.show_for(has_picture=False)
            self.card.offer(file)
            return
        if is_text:
            self._text.setPlainText(file.data[:_TEXT_MOST].decode("utf-8", "replace"))
        else:
            self.view.show_picture(image)
        self._show_picture(has_picture=not is_text)
        self._came_on_screen(file)

    def _show_pdf(self, file: File) -> None:
        if self.view.has_page(file.hash):
            self._show_picture(has_picture=True)
            self._came_on_screen(file)
        else:
            self._say_card(LOADING)
        if self.view.digest != file.hash:
            self.view.show_pdf(file.hash)

    def _came_on_screen(self, file: File) -> None:
        """Count what is shown as seen; on a page that is not open nobody sees it yet."""
        self._on_screen = file
        if self.isVisible():
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
        for part in (self._above, self._below):
            part.setVisible(every > 0)

    def _say_again(self) -> None:
        self._fill_strip()
        if self._current:
            self.choose(self._current)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        """Choose another piece, or work on the picture."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        hashes = [one.hash for one in self._proofs]
        if plain and step is not None and self._current in hashes:
            self.choose(hashes[(hashes.index(self._current) + step) % len(hashes)])
            return True
        is_picture = self._pages.currentWidget() is self.view
        return is_picture and self._tools.take_key(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._on_screen is not None:
            self._mark_seen(self._on_screen)


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def _moment(at_us: int) -> str:
    return f"{at_desk(at_us):%m-%d %H:%M}"
