"""The first start: try the sample company, make one of your own, or open one that is there."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.dialogs.new_books import BROWSE, NEEDS_PLACE, NewBooksForm
from ui.dialogs.whole_dialog import WholeDialog
from ui.look import Ink, Type, dress, scaled
from ui.widgets.button import Button, Look
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Item,
    Label,
    Panel,
    column,
    row,
    walk_after,
)
from ui.work.asking_files import file_to_read, folders, place_to_write
from ui.work.wording import Wording, literal

TITLE = Sentence("打开账套", "Open books")
INTRO = Sentence(
    "一个账套就是一家公司的客户、盘点和往来。先选一样，以后随时可以再开别的。",
    "Books hold the customers, counts and claims of one company. Choose one; you can open others"
    " at any time.",
)
SAMPLE = Sentence("看样例公司", "Look at the sample company")
SAMPLE_WHAT = Sentence(
    "虚构的 300 户客户、两年往来、一次正在进行的盘点。六个人的密码都是 erpdesk。",
    "300 invented customers, two years of business, a count under way. All six people have the"
    " password erpdesk.",
)
NEW = Sentence("新建账套", "Make new books")
NEW_WHAT = Sentence(
    "公司名称、税号、账号、第一个人；两分钟就能用。",
    "Company name, tax number, bank account, the first person: ready in two minutes.",
)
OPEN = Sentence("打开已有的账套", "Open existing books")
OPEN_WHAT = Sentence(
    "本机的账套文件，或数据库服务器的地址。",
    "A file on this computer, or the address of a database server.",
)
NO_LETTERS, NAME_MOST = '\\/:*?"<>|', 60
"""What no system takes in the name of a file, and how long a name may be."""
SAMPLE_NAME, OWN_NAME = Sentence("样例公司", "Sample company"), Sentence("我的公司", "My company")
LANGUAGE = Sentence("English", "中文")
BACK = Sentence("返回", "Back")
ADDRESS = Sentence("文件，或 postgresql://服务器/库名", "File, or postgresql://server/database")
MAKE = Sentence("建账套", "Make the books")
GO = Sentence("打开", "Open")
STOP = Sentence("停下", "Stop")
RECENT = Sentence("最近打开", "Opened lately")
RETURN = Sentence("回到现在的账套", "Back to the books that are open")
WIDTH_PX: Final = 560
CHOICES, NEW_BOOKS, THERE, PROGRESS = range(4)


class FirstStart(WholeDialog):
    """Asks for books: ``sample_wanted`` (place), ``new_wanted`` (NewBooks), ``open_wanted``.

    Whoever opened it acts, and tells it the progress and what stood against it. Over a window it
    is modal, and leads back there when it is left. ``recent`` are places opened lately.
    """

    sample_wanted = Signal(str)
    new_wanted = Signal(object)
    open_wanted = Signal(str)
    stop_wanted = Signal()
    language_wanted = Signal()

    def __init__(
        self,
        wording: Wording,
        folder: Path,
        recent: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wording, self._folder = wording, folder
        self.setProperty("ground", "canvas")
        self.setFixedWidth(scaled(WIDTH_PX))
        self.setModal(parent is not None)
        wording.put(self, "setWindowTitle", TITLE)
        self.recent = [self._recent(place) for place in recent]
        self.form = NewBooksForm(wording)
        self.problem = Label("", "small", "error", wraps=True)
        self.onward = Button("", "primary", height_px=32)
        self.onward.clicked.connect(self._go_on)
        self.pages = (self._choices(), self._new(), self._open(), self._progress())
        said = (self.problem, row(self.onward, STRETCH))
        self.setLayout(column(self._head(), *self.pages, *said, gap=10, margins=(24,) * 4))
        wording.when_switched(self.fit)
        dress(self)
        self._go(CHOICES)
        self.fit()

    def _label(self, said: Sentence, kind: Type = "body", ink: Ink = "text") -> Label:
        label = Label("", kind, ink, wraps=True)
        self._wording.put(label, "setText", said)
        return label

    def _button(self, said: Sentence, look: Look = "normal", icon: str = "") -> Button:
        button = Button("", look, icon=icon, height_px=32)
        self._wording.put(button, "setText", said)
        return button

    def _head(self) -> QWidget:
        self.language = self._button(LANGUAGE, "quiet", "languages")
        self.language.clicked.connect(self.language_wanted)
        head = QWidget()
        self._title = self._label(TITLE, "title")
        self._title.setWordWrap(False)
        head.setLayout(row(self._title, STRETCH, self.language))
        return head

    def _choices(self) -> QWidget:
        self.sample = self._choice(SAMPLE, SAMPLE_WHAT, "primary")
        self.new = self._choice(NEW, NEW_WHAT)
        self.existing = self._choice(OPEN, OPEN_WHAT)
        self.sample.clicked.connect(lambda: self.sample_wanted.emit(self._free(SAMPLE_NAME)))
        self.new.clicked.connect(lambda: self._go(NEW_BOOKS))
        self.existing.clicked.connect(lambda: self._go(THERE))
        return _page(
            self._label(INTRO, "body", "text2"),
            *self._lately(),
            _offer("building-2", self._label(SAMPLE_WHAT, "small", "text2"), self.sample),
            _offer("plus", self._label(NEW_WHAT, "small", "text2"), self.new),
            _offer("database", self._label(OPEN_WHAT, "small", "text2"), self.existing),
            *self._way_back(),
        )

    def _choice(self, said: Sentence, what: Sentence, look: Look = "normal") -> Button:
        button = self._button(said, look)
        button.setMinimumWidth(190)
        self._wording.put(button, "setAccessibleDescription", what)
        return button

    def _lately(self) -> tuple[QWidget, ...]:
        if not self.recent:
            return ()
        lines = [
            row(button, (ElidedLabel(button.accessibleDescription(), "small", "text3"), 1), gap=8)
            for button in self.recent
        ]
        head = self._label(RECENT, "label", "text2")
        return (Panel(column(head, *lines, gap=4), margins=(14, 12, 12, 8)),)

    def _recent(self, place: str) -> Button:
        button = self._button(literal(_name_of(place)), "quiet", "database")
        button.setAccessibleDescription(place)
        button.clicked.connect(lambda: self.open_wanted.emit(place))
        return button

    def _way_back(self) -> tuple[QWidget, ...]:
        if self.parent() is None:
            return ()
        back = self._button(RETURN, "quiet", "arrow-left")
        back.set_key("Esc")
        back.clicked.connect(self.reject)
        foot = QWidget()
        foot.setLayout(row(back, STRETCH))
        return (foot,)

    def _new(self) -> QWidget:
        self._offered = self._free(OWN_NAME)
        self.form.fields["place"].setText(self._offered)
        self.form.fields["name"].textChanged.connect(self._name_place)
        self.form.place_wanted.connect(self._choose_place)
        self.make = self._button(MAKE, "primary")
        self.make.set_key("Ctrl+Enter")
        self.make.clicked.connect(self._give_new)
        return _page(self.form, self._foot(self.make))

    def _open(self) -> QWidget:
        self.address = QLineEdit()
        self.address.setMinimumHeight(32)
        self._wording.put(self.address, "setAccessibleName", ADDRESS)
        browse = self._button(BROWSE)
        browse.clicked.connect(self._choose_file)
        self.go = self._button(GO, "primary")
        self.go.set_key("Ctrl+Enter")
        self.go.clicked.connect(self._give_address)
        label = self._label(ADDRESS, "label", "text2")
        label.setBuddy(self.address)
        return _page(
            label,
            row(self.address, browse, gap=6),
            self._label(OPEN_WHAT, "small", "text3"),
            self._foot(self.go),
        )

    def _progress(self) -> QWidget:
        self.step = Label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.stop = self._button(STOP)
        self.stop.clicked.connect(self.stop_wanted)
        return _page(self.step, self.bar, row(STRETCH, self.stop))

    def _foot(self, act: Button) -> QWidget:
        back = self._button(BACK, "quiet")
        back.set_key("Esc")
        back.clicked.connect(lambda: self._go(CHOICES))
        foot = QWidget()
        foot.setLayout(row(back, STRETCH, act))
        walk_after(act, [back])
        return foot

    def _say(self, why: Sentence, ink: Ink = "error", **facts: object) -> None:
        self._wording.put(self.problem, "setText", why, **facts)
        self.problem.set_ink(ink)
        self.problem.setHidden(not self.problem.text())
        self.onward.hide()

    def show_progress(self, step: Sentence, done: int, total: int) -> None:
        """Show what is being done, and how far it is."""
        self._go(PROGRESS)
        self._wording.put(self.step, "setText", step)
        self._wording.put(self.bar, "setAccessibleName", step)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def refuse(self, why: Sentence, *, field: str = "") -> None:
        """Say what stood against it, where it was asked, and go to the field it is about."""
        self._go(self._asked_on)
        self._say(why)
        if field:
            self.form.mark(field)

    def offer(
        self,
        said: Sentence,
        act: Sentence,
        then: Callable[[], None],
        *,
        ink: Ink = "error",
        **facts: object,
    ) -> None:
        """Say how books stand, with the one thing that is to be done now."""
        self._go(self._asked_on)
        self._say(said, ink, **facts)
        self._wording.put(self.onward, "setText", act)
        self._then = then
        self.onward.show()
        self.onward.setFocus()

    def _go_on(self) -> None:
        self._then()

    _asked_on = CHOICES
    _then: Callable[[], None]

    @property
    def shown(self) -> int:
        """Return which of the pages is shown."""
        return next(n for n, page in enumerate(self.pages) if not page.isHidden())

    def _go(self, shown: int) -> None:
        if shown != PROGRESS:
            self._asked_on = shown
            title = {NEW_BOOKS: NEW, THERE: OPEN}.get(shown, TITLE)
            self._wording.put(self._title, "setText", title)
            self._wording.put(self, "setWindowTitle", title)
        self._say(Sentence("", ""))
        for n, page in enumerate(self.pages):
            page.setHidden(n != shown)
        begin = (self.recent or [self.sample])[0]
        first = (begin, self.form.fields["name"], self.address, self.stop)
        first[shown].setFocus()

    def _free(self, name: Sentence) -> str:
        """Return a place in the folder where nothing is yet."""
        said, n = self._wording.say(name), 2
        place = self._folder / f"{said}.erpdesk"
        while place.exists():
            place, n = self._folder / f"{said} {n}.erpdesk", n + 1
        return str(place)

    def _name_place(self, firm: str) -> None:
        """Call the file as the firm is called, as long as nobody chose another place."""
        if self.form.said("place") != self._offered:
            return
        letters = (one for one in firm if one.isprintable() and one not in NO_LETTERS)
        name = "".join(letters)[:NAME_MOST].strip(" .")
        self._offered = self._free(literal(name) if name else OWN_NAME)
        self.form.fields["place"].setText(self._offered)

    def _choose_place(self) -> None:
        here = self.form.said("place")
        place = place_to_write(self, self.windowTitle(), "books", here)
        if place:
            self.form.fields["place"].setText(place)

    def _choose_file(self) -> None:
        here = folders.of("books", at_first=str(self._folder))
        place = file_to_read(self, self.windowTitle(), "books", here=here)
        if place:
            self.address.setText(place)

    def _give_address(self) -> None:
        place = self.address.text().strip()
        if not place:
            self.refuse(NEEDS_PLACE)
            return
        self.open_wanted.emit(place)

    def _give_new(self) -> None:
        lack = self.form.lack()
        if lack is None:
            self.new_wanted.emit(self.form.wish())
        else:
            self.refuse(lack[1], field=lack[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._commit()
        elif is_enter:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape and self.shown in {NEW_BOOKS, THERE}:
            self._go(CHOICES)
        elif event.key() != Qt.Key.Key_Escape or self.shown != PROGRESS:
            super().keyPressEvent(event)

    def _commit(self) -> None:
        if self.shown == NEW_BOOKS:
            self._give_new()
        elif self.shown == THERE:
            self._give_address()


def _page(*items: Item) -> QWidget:
    page = QWidget()
    page.setLayout(column(*items, gap=10))
    return page


def _offer(icon: str, what: Label, button: Button) -> Panel:
    return Panel(row(Icon(icon, "accent", 20), (what, 1), button, gap=12), margins=(14, 12, 12, 12))


def _name_of(place: str) -> str:
    return place if "://" in place else Path(place).stem
