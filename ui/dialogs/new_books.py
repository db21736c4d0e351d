"""New books: whose they are, who begins in them, and where they are kept."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.flush import flush_right
from ui.widgets.parts import Label, Panel, column, row, set_property
from ui.widgets.password_field import CAPS, HIDE, SHOW, PasswordLine
from ui.work.wording import Wording

S = Sentence
NAME = S("公司名称", "Company name")
TAX = S("纳税人识别号", "Tax number")
BANK = S("开户行", "Bank")
ACCOUNT = S("银行账号", "Bank account")
PERSON_HEAD = S("姓名", "Name")
PASSWORD_HEAD = S("密码（至少 6 个字符）", "Password (6 or more)")
PERSON = S("第一个人（你）", "First person (you)")
SECOND = S("第二个人（可不填）", "Second person (optional)")
CASHIER = S("出纳（可不填）", "Cashier (optional)")
SECRET = S("{person}：密码", "{person}: password")
REVEAL = S("{verb}密码", "{verb} passwords")
PLACE = S("放在哪里", "Where to keep it")
BROWSE = S("选位置…", "Browse…")
ALONE = S(
    "公司资料印在通知书上，第一张单据过账后改不了。第二个人批你做的单据：自己做的自己批不了。出纳登记收款，不能兼会计和审批。都可以以后再加；"
    "建账期间的导入不用别人审。",
    "What is said of the firm stands on its papers, and cannot be changed after the first posting."
    " The second person approves what you make: nobody approves their own. The cashier records"
    " receipts, and can neither keep the books nor approve. Both can be added later; imports"
    " during set-up need nobody else.",
)
NEEDS_NAME = S("请填公司名称。", "Please give the company's name.")
NEEDS_PERSON = S("请填第一个人的姓名。", "Please give the first person's name.")
SHORT = S("密码至少 6 个字符。", "A password has 6 characters or more.")
SAME = S("两个人不能同名。", "Two people cannot have one name.")
NEEDS_PLACE = S("请选一个位置。", "Please choose a place.")
FIRM: Final = (("name", NAME), ("tax_id", TAX), ("bank_name", BANK), ("bank_account", ACCOUNT))
PEOPLE: Final = (("person", PERSON), ("second", SECOND), ("cashier", CASHIER))
LEAST: Final = 6
"""Letters of the shortest password."""


@dataclass(frozen=True, slots=True)
class NewBooks:
    """What somebody wants to make: place, what is known of the firm, its first people.

    People are names with their passwords; the cashier keeps no books, so it is somebody else.
    """

    place: str
    firm: dict[str, str]
    people: tuple[tuple[str, str], ...]
    cashier: tuple[str, str] | None = None


class NewBooksForm(QWidget):
    """``place_wanted`` asks for another place; what lacks is told by :meth:`lack`."""

    place_wanted = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self.fields: dict[str, QLineEdit] = {}
        self.reveal = Button("", "quiet", icon="eye")
        self.reveal.clicked.connect(self._reveal)
        self._secret = self._label(PASSWORD_HEAD)
        grid = QGridLayout()
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._fill(grid)
        self._say_reveal(is_hidden=True)
        note = Label("", "small", "text2", wraps=True)
        words.put(note, "setText", ALONE)
        self.setLayout(column(Panel(grid, margins=(0, 0, 0, 0)), note, gap=10))
        self.setTabOrder(self.fields["cashier_password"], self.reveal)

    def _fill(self, grid: QGridLayout) -> None:
        for line, (name, said) in enumerate(FIRM):
            grid.addWidget(self._label(said, self._field(name, said)), line, 0)
            grid.addWidget(self.fields[name], line, 1, 1, 2)
        line = len(FIRM)
        grid.addWidget(self._label(PERSON_HEAD), line, 1)
        grid.addLayout(flush_right((self._secret, 1), self.reveal, gap=4), line, 2)
        for name, said in PEOPLE:
            line += 1
            grid.addWidget(self._label(said, self._field(name, said)), line, 0)
            grid.addWidget(self.fields[name], line, 1)
            grid.addWidget(self._password(f"{name}_password", said), line, 2)
        grid.addWidget(self._label(PLACE, self._field("place", PLACE)), line + 1, 0)
        grid.addLayout(self._place(), line + 1, 1, 1, 2)

    def _label(self, said: Sentence, field: QLineEdit | None = None) -> Label:
        label = Label("", "label", "text2")
        self._words.put(label, "setText", said)
        if field is not None:
            label.setBuddy(field)
        return label

    def _field(
        self, name: str, said: Sentence, field: QLineEdit | None = None, **facts: Sentence
    ) -> QLineEdit:
        made = field or QLineEdit()
        made.setMinimumHeight(30)
        self._words.put(made, "setAccessibleName", said, **facts)
        made.textChanged.connect(lambda: self._mark(made, is_wrong=False))
        self.fields[name] = made
        return made

    def _password(self, name: str, person: Sentence) -> QLineEdit:
        line = PasswordLine()
        line.caps_seen.connect(self._show_caps)
        return self._field(name, SECRET, line, person=person)

    def _place(self) -> QHBoxLayout:
        browse = Button("", height_px=32)
        self._words.put(browse, "setText", BROWSE)
        browse.clicked.connect(self.place_wanted)
        return row(self.fields["place"], browse, gap=6)

    def _reveal(self) -> None:
        is_hidden = self.fields["person_password"].echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password
        for name, _ in PEOPLE:
            self.fields[f"{name}_password"].setEchoMode(mode)
        self._say_reveal(is_hidden=not is_hidden)

    def _say_reveal(self, *, is_hidden: bool) -> None:
        verb = SHOW if is_hidden else HIDE
        self._words.put(self.reveal, "setText", verb)
        self._words.put(self.reveal, "setAccessibleName", REVEAL, verb=verb)

    def _show_caps(self, is_on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._secret.set_ink("attention" if is_on else "text2")
        self._words.put(self._secret, "setText", CAPS if is_on else PASSWORD_HEAD)

    def said(self, name: str) -> str:
        """Return what stands in a field, without blanks around it; a password as it is."""
        text = self.fields[name].text()
        return text if name.endswith("password") else text.strip()

    def lack(self) -> tuple[str, Sentence] | None:
        """Return the first field that is not as it has to be, and what is wanted of it."""
        return next(((name, why) for name, is_wrong, why in self._checks() if is_wrong), None)

    def _checks(self) -> tuple[tuple[str, bool, Sentence], ...]:
        first, second, cashier = (self.said(name) for name, _ in PEOPLE)
        short = {name: len(self.said(f"{name}_password")) < LEAST for name, _ in PEOPLE}
        return (
            ("name", not self.said("name"), NEEDS_NAME),
            ("person", not first, NEEDS_PERSON),
            ("person_password", short["person"], SHORT),
            ("second", bool(second) and second == first, SAME),
            ("second_password", bool(second) and short["second"], SHORT),
            ("cashier", bool(cashier) and cashier in {first, second}, SAME),
            ("cashier_password", bool(cashier) and short["cashier"], SHORT),
            ("place", not self.said("place"), NEEDS_PLACE),
        )

    def mark(self, name: str) -> None:
        """Go to a field that is not as it has to be."""
        self._mark(self.fields[name], is_wrong=True)

    def _mark(self, field: QLineEdit, *, is_wrong: bool) -> None:
        set_property(field, "wrong", is_wrong)
        if is_wrong:
            field.setFocus()

    def wish(self) -> NewBooks:
        """Return what is wanted, as it stands here."""
        firm = {name: self.said(name) for name, _ in FIRM if self.said(name)}
        people = tuple(self._person(name) for name in ("person", "second") if self.said(name))
        cashier = self._person("cashier") if self.said("cashier") else None
        return NewBooks(self.said("place"), firm, people, cashier)

    def _person(self, name: str) -> tuple[str, str]:
        return self.said(name), self.said(f"{name}_password")
