"""People and what they may do; one more of them, and one's own password."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Outcome
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.services.adding_people import grant_of
from erpdesk.services.describing import PersonFacts, Right
from erpdesk.services.looking import Text
from erpdesk.words import ROLES, Sentence
from ui.models.cells import Chip, Lines, Value
from ui.models.row_model import Column, RowModel
from ui.pages.settings.facts import SettingsParts
from ui.pages.settings.forms import AddForm, Form, PasswordForm, Wish
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

S = Sentence
PEOPLE = S("人员", "People")
WHO, MAY, SECRET = S("姓名", "Name"), S("能做什么", "May do"), S("密码", "Password")
NO_RIGHTS = S("还没有生效的权限", "no rights in force yet")
LIMITED: Final = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
UP_TO = S("{role} 至 {limit}", "{role} up to {limit}")
NO_LIMIT = S("{role} 不限额", "{role}, no limit")
HAS, HAS_NOT, OWNER = S("有", "set"), S("没有", "none"), S("单人模式", "owner mode")
ADD, MY_PASSWORD = S("加人…", "Add somebody…"), S("改我的密码…", "Change my password…")
ADDED = S("已加入 {name}", "{name} was added")
WAITS = S("{name} 的权限单 {number} 等负责人批准", "{number} for {name} waits for a director")
CHANGED = S("密码已改", "Your password was changed")
SERVER = S(
    "服务器账套由管理员用命令加人：person add",
    "On a server its administrator adds people: person add",
)


class PeoplePane(QWidget):
    """``said`` carries a tone and a title for the bar of the page; ``stored``: look again."""

    said = Signal(str, object)
    stored = Signal()

    def __init__(self, parts: SettingsParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self.model = RowModel[PersonFacts](
            self._columns(), key=lambda one: one.name, language=wording.language
        )
        self.table = RowTable(self.model, name="", density="two_lines")
        wording.put(self.table, "setAccessibleName", PEOPLE)
        self.add, self.mine = Button("", icon="user-plus"), Button("", icon="key-round")
        wording.put(self.add, "setText", ADD)
        wording.put(self.mine, "setText", MY_PASSWORD)
        self.form, self.own = AddForm(wording), PasswordForm(wording)
        buttons = row(self.add, self.mine, STRETCH, margins=(14, 8, 14, 8))
        self.setLayout(column((self.table, 1), rule(), buttons, self.form, self.own, gap=0))
        self._connect()
        self._say_again()

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self._begin(self.form, self.form.login))
        self.mine.clicked.connect(lambda: self._begin(self.own, self.own.old))
        for form in (self.form, self.own):
            form.left.connect(self.close_forms)
        self.form.wanted.connect(self._add)
        self.own.wanted.connect(self._change)
        self._wording.when_switched(self._say_again)

    def show_people(self, people: tuple[PersonFacts, ...], *, in_set_up: bool) -> None:
        """Show everybody; after set-up what people may do has to be approved."""
        self.model.show(people)
        self.form.say_how(in_set_up=in_set_up)
        me = next((one for one in people if one.name == self._parts.person), None)
        self.own.old.ask(is_asked=me is None or me.has_password)

    def close_forms(self) -> bool:
        """Put the forms away, and what was typed in them; False when none was open."""
        was_open = self.form.isVisible() or self.own.isVisible()
        for form in (self.form, self.own):
            form.hide()
            form.forget()
        return was_open

    def _begin(self, form: Form, first: QWidget) -> None:
        self.close_forms()
        form.show()
        first.setFocus()

    def _add(self, wish: Wish) -> None:
        adding, limit = self._parts.adding, None if wish.limit is None else wish.limit.minor
        grants = tuple(grant_of(role, limit) for role in wish.roles)

        def work() -> Outcome[Text | None]:
            return adding.add(wish.name, wish.display, grants, wish.password)

        self._runner.change(
            self, work, done=lambda waits: self._added(wish.name, waits), refused=self._refused
        )

    def _added(self, name: str, waits: Text | None) -> None:
        self.close_forms()
        said = ADDED if waits is None else WAITS
        facts = {"name": name, "number": (waits.number or "") if waits else ""}
        zh, en = literal(said.said("zh", facts)), literal(said.said("en", facts))
        self.said.emit("ok", S(zh.zh, en.en))
        self.stored.emit()

    def _change(self, old: str | None, new: str) -> None:
        changing = self._parts.changing
        self._runner.change(
            self, lambda: changing.change(old, new), done=lambda _: self._changed(),
            refused=self._refused,
        )  # fmt: skip

    def _changed(self) -> None:
        self.close_forms()
        self.said.emit("ok", CHANGED)
        self.stored.emit()

    def _refused(self, error: UserError) -> None:
        self.said.emit("attention", refusal(error))

    def _say_again(self) -> None:
        self.model.use_language(self._wording.language)
        self.table.viewport().update()
        self.add.forbid(self._wording.say(SERVER) if self._parts.is_server else "")

    def _columns(self) -> tuple[Column[PersonFacts], ...]:
        def secret(one: PersonFacts) -> Value:
            if one.has_password:
                return Chip(self._wording.say(HAS), "ok", "key-round")
            return Chip(self._wording.say(HAS_NOT), "neutral", "minus")

        return (
            Column("who", WHO, lambda x: Lines(x.display, x.name, "text2"), width=170,
                   is_sortable=False),
            Column("may", MAY, self._may, is_sortable=False),
            Column("secret", SECRET, secret, "chip", 96, is_sortable=False),
        )  # fmt: skip

    def _may(self, one: PersonFacts) -> Value:
        comma = "、" if self._wording.language == "zh" else ", "
        rights = comma.join(self._right(right) for right in one.rights)
        said = rights or self._wording.say(NO_RIGHTS)
        return Lines(said, self._wording.say(OWNER), "attention") if one.is_owner else said

    def _right(self, right: Right) -> str:
        say, role = self._wording.say, ROLES[right.role.value]
        if right.role not in LIMITED:
            return say(role)
        if right.limit_minor is None:
            return say(NO_LIMIT, role=role)
        return say(UP_TO, role=role, limit=Money(right.limit_minor, BASE_CURRENCY).grouped())
