"""The first start: try the sample company, make one of your own, or open one that is there."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import Ink, Type, dress
from ui.widgets.button import Button, Look
from ui.widgets.parts import (
    STRETCH,
    Icon,
    Item,
    Label,
    Panel,
    column,
    row,
    set_property,
    walk_after,
)
from ui.work.wording import Wording

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
LANGUAGE = Sentence("English", "中文")
BACK = Sentence("返回", "Back")
BROWSE = Sentence("选位置…", "Browse…")
PLACE = Sentence("放在哪里", "Where to keep it")
ADDRESS = Sentence("文件，或 postgresql://服务器/库名", "File, or postgresql://server/database")
MAKE = Sentence("建账套", "Make the books")
GO = Sentence("打开", "Open")
STOP = Sentence("停下", "Stop")
NAME = Sentence("公司名称", "Company name")
TAX = Sentence("纳税人识别号", "Tax number")
BANK = Sentence("开户行", "Bank")
ACCOUNT = Sentence("银行账号", "Bank account")
PERSON = Sentence("第一个人（你）", "First person (you)")
PASSWORD = Sentence("密码（至少 6 个字符）", "Password (6 characters or more)")
SECOND = Sentence("第二个人（可不填）", "Second person (optional)")
SECOND_PASSWORD = Sentence("第二个人的密码", "Password of the second person")
ALONE = Sentence(
    "只有一个人时：自己做的单据自己批不了，要等第二个人。建账期间的导入不用别人审。"
    "第二个人以后也可以加。",
    "With one person only: nobody can approve their own documents, they wait for a second person."
    " Imports during set-up need nobody else. A second person can be added later.",
)
NEEDS_NAME = Sentence("请填公司名称。", "Please give the company's name.")
NEEDS_PERSON = Sentence("请填第一个人的姓名。", "Please give the first person's name.")
SHORT = Sentence("密码至少 6 个字符。", "A password has 6 characters or more.")
SAME = Sentence("两个人不能同名。", "Two people cannot have one name.")
NEEDS_PLACE = Sentence("请选一个位置。", "Please choose a place.")
WIDTH_PX = 560


@dataclass(frozen=True, slots=True)
class NewBooks:
    """What somebody wants to make: place, what is known of the firm, and its first people."""

    place: str
    firm: dict[str, str]
    people: tuple[tuple[str, str], ...]


class FirstStart(QDialog):
    """Asks for books: ``sample_wanted`` (place), ``new_wanted`` (NewBooks), ``open_wanted``.

    Whoever opened it acts, and tells it the progress and what stood against it.
    """

    sample_wanted = Signal(str)
    new_wanted = Signal(object)
    open_wanted = Signal(str)
    stop_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, wording: Wording, folder: Path) -> None:
        super().__init__()
        self._wording, self._folder = wording, folder
        self.fields: dict[str, QLineEdit] = {}
        self.setProperty("ground", "canvas")
        self.setFixedWidth(WIDTH_PX)
        wording.put(self, "setWindowTitle", TITLE)
        self.pages = QStackedWidget()
        self._all = (self._choices(), self._new(), self._open(), self._progress())
        for page in self._all:
            self.pages.addWidget(page)
        self.problem = Label("", "small", "error", wraps=True)
        self.setLayout(column(self._head(), self.pages, self.problem, gap=10, margins=(24,) * 4))
        wording.when_switched(self._fit)
        dress(self)
        self._go(0)

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
        title = self._label(TITLE, "title")
        title.setWordWrap(False)
        head.setLayout(row(title, STRETCH, self.language))
        return head

    def _choices(self) -> QWidget:
        self.sample = self._choice(SAMPLE, SAMPLE_WHAT, "building-2")
        self.new = self._choice(NEW, NEW_WHAT, "plus")
        self.existing = self._choice(OPEN, OPEN_WHAT, "database")
        self.sample.clicked.connect(lambda: self.sample_wanted.emit(self._free("样例公司")))
        self.new.clicked.connect(lambda: self._go(1))
        self.existing.clicked.connect(lambda: self._go(2))
        return _page(
            self._label(INTRO, "body", "text2"),
            *(
                Panel(
                    row(Icon(icon, "accent", 20), (self._what(what), 1), button, gap=12),
                    margins=(14, 12, 12, 12),
                )
                for button, what, icon in (
                    (self.sample, SAMPLE_WHAT, "building-2"),
                    (self.new, NEW_WHAT, "plus"),
                    (self.existing, OPEN_WHAT, "database"),
                )
            ),
        )

    def _what(self, said: Sentence) -> Label:
        return self._label(said, "small", "text2")

    def _choice(self, said: Sentence, what: Sentence, icon: str) -> Button:
        button = self._button(said, "primary" if icon == "building-2" else "normal")
        button.setMinimumWidth(190)
        self._wording.put(button, "setAccessibleDescription", what)
        return button

    def _new(self) -> QWidget:
        form = QFormLayout()
        form.setContentsMargins(14, 12, 14, 12)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for name, said in _FIELDS:
            self._field(form, name, said)
        self.fields["place"].setText(self._free("我的公司"))
        self.make = self._button(MAKE, "primary")
        self.make.clicked.connect(self._give_new)
        panel = Panel(form, margins=(0, 0, 0, 0))
        return _page(panel, self._label(ALONE, "small", "text2"), self._foot(self.make))

    def _field(self, form: QFormLayout, name: str, said: Sentence) -> None:
        field = QLineEdit()
        field.setMinimumHeight(30)
        if name.endswith("password"):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._wording.put(field, "setAccessibleName", said)
        label = self._label(said, "label", "text2")
        label.setWordWrap(False)
        label.setBuddy(field)
        field.textEdited.connect(lambda: self._mark(field, is_wrong=False))
        self.fields[name] = field
        if name != "place":
            form.addRow(label, field)
            return
        browse = self._button(BROWSE)
        browse.clicked.connect(self._choose_place)
        form.addRow(label, row(field, browse, gap=6))

    def _open(self) -> QWidget:
        self.address = QLineEdit()
        self.address.setMinimumHeight(32)
        self._wording.put(self.address, "setAccessibleName", ADDRESS)
        browse = self._button(BROWSE)
        browse.clicked.connect(self._choose_file)
        self.go = self._button(GO, "primary")
        self.go.clicked.connect(self._give_address)
        return _page(
            self._label(ADDRESS, "label", "text2"),
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
        back.clicked.connect(lambda: self._go(0))
        foot = QWidget()
        foot.setLayout(row(back, STRETCH, act))
        walk_after(act, [back])
        return foot

    def show_progress(self, step: Sentence, done: int, total: int) -> None:
        """Show what is being done, and how far it is."""
        self._go(3)
        self._wording.put(self.step, "setText", step)
        self._wording.put(self.bar, "setAccessibleName", step)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def refuse(self, why: Sentence) -> None:
        """Say what stood against it, and go back to where it was asked."""
        self._go(self._asked_on)
        self._wording.put(self.problem, "setText", why)

    def open_books(self) -> None:
        """Begin with the place of books that are there."""
        self._go(2)

    _asked_on = 0

    def _go(self, page: int) -> None:
        if page != 3:
            self._asked_on = page
        self._wording.put(self.problem, "setText", Sentence("", ""))
        self.pages.setCurrentIndex(page)
        self._fit()
        first = (self.sample, self.fields["name"], self.address, self.stop)
        first[page].setFocus()

    def _fit(self) -> None:
        """Be as high as the page that is shown, not as the highest."""
        for n, page in enumerate(self._all):
            is_shown = n == self.pages.currentIndex()
            policy = QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        layout = self.layout()
        if layout is None:
            return
        width, least = self.width(), layout.totalSizeHint().height()
        self.setFixedHeight(max(least, layout.totalHeightForWidth(width)))

    def _free(self, name: str) -> str:
        """Return a place in the folder where nothing is yet."""
        place, n = self._folder / f"{name}.erpdesk", 2
        while place.exists():
            place, n = self._folder / f"{name} {n}.erpdesk", n + 1
        return str(place)

    def _choose_place(self) -> None:
        place, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.said("place"))
        if place:
            self.fields["place"].setText(place)

    def _choose_file(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), str(self._folder))
        if place:
            self.address.setText(place)

    def said(self, name: str) -> str:
        """Return what stands in a field, without blanks around it; a password as it is."""
        text = self.fields[name].text()
        return text if name.endswith("password") else text.strip()

    def _give_address(self) -> None:
        place = self.address.text().strip()
        if not place:
            self.refuse(NEEDS_PLACE)
            return
        self.open_wanted.emit(place)

    def _give_new(self) -> None:
        for name, is_wrong, why in self._checks():
            if is_wrong:
                self.refuse(why)
                self._mark(self.fields[name], is_wrong=True)
                return
        keys = ("name", "tax_id", "bank_name", "bank_account")
        firm = {key: self.said(key) for key in keys if self.said(key)}
        people = [(self.said("person"), self.said("person_password"))]
        if self.said("second"):
            people.append((self.said("second"), self.said("second_password")))
        self.new_wanted.emit(NewBooks(self.said("place"), firm, tuple(people)))

    def _checks(self) -> tuple[tuple[str, bool, Sentence], ...]:
        second = self.said("second")
        return (
            ("place", not self.said("place"), NEEDS_PLACE),
            ("name", not self.said("name"), NEEDS_NAME),
            ("person", not self.said("person"), NEEDS_PERSON),
            ("person_password", len(self.said("person_password")) < 6, SHORT),
            ("second", bool(second) and second == self.said("person"), SAME),
            ("second_password", bool(second) and len(self.said("second_password")) < 6, SHORT),
        )

    def _mark(self, field: QLineEdit, *, is_wrong: bool) -> None:
        set_property(field, "wrong", is_wrong)
        if is_wrong:
            field.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() in {1, 2}:
            self._go(0)
            return
        super().keyPressEvent(event)


_FIELDS = (
    ("name", NAME),
    ("tax_id", TAX),
    ("bank_name", BANK),
    ("bank_account", ACCOUNT),
    ("person", PERSON),
    ("person_password", PASSWORD),
    ("second", SECOND),
    ("second_password", SECOND_PASSWORD),
    ("place", PLACE),
)


def _page(*items: Item) -> QWidget:
    page = QWidget()
    page.setLayout(column(*items, STRETCH, gap=10))
    return page
