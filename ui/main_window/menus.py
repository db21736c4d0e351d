"""The menus: every action of the window, with its word and key in both languages."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from erpdesk.words import Sentence
from ui.work.toolkit_words import keys_of
from ui.work.wording import Wording

MenuName = Literal["file", "view", "count", "settle", "tools", "help"]

TITLES: Final[dict[MenuName, Sentence]] = {
    "file": Sentence("文件(&F)", "&File"),
    "view": Sentence("查看(&V)", "&View"),
    "count": Sentence("盘点(&S)", "C&ount"),
    "settle": Sentence("结算(&B)", "&Settle"),
    "tools": Sentence("工具(&T)", "&Tools"),
    "help": Sentence("帮助(&H)", "&Help"),
}


class Menus(QMenuBar):
    """The menu bar; a menu is seen when there is something in it."""

    def __init__(self, wording: Wording, owner: QObject) -> None:
        super().__init__()
        self._wording, self._owner = wording, owner
        self.setNativeMenuBar(False)
        self.setStyleSheet("QMenuBar { background: transparent; border: 0; }")
        self.menus: dict[MenuName, QMenu] = {}
        self._inner: dict[Sentence, QMenu] = {}
        for name, title in TITLES.items():
            menu = QMenu(self)
            menu.setToolTipsVisible(True)
            wording.put(menu, "setTitle", title)
            self.addMenu(menu)
            menu.menuAction().setVisible(False)
            self.menus[name] = menu

    def add(self, menu: MenuName, what: Sentence, key: str, act: Callable[[], object]) -> QAction:
        """Add an action of the window."""
        made = self._made(what, act)
        if key:
            made.setShortcut(keys_of(key))
        self.add_made(menu, [made])
        return made

    def add_made(self, menu: MenuName, actions: Sequence[QAction]) -> None:
        """Add actions that a page made for itself."""
        if actions and not self.menus[menu].isEmpty():
            self.menus[menu].addSeparator()
        self.menus[menu].addActions(list(actions))
        self.menus[menu].menuAction().setVisible(not self.menus[menu].isEmpty())

    def expect_page(
        self, menu: MenuName, page: Sentence, make: Callable[[], object], *, has_few: bool
    ) -> None:
        """Leave room for what a page can do; the page is made when somebody wants to see that.

        Many actions stand in a submenu of the page's name, few in the menu itself.
        """
        if has_few:
            self.menus[menu].aboutToShow.connect(make)
            return
        inner = QMenu(self)
        inner.setToolTipsVisible(True)
        inner.aboutToShow.connect(make)
        self._wording.put(inner, "setTitle", page)
        self._inner[page] = inner
        self.menus[menu].addMenu(inner)
        self.menus[menu].menuAction().setVisible(True)

    def add_page(self, menu: MenuName, page: Sentence, actions: Sequence[QAction]) -> None:
        """Add what a page can do, now that it is made."""
        inner = self._inner.get(page)
        if inner is not None:
            inner.addActions(list(actions))
        else:
            self.add_made(menu, actions)

    def add_choice(
        self,
        menu: MenuName,
        what: Sentence,
        options: Sequence[tuple[str, Sentence]],
        chosen: str,
        choose: Callable[[str], object],
    ) -> QMenu:
        """Add a submenu of which one option holds."""
        inner = QMenu(self)
        self._wording.put(inner, "setTitle", what)
        group = QActionGroup(inner)
        for name, word in options:
            made = self._made(word, partial(choose, name))
            made.setCheckable(True)
            made.setData(name)
            made.setChecked(name == chosen)
            group.addAction(made)
            inner.addAction(made)
        self.menus[menu].addMenu(inner)
        self.menus[menu].menuAction().setVisible(True)
        return inner

    @staticmethod
    def mark(choice: QMenu, chosen: str) -> None:
        """Show that another option of a choice holds now; nobody is told."""
        for one in choice.actions():
            one.setChecked(one.data() == chosen)

    def every(self) -> list[QAction]:
        """Return every action, those of submenus too."""
        found: list[QAction] = []
        for menu in self.menus.values():
            found += _actions(menu)
        return found

    def _made(self, what: Sentence, act: Callable[[], object]) -> QAction:
        made = QAction(self._owner)
        self._wording.put(made, "setText", what)
        self._wording.put(made, "setStatusTip", what)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.triggered.connect(lambda _: act())
        return made


def _actions(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for one in menu.actions():
        inner = one.menu()
        if isinstance(inner, QMenu):
            found += _actions(inner)
        elif not one.isSeparator():
            found.append(one)
    return found


def plain(word: str) -> str:
    """Return a menu's word without the mark of its letter."""
    return word.replace("&", "")


def key_said(action: QAction) -> str:
    """Return the key of an action as the buttons name it; empty for none."""
    return action.shortcut().toString().replace("Return", "Enter")
