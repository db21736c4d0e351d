"""Two forms under the table of people: somebody who joins, and one's own new password."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.words import ROLES, Sentence
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Item, Label, column, row, rule
from ui.widgets.password_field import PasswordField
from ui.work.wording import Wording

S = Sentence
ADD_HEAD, PASSWORD_HEAD = S("加一个人", "Add somebody"), S("改我的密码", "Change my password")
LOGIN, DISPLAY = S("登录名", "Login"), S("显示的姓名", "Name as shown")
LIMIT = S("审批限额（元，空着不限）", "Approval limit (CNY; empty: none)")
ROLE_HEAD, SECRET = S("角色", "Roles"), S("密码（空着不设）", "Password (empty: none)")
OLD, NEW, AGAIN = (
    S("现在的密码", "Password now"),
    S("新密码", "New password"),
    S("再打一遍", "Again"),
)
DO_ADD, DO_CHANGE, CANCEL = S("加上", "Add"), S("改密码", "Change password"), S("取消", "Cancel")
SET_UP = S("还在建账：加上马上生效。", "Still in set-up: it holds at once.")
LATER = S(
    "建账已结束：权限单要负责人批准才生效；密码由本人第一次登录后自己设。",
    "Set-up is over: a director approves the rights; the person sets a password after signing in.",
)
NO_NAME, NO_ROLE = S("先填登录名", "Enter a login first"), S("至少选一个角色", "Choose a role")
NO_AMOUNT = S("限额不是金额", "The limit is not an amount")
NO_NEW, DIFFER = S("先填新密码", "Enter a new password"), S("两遍不一样", "They differ")
ROLES_IN_A_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody to be added; ``limit`` None: no limit, an empty password: none is set."""

    name: str
    display: str
    roles: tuple[Role, ...]
    limit: Money | None
    password: str


class Form(QWidget):
    """A head, fields, and two buttons; ``left`` comes when somebody puts it away."""

    left = Signal()

    def __init__(self, wording: Wording, head: Sentence, verb: Sentence) -> None:
        super().__init__()
        self.wording = wording
        self._head, self.act, self.cancel = Label("", "section"), Button("", "primary"), Button("")
        for part, said in ((self._head, head), (self.act, verb), (self.cancel, CANCEL)):
            wording.put(part, "setText", said)
        self.cancel.clicked.connect(self.left)
        wording.when_switched(self.judge)
        self.hide()

    def lay_out(self, *items: Item) -> None:
        """Put the fields between head and buttons."""
        buttons = row(STRETCH, self.cancel, self.act)
        self.setLayout(
            column(rule(), 4, self._head, *items, buttons, gap=6, margins=(14, 0, 14, 12))
        )

    def named(self, name: Sentence, part: QWidget) -> QWidget:
        """Return a field under its name."""
        label, made = Label("", "label", "text2"), QWidget()
        self.wording.put(label, "setText", name)
        made.setLayout(column(label, part, STRETCH, gap=3))
        field = part.line if isinstance(part, PasswordField) else part
        field.setMinimumHeight(30)
        self.wording.put(field, "setAccessibleName", name)
        return made

    def judge(self) -> None:
        """Say at the button what is missing."""


class AddForm(Form):
    """``wanted`` carries a :class:`Wish`."""

    wanted = Signal(object)

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, ADD_HEAD, DO_ADD)
        self.login, self.display, self.limit = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret, self.note = PasswordField(wording), Label("", "small", "text2", wraps=True)
        self.roles = {role: QCheckBox() for role in Role}
        boxes = QGridLayout()
        boxes.setVerticalSpacing(4)
        for n, (role, box) in enumerate(self.roles.items()):
            wording.put(box, "setText", ROLES[role.value])
            boxes.addWidget(box, n // ROLES_IN_A_ROW, n % ROLES_IN_A_ROW)
            box.toggled.connect(lambda _: self.judge())
        head = Label("", "label", "text2")
        wording.put(head, "setText", ROLE_HEAD)
        fields = row(
            (self.named(LOGIN, self.login), 1), (self.named(DISPLAY, self.display), 1),
            (self.named(LIMIT, self.limit), 1), (self.named(SECRET, self.secret), 1), gap=10,
        )  # fmt: skip
        self.lay_out(fields, head, boxes, self.note)
        for field in (self.login, self.limit):
            field.textChanged.connect(lambda _: self.judge())
        self.act.clicked.connect(self._give)
        self.judge()

    def say_how(self, *, in_set_up: bool) -> None:
        """Say whether it holds at once, or waits for somebody's approval."""
        self.wording.put(self.note, "setText", SET_UP if in_set_up else LATER)
        self.secret.ask(is_asked=in_set_up)

    def forget(self) -> None:
        """Clear what was typed."""
        for field in (self.login, self.display, self.limit, self.secret.line):
            field.clear()
        for box in self.roles.values():
            box.setChecked(False)

    @override
    def judge(self) -> None:
        why = None
        if not self.login.text().strip():
            why = NO_NAME
        elif not self._roles():
            why = NO_ROLE
        elif self.limit.text().strip() and self._limit() is None:
            why = NO_AMOUNT
        self.act.forbid(self.wording.say(why) if why else "")

    def _roles(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self.roles.items() if box.isChecked())

    def _limit(self) -> Money | None:
        """Return the limit, None for none and for what is no amount."""
        try:
            return parse_amount(self.limit.text().strip(), BASE_CURRENCY)
        except UserError:
            return None

    def _give(self) -> None:
        password = self.secret.line.text() if self.secret.line.isEnabled() else ""
        name, display = self.login.text().strip(), self.display.text().strip()
        self.wanted.emit(Wish(name, display, self._roles(), self._limit(), password))


class PasswordForm(Form):
    """``wanted`` carries the password of now, None for somebody who has none, and the new one."""

    wanted = Signal(object, str)

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, PASSWORD_HEAD, DO_CHANGE)
        self.old, self.new, self.again = (PasswordField(wording) for _ in range(3))
        self.lay_out(
            row(
                (self.named(OLD, self.old), 1), (self.named(NEW, self.new), 1),
                (self.named(AGAIN, self.again), 1), gap=10,
            )
        )  # fmt: skip
        for field in (self.new.line, self.again.line):
            field.textChanged.connect(lambda _: self.judge())
        self.act.clicked.connect(self._give)
        self.judge()

    def forget(self) -> None:
        """Clear what was typed."""
        for field in (self.old, self.new, self.again):
            field.line.clear()

    @override
    def judge(self) -> None:
        new, say = self.new.line.text(), self.wording.say
        differ = say(DIFFER) if new != self.again.line.text() else ""
        self.act.forbid(differ if new else say(NO_NEW))

    def _give(self) -> None:
        old = self.old.line.text() if self.old.line.isEnabled() else None
        self.wanted.emit(old, self.new.line.text())
